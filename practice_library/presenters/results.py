"""Findings as rows: what was found about each outcome and who says so, beside what it adds up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from website.components.shapes import OutcomeRow

from .. import labels
from ..choices import ClaimedBy, Design, FindingKind, ForWhom
from ..evidence.facts import Direction
from . import links
from .rated import Result, results_of

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
