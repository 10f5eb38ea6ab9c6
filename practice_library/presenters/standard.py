"""The evidence standard in plain words, from the criteria that the ratings themselves use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .. import labels
from ..evidence.clauses import CLAUSE_WORDS
from ..evidence.criteria import CRITERIA, HARM_FLAG_WORDS, HARM_WORDS, QUALIFIER_WORDS, Criterion, State
from ..evidence.facts import Strength
from ..evidence.guides import EIF, EIF_NAME, LABEL, MARYLAND, MARYLAND_NAME
from ..evidence.standard import STANDARD_VERSION
from . import links
from .links import Link

MEANS = {
    "favourable": "A better result for those the outcome is about.",
    "no-effect": "Compared with others in a study large enough to show a difference, and there was none.",
    "mixed": "Better for some or in some studies, not in others.",
    "adverse": "A worse result for those the outcome is about.",
    "inconclusive": "It was tested, but the result could be chance, or the study was too small to show anything.",
    "not-known": "Nobody has reported what happened.",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reaching a level; all of its lines are needed."""

    heading: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Level:
    """A level with what it takes, and where it lies on other scales in our reading."""

    words: str
    url: str
    ways: Sequence[Way]
    eif: str
    maryland: str


@dataclass(frozen=True, slots=True)
class DirectionMeaning:
    """What a direction says."""

    direction: str
    word: str
    means: str
    url: str


@dataclass(frozen=True, slots=True)
class StandardView:
    """The standard in words."""

    version: str
    directions: Sequence[DirectionMeaning]
    levels: Sequence[Level]
    beside: Sequence[str]
    clauses: Sequence[tuple[str, str]]
    harm_flag: str
    harm_words: Sequence[str]
    remarks: Sequence[str]
    guide: str
    scales: Sequence[Link]


def standard_view() -> StandardView:
    reading = ("a", "b", "c", "d", "e", "f", "g")
    directions = (
        "Worse, or Mixed",
        "Mixed",
        "No difference",
        "Better",
        "Mixed",
        "Too little to tell",
        "Not known",
    )
    return StandardView(
        version=STANDARD_VERSION,
        directions=[
            DirectionMeaning(slug, word, MEANS[slug], links.search(direction=slug))
            for slug, word in labels.DIRECTION.items()
        ],
        levels=[_level(strength) for strength in sorted(Strength, reverse=True)],
        beside=[each.label for each in CRITERIA.values() if not each.moves_level],
        clauses=[(CLAUSE_WORDS[clause], result) for clause, result in zip(reading, directions, strict=True)],
        harm_flag=HARM_FLAG_WORDS,
        harm_words=[HARM_WORDS[state] for state in State],
        remarks=list(QUALIFIER_WORDS.values()),
        guide=LABEL,
        scales=[Link(EIF_NAME), Link(MARYLAND_NAME)],
    )


def _headings(ways: list[str]) -> list[str]:
    """What is always asked has no name; of the other ways one is enough."""
    others = [way for way in ways if way]
    first = "And one of these: either" if "" in ways else "Either"
    return ["All of these" if not way else first if way == others[0] else "Or" for way in ways]


def _label(criterion: Criterion) -> str:
    label = criterion.label.removeprefix("Or: ")
    return label[0].upper() + label[1:]


def _level(strength: Strength) -> Level:
    asked = [each for each in CRITERIA.values() if each.level == strength]
    ways: dict[str, list[Criterion]] = {}
    for criterion in asked:
        ways.setdefault(criterion.way, []).append(criterion)
    return Level(
        words=labels.STRENGTH[strength],
        url=links.search(evidence=strength.slug),
        ways=[
            Way(heading, [_label(line) for line in ways[way]])
            for way, heading in zip(ways, _headings(list(ways)), strict=True)
        ],
        eif=EIF[strength].roughly,
        maryland=MARYLAND[strength].roughly,
    )
