"""Counts over the whole library that everybody sees alike, counted once for each change and not for each reader."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from django.core.cache import cache
from django.utils import timezone
from website.outbox.models import Change

from ..models import Entry

LONGEST_SECONDS = 60
#: Changes whose numbers are compared: one with a lower number may be committed after one with a higher.
LATEST = 100
Facts = TypeVar("Facts")


def kept(name: str, count: Callable[[], Facts]) -> Facts:
    """What was counted since the latest changes in the outbox, at most a minute ago; else `count` says it now.

    Whatever is published, hidden or withdrawn records a change, so it is counted anew at once; the end of an entry's
    time records none, so nothing is kept beyond the next one. A cache that cannot be written to (a full disk) costs time
    and nothing else.
    """
    latest = list(Change.objects.order_by("-pk").values_list("pk", flat=True)[:LATEST])
    key = f"kept:{name}:{hashlib.blake2b(repr(latest).encode(), digest_size=16).hexdigest()}"
    known: Facts | None = cache.get(key)
    if known is not None:
        return known
    now = timezone.now()
    facts = count()
    ends = Entry.objects.filter(expire_at__gt=now).order_by("expire_at").values_list("expire_at", flat=True)
    next_end = ends.first()
    seconds = LONGEST_SECONDS if next_end is None else min(LONGEST_SECONDS, (next_end - now).total_seconds())
    with suppress(OSError):
        cache.set(key, facts, seconds)
    return facts
