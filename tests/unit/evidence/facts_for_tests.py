"""Facts to build on: a strong study and a finding of it, from which tests take one thing away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from practice_library.evidence import ClaimedBy, Design, Direction, FindingFacts, Kind, StudyFacts

TRIAL = StudyFacts(
    id="trial",
    design=Design.RANDOMISED,
    country="England",
    independent=True,
    implementation_only=False,
    same_sample_as=frozenset(),
)

BEFORE_AND_AFTER = StudyFacts(
    id="before-and-after",
    design=Design.BEFORE_AFTER,
    country="England",
    baseline=50,
    follow_up=30,
    validated_measures=True,
    implementation_only=False,
)


def finding(name: str, direction: str, study: StudyFacts | None = TRIAL, **facts: Any) -> FindingFacts:
    """A finding of kind outcome by an evaluator that sets two groups side by side, unless told otherwise."""
    given = {
        "outcome": "entry-to-care",
        "kind": Kind.OUTCOME,
        "claimed_by": ClaimedBy.EVALUATOR,
        "compared": True,
        "direction": Direction(direction),
        **facts,
    }
    return FindingFacts(id=name, study=study, **given)


def claim(name: str, direction: str, **facts: Any) -> FindingFacts:
    """Somebody with first-hand knowledge states it; no study, no figure."""
    return finding(name, direction, None, **{"compared": None, "first_hand": True, **facts})


def other(study: StudyFacts, name: str, **facts: Any) -> StudyFacts:
    """The same study under another name, on a sample of its own unless told otherwise."""
    return replace(study, id=name, **facts)


def says(
    name: str,
    study: StudyFacts | None,
    direction: Direction,
    claimed_by: ClaimedBy = ClaimedBy.EVALUATOR,
    outcome: str = "the outcome",
    **facts: Any,
) -> FindingFacts:
    """An outcome as a source states it, for the cases that are copied from real studies."""
    return FindingFacts(
        id=name,
        outcome=outcome,
        kind=Kind.OUTCOME,
        claimed_by=claimed_by,
        study=study,
        direction=direction,
        source_given=True,
        **facts,
    )
