"""A rating in plain words and in plain data, for pages, the API and the stored record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .clauses import CLAUSE_WORDS
from .criteria import ACCOUNTS_DIFFER, HARM_FLAG_WORDS, STRENGTH_WORDS, Checked, State
from .facts import Strength
from .standard import OutcomeRating


@dataclass(frozen=True, slots=True)
class Explained:
    """A criterion in words. ``finding`` is None where it is asked of the whole row."""

    id: str
    level: Strength | None
    level_words: str
    label: str
    state: State
    state_words: str
    words: str
    finding: str | None
    moves_level: bool


def explain(rating: OutcomeRating) -> list[Explained]:
    """Every criterion behind a rating, in the order in which the standard asks: row first, then finding by finding."""
    of_row = [line for line in rating.criteria if line.finding is None]
    of_findings = [line for line in rating.criteria if line.finding is not None]
    return [_in_words(line) for line in of_row + of_findings]


def remarks(rating: OutcomeRating) -> list[str]:
    """What has to be said beside strength and direction, in reading order."""
    said = [HARM_FLAG_WORDS] if rating.harm_flag else []
    if rating.accounts_differ:
        said.append(ACCOUNTS_DIFFER)
    return said + [qualifier.words for qualifier in rating.qualifiers]


def as_data(rating: OutcomeRating) -> dict[str, Any]:
    """The rating as JSON values, complete enough to be read years later without this code."""
    return {
        "outcome": rating.outcome,
        "country": rating.country.value if rating.country else None,
        "strength": int(rating.strength),
        "evidence": rating.strength.slug,
        "direction": rating.direction.value,
        "harm_flag": rating.harm_flag,
        "accounts_differ": rating.accounts_differ,
        "qualifiers": [qualifier.value for qualifier in rating.qualifiers],
        "remarks": remarks(rating),
        "clause": rating.clause,
        "why": CLAUSE_WORDS[rating.clause],
        "deciding": list(rating.deciding),
        "findings": [{"id": r.finding.id, "level": int(r.level)} for r in rating.findings],
        "criteria": [
            {
                "id": line.id,
                "level": None if line.level is None else int(line.level),
                "label": line.label,
                "state": line.state.value,
                "words": line.words,
                "finding": line.finding,
                "moves_level": line.moves_level,
            }
            for line in explain(rating)
        ],
        "standard_version": rating.standard_version,
    }


def _in_words(line: Checked) -> Explained:
    criterion = line.criterion
    return Explained(
        id=criterion.id,
        level=criterion.level,
        level_words="" if criterion.level is None else STRENGTH_WORDS[criterion.level],
        label=criterion.label,
        state=line.state,
        state_words=line.state.words,
        words=line.words,
        finding=line.finding,
        moves_level=criterion.moves_level,
    )
