"""Who did what, when, in which role: kept beside the data it is about, and never changed."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils import timezone


class AppendOnly(TypeError):
    """Somebody tried to change or remove what the audit says."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reads of the audit. The ways to change many rows at once are closed."""

    def about(self, obj: models.Model) -> AuditQuerySet:
        """Everything that happened to one thing, newest first."""
        return self.filter(object_type=obj._meta.label_lower, object_key=str(obj.pk))

    def by_person(self, key: uuid.UUID) -> AuditQuerySet:
        """Everything that one person did."""
        return self.filter(who=key)

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly("Audit entries are not changed.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnly("Audit entries are not removed.")


class AuditEntry(models.Model):
    """One act. Holds the person's opaque key and no name, so that it may outlive an erased account.

    Role and organisation are words as they were at the time: both may change for the person later.
    """

    who = models.UUIDField(null=True, blank=True, help_text="key of the person; empty for the system itself")
    role = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=80, help_text="noun and past participle: rating.overridden")
    object_type = models.CharField(max_length=100)
    object_key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    detail = models.JSONField(default=dict, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name_plural = "audit entries"
        indexes: ClassVar = [
            models.Index(fields=["object_type", "object_key", "-at"], name="audit_object"),
            models.Index(fields=["who", "-at"], name="audit_who"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_type} {self.object_key}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save once."""
        if not self._state.adding:
            raise AppendOnly("Audit entries are not changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly("Audit entries are not removed.")
