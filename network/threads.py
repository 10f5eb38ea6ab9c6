"""What the pages of messages show, read once for each page."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.urls import reverse
from website.accounts.models import User

from .audience import Viewer
from .choices import AskState
from .exchanges import AskRow, other_of, rows
from .models import Ask, Block, Message, Thread
from .parties import UNSEEN, Party, parties

MESSAGES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread in the list."""

    url: str
    other: Party
    kind: str
    changed_at: dt.datetime
    unread: bool
    ended: bool


def threads_of(user: User, viewer: Viewer) -> list[ThreadRow]:
    """The first hundred threads, the last written to first."""
    found = list(
        Thread.objects.of_participant(user)
        .select_related("ask__request")
        .annotate(read_at=F("participants__read_at"))[:100]
    )
    others = parties((other_of(thread.ask, user) for thread in found), viewer)
    unread = set(
        Message.objects.filter(thread__in=[thread.pk for thread in found])
        .exclude(by=user)
        .filter(
            Q(thread__participants__read_at=None) | Q(at__gt=F("thread__participants__read_at")),
            thread__participants__person=user,
        )
        .values_list("thread", flat=True)
    )
    return [
        ThreadRow(
            reverse("thread", args=[thread.pk]),
            others.get(other_of(thread.ask, user), UNSEEN),
            thread.ask.kind_words,
            thread.changed_at,
            thread.pk in unread,
            thread.ask.state == AskState.ENDED,
        )
        for thread in found
    ]


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """One message as a participant reads it."""

    id: uuid.UUID
    own: bool
    text: str
    at: dt.datetime
    hidden: bool


@dataclass(frozen=True, slots=True)
class ShownThread:
    """A thread with its newest messages in the order of writing."""

    thread: Thread
    row: AskRow
    other_id: uuid.UUID
    messages: Sequence[ShownMessage]
    left_out: int
    open: bool
    blocked_by_me: bool


def thread_at(uid: uuid.UUID, user: User, viewer: Viewer) -> ShownThread | None:
    """A thread for one of its participants."""
    asks = Ask.objects.select_related("request", "thread").prefetch_related("times", "debriefs")
    ask = asks.filter(thread=uid, thread__participants__person=user).first()
    if ask is None:
        return None
    thread = ask.thread
    (row,) = rows([ask], user, viewer)
    newest = list(thread.messages.order_by("-at", "-pk")[:MESSAGES_SHOWN])
    number = thread.messages.count() if len(newest) == MESSAGES_SHOWN else len(newest)
    other = other_of(row.ask, user)
    return ShownThread(
        thread=thread,
        row=row,
        other_id=other,
        messages=[
            ShownMessage(
                each.pk,
                each.by_id == user.pk,
                "" if each.hidden_at else each.text,
                each.at,
                bool(each.hidden_at),
            )
            for each in reversed(newest)
        ],
        left_out=number - len(newest),
        open=row.ask.state == AskState.ACCEPTED,
        blocked_by_me=Block.objects.filter(by=user, person=other).exists(),
    )


def blocked_by(user: User, viewer: Viewer) -> list[tuple[uuid.UUID, Party]]:
    """From whom somebody wants nothing more: the id of the profile, and who it is as far as they may see it."""
    found = Block.objects.filter(by=user, person__profile__isnull=False).order_by("-at")
    pairs = list(found.values_list("person", "person__profile"))
    who = parties((person for person, _ in pairs), viewer)
    return [(held, who.get(person, UNSEEN)) for person, held in pairs]
