"""What a member offers, when, and how much of it."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ..choices import Day, Help


class Availability(models.Model):
    """One row a member. `days` are ISO numbers of weekdays, Monday 1; `capacity` is how many requests at a time."""

    profile = models.OneToOneField("network.Profile", on_delete=models.CASCADE, related_name="availability")
    days = models.JSONField(default=list, blank=True)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    capacity = models.PositiveSmallIntegerField("how many requests at a time", default=1)
    paused = models.BooleanField("pause: nobody may ask me now", default=False)
    paused_until = models.DateField("pause until", null=True, blank=True)

    class Meta:
        verbose_name_plural = "availability"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="availability_ends_after_it_starts",
                violation_error_message="The last day must not come before the first.",
            ),
            models.CheckConstraint(condition=Q(capacity__range=(1, 20)), name="availability_has_a_capacity"),
        ]

    def __str__(self) -> str:
        return f"Availability of {self.profile_id}"

    def is_paused(self, *, on: dt.date | None = None) -> bool:
        """Whether nobody may ask on a day: a pause with a last day ends by itself."""
        day = on or timezone.localdate()
        return self.paused and (self.paused_until is None or self.paused_until >= day)

    @property
    def day_words(self) -> str:
        """The days in words; every working day where none is chosen."""
        return ", ".join(Day(day).label for day in sorted(self.days)) or "Any day"


class HelpOffered(models.Model):
    """One kind of help that a member offers."""

    availability = models.ForeignKey(Availability, on_delete=models.CASCADE, related_name="kinds")
    kind = models.CharField(max_length=12, choices=Help.choices)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["availability", "kind"], name="help_offered_once"),
            models.CheckConstraint(condition=Q(kind__in=Help.values), name="help_is_known"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
