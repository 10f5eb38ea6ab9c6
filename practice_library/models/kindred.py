"""Kindred work: two entries of different organisations on the same idea, and why. A pair has no direction."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ..choices import KindredRelation, KindredState
from .entry import Entry


class KindredPairQuerySet(models.QuerySet["KindredPair"]):
    """Who may be shown with whom is asked of the database at every reading: what was found may be out of sight now."""

    def shown(self, *, at: dt.datetime | None = None) -> KindredPairQuerySet:
        """Pairs that stand, of entries that anyone may read and that say today what they said when compared."""
        published = Entry.objects.published(at=at)
        found = self.exclude(state=KindredState.DISMISSED).filter(
            published.named_by("left"), published.named_by("right")
        )
        for side in ("left", "right"):
            found = found.filter(
                Q(**{f"{side}__last_published_at": None})
                | Q(**{f"{side}__last_published_at__lte": F("found_at")}),
                Q(**{f"{side}_result": None}) | Q(**{f"{side}_result__superseded_at": None}),
            )
        return found


class KindredPair(models.Model):
    """Found by `find_kindred`; a dismissal stays. `reasons` holds the phrases and the terms that both entries have."""

    left = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="kindred_right")
    right = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="kindred_left")
    relation = models.CharField(max_length=10, choices=KindredRelation.choices)
    state = models.CharField(max_length=10, choices=KindredState.choices, default=KindredState.NEW)
    score = models.FloatField()
    reasons = models.JSONField(default=dict)
    left_result = models.ForeignKey(
        "practice_library.OutcomeRating", null=True, on_delete=models.CASCADE, related_name="+"
    )
    right_result = models.ForeignKey(
        "practice_library.OutcomeRating", null=True, on_delete=models.CASCADE, related_name="+"
    )
    found_at = models.DateTimeField()

    objects = KindredPairQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-score", "pk"]
        permissions: ClassVar = [("dismiss_kindredpair", "Can say that two entries are not the same idea")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="kindred_pair_has_no_direction"),
            models.UniqueConstraint(fields=["left", "right"], name="kindred_pair_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} and {self.right_id}: {self.get_relation_display()}"
