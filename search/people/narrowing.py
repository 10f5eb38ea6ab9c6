"""The filters of people search, each twice: as tags of the index and as a condition of the database.

A condition holds only where the viewer may read the row that it is about, so nobody is found by what they keep from them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import F, Q
from website.places.models import Organisation

from network.audience import Viewer, allowing
from network.models import BlockageGotRound, HelpOffered, Skill, SkillClaim
from practice_library.models import CaseStudyPage, PracticeModelPage
from search.analysis import IRREGULAR, stem, stems
from search.people.asking import MINE, Asked
from search.people.document import role_tags
from search.vocabulary import current_vocabulary

#: Case studies that a model or a cohort may stand for in one search.
MOST_STUDIES = 500


@dataclass(frozen=True, slots=True)
class Work:
    """What stands for a model or a cohort: titles of case studies by key, and skills by slug."""

    studies: dict[int, str]
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Narrowing:
    """People with one of the tags in a row that the viewer may read. `work` is what it stood for."""

    tags: tuple[str, ...]
    condition: Q
    work: Work | None = None


def narrowings(asked: Asked, viewer: Viewer) -> list[Narrowing]:
    """All filters of a search; everybody found passes each of them."""
    found = []
    if asked.skill:
        claims = SkillClaim.objects.filter(skill__slug=asked.skill, level__gte=asked.level)
        found.append(
            _of_claims((f"skill:{asked.skill}:{asked.level}",), Q(pk__in=claims.values("profile")), viewer)
        )
    if asked.blockage:
        told = BlockageGotRound.objects.filter(condition__slug=asked.blockage).values("profile")
        condition = Q(pk__in=told) & allowing(viewer, "blockages")
        found.append(Narrowing((f"blockage:{asked.blockage}",), condition))
    found += [_by_work(_of_model(asked.model), viewer)] if asked.model else []
    found += [_by_work(_for_cohort(asked.cohort), viewer)] if asked.cohort else []
    found += [_titled(tag, viewer) for tag in role_tags(asked.role)]
    if asked.region:
        shown = allowing(viewer, "region") | allowing(viewer, "organisation")
        found.append(Narrowing((f"region:{asked.region}",), Q(home_region=asked.region) & shown))
    if asked.like:
        areas = areas_like(asked.like, viewer)
        tags = tuple(f"organisation:{slug}" for slug in areas)
        found.append(Narrowing(tags, Q(home_slug__in=areas) & allowing(viewer, "organisation")))
    if asked.help:
        found.append(_offering((f"help:{asked.help}",), Q(kind=asked.help), viewer))
    if asked.free:
        offering = _offering(("offers",), Q(), viewer)
        found.append(Narrowing(offering.tags, offering.condition & free_between(*asked.free)))
    return found


def areas_like(slug: str, viewer: Viewer) -> tuple[str, ...]:
    """An authority and its statistical neighbours; the viewer's own where that is asked for."""
    if slug == MINE:
        own = Organisation.objects.filter(pk=viewer.organisation).values_list("slug", flat=True).first()
        return current_vocabulary().areas_like(own) or (own,) if own else ()
    return current_vocabulary().areas_like(slug)


def free_between(first: dt.date, last: dt.date) -> Q:
    """Open to be asked on one of these days at least, whatever they offer."""
    started = Q(availability__starts_on=None) | Q(availability__starts_on__lte=last)
    not_over = Q(availability__ends_on=None) | Q(availability__ends_on__gte=first)
    back = Q(availability__paused_until__lt=last) & (
        Q(availability__ends_on=None) | Q(availability__paused_until__lt=F("availability__ends_on"))
    )
    return started & not_over & (Q(availability__paused=False) | back)


def _of_claims(tags: tuple[str, ...], condition: Q, viewer: Viewer, work: Work | None = None) -> Narrowing:
    return Narrowing(tags, condition & allowing(viewer, "skills"), work)


def _offering(tags: tuple[str, ...], kinds: Q, viewer: Viewer) -> Narrowing:
    offers = HelpOffered.objects.filter(kinds).values("availability__profile")
    return Narrowing(tags, Q(pk__in=offers) & allowing(viewer, "availability"))


def _by_work(work: Work, viewer: Viewer) -> Narrowing:
    tags = [f"study:{key}" for key in work.studies] + [f"skill:{slug}:1" for slug in sorted(work.skills)]
    claims = SkillClaim.objects.filter(Q(case_study__in=work.studies) | Q(skill__slug__in=work.skills))
    return _of_claims(tuple(tags), Q(pk__in=claims.values("profile")), viewer, work)


def _of_model(slug: str) -> Work:
    """Case studies that run the model, and the skills that it needs; nothing while readers may not see it."""
    model = PracticeModelPage.objects.readable_by(None).filter(slug=slug).first()
    if model is None:
        return Work({})
    skills = Skill.objects.filter(practice_models=model).values_list("slug", flat=True)
    return Work(_claimed(Q(models_used__model=model)), frozenset(skills))


def _for_cohort(slug: str) -> Work:
    return Work(_claimed(Q(cohort_rows__tag__slug=slug) | Q(models_used__model__cohort_rows__tag__slug=slug)))


def _claimed(which: Q) -> dict[int, str]:
    """Open case studies that somebody's claim rests on."""
    claimed = SkillClaim.objects.exclude(case_study=None).values("case_study")
    studies = CaseStudyPage.objects.readable_by(None).filter(which, pk__in=claimed).order_by("pk").distinct()
    return dict(studies.values_list("pk", "title")[:MOST_STUDIES])


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
