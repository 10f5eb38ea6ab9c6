"""One writer at a time, by a conditional update that is atomic on every database."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import F, Q
from django.utils import timezone

from search.models import IndexLease

#: How long a silent holder keeps the lease. A batch takes well under a second.
LEASE = dt.timedelta(seconds=30)


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

    def draw(self) -> int | None:
        """The number of the next batch: drawn before the database is read."""
        held = IndexLease.objects.filter(pk=1, holder=self.holder)
        if not held.update(generation=F("generation") + 1, expires_at=timezone.now() + LEASE):
            return None
        return IndexLease.objects.values_list("generation", flat=True).get(pk=1)

    def release(self) -> None:
        """Let others write."""
        IndexLease.objects.filter(pk=1, holder=self.holder).update(holder="", expires_at=None)


def draw_for_rebuild() -> int:
    """A number for a whole index that is built beside the one in use; needs no lease."""
    IndexLease.objects.get_or_create(pk=1)
    IndexLease.objects.filter(pk=1).update(generation=F("generation") + 1)
    return IndexLease.objects.values_list("generation", flat=True).get(pk=1)
