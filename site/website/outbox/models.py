"""What changed and still has to be told: one row a change, written in the transaction that made it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Max


class ChangeQuerySet(models.QuerySet["Change"]):
    """Reads and marks of the queue, in the words of the worker that drains it."""

    def pending(self) -> ChangeQuerySet:
        """Not yet told, oldest first."""
        return self.filter(done_at=None).order_by("pk")

    def told(self, pks: Iterable[int]) -> ChangeQuerySet:
        """The rows of one finished batch."""
        return self.filter(pk__in=list(pks))

    def told_after(self, batch: int) -> ChangeQuerySet:
        """Told in a later batch than this one, whatever the clocks said."""
        return self.filter(told_in__gt=batch)

    def newest_batch(self) -> int:
        """The number of the last batch that was told; 0 before the first."""
        return self.aggregate(newest=Max("told_in"))["newest"] or 0


class Change(models.Model):
    """One thing whose public face may have changed.

    `told_in` is the number of the batch that told it. Batches are told one after another and numbered as they begin,
    so the numbers say what was told before and what after, where two clocks, or one that was set back, cannot.
    """

    id = models.BigAutoField(primary_key=True)
    topic = models.CharField(max_length=40)
    object_uid = models.UUIDField(default=uuid.uuid4)
    recorded_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    told_in = models.BigIntegerField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], name="outbox_pending", condition=models.Q(done_at=None)),
            models.Index(fields=["topic", "object_uid"], name="outbox_object"),
            models.Index(fields=["told_in"], name="outbox_told_in"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.object_uid} v{self.pk}"
