"""How much one person may write in a while: enough for work, too little for a nuisance. Counted in the database."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from website.accounts.models import User
from website.audit.models import AuditEntry

from ..models import Message
from .refusals import TooMuch

CONTACTS_A_DAY = 5
MESSAGES_AN_HOUR = 20
TIMES_AN_HOUR = 20
ASKED = "ask.asked"
#: Each of these may write to the other side, and to a manager.
OF_TIMES = ("times.proposed", "time.agreed", "time.taken_back")


def lock(person: User) -> None:
    """Let a person do one thing at a time, so that two at once cannot both be the last that is allowed."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)


def require_room_for_a_contact(person: User) -> None:
    """At most five people a day. Counted by the audit, so that nothing closed or taken back makes room.

    Raises: TooMuch.
    """
    since = timezone.now() - dt.timedelta(days=1)
    if AuditEntry.objects.by_person(person.pk).filter(action=ASKED, at__gt=since).count() >= CONTACTS_A_DAY:
        raise TooMuch(
            f"You have asked {CONTACTS_A_DAY} people since this time yesterday. Your request is kept: ask the next tomorrow."
        )


def require_room_for_a_message(person: User) -> None:
    """At most twenty messages an hour. Raises: TooMuch."""
    since = timezone.now() - dt.timedelta(hours=1)
    if Message.objects.filter(by=person, at__gt=since).count() >= MESSAGES_AN_HOUR:
        raise TooMuch(
            f"You have sent {MESSAGES_AN_HOUR} messages within an hour. Your text is kept below: send it a little later."
        )


def require_room_for_a_time(person: User) -> None:
    """At most twenty changes of times an hour, counted by the audit. Raises: TooMuch."""
    since = timezone.now() - dt.timedelta(hours=1)
    changes = AuditEntry.objects.by_person(person.pk).filter(action__in=OF_TIMES, at__gt=since)
    if changes.count() >= TIMES_AN_HOUR:
        raise TooMuch(
            f"You have changed times {TIMES_AN_HOUR} times within an hour. Go on a little later, or write a message."
        )
