"""Reports: made by whoever can read a thing, decided by the moderator on duty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from website.accounts.models import Role, RoleHeld, User
from website.accounts.permissions import all_editors, require
from website.audit.recording import record

from practice_library.models import Entry, OpenQuestion
from practice_library.services import passages
from practice_library.services.redaction import remove_passage

from .. import letters, permissions
from ..choices import ReportClass, ReportState
from ..models import HelpRequest, Message, Profile, Report
from .refusals import DECIDED, GONE, NotPossible

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

Reportable = Message | HelpRequest | Profile | OpenQuestion
#: When it was taken out of sight. What a person hides of themselves is another thing.
FIELD: dict[type, str] = {
    Message: "hidden_at",
    HelpRequest: "hidden_at",
    Profile: "withheld_at",
    OpenQuestion: "hidden_at",
}


@transaction.atomic
def report(*, thing: Reportable, kind: ReportClass, words: str, by: User | AnonymousUser) -> Report:
    """Report what one can read. What may identify a family is hidden at once, until a moderator decides.

    Every moderator on duty whom it is not about gets a letter that says of which class it is and nothing else. The same
    report once more, because a button was pressed twice, is that report. Raises: NotAllowed.
    """
    require(permissions.can_report(by, thing))
    name = {Message: "message", HelpRequest: "request", Profile: "profile", OpenQuestion: "question"}[
        type(thing)
    ]
    person = by if isinstance(by, User) else None
    if person is not None:
        same = Report.objects.waiting().filter(by=person, kind=kind, words=words, **{name: thing}).first()
        if same is not None:
            return same
    made = Report.objects.create(by=person, kind=kind, words=words, **{name: thing})
    if kind == ReportClass.FAMILY:
        hide(thing)
    _tell(made, person)
    return made


@transaction.atomic
def report_page(*, page: str, kind: ReportClass, words: str, by: User | AnonymousUser) -> Report:
    """Report a page that is made of what stands elsewhere, signed in or not. A moderator goes and looks."""
    person = by if isinstance(by, User) else None
    made = Report.objects.create(by=person, page=page, kind=kind, words=words)
    _tell(made, person)
    return made


@transaction.atomic
def report_passage(
    *, entry: Entry, kind: ReportClass, quoted: str, words: str, by: User | AnonymousUser
) -> Report:
    """Report a passage of an entry, signed in or not. What may identify a family is taken out of sight at once.

    Raises: NotAllowed, PassageNotFound.
    """
    require(permissions.can_report(by, entry))
    person = by if isinstance(by, User) else None
    made = Report(by=person, entry=entry, kind=kind, quoted=quoted, words=words)
    if kind == ReportClass.FAMILY:
        made.taken = passages.hold(entry=entry, text=quoted, kind=kind)
    made.save()
    _tell(made, person)
    return made


def _tell(made: Report, by: User | None) -> None:
    record("report.made", made, by=by)
    on_duty = RoleHeld.objects.held().filter(role=Role.MODERATOR).values("person")
    moderators = [
        moderator
        for moderator in User.objects.filter(pk__in=on_duty)
        if permissions.can_moderate(moderator, made)
    ]
    for moderator in moderators:
        letters.tell_moderator(moderator, made)
    if not moderators:
        for editor in all_editors():
            letters.tell_editor(editor)


@transaction.atomic
def decide(*, report: Report, hidden: bool, by: User) -> Report:
    """Hide what was reported, or show it (again): also when it was hidden before, for moderators err too.

    A passage of an entry is removed for good. Raises: NotAllowed, NotPossible.
    """
    require(permissions.can_moderate(by, report))
    report = Report.objects.select_for_update(of=("self",)).about_anything().get(pk=report.pk)
    if report.state != ReportState.WAITING and (hidden or not report.can_be_undone):
        raise NotPossible(DECIDED)
    thing = report.message or report.request or report.profile or report.question
    if thing is not None:
        hide(thing) if hidden else _show(thing)
    elif report.entry is not None:
        _decide_passage(report, report.entry, hidden, by)
    report.state = ReportState.UPHELD if hidden else ReportState.DISMISSED
    report.decided_at = timezone.now()
    report.save(update_fields=["state", "decided_at"])
    record("report.decided", report, by=by, role=Role.MODERATOR.label, detail={"state": report.state})
    return report


def _decide_passage(report: Report, entry: Entry, hidden: bool, by: User) -> None:
    """Remove it for good, with every other report that quotes it; or put back what was held."""
    if hidden:
        try:
            remove_passage(entry=entry, text=report.quoted, kind=report.kind, by=by, taken=report.taken)
        except passages.PassageNotFound as gone:
            raise NotPossible(GONE) from gone
        report.refresh_from_db(fields=["quoted", "words"])
        same = Report.objects.filter(state=ReportState.WAITING, entry=entry, quoted=report.quoted)
        same.exclude(pk=report.pk).update(state=ReportState.UPHELD, decided_at=timezone.now())
    elif report.taken is not None:
        passages.show_again(taken=report.taken)


def hide(thing: Reportable) -> None:
    """Take its words out of every page at once."""
    field = FIELD[type(thing)]
    _all_like(thing).filter(pk=thing.pk, **{field: None}).update(**{field: timezone.now()})


def _show(thing: Reportable) -> None:
    _all_like(thing).filter(pk=thing.pk).update(**{FIELD[type(thing)]: None})


def _all_like(thing: Reportable) -> Any:
    return type(thing)._default_manager
