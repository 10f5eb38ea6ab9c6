"""What stood in the way, and how somebody got round it: in the words of the library's conditions."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from practice_library.models import SystemCondition


class BlockageGotRound(models.Model):
    """One condition that was missing, and what the member did about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey("network.Profile", on_delete=models.CASCADE, related_name="blockages")
    condition = models.ForeignKey(
        SystemCondition, on_delete=models.PROTECT, related_name="got_round", verbose_name="what was missing"
    )
    how = models.TextField("how I got round it", max_length=1000)

    class Meta:
        ordering: ClassVar = ["condition__position", "condition__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["profile", "condition"], name="blockage_told_once")
        ]
        indexes: ClassVar = [models.Index(fields=["condition", "profile"], name="blockage_of_condition")]

    def __str__(self) -> str:
        return str(self.condition)
