"""What a member says of themselves, each row for an audience of its own. Never public."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone
from website.accounts.models import MembershipState

from ..audience import SAFE, Home, Viewer, admits, allowing
from ..choices import Audience, RegistrationBody

#: After half a year the person is asked whether all is still true; after a year the profile is hidden.
CONFIRM_AFTER = dt.timedelta(days=182)
HIDDEN_AFTER = dt.timedelta(days=365)


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Who is there to be seen. Everything a page lists or counts goes through `shown_to`."""

    def at_home(self) -> ProfileQuerySet:
        """With where each works now; somebody who left has no home, and no profile until they join again."""
        everyone: Any = self.alias(
            home=FilteredRelation(
                "person__memberships", condition=Q(person__memberships__state=MembershipState.ACTIVE.value)
            )
        )
        found: ProfileQuerySet = everyone.annotate(
            home_organisation=F("home__organisation"),
            home_region=F("home__organisation__region"),
            home_name=F("home__organisation__short_name"),
            home_slug=F("home__organisation__slug"),
            home_kind=F("home__organisation__kind"),
            home_end=F("home__organisation__end"),
        )
        return found

    def present(self) -> ProfileQuerySet:
        """Listed, not hidden, confirmed within the year, of people who work in an organisation that stands."""
        stands = Q(home_end=None) | Q(home_end__gt=timezone.localdate())
        at_home: Any = self.at_home()
        found: ProfileQuerySet = at_home.filter(
            stands,
            home_organisation__isnull=False,
            person__is_active=True,
            listed=True,
            hidden_at=None,
            withheld_at=None,
            confirmed_at__gt=timezone.now() - HIDDEN_AFTER,
        )
        return found

    def visible_to(self, viewer: Viewer) -> ProfileQuerySet:
        """The profiles whose page opens for a viewer: those present, for members. One's own has a page of its own."""
        return self.present() if viewer.member else self.none()

    def shown_to(self, viewer: Viewer, field: str) -> ProfileQuerySet:
        """Of those, the ones that show this row to the viewer."""
        return self.visible_to(viewer).filter(allowing(viewer, field))


def _audience(default: Audience = Audience.ME) -> Any:
    return models.CharField("who sees it", max_length=12, choices=Audience.choices, default=default)


class Profile(models.Model):
    """One member. Its id is opaque and not that of the account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    name = models.CharField("name", max_length=150)
    role = models.CharField("job title", max_length=150)
    about = models.TextField(blank=True, max_length=2000)
    learning = models.TextField("what I would like to learn", blank=True, max_length=1000)
    languages = models.CharField("languages besides English", max_length=200, blank=True)
    working_pattern = models.CharField("working pattern", max_length=200, blank=True)
    registration = models.CharField(
        "professional register", max_length=30, choices=RegistrationBody.choices, blank=True
    )

    audience_name = _audience(Audience.NETWORK)
    audience_role = _audience(Audience.NETWORK)
    audience_organisation = _audience(Audience.NETWORK)
    audience_region = _audience()
    audience_about = _audience()
    audience_skills = _audience(Audience.NETWORK)
    audience_blockages = _audience()
    audience_availability = _audience()
    audience_learning = _audience()
    audience_languages = _audience()
    audience_working_pattern = _audience()
    audience_registration = _audience()
    audience_photo = _audience()

    listed = models.BooleanField("list me, so that members can find me", default=False)
    borrowable = models.BooleanField("I may be asked for a loan", default=False)
    introductions = models.BooleanField("I may be introduced to people who do the same work", default=False)
    named_on_case_studies = models.BooleanField(
        "name me on case studies that a skill of mine rests on", default=False
    )
    safety_flag = models.BooleanField("show my job title and region only", default=False)
    hidden_at = models.DateTimeField(null=True, blank=True)
    withheld_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="By a moderator.")
    confirmed_at = models.DateTimeField(default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = ProfileQuerySet.as_manager()

    if TYPE_CHECKING:  # annotated by `at_home`
        home_organisation: int | None
        home_region: str | None
        home_name: str | None
        home_slug: str | None
        home_kind: str | None

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-confirmed_at", "id"], name="profile_last_confirmed")]

    def __str__(self) -> str:
        return f"Profile {self.pk}"

    @property
    def home(self) -> Home:
        """Where the person works, as `at_home` read it."""
        return Home(self.person_id, self.home_organisation, self.home_region or "")

    def rows_for(self, viewer: Viewer) -> frozenset[str]:
        """The rows that this viewer sees, once the page opens for them."""
        from ..audience import FIELDS

        admitting = admits(viewer, self.home)
        seen = {field for field in FIELDS if getattr(self, f"audience_{field}") in admitting}
        own = viewer.person == self.person_id
        return frozenset(seen & SAFE if self.safety_flag and not own else seen)

    @property
    def to_be_confirmed(self) -> bool:
        """Whether it is time to ask whether all is still true."""
        return timezone.now() - self.confirmed_at > CONFIRM_AFTER

    @property
    def out_of_date(self) -> bool:
        """Whether it is hidden because nobody confirmed it for a year."""
        return timezone.now() - self.confirmed_at >= HIDDEN_AFTER
