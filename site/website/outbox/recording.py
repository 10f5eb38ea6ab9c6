"""The one way for lower rooms to tell upper rooms of a change, without importing them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

from django.db import transaction

from .models import Change

_listeners: list[Callable[[], None]] = []


def on_recorded(listener: Callable[[], None]) -> Callable[[], None]:
    """Register who is woken after a commit that recorded changes. Refuses duplicates."""
    if listener in _listeners:
        raise ValueError(f"{listener!r} already listens to the outbox.")
    _listeners.append(listener)
    return listener


def record_change(*, topic: str, uid: uuid.UUID) -> None:
    """Record one change in the transaction at hand."""
    record_changes(topic=topic, uids=[uid])


def record_changes(*, topic: str, uids: Iterable[uuid.UUID]) -> None:
    """Record many changes at once; the listeners are woken once, after the commit.

    Raises: RuntimeError outside a transaction, since a change told apart from its data can be lost.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Record changes inside the transaction that makes them.")
    rows = [Change(topic=topic, object_uid=uid) for uid in uids]
    if not rows:
        return
    Change.objects.bulk_create(rows, batch_size=2000)
    transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    for listener in _listeners:
        listener()
