"""Requests that nobody answered: whoever was asked is reminded after a week, whoever asked is told after two. Once each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.db import transaction
from django.utils import timezone
from website.accounts.models import Membership

from .. import letters
from ..choices import AskState, RequestState
from ..models import Ask

REMINDED_AFTER: Final = 5  # working days
TOLD_AFTER: Final = 10
Write = Callable[[Ask], None]
#: What is remembered, after how many working days, and the letter.
STAGES: Final[tuple[tuple[str, int, Write], ...]] = (
    ("reminded_at", REMINDED_AFTER, letters.remind_asked),
    ("asker_told_at", TOLD_AFTER, letters.tell_unanswered),
)


def working_days_before(moment: dt.datetime, number: int) -> dt.datetime:
    """So many days from Monday to Friday earlier. Bank holidays count as working days: nobody minds a later letter."""
    while number:
        moment -= dt.timedelta(days=1)
        number -= moment.isoweekday() <= 5
    return moment


def write_about_unanswered() -> int:
    """Write to everybody whose turn it is; how many letters. Safe to repeat, also by two at once.

    Nobody hears of a request that was hidden or closed, nor while either of the two works nowhere.
    """
    now, number = timezone.now(), 0
    at_work = Membership.objects.active().values("person")
    waiting = Ask.objects.waiting().filter(
        request__state=RequestState.OPEN,
        request__hidden_at=None,
        request__asker__in=at_work,
        person__in=at_work,
    )
    for field, days, write in STAGES:
        due = waiting.filter(asked_at__lte=working_days_before(now, days), **{field: None})
        for ask in list(due.select_related("person", "request__asker")):
            number += _write(ask, field, write, now)
    return number


@transaction.atomic
def _write(ask: Ask, field: str, write: Write, now: dt.datetime) -> int:
    as_read = Ask.objects.filter(pk=ask.pk, state=AskState.ASKED, **{field: None})
    if not as_read.update(**{field: now}):
        return 0
    write(ask)
    return 1
