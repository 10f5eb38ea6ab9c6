"""Which studies stand on separate samples (rule 3, level 5)."""

from __future__ import annotations

from collections.abc import Mapping

from .facts import StudyFacts


def are_separate(one: StudyFacts, other: StudyFacts) -> bool:
    """Other people, by what both studies report.

    Both have to report it (an empty set reports "of none"); neither may name the other, nor both name a third. Two
    studies that a third has pooled stay separate: it is the pooling study that names them.
    """
    if one.id == other.id or one.same_sample_as is None or other.same_sample_as is None:
        return False
    return not ({one.id} | one.same_sample_as) & ({other.id} | other.same_sample_as)


def follow_chains(named: Mapping[str, frozenset[str] | None]) -> dict[str, frozenset[str] | None]:
    """Completes what each study names by what those name in turn.

    A study that names the first follow-up of a trial shares the sample of the trial. Whoever meets a study on the
    way that does not report, or that is not at hand, cannot say with whom it shares: not reported.
    """
    return {study: _chain_from(study, named) for study in named}


def _chain_from(start: str, named: Mapping[str, frozenset[str] | None]) -> frozenset[str] | None:
    reached, waiting = {start}, [start]
    while waiting:
        names = named.get(waiting.pop())
        if names is None:
            return None
        waiting += names - reached
        reached |= names
    return frozenset(reached - {start})
