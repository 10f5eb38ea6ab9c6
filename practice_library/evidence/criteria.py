"""The criteria of the standard as data, in the words that readers see.

The page about the standard, the page of an entry and ``docs/evidence-standard.md`` all use these words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .facts import Strength


class State(StrEnum):
    """What is known about a criterion. What is missing never passes (rule 1)."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_REPORTED = "not-reported"

    @property
    def words(self) -> str:
        return {"met": "Met", "not-met": "Not met", "not-reported": "Not reported"}[self.value]


def state(fact: bool | None) -> State:
    """The state that a yes / no / not reported fact gives."""
    if fact is None:
        return State.NOT_REPORTED
    return State.MET if fact else State.NOT_MET


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a level's list.

    ``ways`` names the alternative way of passing the level that the line belongs to (empty: needed in every way).
    A line that does not move the level is listed beside it, so that readers can judge for themselves.
    """

    id: str
    level: Strength | None
    label: str
    way: str = ""
    moves_level: bool = True


MIN_PEOPLE = 20
MIN_KEPT = 0.6
MIN_MONTHS_FOR_TWICE = 12
EARLY_BELOW_MONTHS = 6

_ALL = (
    # Level 1: one of the two
    Criterion("first-hand", Strength.REPORTED, "Stated by someone with first-hand knowledge", "statement"),
    Criterion("study-cited", Strength.REPORTED, "A study is cited", "cited"),
    # Level 2: a figure, or a study that misses level 3
    Criterion("happened-2", Strength.MONITORED, "It has happened, it is not a forecast"),
    Criterion("count-or-rate", Strength.MONITORED, "Gives a count or a rate", "figure"),
    Criterion("period", Strength.MONITORED, "Says which period the figure is for", "figure"),
    Criterion("source", Strength.MONITORED, "Says where the figure comes from", "figure"),
    Criterion(
        "measured", Strength.MONITORED, "A study that measured something and does not reach level 3", "missed"
    ),
    # Level 3
    Criterion("happened-3", Strength.BEFORE_AND_AFTER, "It has happened, it is not a forecast"),
    Criterion(
        "researcher-3",
        Strength.BEFORE_AND_AFTER,
        "Stated by an evaluator or author, not by the provider, an inspectorate or a journalist",
    ),
    Criterion(
        "effect-3",
        Strength.BEFORE_AND_AFTER,
        "The study looked at results, not only at how it was put in place",
    ),
    Criterion("measured-twice", Strength.BEFORE_AND_AFTER, "Measured before and after"),
    Criterion(
        "people-before", Strength.BEFORE_AND_AFTER, f"At least {MIN_PEOPLE} people or cases before", "sample"
    ),
    Criterion(
        "people-after", Strength.BEFORE_AND_AFTER, f"At least {MIN_PEOPLE} people or cases after", "sample"
    ),
    Criterion(
        "kept", Strength.BEFORE_AND_AFTER, f"At least {MIN_KEPT:.0%} of them measured both times", "sample"
    ),
    Criterion("validated", Strength.BEFORE_AND_AFTER, "A validated measure", "sample"),
    Criterion(
        "whole-records",
        Strength.BEFORE_AND_AFTER,
        "Or: administrative records of a whole area or service, where nobody can be lost",
        "records",
    ),
    # Level 4
    Criterion("happened-4", Strength.COMPARED, "It has happened, it is not a forecast"),
    Criterion(
        "researcher-4",
        Strength.COMPARED,
        "Stated by an evaluator or author, not by the provider, an inspectorate or a journalist",
    ),
    Criterion(
        "effect-4", Strength.COMPARED, "The study looked at results, not only at how it was put in place"
    ),
    Criterion("compared", Strength.COMPARED, "The finding itself sets the two groups side by side"),
    Criterion(
        "design",
        Strength.COMPARED,
        "Groups made at random, matched or adjusted, or compared by difference in differences",
    ),
    # Listed beside a finding that was compared
    Criterion("equivalence", None, "The groups were alike at the start", moves_level=False),
    Criterion("as-allocated", None, "Analysed in the groups as they were allocated", moves_level=False),
    Criterion("attrition", None, "Says how many were lost", moves_level=False),
    Criterion("measure", None, "A validated measure or administrative records", moves_level=False),
    Criterion("harm-looked-for", None, "Harm was looked for", moves_level=False),
    # Level 5, over all findings of a row
    Criterion("two-studies", Strength.COMPARED_TWICE, "Two or more studies that reach level 4"),
    Criterion(
        "separate-samples", Strength.COMPARED_TWICE, "On separate samples: other people, not the same again"
    ),
    Criterion("independent", Strength.COMPARED_TWICE, "At least one of them independent of the provider"),
    Criterion(
        "twelve-months",
        Strength.COMPARED_TWICE,
        f"At least one of them followed up for {MIN_MONTHS_FOR_TWICE} months or more",
    ),
)

CRITERIA: Mapping[str, Criterion] = {criterion.id: criterion for criterion in _ALL}


@dataclass(frozen=True, slots=True)
class Checked:
    """A criterion with what is known about it for one finding, or for the row where ``finding`` is None."""

    criterion: Criterion
    state: State
    finding: str | None = None

    @property
    def words(self) -> str:
        """One line for a page."""
        if self.criterion.id == "harm-looked-for":
            return HARM_WORDS[self.state]
        return f"{self.criterion.label}: {self.state.words.lower()}"


HARM_WORDS: Mapping[State, str] = {
    State.MET: "Harm was looked for",
    State.NOT_MET: "Harm was not looked for",
    State.NOT_REPORTED: "Not reported whether harm was looked for",
}

STRENGTH_WORDS: Mapping[Strength, str] = {
    Strength.NOT_TESTED: "Not tested yet",
    Strength.REPORTED: "Reported by practitioners",
    Strength.MONITORED: "Monitored",
    Strength.BEFORE_AND_AFTER: "Measured before and after",
    Strength.COMPARED: "Compared with a similar group",
    Strength.COMPARED_TWICE: "Compared in two or more strong studies",
}


class Qualifier(StrEnum):
    """What a reader has to know beside a level."""

    PROVIDER_REPORTED = "provider-reported"
    SECOND_HAND = "second-hand"
    FORECAST = "forecast"
    EARLY = "early"
    TESTIMONY = "testimony"
    INSPECTION_FINDING = "inspection-finding"
    SIMILARITY_NOT_REPORTED = "similarity-not-reported"
    NOT_SIMILAR = "not-similar"

    @property
    def words(self) -> str:
        return QUALIFIER_WORDS[self]


ABOUT_SIMILARITY = frozenset({Qualifier.SIMILARITY_NOT_REPORTED, Qualifier.NOT_SIMILAR})

QUALIFIER_WORDS: Mapping[Qualifier, str] = {
    Qualifier.PROVIDER_REPORTED: "Reported by the provider",
    Qualifier.SECOND_HAND: "Second-hand",
    Qualifier.FORECAST: "Forecast, not yet seen",
    Qualifier.EARLY: f"Early: less than {EARLY_BELOW_MONTHS} months of follow-up",
    Qualifier.TESTIMONY: "What people said",
    Qualifier.INSPECTION_FINDING: "Inspection finding",
    Qualifier.SIMILARITY_NOT_REPORTED: "Compared, but not reported whether the groups were alike at the start",
    Qualifier.NOT_SIMILAR: "Compared, but the groups were not alike at the start",
}

ACCOUNTS_DIFFER = "Accounts differ"
HARM_FLAG_WORDS = "Harm or a worse result was found"
