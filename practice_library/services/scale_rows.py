"""The rows below an entry of the load data: as many of each kind as well-described entries have, unevenly spread."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, TypeVar

from django.utils.timezone import now

from ..choices import ClaimedBy, Design, Direction, ForWhom, Presence, Role, Section, State
from ..models import (
    CaseStudyPage,
    Claim,
    Cohort,
    CohortRow,
    ConditionRow,
    CostRow,
    EntrySource,
    Finding,
    ModelUsed,
    Outcome,
    PracticeModelPage,
    Source,
    Stage,
    StageTag,
    Statement,
    Study,
    StudyEntry,
    SystemCondition,
    Theme,
    ThemeTag,
    WorkforceGroup,
    WorkforceTag,
)

Picked = TypeVar("Picked")
SOURCES = 60
SHARE_OF_A_MODEL = 0.6
SHARE_WITH_A_STUDY = 0.12
SHARE_WITH_A_COST = 0.15
#: Twelve statements of about eighty words: the length of a well-told entry.
SECTIONS = (
    Section.PROBLEM, Section.WHAT_WAS_DONE, Section.WHAT_WAS_DONE, Section.WHAT_WAS_DONE, Section.WHO_DID_IT,
    Section.SET_UP, Section.MADE_ROOM, Section.WHAT_CHANGED, Section.WHAT_CHANGED, Section.WHAT_DID_NOT_WORK,
    Section.ADVICE, Section.CAUTION,
)  # fmt: skip


@dataclass
class Pool:
    """What rows are drawn from: terms, models, sources and passages."""

    passages: Sequence[str]
    cohorts: list[Cohort]
    conditions: list[SystemCondition]
    outcomes: list[Outcome]
    themes: list[Theme]
    stages: list[Stage]
    workforce: list[WorkforceGroup]
    models: list[int]
    sources: list[int]
    states: tuple[str, ...] = tuple(State.values)

    @classmethod
    def read(cls, passages: Sequence[str]) -> Pool:
        """Everything at hand, in an order that is the same on every machine."""
        Source.objects.bulk_create(
            [
                Source(key=f"scale-source-{n:02d}", title=f"Report {n} on practice", year=2008 + n % 18)
                for n in range(1, SOURCES + 1)
            ],
            ignore_conflicts=True,
        )
        models = PracticeModelPage.objects.live().order_by("slug").values_list("pk", flat=True)
        sources = Source.objects.filter(key__startswith="scale-source-").order_by("key")
        return cls(
            passages=passages,
            cohorts=list(Cohort.objects.order_by("slug")),
            conditions=list(SystemCondition.objects.order_by("slug")),
            outcomes=list(Outcome.objects.order_by("slug")),
            themes=list(Theme.objects.order_by("slug")),
            stages=list(Stage.objects.order_by("slug")),
            workforce=list(WorkforceGroup.objects.order_by("slug")),
            models=list(models),
            sources=list(sources.values_list("pk", flat=True)),
        )

    @property
    def missing(self) -> str:
        """The first kind of thing that there is none of; models may be missing."""
        kinds = ("passages", "cohorts", "conditions", "outcomes", "themes", "stages", "workforce")
        return next((kind for kind in kinds if not getattr(self, kind)), "")


def some(chance: random.Random, among: Sequence[Picked], most: int) -> list[Picked]:
    """One to `most` different ones; the earlier in the list, the likelier, as in any real vocabulary."""
    shares = list(accumulate(1 / (rank + 3) for rank in range(len(among))))
    picked = chance.choices(range(len(among)), cum_weights=shares, k=chance.randint(1, most))
    return [among[place] for place in dict.fromkeys(picked)]


def rows_of(*, page: CaseStudyPage, pool: Pool, chance: random.Random) -> Iterator[Any]:
    """Rows of one entry, not saved yet; each study comes before its rows, which need its key."""
    sources = some(chance, pool.sources, 3)
    for place, source in enumerate(sources):
        yield EntrySource(entry_id=page.pk, source_id=source, sort_order=place)
    for place, section in enumerate(SECTIONS):
        yield Statement(
            entry_id=page.pk,
            section=section,
            text=chance.choice(pool.passages),
            source_id=chance.choice(sources),
            sort_order=place,
        )
    yield from _terms(page, pool, chance, sources)
    if pool.models and chance.random() < SHARE_OF_A_MODEL:
        yield ModelUsed(case_study_id=page.pk, model_id=some(chance, pool.models, 1)[0], sort_order=0)
    if chance.random() < SHARE_WITH_A_COST:
        pounds = chance.choice((240, 900, 3_200, 7_500, 14_000))
        yield CostRow(entry_id=page.pk, what="Each family", pounds=pounds, per="family", sort_order=0)
    yield from _evidence(page, pool, chance, sources)


def _terms(page: CaseStudyPage, pool: Pool, chance: random.Random, sources: list[int]) -> Iterator[Any]:
    for place, cohort in enumerate(some(chance, pool.cohorts, 3)):
        yield CohortRow(content_object_id=page.pk, tag=cohort, source_id=sources[0], sort_order=place)
    for place, condition in enumerate(some(chance, pool.conditions, 5)):
        yield ConditionRow(
            content_object_id=page.pk,
            tag=condition,
            role=chance.choice(Role.values),
            level=condition.level,
            present_at_start=chance.choice(["", *Presence.values]),
            note=" ".join(chance.choice(pool.passages).split()[:18]),
            source_id=chance.choice(sources),
            sort_order=place,
        )
    for model, terms, most in (
        (ThemeTag, pool.themes, 3),
        (StageTag, pool.stages, 2),
        (WorkforceTag, pool.workforce, 2),
    ):
        for term in some(chance, terms, most):
            yield model(content_object_id=page.pk, tag=term)


def _evidence(page: CaseStudyPage, pool: Pool, chance: random.Random, sources: list[int]) -> Iterator[Any]:
    """What somebody claims, and for some entries a study of this place alone."""
    for place in range(chance.randint(0, 3)):
        yield Claim(
            entry_id=page.pk,
            **_stated(pool, chance, sources),
            first_hand=chance.choice((True, None)),
            count_or_rate=chance.choice((True, False, None)),
            period=chance.choice(("", "2019 to 2021")),
            sort_order=place,
        )
    if chance.random() >= SHARE_WITH_A_STUDY:
        return
    study = Study(
        key=f"st-{page.content_key}",
        title=f"Evaluation of the {page.title.lower()}"[:400],
        year=chance.randint(2010, 2025),
        design=chance.choice(Design.values),
        country="England",
        sites_in_england=True,
        baseline_intervention=chance.choice((None, 24, 80, 260)),
        baseline_comparison=chance.choice((None, 24, 80, 260)),
        independent=chance.choice((True, None)),
        implementation_only=False,
        live=True,
        first_published_at=now(),
    )
    yield study
    yield StudyEntry(study=study, entry_id=page.pk, sort_order=0)
    for place in range(chance.randint(1, 4)):
        yield Finding(
            study=study,
            key=f"{study.key}-{place}",
            **_stated(pool, chance, sources),
            compared=chance.choice((True, False, None)),
            powered=chance.choice((True, None)),
            sort_order=place,
        )


def _stated(pool: Pool, chance: random.Random, sources: list[int]) -> dict[str, Any]:
    return {
        "outcome": some(chance, pool.outcomes, 1)[0],
        "statement": " ".join(chance.choice(pool.passages).split()[:30]),
        "direction": chance.choice(Direction.values),
        "for_whom": chance.choice(ForWhom.values),
        "claimed_by": chance.choice(ClaimedBy.values),
        "source_id": chance.choice(sources),
    }
