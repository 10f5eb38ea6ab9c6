"""A dated rating: the result, why, and every criterion finding by finding. Superseded ones stay as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from website.components.shapes import OutcomeRow

from .. import labels
from ..choices import RatedBecause
from ..evidence.criteria import State
from ..partial_dates import in_words
from . import links
from .links import Link
from .rating_log import signed, value_in_words

if TYPE_CHECKING:
    from ..selectors.ratings import RatingFacts

COUNTRIES = {"england": "In England"}


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion with its state in words."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Tested:
    """One finding that decides, with its criteria; or the criteria asked of all findings together."""

    statement: str
    level: str
    criteria: Sequence[CriterionLine]


@dataclass(frozen=True, slots=True)
class ResultView:
    """England's or the overall result."""

    heading: str
    row: OutcomeRow
    why: str
    tested: Sequence[Tested]
    not_deciding: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RatingView:
    """A rating in words."""

    entry: Link
    outcome: str
    results: Sequence[ResultView]
    rated_on: str
    superseded_on: str
    newer: str
    standard_version: str
    because: str
    history: str
    computed: str
    reviewed: str
    signed: str
    reason: str


def rating_view(facts: RatingFacts) -> RatingView:
    rating = facts.rating
    england, overall = rating.detail.get("england"), rating.detail.get("overall")
    shown = [england, overall] if england and rating.detail.get("differs") else [england or overall]
    computed = value_in_words(rating.computed_direction, rating.computed_strength)
    reviewed = value_in_words(rating.direction, rating.strength)
    return RatingView(
        entry=Link(facts.title, facts.url),
        outcome=rating.outcome.name if rating.outcome else "No outcome",
        results=[_result(data, facts.statements) for data in shown if data],
        rated_on=_day(rating.rated_at),
        superseded_on=_day(rating.superseded_at) if rating.superseded_at else "",
        newer=links.rating(facts.newer) if facts.newer else "",
        standard_version=rating.standard_version,
        because=RatedBecause(rating.because).label,
        history=links.history(rating.entry.uid),
        computed=computed if rating.is_override else "",
        reviewed=reviewed if rating.is_override else "",
        signed=signed(rating.reviewer_role, rating.reviewer_organisation, rating.reviewed_on),
        reason=rating.reason,
    )


def _day(moment: Any) -> str:
    return in_words(timezone.localdate(moment).isoformat())


def _result(data: Mapping[str, Any], statements: Mapping[str, str]) -> ResultView:
    deciding = data.get("deciding", [])
    levels = {each["id"]: labels.STRENGTH[each["level"]] for each in data.get("findings", [])}
    tested = [
        Tested(statements.get(name, ""), levels.get(name, ""), _criteria(data, name)) for name in deciding
    ]
    if together := _criteria(data, None):
        tested.append(Tested("", "Asked of all findings together", together))
    return ResultView(
        heading=COUNTRIES.get(data.get("country") or "", "Overall"),
        row=OutcomeRow(
            data["direction"],
            labels.DIRECTION[data["direction"]],
            tested=labels.STRENGTH[data["strength"]],
            flags=data.get("remarks", []),
        ),
        why=data.get("why", ""),
        tested=tested,
        not_deciding=[
            (statements.get(name, ""), level) for name, level in levels.items() if name not in deciding
        ],
    )


def _criteria(data: Mapping[str, Any], finding: str | None) -> list[CriterionLine]:
    return [
        CriterionLine("", line["words"])
        if line["id"] == "harm-looked-for"
        else CriterionLine(State(line["state"]).words, line["label"])
        for line in data.get("criteria", [])
        if line["finding"] == finding
    ]
