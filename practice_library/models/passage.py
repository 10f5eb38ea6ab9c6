"""Passages of entries that were taken out of sight: held until a moderator decides, then shown again or gone for good."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from website.passages.prints import Guard

from ..choices import PassageState
from ..partial_dates import in_words

#: Why a passage goes for good, in the words that are left in its place.
WHY = {
    "identifies-family": "could identify a family",
    "safeguarding": "could put somebody at risk",
    "other": "should not have been published",
}


class TakenPassageQuerySet(models.QuerySet["TakenPassage"]):
    """Reads of what was taken out of sight."""

    def guarding(self, entry_ids: Iterable[int]) -> list[Guard]:
        """What must not come back into these entries: what is held of them, and what was ever removed from any."""
        found = self.filter(
            Q(state=PassageState.REMOVED) | Q(state=PassageState.HELD, entries__in=list(entry_ids))
        )
        return [Guard(each.print, each.words, each.stub) for each in found.distinct()]


class TakenPassage(models.Model):
    """One passage. What it said is kept beside it only while it is held: afterwards a keyed hash knows it again."""

    entry = models.ForeignKey(
        "practice_library.Entry", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    entries = models.ManyToManyField(
        "practice_library.Entry",
        related_name="taken_passages",
        help_text="All that showed it: an index may show it until it was told.",
    )
    state = models.CharField(max_length=8, choices=PassageState.choices, default=PassageState.HELD)
    kind = models.CharField(max_length=20)
    print = models.CharField(max_length=40, db_index=True)
    words = models.PositiveSmallIntegerField(help_text="how many words it has")
    hid_entry = models.BooleanField(
        default=False, help_text="It stood in a name, so the entry itself was hidden."
    )
    taken_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, help_text="where it was removed, and how often")

    objects = TakenPassageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-taken_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=list(WHY)), name="passage_class_is_known")
        ]

    def __str__(self) -> str:
        return f"Passage {self.pk}"

    @property
    def stub(self) -> str:
        """What stands in its place. While it is held no other stub is like it, so that it can be put back."""
        if self.state == PassageState.HELD:
            return f"[Passage {self.pk} held while a moderator looks at it]"
        day = in_words(timezone.localdate(self.decided_at).isoformat())
        return f"[Passage removed {day}: {WHY[self.kind]}]"

    @property
    def short_stub(self) -> str:
        """The same for a narrow column."""
        return f"[Passage {self.pk} held]" if self.state == PassageState.HELD else "[Removed]"


class HeldText(models.Model):
    """What stood in one cell of the database where a held passage stands no more: each stretch as it was, in order."""

    passage = models.ForeignKey(TakenPassage, on_delete=models.CASCADE, related_name="texts")
    table = models.CharField(max_length=100)
    column = models.CharField(max_length=100)
    key = models.CharField(max_length=40)
    spans: Any = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.passage}: {self.table}.{self.column} {self.key}"
