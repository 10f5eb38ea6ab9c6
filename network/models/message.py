"""Relay threads between two people who arrange something, and who wants no more of whom. No address is kept here."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .exchange import Ask

if TYPE_CHECKING:
    from website.accounts.models import User


class ThreadQuerySet(models.QuerySet["Thread"]):
    def of_participant(self, person: User) -> ThreadQuerySet:
        """The threads that open for a person."""
        return self.filter(participants__person=person)


class Thread(models.Model):
    """Opens when an ask is accepted; stays readable for both when it has ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, related_name="thread")
    opened_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-changed_at", "pk"]

    def __str__(self) -> str:
        return f"Thread {self.pk}"


class Participant(models.Model):
    """One of the two, and how far they have read."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thread", "person"], name="participant_once_a_thread")
        ]

    def __str__(self) -> str:
        return f"Participant of {self.thread_id}"


class Message(models.Model):
    """What one of them wrote. Never changed; a moderator may hide it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages_sent")
    text = models.TextField(max_length=4000)
    at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["by", "at"], name="message_by")]

    def __str__(self) -> str:
        return f"Message {self.pk}"


class BlockQuerySet(models.QuerySet["Block"]):
    def between(self, one: uuid.UUID, other: uuid.UUID) -> BlockQuerySet:
        """Whether either wants no more of the other."""
        return self.filter(Q(by=one, person=other) | Q(by=other, person=one))

    def apart(self, person: uuid.UUID | None, *, from_field: str = "person") -> models.Exists:
        """The condition that a row's person and this one want no more of each other."""
        other = models.OuterRef(from_field)
        return models.Exists(self.filter(Q(by=person, person=other) | Q(by=other, person=person)))


class Block(models.Model):
    """`by` wants no more of `person`, who is told no more than that somebody is not available."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocked_by")
    at = models.DateTimeField(default=timezone.now)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["by", "person"], name="block_once"),
            models.CheckConstraint(condition=~Q(by=models.F("person")), name="block_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"Block {self.pk}"
