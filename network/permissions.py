"""Who may do what with profiles and claims, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from website.accounts.models import Membership, Role, RoleHeld, User
from website.accounts.permissions import is_moderator, membership_of
from website.places.models import Organisation

from practice_library.models import CaseStudyPage, Entry, OpenQuestion

from .audience import Viewer, viewer_of
from .choices import LIGHT_HELP, AskState, Help
from .models import Ask, HelpOffered, HelpRequest, Message, Profile, Report, SkillClaim, Thread
from .models.profile import ProfileQuerySet

if TYPE_CHECKING:
    Person = User | AnonymousUser


def can_keep_profile(user: Person) -> bool:
    """Every member may say something of themselves."""
    return viewer_of(user).member


def can_search_people(user: Person, viewer: Viewer) -> bool:
    """Every member, and whoever is on duty, who finds nobody whom they would not see elsewhere (access.md).

    `viewer` is who they are to others, which a page reads once.
    """
    return viewer.member or is_moderator(user)


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


def exchanges_of(user: User) -> list[Ask]:
    """The exchanges that a claim of this person may rest on: they helped, it ended, and both said that it may."""
    said = Ask.objects.filter(person=user, state=AskState.ENDED).prefetch_related(
        "debriefs", "request__skills"
    )
    return [ask for ask in said.select_related("request") if ask.may_be_evidence]


def can_confirm(user: Person, claim: SkillClaim) -> bool:
    """Somebody else who can see the claim, and who shared what it rests on: the case study, or the exchange."""
    if not isinstance(user, User) or claim.profile.person_id == user.pk:
        return False
    if not Profile.objects.shown_to(viewer_of(user), "skills").filter(pk=claim.profile_id).exists():
        return False
    if claim.exchange_id is not None:
        return Ask.objects.filter(pk=claim.exchange_id, request__asker=user).exists()
    if claim.case_study_id is None:
        return False
    return SkillClaim.objects.filter(profile__person=user, case_study=claim.case_study_id).exists()


def regions_of(user: Person) -> list[str]:
    """The regions that somebody coordinates now."""
    if not isinstance(user, User):
        return []
    held = RoleHeld.objects.held().of_person(user).filter(role=Role.COORDINATOR)
    return list(held.order_by("region").values_list("region", flat=True).distinct())


def works_here(user: Person) -> bool:
    """Has a place of work: exchange is between people at work (access.md: a role alone gives nothing)."""
    return membership_of(user) is not None


def manages_staff(user: User) -> bool:
    """Is the line manager of somebody who works here now."""
    return Membership.objects.active().managed_by(user).exists()


def can_write_request(user: Person) -> bool:
    """A member at work who has a profile, so that whoever is asked sees who asks."""
    return works_here(user) and Profile.objects.filter(person=user.pk).exists()


def askable(viewer: Viewer, *kinds: Help) -> ProfileQuerySet:
    """Whom a viewer at work may ask: those whom they see offering one of these kinds of light help now, once each.

    Blocks are told apart only when asking.
    """
    today = timezone.localdate()
    offering = HelpOffered.objects.filter(
        kind__in=kinds or LIGHT_HELP, availability__profile=OuterRef("pk")
    ).order_by()
    found: ProfileQuerySet = (
        Profile.objects.shown_to(viewer, "availability")
        .exclude(person=viewer.person)
        .filter(
            Q(availability__paused=False) | Q(availability__paused_until__lt=today),
            Q(availability__starts_on=None) | Q(availability__starts_on__lte=today),
            Q(availability__ends_on=None) | Q(availability__ends_on__gte=today),
            Exists(offering),
        )
    )
    return found


def ask_of(user: Person, request: HelpRequest) -> Ask | None:
    """How a person was asked with a request; None for whoever was not, or said no: it is gone for them."""
    if not works_here(user):
        return None
    open_to_them = (AskState.ASKED, AskState.ACCEPTED, AskState.ENDED)
    return request.asks.filter(person=user.pk, state__in=open_to_them).first()


def can_read_request(user: Person, request: HelpRequest) -> bool:
    """The two parties, as long as they work somewhere."""
    return (request.asker_id == user.pk and works_here(user)) or ask_of(user, request) is not None


def can_read_thread(user: Person, thread: Thread) -> bool:
    """Its participants, as long as they work somewhere."""
    return works_here(user) and thread.participants.filter(person=user.pk).exists()


def have_met(one: User, other: User) -> bool:
    """One of the two was asked by the other, whatever came of it."""
    return one.pk != other.pk and Ask.objects.all().of_party(one).of_party(other).exists()


def can_report(user: Person, thing: Message | HelpRequest | Profile | Entry | OpenQuestion) -> bool:
    """Whoever reads something of somebody else may report it; a page that anybody reads, anybody."""
    if isinstance(thing, Entry):
        return Entry.objects.readable_by(user).filter(pk=thing.pk).exists()
    if isinstance(thing, OpenQuestion):
        return thing.hidden_at is None
    if not isinstance(user, User):
        return False
    if isinstance(thing, Message):
        return thing.by_id != user.pk and can_read_thread(user, thing.thread)
    if isinstance(thing, HelpRequest):
        return thing.asker_id != user.pk and can_read_request(user, thing)
    others = Profile.objects.visible_to(viewer_of(user)).exclude(person=user.pk)
    return others.filter(pk=thing.pk).exists()


def can_moderate(user: Person, report: Report) -> bool:
    """The moderator on duty, unless it is about what they wrote themselves."""
    if not isinstance(user, User) or not is_moderator(user):
        return False
    return Report.objects.apart_from(user.pk).filter(pk=report.pk).exists()


def can_see_photo(user: Person, profile: Profile) -> bool:
    """Whoever the person shows it to, themselves, and a moderator as long as a report of the profile waits for them."""
    viewer = viewer_of(user)
    if viewer.person is not None and viewer.member and viewer.person == profile.person_id:
        return True
    if Profile.objects.shown_to(viewer, "photo").filter(pk=profile.pk).exists():
        return True
    waiting = Report.objects.waiting().filter(profile=profile)
    return any(can_moderate(user, report) for report in waiting[:1])
