"""The evidence standard: strength and direction of one outcome, from facts alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from .clauses import Decision, decide
from .criteria import ABOUT_SIMILARITY, CRITERIA, MIN_MONTHS_FOR_TWICE, Checked, Qualifier, State
from .england import speaks_about_england
from .facts import Country, Direction, FindingFacts, Strength, StudyFacts
from .levels import FindingRating, level_of
from .samples import are_separate

STANDARD_VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class OutcomeRating:
    """How hard one outcome was tested and what was found, with every criterion behind it.

    ``deciding`` names the findings that gave the direction, ``findings`` holds all that were rated.
    """

    outcome: str | None
    country: Country | None
    strength: Strength
    direction: Direction
    harm_flag: bool
    qualifiers: tuple[Qualifier, ...]
    accounts_differ: bool
    clause: str
    deciding: tuple[str, ...]
    criteria: tuple[Checked, ...]
    findings: tuple[FindingRating, ...]
    standard_version: str = STANDARD_VERSION

    @property
    def result(self) -> tuple[Strength, Direction, bool]:
        """What readers compare: two ratings with the same result do not differ."""
        return self.strength, self.direction, self.harm_flag


def rate(findings: Iterable[FindingFacts], *, country: Country | None = None) -> OutcomeRating:
    """Strength 0-5 and direction of one outcome, with every criterion as met, not met or not reported.

    With a country, only findings about it count. Findings that are no outcome, or that come from a process or
    implementation study, are set aside. The order of findings, and giving one twice, make no difference.

    Raises ValueError if findings of several outcomes, or different facts under one id, are given.
    """
    outcomes = _of_one_outcome(findings)
    rated = [level_of(f) for f in outcomes if country is None or speaks_about_england(f)]
    on_level_four = [rating for rating in rated if rating.level is Strength.COMPARED]
    twice = _compared_twice(on_level_four)
    strength = max((rating.level for rating in rated), default=Strength.NOT_TESTED)
    if on_level_four and all(line.state is State.MET for line in twice):
        strength = Strength.COMPARED_TWICE
    deciding_level = min(strength, Strength.COMPARED)
    decision = decide([r.finding for r in rated if r.level == deciding_level], strength)
    deciding = tuple(sorted({finding.id for finding in decision.findings}))
    return OutcomeRating(
        outcome=outcomes[0].outcome if outcomes else None,
        country=country,
        strength=strength,
        direction=decision.direction,
        harm_flag=any(rating.finding.reports_harm for rating in rated),
        qualifiers=_qualifiers(rated, decision),
        accounts_differ=decision.accounts_differ,
        clause=decision.clause,
        deciding=deciding,
        criteria=tuple(line for r in rated if r.finding.id in deciding for line in r.criteria)
        + (twice if on_level_four else ()),
        findings=tuple(rated),
    )


def _of_one_outcome(findings: Iterable[FindingFacts]) -> list[FindingFacts]:
    by_id: dict[str, FindingFacts] = {}
    studies: dict[str, StudyFacts] = {}
    for finding in findings:
        if by_id.setdefault(finding.id, finding) != finding:
            raise ValueError(f"Two different findings are called {finding.id}.")
        if finding.study and studies.setdefault(finding.study.id, finding.study) != finding.study:
            raise ValueError(f"Two different studies are called {finding.study.id}.")
    rated = [finding for _, finding in sorted(by_id.items()) if finding.is_rated]
    if len({finding.outcome for finding in rated}) > 1:
        raise ValueError("Findings of several outcomes cannot be rated as one.")
    return rated


def _compared_twice(on_level_four: Sequence[FindingRating]) -> tuple[Checked, ...]:
    """Level 5 over the studies of the row that reach level 4.

    Independence and length of follow-up are asked of the studies on separate samples, where there are such.
    """
    studies = {r.finding.study.id: r.finding.study for r in on_level_four if r.finding.study}
    ordered = [studies[key] for key in sorted(studies)]
    pairs = list(combinations(ordered, 2))
    separate = {study.id for pair in pairs if are_separate(*pair) for study in pair}
    asked = [study for study in ordered if study.id in separate] or ordered
    months = [
        r.finding.follow_up_months for r in on_level_four if r.finding.study and r.finding.study in asked
    ]
    found = {
        "two-studies": State.MET if pairs else State.NOT_MET,
        "separate-samples": _separate_state(pairs, bool(separate)),
        "independent": _any_of([study.independent for study in asked]),
        "twelve-months": _any_of([None if m is None else m >= MIN_MONTHS_FOR_TWICE for m in months]),
    }
    return tuple(Checked(CRITERIA[criterion], state) for criterion, state in found.items())


def _separate_state(pairs: Sequence[tuple[StudyFacts, StudyFacts]], separate: bool) -> State:
    if separate:
        return State.MET
    silent = any(study.same_sample_as is None for pair in pairs for study in pair)
    return State.NOT_REPORTED if silent else State.NOT_MET


def _any_of(facts: Sequence[bool | None]) -> State:
    if any(facts):
        return State.MET
    return State.NOT_REPORTED if None in facts else State.NOT_MET


def _qualifiers(rated: Sequence[FindingRating], decision: Decision) -> tuple[Qualifier, ...]:
    """What has to be said beside the row.

    A qualifier shows where one side of the result (the better ones, the worse ones ...) rests only on findings that
    carry it: a matched study beside a trial that found the same needs no caution, alone it does.
    """
    deciding = {finding.id for finding in decision.findings}
    sides: dict[Direction | None, list[frozenset[Qualifier]]] = {}
    for rating in rated:
        if rating.finding.id in deciding:
            sides.setdefault(rating.finding.direction, []).append(rating.qualifiers)
    shown = {qualifier for side in sides.values() for qualifier in _carried_by_all(side)}
    return tuple(qualifier for qualifier in Qualifier if qualifier in shown)


def _carried_by_all(side: Sequence[frozenset[Qualifier]]) -> frozenset[Qualifier]:
    """The two cautions about similarity are one concern: together they can cover a side."""
    carried = frozenset.intersection(*side)
    if all(qualifiers & ABOUT_SIMILARITY for qualifiers in side):
        carried |= frozenset.union(*side) & ABOUT_SIMILARITY
    return carried
