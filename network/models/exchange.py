"""A request for light help (T0, T1), the people asked with it, the times proposed, and what both said afterwards."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..choices import LIGHT_HELP, NOT_AVAILABLE, TAKES_TIME, AskState, Day, Help, RequestState
from .skill import Skill

if TYPE_CHECKING:
    from website.accounts.models import User


class HelpRequest(models.Model):
    """What somebody needs, in their words. Seen by themselves and by those whom they ask, nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="help_requests"
    )
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.label) for kind in LIGHT_HELP])
    problem = models.TextField(max_length=2000)
    must_not_include = models.TextField(blank=True, max_length=500)
    skills = models.ManyToManyField(Skill, blank=True, related_name="help_requests")
    days = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.DRAFT)
    written_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-written_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in LIGHT_HELP]), name="request_is_light"
            ),
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=RequestState.CLOSED.value) ^ Q(closed_at=None),
                name="request_that_closed_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"

    @property
    def day_words(self) -> str:
        """The days in words; every working day where none is chosen."""
        return ", ".join(Day(day).label for day in sorted(self.days)) or "Any day"

    @property
    def kind_words(self) -> str:
        """What it asks for, as a manager may read it."""
        words = {Help.QUESTION: "A question", Help.CALL: "A call", Help.COACHING: "Coaching"}
        return words[Help(self.kind)]

    @property
    def takes_time(self) -> bool:
        """A call or coaching (T1): the manager of whoever accepts is told."""
        return self.kind in TAKES_TIME


class AskQuerySet(models.QuerySet["Ask"]):
    """Whom a person asked, or was asked by. Refusals are nowhere counted."""

    def waiting(self) -> AskQuerySet:
        """Not answered yet."""
        return self.filter(state=AskState.ASKED)

    def under_way(self) -> AskQuerySet:
        """Accepted and not ended: the two arrange something."""
        return self.filter(state=AskState.ACCEPTED)

    def taking_room(self) -> AskQuerySet:
        """What fills somebody's capacity: asked and not answered, or under way."""
        return self.filter(state__in=[AskState.ASKED, AskState.ACCEPTED])

    def of_party(self, person: User) -> AskQuerySet:
        """Those in which a person has part, on either side."""
        return self.filter(Q(person=person) | Q(request__asker=person))


class Ask(models.Model):
    """One person asked with one request. It keeps no reason, and a no goes when the request closes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="asks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="asked_of")
    state = models.CharField(max_length=10, choices=AskState.choices, default=AskState.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    asker_told_at = models.DateTimeField(null=True, blank=True, help_text="That there is no answer.")

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["person", "state"], name="ask_of_person")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "person"], name="ask_each_once_a_request"),
            models.CheckConstraint(condition=Q(state__in=AskState.values), name="ask_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=AskState.ENDED.value) ^ Q(ended_at=None), name="ask_that_ended_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"Ask {self.pk}"

    @property
    def may_be_evidence(self) -> bool:
        """Whether both said so."""
        return sum(said.may_be_evidence for said in self.debriefs.all()) == 2

    @property
    def words_for_asker(self) -> str:
        """What the asker reads: the same for not now and no."""
        return {
            AskState.ASKED: "No answer yet",
            AskState.ACCEPTED: "Yes",
            AskState.WITHDRAWN: "Taken back",
            AskState.ENDED: "Ended",
        }.get(AskState(self.state), NOT_AVAILABLE)

    @property
    def kind_words(self) -> str:
        """What it is about, as a manager may read it."""
        return self.request.kind_words


class ProposedTime(models.Model):
    """A time that one side proposed; at most one is agreed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="times")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ask", "starts_at"], name="time_proposed_once"),
            models.UniqueConstraint(
                fields=["ask"], condition=Q(agreed_at__isnull=False), name="time_agreed_once"
            ),
            # Half a day is the most that a person may promise without their manager's leave.
            models.CheckConstraint(condition=Q(minutes__range=(10, 240)), name="time_is_half_a_day_at_most"),
        ]

    def __str__(self) -> str:
        return f"Time {self.pk}"

    @property
    def ends_at(self) -> dt.datetime:
        """When it is over."""
        return self.starts_at + dt.timedelta(minutes=self.minutes)


class Debrief(models.Model):
    """What one side says afterwards. With a yes of both, it may stand behind a skill of whoever helped."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="debriefs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    what_helped = models.TextField(blank=True, max_length=1000)
    what_next = models.TextField(blank=True, max_length=1000)
    may_be_evidence = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ask", "by"], name="debrief_once_a_side"),
        ]

    def __str__(self) -> str:
        return f"Debrief of {self.ask_id}"
