"""Who is found under a term of the registers or on a case study, as far as a viewer may see, and how many.

Numbers are counted to fifty and each row is asked by its key, so that a register of many costs what one of few does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, Subquery

from practice_library.models import SystemCondition

from .audience import Viewer
from .load import asked_a_lot
from .models import BlockageGotRound, Profile, Skill, SkillClaim
from .shown import IN_A_LIST, MOST, ShownProfile, shown

#: Numbers of people are counted no further, so that they cost the same among many.
MOST_COUNTED = 50


@dataclass(frozen=True, slots=True)
class PeopleOf:
    """Who can be found under a term: the number for this viewer, as far as it was counted, and the first of them."""

    number: int
    people: list[ShownProfile]

    @property
    def left_out(self) -> str:
        """How many are not listed, in words."""
        if self.number > MOST_COUNTED:
            return "Many"
        return str(self.number - len(self.people)) if self.number > len(self.people) else ""


def in_words(number: int) -> str:
    """A number of people as far as it was counted."""
    if number > MOST_COUNTED:
        return f"more than {MOST_COUNTED} people"
    return "1 person" if number == 1 else f"{number} people" if number else "nobody yet"


def people_with_skill(skill: Skill, viewer: Viewer) -> PeopleOf:
    """Who claims a skill: who has got furthest first, then who used it last; among those shown, who is asked a lot last.

    Never by a row that may be hidden.
    """
    if not viewer.member:
        return PeopleOf(0, [])
    claims = _said(SkillClaim, viewer, "skills").filter(skill=skill)
    furthest = claims.order_by("-level", F("last_used").desc(nulls_last=True), "profile")
    number, first = _first(furthest, viewer)
    people = shown(first, viewer, only=(*IN_A_LIST, "skills"), confirming=False)
    return PeopleOf(number, _busy_last(first, people))


def _busy_last(profiles: list[Profile], people: list[ShownProfile]) -> list[ShownProfile]:
    """The same people, who is asked a lot just now marked and after the others."""
    busy = asked_a_lot(profile.person_id for profile in profiles)
    marked = [
        replace(person, asked_a_lot=profile.person_id in busy)
        for profile, person in zip(profiles, people, strict=True)
    ]
    return sorted(marked, key=lambda person: person.asked_a_lot)


def numbers_by_skill(viewer: Viewer) -> dict[int, int]:
    """How many people the viewer would find under each skill in force."""
    if not viewer.member:
        return {}
    claims = _said(SkillClaim, viewer, "skills").filter(skill=OuterRef("pk"))
    return dict(
        Skill.objects.in_force().order_by().annotate(people=_up_to(claims)).values_list("pk", "people")
    )


def people_round(condition: SystemCondition, viewer: Viewer) -> PeopleOf:
    """Who has got round a condition that was missing; among those shown, who is asked a lot last."""
    if not viewer.member:
        return PeopleOf(0, [])
    told = _said(BlockageGotRound, viewer, "blockages").filter(condition=condition)
    number, first = _first(told.order_by("profile"), viewer)
    return PeopleOf(number, _busy_last(first, shown(first, viewer, only=(*IN_A_LIST, "blockages"))))


def people_named_on(case_study: int, viewer: Viewer) -> PeopleOf:
    """Who says that a skill of theirs comes from this work, and wants to be named on it."""
    if not viewer.member:
        return PeopleOf(0, [])
    told = _said(SkillClaim, viewer, "skills")
    named = told.filter(case_study=case_study, profile__named_on_case_studies=True)
    number, first = _first(named.order_by("profile").distinct(), viewer)
    people = shown(first, viewer, only=IN_A_LIST)
    return PeopleOf(number, [person for person in people if person.name])


def numbers_by_condition(slugs: Iterable[str], viewer: Viewer) -> dict[str, int]:
    """How many people the viewer would find who got round each condition, where there are any."""
    if not viewer.member:
        return {}
    told = _said(BlockageGotRound, viewer, "blockages").filter(condition=OuterRef("pk"))
    terms = SystemCondition.objects.filter(slug__in=list(slugs)).order_by().annotate(people=_up_to(told))
    return {slug: people for slug, people in terms.values_list("slug", "people") if people}


def _said(model: Any, viewer: Viewer, field: str) -> Any:
    """What of this kind the viewer may read, asked of each row by its key, so that only rows of the term are looked at."""
    readable = Profile.objects.shown_to(viewer, field).filter(pk=OuterRef("profile"))
    return model.objects.filter(Exists(readable)).order_by()


def _up_to(rows: Any) -> Subquery:
    return CountUpTo(rows.values("pk")[: MOST_COUNTED + 1])


def _first(rows: Any, viewer: Viewer) -> tuple[int, list[Profile]]:
    """How many rows there are, as far as they are counted, and whose come first, in their order. Two queries."""
    keys = list(rows.values_list("profile", flat=True)[: MOST_COUNTED + 1])
    there = Profile.objects.visible_to(viewer).filter(pk__in=keys[:MOST])
    found = {profile.pk: profile for profile in there}
    return len(keys), [found[key] for key in keys[:MOST] if key in found]


class CountUpTo(Subquery):
    """The number of rows of a slice."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
