"""What the components of an entry page take: rows of facts, results, conditions, sources and reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from .shapes import OutcomeRow

REACH_BAR = 400  # length of the longest bar and height of a step, in units of the drawing
REACH_STEP = 34


@dataclass(frozen=True, slots=True)
class SixRow:
    """One of the six rows at the head of a case study. Without outcomes and text it says what is missing."""

    key: str
    text: str | SafeString = ""
    outcomes: Sequence[OutcomeRow] = ()
    missing: str = "Not reported"
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the evidence standard. state: Met, Not met, Not reported."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding with the result that the standard gives it. criteria_line: "6 criteria met, 1 not met"."""

    outcome: str
    result: OutcomeRow
    for_whom: str = ""
    found: str = ""
    authors_say: str = ""
    outcome_url: str = ""
    date: str = ""
    anchor: str = ""
    source_url: str = ""
    source_text: str = ""
    criteria: Sequence[Criterion] = ()
    criteria_line: str = ""


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One condition in words; an empty value is shown as not reported or not known."""

    name: str
    necessity: str = ""
    at_start: str = ""
    at_end: str = ""
    without: str = ""
    role: str = ""
    note: str = ""
    url: str = ""
    ask_url: str = ""
    ask_text: str = ""
    source_url: str = ""
    source_text: str = ""


@dataclass(frozen=True, slots=True)
class SourceItem:
    """A source at the foot of an entry; statements point at its number."""

    number: int
    title: str
    url: str = ""
    detail: str = ""
    used_for: str = ""


@dataclass(frozen=True, slots=True)
class ReachStep:
    """How many were eligible, offered, started, finished. count None: not reported. Geometry for the bar."""

    label: str
    count: int | None
    note: str = ""
    width: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """Steps of reach, drawn to the largest known count; what is not reported has no bar and says so."""

    caption: str
    steps: Sequence[ReachStep]
    height: int
    width: int = REACH_BAR

    @classmethod
    def of(cls, *, caption: str, steps: Sequence[tuple[str, int | None, str]]) -> Reach:
        """Lay out (label, count, note) rows from the top down."""
        largest = max((count for _, count, _ in steps if count), default=0)
        drawn = [
            ReachStep(
                label,
                count,
                note,
                width=round(REACH_BAR * count / largest) if count and largest else 0,
                y=index * REACH_STEP,
            )
            for index, (label, count, note) in enumerate(steps)
        ]
        return cls(caption, drawn, height=len(drawn) * REACH_STEP)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that knows its column, so that a narrow screen can name it."""

    label: str
    text: str | SafeString
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A plain table whose first column heads its row."""

    caption: str
    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]] = field(default_factory=tuple)

    @classmethod
    def of(
        cls,
        *,
        caption: str,
        head: Sequence[str],
        rows: Sequence[Sequence[str | SafeString]],
        numbers: Sequence[str] = (),
    ) -> Table:
        """Pair every cell with its column; numbers names the columns that hold numbers."""
        return cls(
            caption,
            [Cell(name, name, name in numbers) for name in head],
            [
                [Cell(name, text, name in numbers) for name, text in zip(head, row, strict=True)]
                for row in rows
            ],
        )
