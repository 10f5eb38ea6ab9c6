"""Relay threads: opened by a yes, and written to within limits as long as neither blocked the other."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from website.accounts.models import User
from website.accounts.permissions import require
from website.audit.recording import record

from .. import letters, permissions
from ..choices import AskState, Help
from ..models import Ask, Block, Message, Participant, Thread
from . import limits
from .refusals import NotAvailable, NotPossible

#: How long the same words of the same person are taken for a button that was pressed twice.
PRESSED_TWICE = dt.timedelta(minutes=1)


def open_thread(ask: Ask) -> Thread:
    """A place for the two to write; a question is its first message."""
    thread = Thread.objects.create(ask=ask)
    asker = ask.request.asker
    if ask.request.kind == Help.QUESTION:
        Message.objects.create(thread=thread, by=asker, text=ask.request.problem)
    now = timezone.now()
    Participant.objects.bulk_create(
        Participant(thread=thread, person=person, read_at=now) for person in (asker, ask.person)
    )
    return thread


@transaction.atomic
def send_message(*, thread: Thread, by: User, text: str) -> Message:
    """Write to the other one. They get a letter that something is there, once until they have read it.

    The same words again within a minute are the same message.
    Raises: NotAllowed, NotPossible once it has ended, NotAvailable for whoever was blocked, TooMuch.
    """
    limits.lock(by)
    thread = Thread.objects.select_for_update(of=("self",)).select_related("ask").get(pk=thread.pk)
    require(permissions.can_read_thread(by, thread))
    others = thread.participants.exclude(person=by).select_related("person")
    other = others.get()
    if Block.objects.between(by.pk, other.person_id).exists():
        raise NotAvailable
    if thread.ask.state != AskState.ACCEPTED:
        raise NotPossible("This has ended: nothing can be added. Your text is kept below.")
    last = thread.messages.order_by("-at").first()
    if last and (last.by_id, last.text) == (by.pk, text) and last.at > timezone.now() - PRESSED_TWICE:
        return last
    limits.require_room_for_a_message(by)
    told_already = thread.messages.filter(by=by, at__gt=other.read_at).exists()
    message = Message.objects.create(thread=thread, by=by, text=text)
    Thread.objects.filter(pk=thread.pk).update(changed_at=message.at)
    record("message.sent", message, by=by)
    if not told_already:
        letters.tell_message(thread, other.person)
    return message


def mark_read(*, thread: Thread, by: User) -> None:
    """Remember how far somebody has read."""
    Participant.objects.filter(thread=thread, person=by).update(read_at=timezone.now())
