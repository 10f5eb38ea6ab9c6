"""Who was erased: opaque keys and days, so that a restored copy of the database can be made to forget them again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Erasure(models.Model):
    """One erased person. The key is all that is left of them here; audit entries hold the same."""

    key = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["at", "key"]

    def __str__(self) -> str:
        return str(self.key)
