"""Ratings and findings as rows: what was found about each outcome, who says so, and how hard it was tested."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from website.components.shapes import OutcomeRow

from .. import labels
from ..choices import ClaimedBy, Design, FindingKind, ForWhom
from ..evidence.clauses import care
from ..evidence.criteria import ACCOUNTS_DIFFER, CRITERIA, HARM_FLAG_WORDS, State
from ..evidence.facts import Direction
from . import links
from .rating_log import signed

if TYPE_CHECKING:
    from ..models import OutcomeRating, Study
    from ..selectors.entries import EntryFacts
    from ..selectors.stated import Stated
    from .references import Ref, References

FOUND = "What was found"
SAYS = {
    ClaimedBy.PROVIDER: "The provider",
    ClaimedBy.AUTHOR: "The authors",
    ClaimedBy.INSPECTORATE: "Inspectors",
    ClaimedBy.JOURNALIST: "A journalist",
}
COUNTED = {
    FindingKind.OUTPUT: "Says how much was done, not what changed",
    FindingKind.ACTIVITY: "Says what was done, not what changed",
}
FLAGS = (HARM_FLAG_WORDS, ACCOUNTS_DIFFER)
MAY_BE_ENGLAND = ("england", "united kingdom", "britain", "international", "several", "multiple")
DIFFERS = "Not the same in all findings"


@dataclass(frozen=True, slots=True)
class Said:
    """One statement about an outcome. `figures` is the effect as printed; `who` is empty for an evaluation.

    `decides`: the result of the row rests on it. `is_worse`: it tells of harm, or of something that got worse.
    """

    text: str
    refs: tuple[Ref, ...]
    who: str = ""
    figures: str = ""
    harm: str = ""
    decides: bool = False
    is_worse: bool = False


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


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One outcome: what the evaluation found and what others say, side by side, and what it adds up to."""

    outcome: str
    outcome_url: str
    anchor: str
    for_whom: str
    found: Sequence[Said]
    said: Sequence[Said]
    results: Sequence[Result]
    permalink: str = ""
    more: str = ""
    more_url: str = ""
    is_short: bool = False


def found_rows(facts: EntryFacts, references: References) -> list[FoundRow]:
    """Rated outcomes in the order of the standard, then what only tells how it was put in place or how much was done."""
    studies = {study.pk: study for study in facts.studies}
    rated: dict[str, list[Stated]] = defaultdict(list)
    other: dict[str, list[Stated]] = defaultdict(list)
    for stated in facts.stated:
        study = studies.get(stated.study or 0)
        (other if is_put_in_place(stated, study) else rated)[stated.outcome_slug].append(stated)
    rows = [
        _row(rating.outcome, rated.pop(rating.outcome.slug, []), studies, references, rating)
        for rating in facts.ratings
        if rating.outcome is not None
    ]
    for about in rated.values():  # of a draft, which nobody has rated yet
        rows.append(_row(about[0], about, studies, references, None))
    return rows + [_row(about[0], about, studies, references, None) for about in other.values()]


def is_put_in_place(stated: Stated, study: Study | None) -> bool:
    """Whether a statement says nothing about effect: only outcomes do, and none of a process study."""
    if stated.kind != FindingKind.OUTCOME:
        return True
    return study is not None and (study.design == Design.PROCESS or study.implementation_only is True)


def _row(
    outcome: Any,
    about: Sequence[Stated],
    studies: Mapping[int, Study],
    references: References,
    rating: OutcomeRating | None,
) -> FoundRow:
    rated = rating.outcome if rating else None
    name, slug = (rated.name, rated.slug) if rated else (outcome.outcome, outcome.outcome_slug)
    people = dict.fromkeys(ForWhom(stated.for_whom).label for stated in about if stated.for_whom)
    found = [stated for stated in about if _is_of_evaluation(stated)]
    deciding = _deciding(rating)
    return FoundRow(
        outcome=name,
        outcome_url=links.outcome(slug),
        anchor=f"result-{slug}" if rating else f"in-place-{slug}",
        for_whom=links.named(list(people), most=9),
        found=[_said(stated, references, who="", deciding=deciding) for stated in found],
        said=[
            _said(stated, references, who=SAYS.get(ClaimedBy(stated.claimed_by), ""), deciding=deciding)
            for stated in about
            if stated not in found
        ],
        results=_results(rating, about, studies) if rating else [_put_in_place(about, studies)],
        permalink=links.rating(rating.uid) if rating else "",
    )


def _is_of_evaluation(stated: Stated) -> bool:
    """An evaluator speaks for the evaluation, and so do the authors of a study about what they found."""
    return stated.claimed_by == ClaimedBy.EVALUATOR or (
        stated.claimed_by == ClaimedBy.AUTHOR and stated.study is not None
    )


def _deciding(rating: OutcomeRating | None) -> frozenset[str]:
    """The keys of the findings on which England's or the overall result rests."""
    results = [rating.detail.get(where) or {} for where in ("england", "overall")] if rating else []
    return frozenset(key for result in results for key in result.get("deciding", ()))


def _said(stated: Stated, references: References, *, who: str, deciding: frozenset[str]) -> Said:
    figures = "; ".join(
        filter(
            None, [stated.effect, stated.uncertainty, stated.period, _months(stated.months), stated.subgroup]
        )
    )
    return Said(
        text=stated.statement,
        refs=references.to(stated.source, stated.further, where=FOUND, study=stated.study),
        who=f"{who}, as a forecast" if stated.forecast and who else who,
        figures="" if figures and figures in stated.statement else figures,
        harm=stated.harm,
        decides=stated.key in deciding,
        is_worse=bool(stated.harm) or stated.direction == Direction.ADVERSE,
    )


def _months(months: str) -> str:
    if not months:
        return ""
    number = f"{float(months):g}"
    return f"after {number} {'month' if number == '1' else 'months'}"


def _put_in_place(about: Sequence[Stated], studies: Mapping[int, Study]) -> Result:
    if all(stated.kind != FindingKind.OUTCOME for stated in about):
        kinds = {FindingKind(stated.kind) for stated in about}
        words = (
            COUNTED[kinds.pop()] if len(kinds) == 1 else "Says what and how much was done, not what changed"
        )
    else:
        told = (studies.get(stated.study or 0) for stated in about)
        designs = {study.get_design_display() for study in told if study}
        words = (
            f"{designs.pop()}; says nothing about effect"
            if len(designs) == 1
            else "Says nothing about effect"
        )
    return Result(OutcomeRow("process", labels.PUT_IN_PLACE, tested=words))


def _results(rating: OutcomeRating, about: Sequence[Stated], studies: Mapping[int, Study]) -> list[Result]:
    told = [studies.get(row.study or 0) for row in about]
    return results_of(rating, [study.country if study else "" for study in told])


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
