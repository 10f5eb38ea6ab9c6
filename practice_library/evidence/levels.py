"""Rule 3, levels 0 to 4: how hard one finding was tested.

Each level has its own list; they do not build on each other. A finding has the highest level whose list it passes,
and a study that passes neither 4 nor 3 falls to 2 ("level 3 missed") if it measured anything at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from .criteria import CRITERIA, EARLY_BELOW_MONTHS, MIN_KEPT, MIN_PEOPLE, Checked, Qualifier, State, state
from .facts import ClaimedBy, Design, FindingFacts, Strength, StudyFacts

RESEARCHERS = frozenset({ClaimedBy.EVALUATOR, ClaimedBy.AUTHOR})

# A systematic review is none of these: it gathers tests of others, which count where they stand in the library.
COMPARING = frozenset(
    {
        Design.RANDOMISED,
        Design.CLUSTER_RANDOMISED,
        Design.STEPPED_WEDGE,
        Design.DIFFERENCE,
        Design.MATCHED,
    }
)
MEASURED_TWICE = frozenset({Design.BEFORE_AFTER, Design.TIME_SERIES, Design.DIFFERENCE, Design.STEPPED_WEDGE})
NEVER_MEASURED_TWICE = frozenset({Design.QUALITATIVE, Design.PROCESS, Design.REVIEW, Design.COST})
NEVER_MEASURED = frozenset({Design.QUALITATIVE, Design.PROCESS})


@dataclass(frozen=True, slots=True)
class FindingRating:
    """One finding with its level, the criteria that were looked at and what has to be said beside it."""

    finding: FindingFacts
    level: Strength
    criteria: tuple[Checked, ...]
    qualifiers: frozenset[Qualifier]


def level_of(finding: FindingFacts) -> FindingRating:
    """The level of one finding. It looks only at the finding and its study, never at other findings.

    What a provider, journalist or inspectorate claims, or somebody who is not named, passes neither 3 nor 4. Where
    it is not reported whether a study looked at results or only at how it was put in place, it goes no higher than
    a claim without a study could. A forecast has been seen by nobody: level 0.
    """
    looked_at: list[Checked] = []
    level = _level(finding, looked_at)
    looked_at.append(_check(finding, "harm-looked-for", state(finding.harm_looked_for)))
    return FindingRating(finding, level, tuple(looked_at), frozenset(_qualifiers(finding, level)))


def _level(finding: FindingFacts, looked_at: list[Checked]) -> Strength:
    study = finding.study
    if study is not None:
        compared = _compared(finding, study)
        looked_at += compared
        if _all_met(compared):
            looked_at += _beside(finding, study)
            return Strength.COMPARED
        before_and_after = _before_and_after(finding, study)
        looked_at += before_and_after
        if _passes_before_and_after(before_and_after):
            return Strength.BEFORE_AND_AFTER
    monitored = _monitored(finding, study)
    looked_at += monitored
    if _passes_one_way(monitored, "figure", "missed"):
        return Strength.MONITORED
    reported = [
        _check(finding, "first-hand", state(finding.first_hand)),
        _check(finding, "study-cited", State.MET if study is not None else State.NOT_MET),
    ]
    looked_at += reported
    if not finding.forecast and any(line.state is State.MET for line in reported):
        return Strength.REPORTED
    return Strength.NOT_TESTED


def _compared(finding: FindingFacts, study: StudyFacts) -> list[Checked]:
    return [
        _check(finding, "happened-4", state(not finding.forecast)),
        _check(finding, "researcher-4", _stated_by_researcher(finding)),
        _check(finding, "effect-4", _looked_at_results(study)),
        _check(finding, "compared", state(finding.compared)),
        _check(finding, "design", state(None if study.design is None else study.design in COMPARING)),
    ]


def _beside(finding: FindingFacts, study: StudyFacts) -> list[Checked]:
    return [
        _check(finding, "equivalence", state(study.baseline_equivalence)),
        _check(finding, "as-allocated", state(study.as_allocated)),
        _check(finding, "attrition", state(study.attrition_reported)),
        _check(finding, "measure", _either(study.validated_measures, study.administrative_outcomes)),
    ]


def _before_and_after(finding: FindingFacts, study: StudyFacts) -> list[Checked]:
    return [
        _check(finding, "happened-3", state(not finding.forecast)),
        _check(finding, "researcher-3", _stated_by_researcher(finding)),
        _check(finding, "effect-3", _looked_at_results(study)),
        _check(finding, "measured-twice", _measured_twice(study)),
        _check(finding, "people-before", _at_least(study.baseline, MIN_PEOPLE)),
        _check(finding, "people-after", _at_least(study.follow_up, MIN_PEOPLE)),
        _check(finding, "kept", _at_least(study.kept, MIN_KEPT)),
        _check(finding, "validated", state(study.validated_measures)),
        _check(finding, "whole-records", _both(study.administrative_outcomes, study.whole_area)),
    ]


def _monitored(finding: FindingFacts, study: StudyFacts | None) -> list[Checked]:
    lines = [
        _check(finding, "happened-2", state(not finding.forecast)),
        _check(finding, "count-or-rate", state(finding.count_or_rate)),
        _check(finding, "period", state(finding.period_given)),
        _check(finding, "source", state(finding.source_given)),
    ]
    if study is not None:
        measured = None if study.design is None else study.design not in NEVER_MEASURED
        lines.append(_check(finding, "measured", state(measured)))
    return lines


def _passes_before_and_after(lines: list[Checked]) -> bool:
    return _passes_one_way(lines, "sample", "records")


def _passes_one_way(lines: list[Checked], *ways: str) -> bool:
    """Every line that all ways need, and every line of at least one way."""
    needed = [line for line in lines if not line.criterion.way]
    by_way = ([line for line in lines if line.criterion.way == way] for way in ways)
    return _all_met(needed) and any(way and _all_met(way) for way in by_way)


def _measured_twice(study: StudyFacts) -> State:
    """Some designs always measure twice, some never; the others did if they count people at both points."""
    if study.design is None:
        return State.NOT_REPORTED
    if study.design in NEVER_MEASURED_TWICE:
        return State.NOT_MET
    counted_twice = study.baseline is not None and study.follow_up is not None
    return State.MET if study.design in MEASURED_TWICE or counted_twice else State.NOT_REPORTED


def _looked_at_results(study: StudyFacts) -> State:
    if study.design is Design.PROCESS:
        return State.NOT_MET
    return state(None if study.implementation_only is None else not study.implementation_only)


def _stated_by_researcher(finding: FindingFacts) -> State:
    return state(None if finding.claimed_by is None else finding.claimed_by in RESEARCHERS)


def _at_least(number: float | None, least: float) -> State:
    return state(None if number is None else number >= least)


def _either(one: bool | None, other: bool | None) -> State:
    if one or other:
        return State.MET
    return State.NOT_REPORTED if one is None or other is None else State.NOT_MET


def _both(one: bool | None, other: bool | None) -> State:
    if one is False or other is False:
        return State.NOT_MET
    return State.NOT_REPORTED if one is None or other is None else State.MET


def _all_met(lines: list[Checked]) -> bool:
    return all(line.state is State.MET for line in lines)


def _check(finding: FindingFacts, criterion: str, found: State) -> Checked:
    return Checked(CRITERIA[criterion], found, finding.id)


def _qualifiers(finding: FindingFacts, level: Strength) -> list[Qualifier]:
    study = finding.study
    applies = {
        Qualifier.PROVIDER_REPORTED: finding.claimed_by is ClaimedBy.PROVIDER,
        Qualifier.INSPECTION_FINDING: finding.claimed_by is ClaimedBy.INSPECTORATE,
        Qualifier.SECOND_HAND: finding.claimed_by is ClaimedBy.JOURNALIST
        or finding.first_hand is False
        or (study is not None and not study.reported_facts),
        Qualifier.FORECAST: finding.forecast,
        Qualifier.EARLY: finding.follow_up_months is not None
        and finding.follow_up_months < EARLY_BELOW_MONTHS,
        Qualifier.TESTIMONY: finding.testimony or (study is not None and study.design is Design.QUALITATIVE),
    }
    if level is Strength.COMPARED and study is not None and study.design is Design.MATCHED:
        applies[Qualifier.SIMILARITY_NOT_REPORTED] = study.baseline_equivalence is None
        applies[Qualifier.NOT_SIMILAR] = study.baseline_equivalence is False
    return [qualifier for qualifier, holds in applies.items() if holds]
