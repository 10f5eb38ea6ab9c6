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

    def to_address(self, address: str) -> LetterQuerySet:
        """Those to an address as such, whoever may have it."""
        return self.filter(address=address.lower())

    def due(self, *, at: dt.datetime) -> LetterQuerySet:
        """Whose time has come, the longest waiting first."""
        return self.filter(due_at__lte=at).order_by("due_at", "written_at", "pk")


class Letter(models.Model):
    """To a person: the address is looked up when it is sent, and erasing the person erases it.

    Or to an address that may be nobody's here, for as long as the letter waits: whoever asks for an account, forgot a
    password or was erased. Such letters may hold a link that signs in, so none is handed out with a person's data.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="letters"
    )
    address = models.EmailField(max_length=254, blank=True)
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
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person=None) ^ models.Q(address=""),
                name="letter_to_a_person_or_an_address",
            )
        ]

    def __str__(self) -> str:
        return f"Letter {self.pk}"
