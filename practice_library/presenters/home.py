"""The first page: what is here, in numbers that lead to what they count, and ways in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import labels
from . import links
from .links import Count

if TYPE_CHECKING:
    from ..models import Outcome, SystemCondition
    from ..selectors.home import HomeFacts

MOST = 12


@dataclass(frozen=True, slots=True)
class DirectionCount:
    """How many entries have a result in a direction."""

    direction: str
    word: str
    count: Count


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page in words."""

    introduction: str
    holds: Sequence[Count]
    directions: Sequence[DirectionCount]
    stages: Sequence[Count]
    outcomes: Sequence[Count]
    conditions: Sequence[Count]
    stopped: Count


def home_view(
    facts: HomeFacts,
    outcomes: Sequence[tuple[Outcome, int]],
    conditions: Sequence[tuple[SystemCondition, int]],
) -> HomeView:
    return HomeView(
        introduction=facts.introduction,
        holds=[
            Count(facts.models, "/practice/models/", "practice models"),
            Count(facts.case_studies, links.search(type="case_study"), "case studies"),
            Count(
                facts.authorities,
                "/authorities/",
                f"of {facts.all_authorities} authorities have practice here",
            ),
        ],
        directions=[
            DirectionCount(
                direction,
                word,
                Count(facts.directions.get(direction, 0), links.search(direction=direction), word),
            )
            for direction, word in labels.DIRECTION.items()
        ],
        stages=[Count(number, links.search(stage=stage.slug), stage.name) for stage, number in facts.stages],
        outcomes=[Count(number, links.outcome(term.slug), term.name) for term, number in outcomes[:MOST]],
        conditions=[
            Count(number, links.condition(term.slug), term.name) for term, number in conditions[:MOST]
        ],
        stopped=Count(facts.stopped, links.search(status="stopped"), "practices that stopped, and why"),
    )
