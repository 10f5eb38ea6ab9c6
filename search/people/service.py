"""One people search: the index proposes, the database decides who is shown and who is counted, now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from uuid import UUID

import structlog
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.safestring import SafeString

from network.audience import Viewer, allowing
from network.choices import LIGHT_HELP
from network.load import asked_a_lot
from network.models import Profile, SkillClaim
from network.models.profile import ProfileQuerySet
from network.shown import MOST, ShownProfile, shown
from search.current import current_people
from search.engine import EngineDown
from search.matching import Plan
from search.people.asking import Asked
from search.people.document import day_number
from search.people.narrowing import Narrowing, Work, has_title, narrowings
from search.people.query import PeopleQuery
from search.people.reasons import READ, Sayings, reasons_for

#: Proposed beyond what is shown, in place of those whom the database no longer lets the viewer find.
SPARE = 15
DEGRADED = "Search is running without its index just now: words find skills and job titles only."
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who was found, as the viewer sees them, and why."""

    profile: Profile
    person: ShownProfile
    reasons: tuple[SafeString, ...]
    asked_a_lot: bool = False

    @property
    def can_be_asked(self) -> bool:
        """Whether the viewer sees that they offer some light help now."""
        offered = self.person.availability
        return (
            offered is not None
            and not offered.paused
            and any(kind.label in offered.kinds for kind in LIGHT_HELP)
        )


@dataclass(frozen=True, slots=True)
class Found:
    """At most MOST people. `more`: there are others, whose number nobody is told. `relaxed`: any of the words was enough."""

    hits: tuple[Hit, ...] = ()
    more: bool = False
    relaxed: bool = False
    notice: str = ""

    @property
    def others(self) -> int:
        """How many of those who are shown are not asked a lot just now."""
        return sum(not hit.asked_a_lot for hit in self.hits)


def find(asked: Asked, viewer: Viewer) -> Found:
    """Search for a member. Nobody finds themselves; who asks for nothing, or is no member, finds nobody."""
    if not asked.asks or not viewer.member:
        return Found()
    narrowing = narrowings(asked, viewer)
    if any(not each.tags for each in narrowing):
        return Found()
    everybody = present(viewer).filter(reduce(and_, (each.condition for each in narrowing), Q()))
    works = [each.work for each in narrowing if each.work]
    if asked.skill and asked.plan.browses:
        return _told(_furthest(everybody, asked), asked, viewer, works)
    try:
        return _proposed(everybody, asked, viewer, narrowing, works)
    except EngineDown as error:
        log.warning("search.people_engine_down", error=str(error))
        held = everybody.filter(_named(asked.q, viewer))
        first = _furthest(held, asked) if asked.skill else _last_confirmed(held)
        found = _told(first, replace(asked, plan=Plan()), viewer, works)
        return replace(found, notice="" if asked.plan.browses else DEGRADED)


def present(viewer: Viewer) -> ProfileQuerySet:
    """Everybody else whom the viewer may find at all."""
    return Profile.objects.visible_to(viewer).exclude(person=viewer.person)


def in_order(people: Iterable[str], among: ProfileQuerySet) -> list[Profile]:
    """Those of the proposed people who are among these, in the order of the proposal."""
    ids = [UUID(uid) for uid in people]
    found = {profile.pk: profile for profile in among.filter(pk__in=ids)}
    return [found[uid] for uid in ids if uid in found]


def _proposed(
    everybody: ProfileQuerySet,
    asked: Asked,
    viewer: Viewer,
    narrowing: Sequence[Narrowing],
    works: Sequence[Work],
) -> Found:
    query = PeopleQuery(
        viewer=viewer,
        plan=asked.plan,
        tags=tuple(each.tags for each in narrowing),
        free=(day_number(asked.free[0]), day_number(asked.free[1])) if asked.free else None,
        size=MOST + 1 + SPARE,
    )
    people = in_order(current_people().propose(query), everybody)
    if not query.weighs:
        people.sort(key=_last_confirmed_first)
    if people or not asked.plan.can_relax:
        return _told(people, asked, viewer, works)
    loose = replace(asked, plan=asked.plan.relaxed())
    people = in_order(current_people().propose(replace(query, plan=loose.plan)), everybody)
    found = _told(people, loose, viewer, works)
    return replace(found, relaxed=bool(found.hits))


def _told(profiles: Iterable[Profile], asked: Asked, viewer: Viewer, works: Sequence[Work]) -> Found:
    """Those of whom the viewer sees enough to find them; who is asked a lot comes last.

    What people say is read of one more than are shown. Where one of them has just unsaid it, fewer are shown.
    """
    found = list(profiles)
    few = found[: MOST + 1]
    matching = [
        (profile, person)
        for profile, person in zip(few, shown(few, viewer, only=READ, confirming=False), strict=True)
        if person.rows
        and (asked.plan.browses or Sayings.of(person).meet(asked.plan))
        and has_title(person.role, asked.role)
    ]
    first = matching[:MOST]
    busy = asked_a_lot(profile.person_id for profile, _ in first)
    hits = [
        Hit(profile, person, reasons_for(person, asked, works), profile.person_id in busy)
        for profile, person in first
    ]
    more = len(matching) > MOST or len(found) > len(few)
    return Found(tuple(sorted(hits, key=lambda hit: hit.asked_a_lot)), more=more)


def _last_confirmed_first(profile: Profile) -> tuple[float, UUID]:
    """As the database orders them: what the index does not know, or knows of others, moves nobody."""
    return -profile.confirmed_at.timestamp(), profile.pk


def _last_confirmed(profiles: ProfileQuerySet) -> ProfileQuerySet:
    """Who confirmed last what they say; whole profiles are read of the few who come first."""
    keys = profiles.order_by("-confirmed_at", "pk").values("pk")[: MOST + 1 + SPARE]
    return Profile.objects.at_home().filter(pk__in=keys).order_by("-confirmed_at", "pk")


def _furthest(profiles: ProfileQuerySet, asked: Asked) -> ProfileQuerySet:
    """Who has got furthest with the skill and used it last, which no index knows.

    Claims are walked in that order and no further than is needed, each asked by its key whether the person fits.
    """
    of_it = SkillClaim.objects.filter(skill__slug=asked.skill, level__gte=asked.level)
    claims = of_it.filter(Exists(profiles.filter(pk=OuterRef("profile"))))
    furthest = claims.order_by("-level", F("last_used").desc(nulls_last=True), "profile")
    theirs = of_it.filter(profile=OuterRef("pk")).order_by()
    few = furthest.values("profile")[: MOST + 1 + SPARE]
    found: ProfileQuerySet = Profile.objects.at_home().filter(pk__in=few)
    found = found.annotate(level=Subquery(theirs.values("level")), used=Subquery(theirs.values("last_used")))
    return found.order_by("-level", F("used").desc(nulls_last=True), "pk")


def _named(text: str, viewer: Viewer) -> Q:
    """Without an index: every word in the job title, or in the name of a skill."""
    held = Q()
    for word in text.split():
        skill = Q(pk__in=Profile.objects.filter(claims__skill__name__icontains=word).values("pk"))
        held &= (skill & allowing(viewer, "skills")) | (Q(role__icontains=word) & allowing(viewer, "role"))
    return held
