"""Counts over the whole library that everybody sees alike, counted once for each change and not for each reader."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from django.core.cache import cache
from website.outbox.models import Change

#: Entries go out of their time without a change that tells of it.
LONGEST_SECONDS = 60
Facts = TypeVar("Facts")


def kept(name: str, count: Callable[[], Facts]) -> Facts:
    """What was counted since the newest change in the outbox, at most a minute ago; else `count` says it now.

    Whatever is published, hidden or withdrawn records a change, so it is counted anew at once. A cache that
    cannot be written to (a full disk) costs time and nothing else.
    """
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    key = f"kept:{name}:{newest}"
    known: Facts | None = cache.get(key)
    if known is not None:
        return known
    facts = count()
    with suppress(OSError):
        cache.set(key, facts, LONGEST_SECONDS)
    return facts
