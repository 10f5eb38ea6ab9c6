"""What the pages of requests show, read once for each page."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from website.accounts.models import Membership, User

from .audience import Viewer
from .choices import NOT_AVAILABLE, TAKES_TIME, AskState, RequestState
from .models import Ask, Debrief, HelpRequest, ProposedTime
from .parties import UNSEEN, Party, parties

#: What a person who was asked still finds: a no is gone for them.
OPEN_TO_THE_ASKED = (AskState.ASKED, AskState.ACCEPTED, AskState.ENDED)


@dataclass(frozen=True, slots=True)
class AskRow:
    """One ask for one reader: the other side, how it stands in words for this reader, and where it leads."""

    ask: Ask
    other: Party
    words: str
    thread_url: str
    times: Sequence[ProposedTime]
    debriefs: Sequence[Debrief]
    my_debrief: Debrief | None

    @property
    def agreed(self) -> ProposedTime | None:
        """The time that stands."""
        return next((time for time in self.times if time.agreed_at), None)

    @property
    def still_to_come(self) -> bool:
        """Whether the time that stands has not come yet, so that there is nothing to say of it."""
        return self.agreed is not None and self.agreed.starts_at > timezone.now()


@dataclass(frozen=True, slots=True)
class Mine:
    """Requests that a reader wrote, and asks that reached them."""

    written: Sequence[HelpRequest]
    asked: Sequence[AskRow]


def mine(user: User, viewer: Viewer) -> Mine:
    """The first hundred of each, newest first."""
    written = HelpRequest.objects.filter(asker=user).prefetch_related("asks", "skills")[:100]
    asks = _asks().filter(person=user, state__in=OPEN_TO_THE_ASKED).order_by("-asked_at")[:100]
    return Mine(list(written), rows(asks, user, viewer))


def open_requests(user: User) -> list[HelpRequest]:
    """One's requests that can still be sent to somebody."""
    return list(HelpRequest.objects.filter(asker=user, state=RequestState.OPEN)[:20])


def rows(asks: Any, user: User, viewer: Viewer) -> list[AskRow]:
    """Asks as one of the two reads them."""
    found = list(asks)
    others = parties((other_of(ask, user) for ask in found), viewer)
    return [_row(ask, user, others.get(other_of(ask, user), UNSEEN)) for ask in found]


def asks_of(request: HelpRequest) -> Any:
    """Everybody who was asked, for whoever asked."""
    return _asks().filter(request=request)


def ask_at(uid: uuid.UUID, user: User) -> Ask | None:
    """An ask in which a person has part now: accepted or ended."""
    open_to_both = _asks().of_party(user).filter(state__in=[AskState.ACCEPTED, AskState.ENDED])
    found: Ask | None = open_to_both.filter(pk=uid).first()
    return found


def people_url(request: HelpRequest) -> str:
    """The page of suggested people, where there is one."""
    try:
        return reverse("exchange_people", args=[request.pk])
    except NoReverseMatch:
        return ""


def _asks() -> Any:
    return Ask.objects.select_related("request", "thread").prefetch_related(
        "times", "debriefs", Prefetch("request__skills")
    )


def other_of(ask: Ask, user: User) -> uuid.UUID:
    """The one of the two who is not the reader."""
    return ask.person_id if ask.request.asker_id == user.pk else ask.request.asker_id


def _row(ask: Ask, user: User, other: Party) -> AskRow:
    asks = ask.request.asker_id == user.pk
    thread = getattr(ask, "thread", None)
    debriefs = list(ask.debriefs.all())
    return AskRow(
        ask=ask,
        other=other,
        words=_words(ask, asks=asks, there=other is not UNSEEN),
        thread_url=reverse("thread", args=[thread.pk]) if thread else "",
        times=list(ask.times.all()),
        debriefs=debriefs if len(debriefs) == 2 else [],
        my_debrief=next((each for each in debriefs if each.by_id == user.pk), None),
    )


def _words(ask: Ask, *, asks: bool, there: bool) -> str:
    """Whoever has left, or hides, will hardly answer: the asker reads the same as after a no, and asks somebody else."""
    if asks:
        return ask.words_for_asker if there or ask.state != AskState.ASKED else NOT_AVAILABLE
    return _WORDS_FOR_THE_ASKED.get(AskState(ask.state), "")


_WORDS_FOR_THE_ASKED = {
    AskState.ASKED: "Waits for your answer",
    AskState.ACCEPTED: "You said yes",
    AskState.ENDED: "Ended",
}


@dataclass(frozen=True, slots=True)
class StaffRow:
    """What a line manager is told: who, what kind, when and how long. Not with whom, nor about what."""

    name: str
    kind: str
    since: dt.datetime | None
    starts_at: dt.datetime | None
    minutes: int | None
    ended: bool


def of_staff(manager: User) -> list[StaffRow]:
    """Calls and coaching that one's staff give, newest first."""
    staff = {
        place.person_id: place.shown_name
        for place in Membership.objects.active().managed_by(manager).select_related("person")
    }
    asks = Ask.objects.filter(
        person__in=staff, request__kind__in=TAKES_TIME, state__in=[AskState.ACCEPTED, AskState.ENDED]
    )
    found = asks.select_related("request").prefetch_related("times").order_by("-answered_at")[:100]
    shown_rows = []
    for ask in found:
        agreed = next((time for time in ask.times.all() if time.agreed_at), None)
        shown_rows.append(
            StaffRow(
                staff[ask.person_id],
                ask.kind_words,
                ask.answered_at,
                agreed.starts_at if agreed else None,
                agreed.minutes if agreed else None,
                ask.state == AskState.ENDED,
            )
        )
    return shown_rows
