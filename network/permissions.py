"""Who may do what with profiles and claims, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from website.accounts.models import Membership, User
from website.places.models import Organisation

from practice_library.models import CaseStudyPage

from .audience import viewer_of
from .models import Profile, SkillClaim

if TYPE_CHECKING:
    Person = User | AnonymousUser


def can_keep_profile(user: Person) -> bool:
    """Every member may say something of themselves."""
    return viewer_of(user).member


def worked_in(user: User) -> list[int]:
    """Organisations in which a person works or has worked."""
    joined = Membership.objects.filter(person=user, joined_at__isnull=False)
    return list(joined.values_list("organisation", flat=True))


def case_studies_of(user: User) -> list[CaseStudyPage]:
    """The published case studies that a claim of this person may rest on: those of organisations they worked in."""
    places = Organisation.objects.filter(pk__in=worked_in(user))
    readable = CaseStudyPage.objects.readable_by(user)
    led = readable.filter(lead_organisation__in=places)
    shared = readable.filter(partners__organisation__in=places)
    return list((led | shared).distinct().order_by("title"))


def can_confirm(user: Person, claim: SkillClaim) -> bool:
    """Somebody else who can see the claim, and whose own claim rests on the same case study."""
    if not isinstance(user, User) or claim.profile.person_id == user.pk or claim.case_study_id is None:
        return False
    sees = Profile.objects.shown_to(viewer_of(user), "skills").filter(pk=claim.profile_id).exists()
    return sees and SkillClaim.objects.filter(profile__person=user, case_study=claim.case_study_id).exists()
