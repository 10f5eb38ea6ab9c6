"""Letters about exchanges. They say that something is there and where; never what it says, nor who wrote it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from website.accounts.models import User
from website.outgoing.posting import post

from .choices import ReportClass
from .exchanges import people_url
from .models import Ask, Report, Thread

FOOT = "\n\nAn answer to this letter reaches nobody: answer on the site."


def tell_asked(ask: Ask) -> None:
    """To whoever is asked."""
    _post(
        ask.person,
        "Somebody asks for your help on Practice Commons",
        "A member asks whether you could help. You can say yes, not now or no, and nobody asks why.",
        reverse("exchange_request", args=[ask.request_id]),
    )


def remind_asked(ask: Ask) -> None:
    """To whoever was asked and has not answered."""
    _post(
        ask.person,
        "Somebody waits for your answer on Practice Commons",
        "A member asked for your help a week ago. Yes, not now and no are all answers, and nobody asks why. "
        "We do not write about this again.",
        reverse("exchange_request", args=[ask.request_id]),
    )


def tell_unanswered(ask: Ask) -> None:
    """To whoever asked: the way on, and not a word about the other."""
    _post(
        ask.request.asker,
        "Your request on Practice Commons has no answer yet",
        "Somebody whom you asked two weeks ago has not answered. You can ask somebody else. "
        "We do not write about this again.",
        people_url(ask.request) or reverse("exchange_request", args=[ask.request_id]),
    )


def tell_answered(ask: Ask) -> None:
    """To whoever asked; the same letter for a yes and a no."""
    _post(
        ask.request.asker,
        "Your request on Practice Commons has an answer",
        "Somebody whom you asked has answered.",
        reverse("exchange_request", args=[ask.request_id]),
    )


def tell_message(thread: Thread, to: User) -> None:
    """To whoever has something to read."""
    _post(
        to,
        "You have a message on Practice Commons",
        "Somebody with whom you are in touch wrote to you.",
        reverse("thread", args=[thread.pk]),
    )


def tell_times(ask: Ask, to: User) -> None:
    """To the other side, when times were proposed or one was agreed."""
    _post(
        to,
        "A time was proposed or agreed on Practice Commons",
        "Look at the times of your call.",
        reverse("exchange_times", args=[ask.pk]),
    )


def tell_manager(manager: User) -> None:
    """To the line manager of whoever gives the time."""
    _post(
        manager,
        "One of your staff helps a colleague elsewhere",
        "One of your staff gives a colleague elsewhere a call or coaching, half a day at most. You need do nothing.",
        reverse("exchange_staff"),
    )


def tell_editor(editor: User) -> None:
    """To whoever can name a moderator, when a report waits that nobody on duty may read."""
    _post(
        editor,
        "A report waits on Practice Commons and nobody is on duty for it",
        "Name a moderator, or a deputy, who may read it. Until then it waits.",
        reverse("moderation"),
    )


def tell_moderator(moderator: User, report: Report) -> None:
    """To whoever is on duty: of which class it is, so that safeguarding does not wait."""
    urgent = report.kind == ReportClass.SAFEGUARDING
    _post(
        moderator,
        "Safeguarding: a report on Practice Commons" if urgent else "A report on Practice Commons",
        "Somebody reported something that a child or an adult may be at risk. Look at it now."
        if urgent
        else "Somebody reported something.",
        reverse("moderation_report", args=[report.pk]),
    )


def _post(to: User, subject: str, words: str, path: str) -> None:
    link = f"{settings.WAGTAILADMIN_BASE_URL}{path}"
    post(to=to, subject=subject, body=f"{words}\n\n{link}{FOOT}")
