"""What a viewer gets to see of people. Pages get at profiles through here alone.

A row that the viewer may not see is never read into what is shown: it is empty here, and nothing says whether it holds
anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, UUIDField, Value
from website.places.choices import Region

from practice_library.models import CaseStudyPage
from practice_library.presenters import links

from .audience import FIELDS, Viewer
from .choices import Evidence, Help, SkillLevel
from .models import Availability, BlockageGotRound, Confirmation, Photo, Profile, SkillClaim

#: People in one list; there is no way to the next ones but to ask more precisely.
MOST = 30
IN_A_LIST = ("name", "role", "organisation", "region")
_LEVELS, _REGIONS = dict(SkillLevel.choices), dict(Region.choices)


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A skill in words. `rests_on` names a case study, and `study` is its key, only while everybody may read it."""

    id: UUID
    skill: str
    slug: str
    url: str
    level: str
    last_used: str
    rests_on: str
    rests_on_url: str
    study: int | None
    confirmed: bool
    confirmed_by_viewer: bool
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class ShownBlockage:
    """What was missing and how it was got round."""

    condition: str
    slug: str
    url: str
    how: str


@dataclass(frozen=True, slots=True)
class ShownAvailability:
    """What is offered, in words."""

    kinds: tuple[str, ...]
    days: str
    window: str
    paused: str


@dataclass(frozen=True, slots=True)
class ShownProfile:
    """A person as one viewer sees them. Empty: not said, or not for this viewer."""

    url: str
    title: str
    rows: frozenset[str]
    name: str = ""
    role: str = ""
    organisation: str = ""
    organisation_url: str = ""
    region: str = ""
    about: str = ""
    learning: str = ""
    languages: str = ""
    working_pattern: str = ""
    registration: str = ""
    claims: tuple[ShownClaim, ...] = ()
    blockages: tuple[ShownBlockage, ...] = ()
    availability: ShownAvailability | None = None
    opts: tuple[str, ...] = ()
    own: bool = False
    photo_url: str = ""
    asked_a_lot: bool = False

    @property
    def line(self) -> str:
        """Who it is, in one line below the title."""
        parts = [self.role if self.name else "", self.organisation, self.region]
        return ", ".join(part for part in parts if part)


def shown(
    profiles: Iterable[Profile], viewer: Viewer, *, only: Collection[str] = FIELDS, confirming: bool = True
) -> list[ShownProfile]:
    """People as the viewer sees them, in the order they come in, from `at_home`.

    `only`: the rows that a list needs; no other is read. `confirming`: whether the viewer could confirm a claim is asked
    too. Six queries at most.
    """
    found = list(profiles)
    rows = {profile.pk: profile.rows_for(viewer) & frozenset(only) for profile in found}
    claims = _claims(found, rows, viewer, confirming)
    blockages = _blockages(found, rows)
    photos = _photos(found, rows)
    offers = _offers(found, rows)
    return [
        _shown(
            profile,
            rows[profile.pk],
            claims.get(profile.pk, ()),
            blockages.get(profile.pk, ()),
            profile.pk in photos,
            offers.get(profile.pk),
            own=profile.person_id == viewer.person,
        )
        for profile in found
    ]


Rows = Mapping[UUID, frozenset[str]]


def _allowed(profiles: Iterable[Profile], rows: Rows, field: str) -> list[UUID]:
    return [profile.pk for profile in profiles if field in rows[profile.pk]]


def _blockages(profiles: list[Profile], rows: Rows) -> dict[UUID, tuple[ShownBlockage, ...]]:
    told = BlockageGotRound.objects.filter(profile__in=_allowed(profiles, rows, "blockages"))
    found: dict[UUID, list[ShownBlockage]] = defaultdict(list)
    for profile, name, slug, how in told.values_list("profile", "condition__name", "condition__slug", "how"):
        found[profile].append(ShownBlockage(name, slug, links.condition(slug), how))
    return {profile: tuple(some) for profile, some in found.items()}


def _photos(profiles: list[Profile], rows: Rows) -> frozenset[UUID]:
    allowed = _allowed(profiles, rows, "photo")
    return frozenset(Photo.objects.filter(profile__in=allowed).values_list("profile", flat=True))


def _offers(profiles: list[Profile], rows: Rows) -> dict[UUID, ShownAvailability]:
    """What those offer who say so to the viewer: each row of an offer comes once a kind, or once without one."""
    allowed = {profile.pk: profile for profile in profiles if "availability" in rows[profile.pk]}
    found: Any = Availability.objects.filter(profile__in=list(allowed))
    kinds: dict[UUID, tuple[Availability, list[str]]] = {}
    for offered in found.annotate(kind=F("kinds__kind")).order_by("kinds__pk"):
        offered.profile = allowed[offered.profile_id]
        mine = kinds.setdefault(offered.profile_id, (offered, []))[1]
        mine += [Help(offered.kind).label] if offered.kind else []
    return {key: _availability(offered, mine) for key, (offered, mine) in kinds.items()}


def _claims(
    profiles: list[Profile], rows: Rows, viewer: Viewer, confirming: bool
) -> dict[UUID, tuple[ShownClaim, ...]]:
    claims = list(_claim_rows(_allowed(profiles, rows, "skills"), viewer if confirming else None))
    studies = {claim.case_study for claim in claims if claim.readable}
    shared = (
        set(
            SkillClaim.objects.filter(profile__person=viewer.person, case_study__in=studies).values_list(
                "case_study", flat=True
            )
        )
        if confirming and viewer.person and studies
        else set()
    )
    holders = {profile.pk: profile.person_id for profile in profiles}
    found: dict[UUID, list[ShownClaim]] = defaultdict(list)
    for claim in claims:
        others = confirming and holders[claim.profile] != viewer.person
        found[claim.profile].append(_claim(claim, may_confirm=others and _shared(claim, shared, viewer)))
    return {profile: tuple(some) for profile, some in found.items()}


def _claim_rows(profiles: list[UUID], viewer: Viewer | None) -> Any:
    """Plain rows in the order of the register; what only whoever may confirm needs is not asked for nobody."""
    confirmations = Confirmation.objects.filter(claim=OuterRef("pk"))
    mine = Exists(confirmations.filter(by=viewer.person)) if viewer else Value(False)
    claims: Any = SkillClaim.objects.filter(profile__in=profiles)
    return claims.annotate(
        confirmed=Exists(confirmations),
        mine=mine,
        readable=CaseStudyPage.objects.readable_by(None).named_by("case_study"),
        asker=F("exchange__request__asker") if viewer else Value(None, UUIDField()),
    ).values_list(
        "pk", "profile", "skill__name", "skill__slug", "level", "last_used", "rests_on", "course", "exchange",
        "case_study", "case_study__title", "case_study__url_path", "confirmed", "mine", "readable", "asker",
        named=True,
    )  # fmt: skip


def _shared(claim: Any, studies: Collection[int], viewer: Viewer) -> bool:
    """Whether the viewer has part in what the claim rests on."""
    if claim.exchange is not None:
        return bool(claim.asker == viewer.person)
    return claim.case_study in studies


def _claim(claim: Any, *, may_confirm: bool) -> ShownClaim:
    rests_on = {
        Evidence.COURSE: claim.course,
        Evidence.CASE_STUDY: claim.case_study__title if claim.readable else "",
        Evidence.EXCHANGE: "a completed exchange",
    }
    return ShownClaim(
        id=claim.pk,
        skill=claim.skill__name,
        slug=claim.skill__slug,
        url=f"/skills/{claim.skill__slug}/",
        level=_LEVELS[claim.level],
        last_used=str(claim.last_used or ""),
        rests_on=rests_on.get(claim.rests_on, ""),
        rests_on_url=links.entry(claim.case_study__url_path) if claim.readable else "",
        study=claim.case_study if claim.readable else None,
        confirmed=claim.confirmed,
        confirmed_by_viewer=bool(claim.mine),
        may_confirm=may_confirm,
    )


def _shown(
    profile: Profile,
    rows: frozenset[str],
    claims: tuple[ShownClaim, ...],
    blockages: tuple[ShownBlockage, ...],
    has_photo: bool,
    offered: ShownAvailability | None,
    *,
    own: bool,
) -> ShownProfile:
    def said(field: str, value: str | None) -> str:
        return (value or "") if field in rows else ""

    name, role = said("name", profile.name), said("role", profile.role)
    return ShownProfile(
        url=f"/people/{profile.pk}/",
        title=name or role or "A member",
        rows=rows,
        name=name,
        role=role,
        organisation=said("organisation", profile.home_name),
        organisation_url=links.place(profile.home_slug or "", profile.home_kind or "")
        if "organisation" in rows and profile.home_slug
        else "",
        region=said("region", _region(profile.home_region)),
        about=said("about", profile.about),
        learning=said("learning", profile.learning),
        languages=said("languages", profile.languages),
        working_pattern=said("working_pattern", profile.working_pattern),
        registration=said("registration", profile.get_registration_display()),
        claims=claims,
        blockages=blockages,
        availability=offered,
        opts=_opts(profile) if "availability" in rows else (),
        own=own,
        photo_url=f"/people/{profile.pk}/photo/" if has_photo else "",
    )


def _region(slug: str | None) -> str:
    return _REGIONS.get(slug or "", "")


def _opts(profile: Profile) -> tuple[str, ...]:
    said = (
        (profile.borrowable, "May be asked for a loan."),
        (profile.introductions, "May be introduced to people who do the same work."),
    )
    return tuple(words for yes, words in said if yes)


def _availability(offered: Availability, kinds: Iterable[str]) -> ShownAvailability:
    window = ""
    if offered.starts_on or offered.ends_on:
        first = f"from {offered.starts_on:%-d %B %Y}" if offered.starts_on else ""
        last = f"until {offered.ends_on:%-d %B %Y}" if offered.ends_on else ""
        window = f"{first} {last}".strip()
    paused = ""
    if offered.is_paused():
        until = f" until {offered.paused_until:%-d %B %Y}" if offered.paused_until else ""
        paused = f"Takes a break{until}: nobody can ask now."
    return ShownAvailability(
        kinds=tuple(kinds),
        days=offered.day_words,
        window=window[:1].upper() + window[1:],
        paused=paused,
    )


def person_at(uid: UUID, viewer: Viewer) -> ShownProfile | None:
    """The profile at an address, or None where the viewer sees none of it. One's own is always there."""
    found = list(Profile.objects.visible_to(viewer).filter(pk=uid))
    if not found and viewer.member:
        found = list(Profile.objects.at_home().filter(person=viewer.person, pk=uid))
    seen = shown(found, viewer)
    return seen[0] if seen and seen[0].rows else None


def as_seen_by(profile: Profile, viewer: Viewer) -> ShownProfile | None:
    """One's own profile as somebody else would see it now; None where they would see nothing."""
    there = Profile.objects.visible_to(viewer).filter(pk=profile.pk)
    seen = shown(there, viewer)
    return seen[0] if seen and seen[0].rows else None
