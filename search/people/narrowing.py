"""The filters of people search, each twice: as tags of the index and as a condition of the database.

A condition holds only where the viewer may read the row that it is about, so nobody is found by what they keep from them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Exists, F, IntegerField, OuterRef, Q, Value
from django.db.models.functions import Cast

from network.audience import Viewer, allowing
from network.models import BlockageGotRound, HelpOffered, Skill, SkillClaim
from practice_library.models import CaseStudyPage, PracticeModelPage
from search.analysis import IRREGULAR, stem, stems
from search.people.asking import MINE, Asked
from search.people.document import role_tags

#: Case studies that a model or a cohort may stand for in one search.
MOST_STUDIES = 500


@dataclass(frozen=True, slots=True)
class Work:
    """What stands for a model or a cohort: keys of case studies, and skills by slug."""

    studies: frozenset[int] = frozenset()
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Narrowing:
    """People with one of the tags in a row that the viewer may read. `work` is what it stood for.

    The condition asks each profile by its key.
    """

    tags: tuple[str, ...]
    condition: Q
    work: Work | None = None


def narrowings(asked: Asked, viewer: Viewer) -> list[Narrowing]:
    """All filters of a search; everybody found passes each of them."""
    found = []
    if asked.skill:
        claims = SkillClaim.objects.filter(skill__slug=asked.skill, level__gte=asked.level)
        condition = _has(claims) & allowing(viewer, "skills")
        found.append(Narrowing((f"skill:{asked.skill}:{asked.level}",), condition))
    if asked.blockage:
        told = BlockageGotRound.objects.filter(condition__slug=asked.blockage)
        condition = _has(told) & allowing(viewer, "blockages")
        found.append(Narrowing((f"blockage:{asked.blockage}",), condition))
    found += [_by_work(work, viewer) for work in _works(asked.model, asked.cohort)]
    found += [_titled(tag, viewer) for tag in role_tags(asked.role)]
    if asked.region:
        shown = allowing(viewer, "region") | allowing(viewer, "organisation")
        found.append(Narrowing((f"region:{asked.region}",), Q(home_region=asked.region) & shown))
    if asked.like:
        areas = _areas_like(asked, viewer)
        tags = tuple(f"organisation:{slug}" for slug in areas)
        found.append(Narrowing(tags, Q(home_slug__in=areas) & allowing(viewer, "organisation")))
    if asked.help:
        found.append(_offering((f"help:{asked.help}",), Q(kind=asked.help), viewer))
    if asked.free:
        offering = _offering(("offers",), Q(), viewer)
        found.append(Narrowing(offering.tags, offering.condition & free_between(*asked.free)))
    return found


def _areas_like(asked: Asked, viewer: Viewer) -> tuple[str, ...]:
    """An authority and its statistical neighbours; the viewer's own where that is asked for."""
    if asked.like != MINE:
        return asked.near.get(asked.like, ())
    own = asked.places.get(viewer.organisation or 0, "")
    return asked.near.get(own) or ((own,) if own else ())


def free_between(first: dt.date, last: dt.date) -> Q:
    """Open to be asked on one of these days at least, whatever they offer."""
    started = Q(availability__starts_on=None) | Q(availability__starts_on__lte=last)
    not_over = Q(availability__ends_on=None) | Q(availability__ends_on__gte=first)
    back = Q(availability__paused_until__lt=last) & (
        Q(availability__ends_on=None) | Q(availability__paused_until__lt=F("availability__ends_on"))
    )
    return started & not_over & (Q(availability__paused=False) | back)


def _has(rows: Any) -> Q:
    """Whether a profile has one of the rows."""
    return Q(Exists(rows.filter(profile=OuterRef("pk")).order_by()))


def _offering(tags: tuple[str, ...], kinds: Q, viewer: Viewer) -> Narrowing:
    offers = HelpOffered.objects.filter(kinds, availability__profile=OuterRef("pk")).order_by()
    return Narrowing(tags, Q(Exists(offers)) & allowing(viewer, "availability"))


def _by_work(work: Work, viewer: Viewer) -> Narrowing:
    tags = [f"study:{key}" for key in sorted(work.studies)] + [
        f"skill:{slug}:1" for slug in sorted(work.skills)
    ]
    skills = Skill.objects.filter(slug__in=work.skills).values("pk")
    claims = SkillClaim.objects.filter(Q(case_study__in=work.studies) | Q(skill__in=skills))
    return Narrowing(tuple(tags), _has(claims) & allowing(viewer, "skills"), work)


def _works(model: str, cohort: str) -> list[Work]:
    """What the model and the cohort that are asked for stand for, in one query.

    Case studies that run the model, and the skills that it needs: nothing while readers may not see it.
    """
    asked: dict[str, list[Any]] = {}
    if model:
        readable = PracticeModelPage.objects.readable_by(None).filter(slug=model).values("pk")
        needed = Skill.objects.filter(practice_models__in=readable)
        asked["model"] = [_skills(needed), _studies("model", Q(models_used__model__in=readable))]
    if cohort:
        of_it = Q(cohort_rows__tag__slug=cohort) | Q(models_used__model__cohort_rows__tag__slug=cohort)
        asked["cohort"] = [_studies("cohort", of_it)]
    parts = [part for parts in asked.values() for part in parts]
    rows = list(parts[0].union(*parts[1:], all=True)) if parts else []
    return [
        Work(
            frozenset(study for of, study, _ in rows if of == each and study is not None),
            frozenset(skill for of, _, skill in rows if of == each and skill is not None),
        )
        for each in asked
    ]


def _skills(needed: Any) -> Any:
    no_study = Cast(Value(None), IntegerField())
    rows = needed.order_by().annotate(of=Value("model"), study=no_study, skill=F("slug"))
    return rows.values_list("of", "study", "skill")


def _studies(of: str, which: Q) -> Any:
    """Open case studies that somebody's claim rests on."""
    claimed = Exists(SkillClaim.objects.filter(case_study=OuterRef("pk")))
    first = CaseStudyPage.objects.readable_by(None).filter(which, claimed).order_by("pk").distinct()
    rows = CaseStudyPage.objects.filter(pk__in=first.values("pk")[:MOST_STUDIES]).order_by()
    no_skill = Cast(Value(None), CharField())
    return rows.annotate(of=Value(of), study=F("pk"), skill=no_skill).values_list("of", "study", "skill")


def _titled(tag: str, viewer: Viewer) -> Narrowing:
    """A word of the job title. The database knows no stems: it asks for how words with this one begin."""
    wanted = tag.partition(":")[2]
    forms = [form for form, regular in IRREGULAR.items() if stem(regular) == wanted]
    beginning = wanted[:-1] if len(wanted) > 3 and wanted[-1] in "iey" else wanted
    begins = reduce(or_, (Q(role__icontains=form) for form in (beginning, *forms)))
    return Narrowing((tag,), begins & allowing(viewer, "role"))


def has_title(role: str, asked: str) -> bool:
    """Whether a job title has all the words that were asked for."""
    return set(stems(asked)) <= set(stems(role))
