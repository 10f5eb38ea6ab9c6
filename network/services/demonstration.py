"""Made-up members across the authorities, to try the pages about people on one's own machine. Never in production."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice, pairwise, product
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from website.accounts.models import Membership, MembershipState, User
from website.accounts.services.demo import NotInDevelopment
from website.places.models import Organisation

from practice_library.models import CaseStudyPage, SystemCondition

from ..audience import FIELDS
from ..choices import Audience, Evidence, Help, SkillLevel
from ..models import Availability, BlockageGotRound, Confirmation, HelpOffered, Profile, Skill, SkillClaim
from ..telling import tell

WORDS = Path(__file__).resolve().parent.parent / "facts" / "demonstration.yaml"
DOMAIN = "members.demo.example"
NUMBER = 200
OFFERS = (
    (Help.QUESTION, Help.CALL),
    (Help.CALL, Help.COACHING, Help.VISIT),
    (Help.QUESTION,),
    (Help.PEER_REVIEW, Help.TRAINING, Help.LOAN),
    (Help.VISIT, Help.OBSERVING),
)


@transaction.atomic
def ensure_demo_members(*, number: int = NUMBER) -> int:
    """Make them once, the same at each run, and say how many were made.

    Most open what they say to all members, some to their region or organisation, one in ten is not listed or is hidden.
    Raises: NotInDevelopment unless DEMO_LOGINS is set, which only development and test settings do.
    """
    if not settings.DEMO_LOGINS:
        raise NotInDevelopment("Demonstration members are made in development only.")
    if User.objects.filter(email__endswith=f"@{DOMAIN}").exists():
        return 0
    authorities = list(Organisation.objects.authorities().current().order_by("slug"))
    if not authorities:
        return 0
    words = yaml.safe_load(WORDS.read_text())
    people = _people(words, number)
    homes = list(islice(cycle(authorities), number))
    Membership.objects.bulk_create(
        Membership(person=person, organisation=home, state=MembershipState.ACTIVE, joined_at=timezone.now())
        for person, home in zip(people, homes, strict=True)
    )
    jobs = list(islice(cycle(words["jobs"]), number))
    profiles = Profile.objects.bulk_create(
        _profile(n, person, job) for n, (person, job) in enumerate(zip(people, jobs, strict=True))
    )
    _claims(profiles, jobs)
    _rest_on_work(profiles)
    _blockages(profiles, words["blockages"])
    _offers(profiles)
    tell(profile.pk for profile in profiles)
    return number


def _people(words: dict[str, Any], number: int) -> list[User]:
    names = [
        f"{given} {family} {words['mark']}" for family, given in product(words["family"], words["given"])
    ]
    people = [
        User(email=f"member-{n}@{DOMAIN}", name=name)
        for n, name in enumerate(islice(cycle(names), number), start=1)
    ]
    for person in people:
        person.set_unusable_password()
    return User.objects.bulk_create(people)


def _profile(n: int, person: User, job: dict[str, Any]) -> Profile:
    audience = {3: Audience.REGION, 6: Audience.ORGANISATION}.get((n + n // 16) % 8, Audience.NETWORK)
    return Profile(
        person=person,
        name=person.name,
        role=job["title"].capitalize(),
        about=job["about"],
        working_pattern="Four days a week" if n % 3 == 0 else "Full time",
        listed=n % 20 != 19,
        hidden_at=timezone.now() if n % 20 == 9 else None,
        borrowable=n % 4 == 0,
        safety_flag=n % 50 == 25,
        named_on_case_studies=n % 3 != 2,
        **{
            f"audience_{field}": audience
            if field not in ("learning", "registration", "photo")
            else Audience.ME
            for field in FIELDS
        },
    )


def _claims(profiles: Sequence[Profile], jobs: Sequence[dict[str, Any]]) -> None:
    skills = {skill.name: skill for skill in Skill.objects.in_force()}
    year = timezone.localdate().year
    SkillClaim.objects.bulk_create(
        SkillClaim(
            profile=profile,
            skill=skills[name],
            level=SkillLevel(1 + (n // 16 + place) % 4),
            last_used=year - (n + place) % 5,
        )
        for n, (profile, job) in enumerate(zip(profiles, jobs, strict=True))
        for place, name in enumerate(_skills_of(n, job))
        if name in skills
    )


def _rest_on_work(profiles: Sequence[Profile]) -> None:
    """What a model needs rests on a case study of it that the person's place leads; colleagues who share one confirm it."""
    home = OuterRef("profile__person__memberships__organisation")
    led = CaseStudyPage.objects.readable_by(None).filter(lead_organisation=home)
    of_it = led.filter(models_used__model__skills=OuterRef("skill")).order_by("title", "pk")
    practised = SkillClaim.objects.filter(profile__in=profiles, level__gte=SkillLevel.PRACTISED)
    found = practised.annotate(work=Subquery(of_it.values("pk")[:1])).exclude(work=None)
    claims = list(found.select_related("profile").order_by("work", "pk"))
    for claim in claims:
        claim.rests_on, claim.case_study_id = Evidence.CASE_STUDY, claim.work
    SkillClaim.objects.bulk_update(claims, ["rests_on", "case_study"])
    Confirmation.objects.bulk_create(
        Confirmation(claim=claim, by_id=colleague.profile.person_id)
        for claim, colleague in pairwise(claims)
        if claim.case_study_id == colleague.case_study_id and claim.profile_id != colleague.profile_id
    )


def _skills_of(n: int, job: dict[str, Any]) -> list[str]:
    """Three that most of a trade have, and two in which this person differs from the next."""
    also, turn = job["also"], n // 16
    return [*job["skills"], also[turn % len(also)], also[(turn + 1 + turn // len(also)) % len(also)]]


def _blockages(profiles: Sequence[Profile], told: Sequence[dict[str, str]]) -> None:
    conditions = {term.name: term for term in SystemCondition.objects.all()}
    known = [each for each in told if each["condition"] in conditions]
    BlockageGotRound.objects.bulk_create(
        BlockageGotRound(profile=profile, condition=conditions[each["condition"]], how=each["how"])
        for profile, each in zip(profiles[::5], cycle(known), strict=False)
    )


def _offers(profiles: Sequence[Profile]) -> None:
    offered = Availability.objects.bulk_create(
        Availability(
            profile=profile, days=[1 + n % 5, 1 + (n + 2) % 5], capacity=1 + n % 3, paused=n % 15 == 7
        )
        for n, profile in enumerate(profiles)
        if n % 5 != 4
    )
    HelpOffered.objects.bulk_create(
        HelpOffered(availability=each, kind=kind)
        for each, kinds in zip(offered, cycle(OFFERS), strict=False)
        for kind in kinds
    )
