"""Made-up members across the authorities, to try the pages about people on one's own machine. Never in production."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice, pairwise, product
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
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
    _claims(profiles, jobs, _work_of(homes))
    _confirm()
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


def _work_of(homes: Sequence[Organisation]) -> list[CaseStudyPage | None]:
    """For each home, in their order, the first open case study that it leads: colleagues share it."""
    led = CaseStudyPage.objects.readable_by(None).filter(lead_organisation__in=homes)
    first: dict[int, CaseStudyPage] = {}
    for study in led.order_by("title", "pk"):
        first.setdefault(study.lead_organisation_id, study)
    return [first.get(home.pk) for home in homes]


def _claims(
    profiles: Sequence[Profile], jobs: Sequence[dict[str, Any]], work: Sequence[CaseStudyPage | None]
) -> None:
    """The first skill of each rests on the work of their place, where the library has some."""
    skills = {skill.name: skill for skill in Skill.objects.in_force()}
    year = timezone.localdate().year
    SkillClaim.objects.bulk_create(
        SkillClaim(
            profile=profile,
            skill=skills[name],
            level=SkillLevel(1 + (n // 16 + place) % 4),
            last_used=year - (n + place) % 5,
            rests_on=Evidence.CASE_STUDY if study and place == 0 else Evidence.NOTHING,
            case_study=study if place == 0 else None,
        )
        for n, (profile, job, study) in enumerate(zip(profiles, jobs, work, strict=True))
        for place, name in enumerate(_skills_of(n, job))
        if name in skills
    )


def _confirm() -> None:
    """Whoever shares a case study with the next confirms what rests on it."""
    claims = (
        SkillClaim.objects.exclude(case_study=None).select_related("profile").order_by("case_study", "pk")
    )
    Confirmation.objects.bulk_create(
        Confirmation(claim=claim, by_id=colleague.profile.person_id)
        for claim, colleague in pairwise(claims)
        if claim.case_study_id == colleague.case_study_id
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
