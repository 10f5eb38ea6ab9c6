"""Ratings: computed by the evidence standard from facts, never written by hand, importer or template.

Rows are history: a rating that changes gets a new row beside the old one. What a row says is never changed.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils import timezone
from website.audit.models import AppendOnly

from ..choices import Direction, RatedBecause

#: Where a rating stands among those of its entry today. Nothing else of a stored row may be changed.
STANDING = frozenset({"position", "is_headline"})
REFUSED = "Ratings are not changed or removed: a new one is stored beside the old."


class OutcomeRatingQuerySet(models.QuerySet["OutcomeRating"]):
    """Reads of ratings. The ways to change what they say are closed."""

    def current(self) -> OutcomeRatingQuerySet:
        """Those in force; superseded ones stay as history."""
        return self.filter(superseded_at=None)

    def supersede(self, *, at: dt.datetime) -> int:
        """End those that are in force, once and for good. Called by the one service that stores ratings."""
        return models.QuerySet.update(self.current(), superseded_at=at)

    def update(self, **changes: Any) -> int:
        """Refuse, but for where a rating stands among the others today."""
        if not STANDING.issuperset(changes):
            raise AppendOnly(REFUSED)
        return super().update(**changes)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnly(REFUSED)

    delete.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        """Append; a conflict with a stored row is an error, not a change."""
        if kwargs.get("update_conflicts"):
            raise AppendOnly(REFUSED)
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Refuse, but for where ratings stand among the others today."""
        fields = list(fields)
        if not STANDING.issuperset(fields):
            raise AppendOnly(REFUSED)
        return super().bulk_update(objs, fields, batch_size)


def kept_once_published(collector: Any, field: Any, ratings: Any, using: str) -> None:
    """What readers could see of an entry's ratings stays: such an entry is withdrawn, not deleted.

    Raises: ProtectedError. A draft that nobody ever read goes with all that was computed of it.
    """
    public = ratings.exclude(outcome=None).exclude(entry__first_published_at=None)
    if public:
        raise models.ProtectedError("This entry has a public history of ratings: withdraw it.", set(public))
    models.CASCADE(collector, field, ratings, using)


class OutcomeRating(models.Model):
    """How hard one outcome of an entry was tested and what was found, at a date, under a version of the standard.

    `strength` and `direction` are what readers see, on pages, in search and in the API. What the standard computed
    stands beside them; it differs only where a reviewer said otherwise.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey("practice_library.Entry", on_delete=kept_once_published, related_name="ratings")
    outcome = models.ForeignKey(
        "practice_library.Outcome", null=True, on_delete=models.PROTECT, related_name="ratings"
    )
    position = models.PositiveSmallIntegerField()
    strength = models.PositiveSmallIntegerField()
    direction = models.CharField(max_length=12, choices=Direction.choices)
    harm_flag = models.BooleanField(default=False)
    computed_strength = models.PositiveSmallIntegerField()
    computed_direction = models.CharField(max_length=12, choices=Direction.choices)
    is_headline = models.BooleanField(default=False)
    detail = models.JSONField(
        help_text="England's and the overall result, criteria, qualifiers, deciding findings."
    )
    standard_version = models.CharField(max_length=20)
    rated_at = models.DateTimeField(default=timezone.now)
    rated_on = models.DateField(
        default=timezone.localdate, help_text="the day of rated_at, by which the log groups"
    )
    superseded_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=10, choices=RatedBecause.choices, default=RatedBecause.FIRST)
    replaces = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replaced_by")
    reason = models.TextField(blank=True, help_text="why a reviewer set another value, or took it back")
    reviewer_role = models.CharField(max_length=120, blank=True)
    reviewer_organisation = models.CharField(max_length=200, blank=True)
    reviewed_on = models.DateField(null=True)

    objects = OutcomeRatingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "outcome"],
                condition=models.Q(superseded_at=None),
                name="one_current_rating_an_outcome",
            ),
            models.CheckConstraint(condition=models.Q(strength__lte=5), name="strength_is_0_to_5"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-rated_on", "because"], name="rating_day_and_reason"),
        ]
        permissions: ClassVar = [("override_rating", "Can set a reviewer's value beside a computed rating")]

    def __str__(self) -> str:
        return f"{self.outcome or 'no outcome'}: {self.get_direction_display()}, level {self.strength}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save once."""
        if not self._state.adding:
            raise AppendOnly(REFUSED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse. What was computed of a draft goes with the draft."""
        raise AppendOnly(REFUSED)

    @property
    def is_override(self) -> bool:
        """Whether readers see a reviewer's value in front of the computed one."""
        return (self.strength, self.direction) != (self.computed_strength, self.computed_direction)
