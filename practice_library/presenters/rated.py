"""Ratings as rows: what an outcome's findings add up to, how hard it was tested, and the criteria behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from website.components.shapes import OutcomeRow

from .. import labels
from ..evidence.clauses import care
from ..evidence.criteria import ACCOUNTS_DIFFER, CRITERIA, HARM_FLAG_WORDS, State
from ..evidence.facts import Direction
from . import links
from .rating_log import signed

if TYPE_CHECKING:
    from ..models import OutcomeRating

FLAGS = (HARM_FLAG_WORDS, ACCOUNTS_DIFFER)
MAY_BE_ENGLAND = ("england", "united kingdom", "britain", "international", "several", "multiple")
DIFFERS = "Not the same in all findings"


@dataclass(frozen=True, slots=True)
class CriteriaInState:
    """The criteria that are met, not met or not reported, in one sentence: a page has hundreds of them."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a row: England's or the overall one, with the criteria behind it."""

    row: OutcomeRow
    criteria_line: str = ""
    criteria: Sequence[CriteriaInState] = ()
    why: str = ""


def results_of(rating: OutcomeRating, countries: Sequence[str]) -> list[Result]:
    """What a reviewer says, if one does; then what was computed, England first, then overall where it differs.

    `countries` are those of its findings, empty where not reported.
    """
    return [*_reviewed(rating), *_computed_results(rating, countries)]


def _reviewed(rating: OutcomeRating) -> list[Result]:
    """The value that lists, search and the API show, with who set it and why."""
    if not rating.is_override:
        return []
    by = signed(rating.reviewer_role, rating.reviewer_organisation, rating.reviewed_on)
    tested = f"{labels.STRENGTH[rating.strength]}. Set by a reviewer: {rating.reason} ({by})"
    flags = [HARM_FLAG_WORDS] if rating.harm_flag else []
    return [
        Result(OutcomeRow(rating.direction, labels.DIRECTION[rating.direction], tested=tested, flags=flags))
    ]


def _computed_results(rating: OutcomeRating, countries: Sequence[str]) -> list[Result]:
    mark = "as computed" if rating.is_override else ""
    england, overall = rating.detail.get("england"), rating.detail.get("overall")
    if not england:
        return [_result(overall, _where(mark, "outside England" if _is_elsewhere(countries) else ""))]
    if not rating.detail.get("differs"):
        return [_result(england, mark)]
    return [
        _result(england, _where(mark, "in England")),
        _result(overall, _where(mark, "with other countries")),
    ]


def _where(mark: str, place: str) -> str:
    return ", ".join(part for part in (mark, place) if part)


def _is_elsewhere(countries: Sequence[str]) -> bool:
    """Whether every finding names a country, and none of them one that may hold a place in England."""
    return bool(countries) and not any(
        not country or any(words in country.lower() for words in MAY_BE_ENGLAND) for country in countries
    )


def _result(data: Mapping[str, Any], where: str) -> Result:
    """`data` is a rating as `evidence.as_data` gives it."""
    remarks = data.get("remarks", [])
    tested = [labels.STRENGTH[data["strength"]], *(words for words in remarks if words not in FLAGS)]
    lines = data.get("criteria", [])
    states = Counter(line["state"] for line in lines)
    return Result(
        OutcomeRow(
            data["direction"],
            labels.DIRECTION[data["direction"]],
            outcome=where,
            tested=". ".join(tested),
            flags=[words for words in remarks if words in FLAGS],
        ),
        criteria_line=_criteria_line(states),
        criteria=_criteria(lines),
        why=data.get("why", ""),
    )


def _criteria_line(states: Counter[str]) -> str:
    met = states[State.MET]
    parts = [f"{met} {'criterion' if met == 1 else 'criteria'} met"]
    parts += [
        f"{states[state]} {state.words.lower()}"
        for state in (State.NOT_MET, State.NOT_REPORTED)
        if states[state]
    ]
    return ", ".join(parts) if states else ""


def _criteria(lines: Iterable[Mapping[str, Any]]) -> list[CriteriaInState]:
    """By state; where several findings decide and differ, with how many of them meet a criterion."""
    states: dict[str, Counter[State]] = {}
    for line in lines:
        states.setdefault(line["id"], Counter())[State(line["state"])] += 1
    told: dict[str, list[str]] = {words: [] for words in (*(state.words for state in State), DIFFERS)}
    for name, counted in states.items():
        label = links.in_sentence(CRITERIA[name].label)
        if len(counted) == 1:
            (state,) = counted
            told[state.words].append(label)
        else:
            parts = [f"{state.words.lower()} {counted[state]}" for state in State if counted[state]]
            told[DIFFERS].append(f"{label} ({', '.join(parts)})")
    return [CriteriaInState(state, "; ".join(labels_)) for state, labels_ in told.items() if labels_]


def worst_and_best(ratings: Sequence[OutcomeRating], *, anchors: bool = True) -> list[OutcomeRow]:
    """The headline and the strongest row of another direction, furthest from it on a tie: what a summary shows."""
    rated = [rating for rating in ratings if rating.outcome is not None]
    if not rated:
        return []
    headline, *rest = rated
    others = [rating for rating in rest if rating.direction != headline.direction]
    contrast = min(
        others, key=lambda r: (-r.strength, -care(Direction(r.direction)), r.position), default=None
    )
    shown = [headline, contrast or (rest[0] if rest else None)]
    return [outcome_row(rating, anchored=anchors) for rating in shown if rating is not None]


def outcome_row(rating: OutcomeRating, *, anchored: bool = False) -> OutcomeRow:
    """A stored rating as one row: direction, outcome, level in words."""
    name = rating.outcome.name if rating.outcome else ""
    return OutcomeRow(
        rating.direction,
        labels.DIRECTION[rating.direction],
        outcome=links.in_sentence(name),
        tested=labels.STRENGTH[rating.strength],
        url=f"#result-{rating.outcome.slug}" if anchored and rating.outcome else "",
        flags=[HARM_FLAG_WORDS] if rating.harm_flag else [],
    )
