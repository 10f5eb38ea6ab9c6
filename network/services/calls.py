"""Times of a call, and what both say after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from website.accounts.models import User
from website.accounts.permissions import require
from website.audit.recording import record

from .. import letters, permissions
from ..choices import AskState
from ..models import Ask, Debrief, ProposedTime
from . import limits
from .asking import either, end, locked, tell_the_manager
from .refusals import DECIDED, NotPossible

MOST_TIMES = 6
#: Nobody arranges a call for later than this; a slip of the pen in a year is no day for a calendar.
FURTHEST = dt.timedelta(days=366)
TOO_FAR = "Choose a day within a year from now."


@transaction.atomic
def propose_times(*, ask: Ask, times: Iterable[tuple[dt.datetime, int]], by: User) -> list[ProposedTime]:
    """Propose times, each with its minutes. Those proposed before stay. Raises: NotAllowed, NotPossible, TooMuch."""
    ask = _of_party(ask, by)
    proposed = list(times)
    if any(starts_at <= timezone.now() for starts_at, _ in proposed):
        raise NotPossible("Choose times to come.")
    if any(starts_at > timezone.now() + FURTHEST for starts_at, _ in proposed):
        raise NotPossible(TOO_FAR)
    known = set(ask.times.values_list("starts_at", flat=True))
    new = [(starts_at, minutes) for starts_at, minutes in dict(proposed).items() if starts_at not in known]
    if len(known) + len(new) > MOST_TIMES:
        raise NotPossible(f"{MOST_TIMES} times at most: take one back first.")
    made = [
        ProposedTime.objects.create(ask=ask, by=by, starts_at=starts_at, minutes=minutes)
        for starts_at, minutes in new
    ]
    if made:
        record("times.proposed", ask, by=by)
        letters.tell_times(ask, _other(ask, by))
    return made


@transaction.atomic
def agree_time(*, time: ProposedTime, by: User) -> ProposedTime:
    """Agree to what the other one proposed, instead of what was agreed before; the manager hears when it is.

    Raises: NotAllowed, TooMuch, NotPossible for a time that has passed.
    """
    ask = _of_party(time.ask, by)
    time = ProposedTime.objects.select_for_update(of=("self",)).get(pk=time.pk, ask=ask)
    require(time.by_id != by.pk)
    if time.starts_at <= timezone.now():
        raise NotPossible("This time has passed.")
    ask.times.exclude(pk=time.pk).update(agreed_at=None)
    time.agreed_at = timezone.now()
    time.save(update_fields=["agreed_at"])
    record("time.agreed", ask, by=by)
    letters.tell_times(ask, _other(ask, by))
    tell_the_manager(ask)
    return time


@transaction.atomic
def take_time_back(*, time: ProposedTime, by: User) -> None:
    """Either takes a time back: one's own proposal, or what was agreed. Raises: NotAllowed, TooMuch."""
    ask = _of_party(time.ask, by)
    time = ProposedTime.objects.select_for_update(of=("self",)).get(pk=time.pk, ask=ask)
    require(time.by_id == by.pk or time.agreed_at is not None)
    record("time.taken_back", ask, by=by)
    if time.agreed_at is not None:
        letters.tell_times(ask, _other(ask, by))
    time.delete()


@transaction.atomic
def debrief(*, ask: Ask, by: User, what_helped: str, what_next: str, may_be_evidence: bool) -> Debrief:
    """Say how it was; the first of the two ends it. Saying it again changes it.

    Raises: NotAllowed, NotPossible before there was anything, or before the time agreed.
    """
    ask = locked(ask)
    require(permissions.works_here(by) and either(by, ask))
    if ask.state not in (AskState.ACCEPTED, AskState.ENDED):
        raise NotPossible(DECIDED)
    if ask.times.filter(agreed_at__isnull=False, starts_at__gt=timezone.now()).exists():
        raise NotPossible("The time that you agreed has not come yet.")
    said, _ = Debrief.objects.update_or_create(
        ask=ask,
        by=by,
        defaults={
            "what_helped": what_helped,
            "what_next": what_next,
            "may_be_evidence": may_be_evidence,
            "at": timezone.now(),
        },
    )
    if ask.state == AskState.ACCEPTED:
        end(ask)
    record("exchange.debriefed", ask, by=by)
    return said


def _of_party(ask: Ask, by: User) -> Ask:
    """The ask under lock, accepted, seen by one of the two. Raises: NotAllowed, NotPossible, TooMuch."""
    limits.lock(by)
    ask = locked(ask)
    require(permissions.works_here(by) and either(by, ask) and ask.request.takes_time)
    if ask.state != AskState.ACCEPTED:
        raise NotPossible(DECIDED)
    limits.require_room_for_a_time(by)
    return ask


def _other(ask: Ask, by: User) -> User:
    return ask.person if by.pk == ask.request.asker_id else ask.request.asker
