"""One writer at a time, by a conditional update that is atomic on every database."""

from __future__ import annotations

import datetime as dt
import time
import uuid

from django.db.models import F, Q
from django.utils import timezone

from search.models import IndexLease

#: How long a silent holder keeps the lease. A batch takes well under a second.
LEASE = dt.timedelta(seconds=30)
#: How long to wait for one's turn at most, and how often to look, in seconds.
PATIENCE = 2 * LEASE.total_seconds()
LOOK_AGAIN = 0.02
#: How long whoever has more to do leaves the lease free, so that one who waits gets it.
TURN_BREAK = 5 * LOOK_AGAIN


class Lease:
    """A claim to write; `draw` renews it and gives the number of the next batch, or None once it is lost."""

    def __init__(self) -> None:
        self.holder = uuid.uuid4().hex

    def acquire(self) -> bool:
        """Take the lease if nobody holds it."""
        now = timezone.now()
        free = Q(holder="") | Q(expires_at=None) | Q(expires_at__lt=now) | Q(expires_at__gt=now + 2 * LEASE)
        IndexLease.objects.get_or_create(pk=1)
        taken = IndexLease.objects.filter(free, pk=1).update(holder=self.holder, expires_at=now + LEASE)
        return bool(taken)

    def wait(self, seconds: float = PATIENCE) -> bool:
        """Take the lease as soon as it is free. A holder that died keeps it for as long as LEASE."""
        until = time.monotonic() + seconds
        while not self.acquire():
            if time.monotonic() > until:
                return False
            time.sleep(LOOK_AGAIN)
        return True

    def draw(self) -> int | None:
        """The number of the next batch: drawn before the database is read."""
        held = IndexLease.objects.filter(pk=1, holder=self.holder)
        if not held.update(generation=F("generation") + 1, expires_at=timezone.now() + LEASE):
            return None
        return IndexLease.objects.values_list("generation", flat=True).get(pk=1)

    def renew(self) -> bool:
        """Whether it is still held. Inside a transaction nobody else can take it before the commit."""
        held = IndexLease.objects.filter(pk=1, holder=self.holder)
        return bool(held.update(expires_at=timezone.now() + LEASE))

    def release(self) -> None:
        """Let others write."""
        IndexLease.objects.filter(pk=1, holder=self.holder).update(holder="", expires_at=None)


def draw_for_rebuild() -> int:
    """A number for a whole index that is built beside the one in use; needs no lease."""
    IndexLease.objects.get_or_create(pk=1)
    IndexLease.objects.filter(pk=1).update(generation=F("generation") + 1)
    return IndexLease.objects.values_list("generation", flat=True).get(pk=1)


def draw_above(number: int) -> None:
    """From now on every number drawn is higher than this one, which an index knows."""
    IndexLease.objects.get_or_create(pk=1)
    IndexLease.objects.filter(pk=1, generation__lt=number).update(generation=number)
