"""Requests for light help: written, sent to people, answered, ended, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from website.accounts.models import User
from website.accounts.permissions import membership_of, require
from website.audit.recording import record

from .. import letters, permissions
from ..audience import viewer_of
from ..choices import AskState, Help, RequestState
from ..models import Ask, Block, HelpRequest, Profile, Skill
from . import limits
from .refusals import DECIDED, NotAvailable, NotPossible
from .threads import open_thread

#: How long the same words are taken for the same request.
PRESSED_TWICE = dt.timedelta(minutes=5)
#: An ask that came to nothing: removed when its request closes, so that a no follows nobody.
CAME_TO_NOTHING = (AskState.NOT_NOW, AskState.DECLINED, AskState.WITHDRAWN)


@transaction.atomic
def write_request(
    *,
    by: User,
    kind: Help,
    problem: str,
    must_not_include: str = "",
    skills: Iterable[Skill] = (),
    days: Sequence[int] = (),
    draft: bool = False,
    request: HelpRequest | None = None,
    once: bool = False,
) -> HelpRequest:
    """Write a request, or write it anew as long as nobody has been asked with it.

    `once`: the same words and skills within a few minutes are the same request, because a button was pressed twice.
    Raises: NotAllowed, NotPossible.
    """
    require(permissions.can_write_request(by))
    days, skills = sorted(set(days)), list(skills)
    state = RequestState.DRAFT if draft else RequestState.OPEN
    if once and request is None:
        limits.lock(by)
        same = {"kind": kind, "problem": problem, "must_not_include": must_not_include, "days": days}
        since = timezone.now() - PRESSED_TWICE
        lately = HelpRequest.objects.filter(asker=by, state=state, written_at__gt=since, **same)
        for found in lately.prefetch_related("skills"):
            if set(found.skills.all()) == set(skills):
                return found
    if request is not None:
        request = HelpRequest.objects.select_for_update().get(pk=request.pk)
        require(request.asker_id == by.pk)
        if request.state == RequestState.CLOSED or request.asks.exists():
            raise NotPossible("Somebody has been asked with this request: it stays as they read it.")
    written = request or HelpRequest(asker=by)
    written.kind, written.problem, written.must_not_include = kind, problem, must_not_include
    written.days, written.state = days, state
    written.save()
    written.skills.set(skills)
    record("request.written", written, by=by)
    return written


@transaction.atomic
def ask_person(*, request: HelpRequest, profile: Profile, by: User) -> Ask:
    """Ask one person. Whom one cannot see offering this help cannot be asked; whoever blocked one is "not available".

    Raises: NotAllowed, NotPossible, NotAvailable, TooMuch.
    """
    limits.lock(by)
    request = HelpRequest.objects.select_for_update().get(pk=request.pk)
    require(request.asker_id == by.pk and permissions.can_write_request(by))
    if request.state != RequestState.OPEN:
        raise NotPossible("Open the request first: a draft or a closed request asks nobody.")
    if Ask.objects.filter(request=request, person=profile.person_id).exists():
        raise NotPossible("You have asked this person already.")
    if not permissions.askable(viewer_of(by), Help(request.kind)).filter(pk=profile.pk).exists():
        raise NotAvailable
    if Block.objects.between(by.pk, profile.person_id).exists():
        raise NotAvailable
    limits.require_room_for_a_contact(by)
    ask = Ask.objects.create(request=request, person=profile.person)
    record(limits.ASKED, ask, by=by)
    letters.tell_asked(ask)
    return ask


Who = Callable[[User, Ask], bool]


@dataclass(frozen=True)
class Transition:
    """One thing that may happen to an ask, and who may let it happen."""

    act: str
    comes_from: AskState
    leads_to: AskState
    who_decides: Who
    done: str


def the_person(user: User, ask: Ask) -> bool:
    return ask.person_id == user.pk


def the_asker(user: User, ask: Ask) -> bool:
    return ask.request.asker_id == user.pk


def either(user: User, ask: Ask) -> bool:
    return the_person(user, ask) or the_asker(user, ask)


#: The audit says "answered" for all three answers: it must not keep who said no.
TRANSITIONS = (
    #          act         from               to                  who decides  done
    Transition("accept", AskState.ASKED, AskState.ACCEPTED, the_person, "answered"),
    Transition("not-now", AskState.ASKED, AskState.NOT_NOW, the_person, "answered"),
    Transition("decline", AskState.ASKED, AskState.DECLINED, the_person, "answered"),
    Transition("withdraw", AskState.ASKED, AskState.WITHDRAWN, the_asker, "withdrawn"),
    Transition("end", AskState.ACCEPTED, AskState.ENDED, either, "ended"),
)
BY_ACT = {transition.act: transition for transition in TRANSITIONS}


@transaction.atomic
def change_ask(*, ask: Ask, act: str, by: User) -> Ask:
    """Let one thing of TRANSITIONS happen.

    A yes opens the thread, and for a call or coaching tells the line manager that it takes place.
    Raises: NotAllowed, NotPossible.
    """
    transition = BY_ACT[act]
    ask = locked(ask)
    require(permissions.works_here(by) and transition.who_decides(by, ask))
    if ask.state != transition.comes_from:
        raise NotPossible(DECIDED)
    _lead(ask, transition.leads_to)
    record(f"ask.{transition.done}", ask, by=by)
    if transition.done == "answered":
        letters.tell_answered(ask)
    if ask.state == AskState.ACCEPTED:
        open_thread(ask)
        tell_the_manager(ask)
    return ask


@transaction.atomic
def close_request(*, request: HelpRequest, by: User) -> HelpRequest:
    """Nobody else is needed: what waits is taken back, what runs ends, and every no is forgotten. Raises: NotAllowed."""
    request = HelpRequest.objects.select_for_update().get(pk=request.pk)
    require(request.asker_id == by.pk)
    if request.state == RequestState.CLOSED:
        return request
    for ask in Ask.objects.select_for_update().filter(request=request, state=AskState.ACCEPTED):
        _lead(ask, AskState.ENDED)
    request.asks.filter(state__in=[AskState.ASKED, *CAME_TO_NOTHING]).delete()
    request.state, request.closed_at = RequestState.CLOSED, timezone.now()
    request.save(update_fields=["state", "closed_at"])
    record("request.closed", request, by=by)
    return request


def locked(ask: Ask) -> Ask:
    """The ask as it stands now, held until the end of the transaction."""
    found = Ask.objects.select_for_update(of=("self",)).select_related("request__asker", "person")
    return found.get(pk=ask.pk)


def end(ask: Ask) -> None:
    """What ran between the two has ended."""
    _lead(ask, AskState.ENDED)


def tell_the_manager(ask: Ask) -> None:
    """Tell the line manager of whoever helps, where the help takes working time and a manager is named."""
    place = membership_of(ask.person) if ask.request.takes_time else None
    if place is not None and place.line_manager is not None:
        letters.tell_manager(place.line_manager)


def _lead(ask: Ask, state: AskState) -> None:
    now = timezone.now()
    if ask.state == AskState.ASKED:
        ask.answered_at = now
    ask.state = state
    ask.ended_at = now if state == AskState.ENDED else None
    ask.save(update_fields=["state", "answered_at", "ended_at"])
