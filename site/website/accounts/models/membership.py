"""Where a person works: the one thing that makes somebody a member."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.utils import timezone

from website.places.models import Organisation

if TYPE_CHECKING:
    from .user import User


class MembershipState(models.TextChoices):
    """How far it has got. Only an active one opens anything."""

    INVITED = "invited", "Invited"
    ASKED = "asked", "Asked to join"
    ACTIVE = "active", "Member"
    SUSPENDED = "suspended", "Suspended"
    LEFT = "left", "Has left"


#: A person works in one place at a time here: whoever joins another leaves the first.
IN_PLACE = (MembershipState.ACTIVE, MembershipState.SUSPENDED)
WAITING = (MembershipState.INVITED, MembershipState.ASKED)
#: An invitation that lies about must not let somebody in long after whoever sent it has forgotten it.
INVITATION_STAYS_OPEN: Final = dt.timedelta(days=30)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads in the words of an administrator."""

    def active(self) -> MembershipQuerySet:
        """Of people who may sign in and whose organisation still stands."""
        return self.filter(
            state=MembershipState.ACTIVE,
            person__is_active=True,
            organisation__in=Organisation.objects.current(),
        )

    def waiting(self) -> MembershipQuerySet:
        """Neither joined nor refused."""
        return self.filter(state__in=WAITING)

    def not_ended(self) -> MembershipQuerySet:
        return self.exclude(state=MembershipState.LEFT)

    def of(self, organisation: Organisation) -> MembershipQuerySet:
        return self.filter(organisation=organisation)

    def managed_by(self, manager: User) -> MembershipQuerySet:
        """The staff of a line manager, as long as both work in the same place."""
        return self.filter(
            line_manager=manager, organisation__in=Membership.objects.active().filter(person=manager).places()
        )

    def places(self) -> Any:
        """The organisations, for use in another query."""
        return self.values("organisation")

    def for_a_list(self) -> MembershipQuerySet:
        return self.select_related("person", "organisation", "line_manager").order_by(
            "state", "person__name", "pk"
        )


class Membership(models.Model):
    """One person in one organisation, from the invitation to the last day.

    `invited_as` is the name that the administrator typed: until the person has answered, it is all that the
    organisation sees, so that an invitation never tells whether an address is known here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="memberships"
    )
    state = models.CharField(max_length=10, choices=MembershipState.choices)
    invited_as = models.CharField("name", max_length=150, blank=True)
    line_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="manages"
    )
    begun_at = models.DateTimeField(default=timezone.now, help_text="When they were invited or asked.")
    joined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="approvals"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-begun_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=MembershipState.values), name="membership_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=MembershipState.LEFT.value) ^ models.Q(ended_at=None),
                name="membership_that_ended_has_a_day",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state__in=[state.value for state in IN_PLACE]),
                name="membership_one_place_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=~models.Q(state=MembershipState.LEFT.value),
                name="membership_open_once_a_place",
            ),
            models.CheckConstraint(
                condition=models.Q(line_manager=None) | ~models.Q(line_manager=models.F("person")),
                name="membership_nobody_manages_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_name}, {self.organisation}"

    @property
    def open_until(self) -> dt.datetime | None:
        """The last moment at which an invitation can be accepted; None for whatever is no invitation."""
        return self.begun_at + INVITATION_STAYS_OPEN if self.state == MembershipState.INVITED else None

    @property
    def lapsed(self) -> bool:
        """Whether it is an invitation that nobody can accept any more."""
        return self.open_until is not None and self.open_until < timezone.now()

    @property
    def shown_name(self) -> str:
        """What the organisation may see: the person's own name only once they have joined."""
        if self.joined_at is not None or self.state == MembershipState.ASKED:
            return self.person.name or "A member without a name"
        return self.invited_as
