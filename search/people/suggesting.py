"""Whom to ask with a request: who fits, can be asked now, and is not asked a lot already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from django.db.models import Q, QuerySet
from django.utils import timezone

from network.audience import Viewer, allowing
from network.choices import Help, SkillLevel
from network.load import asked_a_lot
from network.models import Block, HelpRequest, Profile
from network.models.profile import ProfileQuerySet
from network.permissions import askable
from network.shown import ShownProfile, shown
from search.current import current_people
from search.engine import EngineDown
from search.people.asking import Asked, words_wanted
from search.people.document import day_number
from search.people.narrowing import Work
from search.people.query import PeopleQuery
from search.people.reasons import READ, Sayings, reasons_for
from search.people.service import Hit, in_order
from search.vocabulary import current_vocabulary

MOST_SUGGESTED = 10
MOST_PROPOSED = 60
#: What a level of a wanted skill adds, beside about 3 for a word that is said; and what being near adds.
WORTH_OF_A_LEVEL = 4.0
WORTH_OF_NEARNESS = 0.5
#: Words of a request that somebody must speak of, where they have none of the skills that it names. "Front door" is two.
ENOUGH_WORDS = 2
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is needed. `days` are ISO weekdays, none for any; `region` lifts those who are near."""

    words: str
    kind: Help
    skills: tuple[str, ...] = ()
    days: frozenset[int] = frozenset()
    region: str = ""


def wanted_by(request: HelpRequest, *, skills: Iterable[str], region: str = "") -> Wanted:
    """What a written request asks for; people in the region come first where all else is equal."""
    return Wanted(
        words=request.problem,
        kind=Help(request.kind),
        skills=tuple(skills),
        days=frozenset(request.days),
        region=region,
    )


def suggest(
    wanted: Wanted, viewer: Viewer, *, leave_out: Iterable[UUID] | QuerySet[Any, Any] = ()
) -> list[Hit]:
    """At most ten who fit, the best first; whoever has no such day, and then whoever is asked a lot, after the others.

    Only who may be asked by this viewer now: never themselves, who takes a break, who hides what they offer from them, or
    where either wants no more of the other.
    `leave_out`: people asked already, by account.
    """
    if not viewer.member or viewer.organisation is None:
        return []
    query = query_for(wanted, viewer)
    asked = Asked(q=wanted.words, plan=query.plan)
    works = [Work(skills=frozenset(wanted.skills))]
    may = (
        askable(viewer, wanted.kind).exclude(person__in=leave_out).exclude(Block.objects.apart(viewer.person))
    )
    found = _proposed(query, wanted, may)
    fitting = [
        (profile, person)
        for profile, person in zip(found, shown(found, viewer, only=READ, confirming=False), strict=True)
        if _fits(person, wanted, asked)
    ]
    busy = asked_a_lot(profile.person_id for profile, _ in fitting)
    hits = [
        Hit(profile, person, reasons_for(person, asked, works), profile.person_id in busy)
        for profile, person in fitting
    ]
    return sorted(hits, key=lambda hit: (hit.asked_a_lot, not _has_a_day(hit.profile, wanted)))[
        :MOST_SUGGESTED
    ]


def query_for(wanted: Wanted, viewer: Viewer) -> PeopleQuery:
    """What the index is asked: any of the words, lifted by wanted skills and by being near."""
    today = day_number(timezone.localdate())
    return PeopleQuery(
        viewer=viewer,
        plan=words_wanted(wanted.words, current_vocabulary()).relaxed(),
        tags=((f"help:{wanted.kind}",),),
        lifts=(
            *(
                (f"skill:{slug}:{level}", WORTH_OF_A_LEVEL)
                for slug in wanted.skills
                for level in SkillLevel.values
            ),
            *([(f"region:{wanted.region}", WORTH_OF_NEARNESS)] if wanted.region else []),
        ),
        free=(today, today),
        size=MOST_PROPOSED,
    )


def _proposed(query: PeopleQuery, wanted: Wanted, may: ProfileQuerySet) -> list[Profile]:
    try:
        return in_order(current_people().propose(query), may)
    except EngineDown as error:
        log.warning("search.people_engine_down", error=str(error))
        skilled = Profile.objects.filter(claims__skill__slug__in=wanted.skills).values("pk")
        held = may.filter(Q(pk__in=skilled) & allowing(query.viewer, "skills"))
        return list(held.order_by("-confirmed_at", "pk")[:MOST_PROPOSED])


def _fits(person: ShownProfile, wanted: Wanted, asked: Asked) -> bool:
    """Has one of the skills, or speaks of what the request speaks of."""
    held = {claim.slug for claim in person.claims}
    if held & set(wanted.skills):
        return True
    said = Sayings.of(person)
    met = sum(
        max((len(each.stems) for each in clause.alternatives if said.hold(each)), default=0)
        for clause in asked.plan.clauses
    )
    return bool(met) and met >= min(ENOUGH_WORDS, len(asked.plan.clauses))


def _has_a_day(profile: Profile, wanted: Wanted) -> bool:
    """Whether they offer one of the days; `askable` lets nobody through whose offer the viewer does not see."""
    offered = set(profile.availability.days)
    return not wanted.days or not offered or bool(wanted.days & offered)
