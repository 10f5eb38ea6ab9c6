"""What somebody reported, and what the duty moderator made of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..choices import ReportClass, ReportState


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> ReportQuerySet:
        """Not decided yet: safeguarding first, then the oldest."""
        urgent = models.Case(models.When(kind=ReportClass.SAFEGUARDING, then=0), default=1)
        return (
            self.filter(state=ReportState.WAITING)
            .annotate(urgency=urgent)
            .order_by("urgency", "made_at", "pk")
        )

    def hidden(self) -> ReportQuerySet:
        """What a moderator hid and can show again, the last first."""
        return self.filter(state=ReportState.UPHELD, entry=None, page="").order_by("-decided_at", "pk")

    def apart_from(self, person: uuid.UUID) -> ReportQuerySet:
        """Without what this person wrote: nobody on duty reads or decides what is said of themselves."""
        return (
            self.exclude(message__by=person)
            .exclude(request__asker=person)
            .exclude(profile__person=person)
            .exclude(entry__owner=person)
        )

    def about_anything(self) -> ReportQuerySet:
        """With all that a report may be about."""
        return self.select_related("message", "request", "profile", "entry", "question", "taken", "by")


def _about_one_thing() -> Q:
    kinds = ("message", "request", "profile", "entry", "question")
    nothing = {**dict.fromkeys(kinds), "page": ""}
    about = Q(**dict.fromkeys(kinds)) & ~Q(page="")
    for kind in kinds:
        others = {name: value for name, value in nothing.items() if name != kind}
        about |= Q(**{f"{kind}__isnull": False}, **others)
    return about


class Report(models.Model):
    """About one message, request, profile, entry, open question or other page. Whoever is reported is not told by whom.

    Of an entry it quotes a passage; `taken` is that passage where it was taken out of sight.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reports_made"
    )
    message = models.ForeignKey(
        "network.Message", null=True, blank=True, on_delete=models.CASCADE, related_name="reports"
    )
    request = models.ForeignKey(
        "network.HelpRequest", null=True, blank=True, on_delete=models.CASCADE, related_name="reports"
    )
    profile = models.ForeignKey(
        "network.Profile", null=True, blank=True, on_delete=models.CASCADE, related_name="reports"
    )
    entry = models.ForeignKey(
        "practice_library.Entry", null=True, blank=True, on_delete=models.CASCADE, related_name="reports"
    )
    question = models.ForeignKey(
        "practice_library.OpenQuestion",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reports",
    )
    page = models.CharField(max_length=300, blank=True, help_text="the address of another page on this site")
    quoted = models.TextField(blank=True, max_length=1000, help_text="the passage of an entry")
    taken = models.ForeignKey(
        "practice_library.TakenPassage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=ReportClass.choices)
    words = models.TextField(blank=True, max_length=1000)
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_about_one_thing(),
                name="report_is_about_one_thing",
            ),
            models.CheckConstraint(condition=Q(kind__in=ReportClass.values), name="report_class_is_known"),
            models.CheckConstraint(
                condition=Q(state=ReportState.WAITING.value, decided_at=None)
                | (~Q(state=ReportState.WAITING.value) & Q(decided_at__isnull=False)),
                name="report_that_was_decided_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.pk}"

    @property
    def can_be_undone(self) -> bool:
        """Whether what was hidden can be shown again; a passage of an entry is gone."""
        return self.state == ReportState.UPHELD and not self.entry_id and not self.page

    @property
    def about(self) -> str:
        """What it is about, in a word."""
        if self.entry_id:
            return "A passage of an entry"
        if self.question_id or self.page:
            return "An open question" if self.question_id else "A page"
        return "A message" if self.message_id else "A request" if self.request_id else "A profile"
