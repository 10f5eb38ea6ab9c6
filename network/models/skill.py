"""The skills register, and who says what of themselves under it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from practice_library.models import CaseStudyPage, PracticeModelPage, SystemCondition

from ..choices import Evidence, SkillLevel, Statement


class SkillGroup(models.Model):
    """A heading of the register's pages."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    position = models.PositiveSmallIntegerField("place in the list", default=0)

    class Meta:
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class StatementHeading(models.Model):
    """A heading of the post-qualifying statements (England, 2018), so that a skill can be found by them."""

    code = models.CharField(max_length=4, unique=True)
    statement = models.CharField(max_length=12, choices=Statement.choices)
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField("place in the list", default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class SkillQuerySet(models.QuerySet["Skill"]):
    def in_force(self, *, on: dt.date | None = None) -> SkillQuerySet:
        """Terms that can be claimed on a day."""
        day = on or timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class Skill(models.Model):
    """One term. It is never deleted while somebody claims it: it ends, and what was claimed stays readable."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(
        max_length=120, unique=True, help_text="Its name in web addresses; never changed."
    )
    scope_note = models.TextField("what it covers", blank=True)
    group = models.ForeignKey(SkillGroup, on_delete=models.PROTECT, related_name="skills")
    heading = models.ForeignKey(
        StatementHeading, null=True, blank=True, on_delete=models.PROTECT, related_name="skills"
    )
    valid_from = models.DateField(default=timezone.localdate)
    valid_to = models.DateField("no longer in use from", null=True, blank=True)
    position = models.PositiveSmallIntegerField("place in the list", default=0)
    practice_models = models.ManyToManyField(
        PracticeModelPage, verbose_name="practice models that need it", blank=True, related_name="skills"
    )
    conditions = models.ManyToManyField(
        SystemCondition, verbose_name="conditions that it helps with", blank=True, related_name="skills"
    )

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["group__position", "position", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="skill_ends_after_it_starts",
                violation_error_message="The end must come after the start.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_force(self) -> bool:
        """Whether it can be claimed today."""
        today = timezone.localdate()
        return self.valid_from <= today and (self.valid_to is None or self.valid_to > today)


class SkillClaim(models.Model):
    """What a member says they can do, when they last did it, and what that rests on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey("network.Profile", on_delete=models.CASCADE, related_name="claims")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="claims")
    level = models.PositiveSmallIntegerField("how far", choices=SkillLevel.choices)
    last_used = models.PositiveSmallIntegerField("year when last used", null=True, blank=True)
    rests_on = models.CharField(max_length=10, choices=Evidence.choices, default=Evidence.NOTHING)
    case_study = models.ForeignKey(
        CaseStudyPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="skill_claims"
    )
    course = models.CharField(max_length=200, blank=True)
    exchange = models.ForeignKey(
        "network.Ask", null=True, blank=True, on_delete=models.SET_NULL, related_name="skill_claims"
    )

    class Meta:
        ordering: ClassVar = ["skill__group__position", "skill__position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["profile", "skill"], name="skill_claimed_once"),
            models.CheckConstraint(condition=Q(level__in=SkillLevel.values), name="skill_level_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["skill", "-level", "-last_used", "profile"], name="claim_furthest_first")
        ]

    def __str__(self) -> str:
        return f"{self.skill}: {self.get_level_display()}"

    def clean(self) -> None:
        """Say in words what would be wrong."""
        if self.last_used is not None and self.last_used > timezone.localdate().year:
            raise ValidationError({"last_used": "This year has not come yet."})


class Confirmation(models.Model):
    """Somebody who worked with the holder says that it is so. Nobody counts them."""

    claim = models.ForeignKey(SkillClaim, on_delete=models.CASCADE, related_name="confirmations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="confirmed")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "by"], name="claim_confirmed_once_by_each")
        ]

    def __str__(self) -> str:
        return f"Confirmation of {self.claim_id}"
