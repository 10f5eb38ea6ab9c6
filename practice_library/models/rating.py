"""Ratings: computed by the evidence standard from facts, never written by hand, importer or template."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from ..choices import Direction


class OutcomeRatingQuerySet(models.QuerySet["OutcomeRating"]):
    """Reads of ratings."""

    def current(self) -> OutcomeRatingQuerySet:
        """Those in force; superseded ones stay as history."""
        return self.filter(superseded_at=None)


class OutcomeRating(models.Model):
    """How hard one outcome of an entry was tested and what was found, at a date, under a version of the standard."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey("practice_library.Entry", on_delete=models.CASCADE, related_name="ratings")
    outcome = models.ForeignKey(
        "practice_library.Outcome", null=True, on_delete=models.CASCADE, related_name="ratings"
    )
    position = models.PositiveSmallIntegerField()
    strength = models.PositiveSmallIntegerField()
    direction = models.CharField(max_length=12, choices=Direction.choices)
    harm_flag = models.BooleanField(default=False)
    is_headline = models.BooleanField(default=False)
    detail = models.JSONField(
        help_text="England's and the overall result, criteria, qualifiers, deciding findings."
    )
    standard_version = models.CharField(max_length=20)
    rated_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True)

    objects = OutcomeRatingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "outcome"],
                condition=models.Q(superseded_at=None),
                name="one_current_rating_an_outcome",
            ),
            models.CheckConstraint(condition=models.Q(strength__lte=5), name="strength_is_0_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome or 'no outcome'}: {self.get_direction_display()}, level {self.strength}"
