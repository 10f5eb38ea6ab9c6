"""What somebody may decide, where, and by whose leave."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from website.places.choices import Region

if TYPE_CHECKING:
    from website.places.models import Organisation

    from .user import User


class Role(models.TextChoices):
    """Beyond being a member. Editors are a group of the CMS, line managers are named by membership."""

    AUTHOR = "author", "Author"
    SIGN_OFF_OWNER = "sign-off-owner", "Sign-off owner"
    LOAN_APPROVER = "loan-approver", "Loan approver"
    ORGANISATION_ADMINISTRATOR = "organisation-administrator", "Organisation administrator"
    EVIDENCE_REVIEWER = "evidence-reviewer", "Evidence reviewer"
    COORDINATOR = "coordinator", "Regional coordinator"
    MODERATOR = "moderator", "Duty moderator"


OF_AN_ORGANISATION = (
    Role.AUTHOR,
    Role.SIGN_OFF_OWNER,
    Role.LOAN_APPROVER,
    Role.ORGANISATION_ADMINISTRATOR,
)
OF_A_REGION = (Role.COORDINATOR,)


class RoleHeldQuerySet(models.QuerySet["RoleHeld"]):
    """Who holds what, now."""

    def held(self, *, on: dt.date | None = None) -> RoleHeldQuerySet:
        """Not ended, of people who may sign in. A deputy's role ends with that of whom they stand in for."""
        day = on or timezone.localdate()
        return self.filter(
            Q(until=None) | Q(until__gte=day),
            Q(deputy_for=None) | Q(deputy_for__ended_at=None),
            ended_at=None,
            person__is_active=True,
        )

    def of_person(self, person: User) -> RoleHeldQuerySet:
        return self.filter(person=person)

    def in_organisation(self, organisation: Organisation) -> RoleHeldQuerySet:
        return self.filter(organisation=organisation)


class RoleHeld(models.Model):
    """One role of one person. Roles in an organisation count only while the person works there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=30, choices=Role.choices)
    organisation = models.ForeignKey(
        "places.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="roles_held"
    )
    region = models.CharField(max_length=40, choices=Region.choices, blank=True)
    deputy_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="deputies"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    until = models.DateField("last day", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RoleHeldQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["role", "granted_at"]
        verbose_name_plural = "roles held"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
            models.CheckConstraint(
                condition=(
                    Q(role__in=[role.value for role in OF_AN_ORGANISATION], organisation__isnull=False)
                    | (
                        ~Q(role__in=[role.value for role in OF_AN_ORGANISATION])
                        & Q(organisation__isnull=True)
                    )
                ),
                name="role_of_an_organisation_names_it",
            ),
            models.CheckConstraint(
                condition=(Q(role=Role.COORDINATOR.value) & ~Q(region=""))
                | (~Q(role=Role.COORDINATOR.value) & Q(region="")),
                name="role_of_a_region_names_it",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "organisation"],
                condition=Q(ended_at=None, organisation__isnull=False),
                name="role_is_held_once_a_place",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "region"],
                condition=Q(ended_at=None, organisation__isnull=True),
                name="role_is_held_once_a_region",
            ),
        ]

    def __str__(self) -> str:
        where = self.organisation or (self.get_region_display() if self.region else "")
        return f"{self.get_role_display()}, {where}" if where else self.get_role_display()
