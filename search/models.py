"""What people looked for and did not find, without any person in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Demand(models.Model):
    """A query without results, counted by week. No person, no session, no address, no time of day."""

    week = models.DateField(help_text="The Monday of the week.")
    query = models.CharField(max_length=120)
    filters = models.CharField(
        max_length=300, blank=True, help_text="The filters that were on, as in the address."
    )
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "demand"
        ordering: ClassVar = ["-week", "-times"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["week", "query", "filters"], name="demand_counted_once_a_week")
        ]

    def __str__(self) -> str:
        return f"{self.query} ({self.times})"


class IndexLease(models.Model):
    """Who may write to the index now, and the number that orders what is written.

    One row. Every batch draws a new number before it reads the database, and only the holder may: so a higher number
    always means a later reading, also when two workers run or one of them sleeps through its lease.
    """

    holder = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True)
    generation = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"generation {self.generation}"


class IndexPurge(models.Model):
    """Words were removed that may still stand in dead parts of the files of an index: it has to be written anew."""

    what = models.CharField(max_length=20, help_text="entries or people")
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["asked_at"], name="index_purge_waits", condition=models.Q(done_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.what}, asked {self.asked_at:%Y-%m-%d %H:%M}"
