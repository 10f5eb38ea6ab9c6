"""What the library's loader has already loaded, so that loading again leaves editors' work alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ContentRecord(models.Model):
    """The fingerprint of one loaded piece of content: the same fingerprint means there is nothing to do."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="content_recorded_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
