"""Letters that are still to be sent: one row a letter, written in the transaction of what it tells, gone once it is sent."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class LetterQuerySet(models.QuerySet["Letter"]):
    """Reads in the words of whoever carries them."""

    def due(self, *, at: dt.datetime) -> LetterQuerySet:
        """Whose time has come, the longest waiting first."""
        return self.filter(due_at__lte=at).order_by("due_at", "written_at", "pk")


class Letter(models.Model):
    """To a person, not to an address: the address is looked up when it is sent, and erasing the person erases it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=100, blank=True, help_text="The kind of error, never its words.")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="letter_due")]

    def __str__(self) -> str:
        return f"Letter {self.pk}"
