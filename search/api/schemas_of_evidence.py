"""The shapes of the evidence map and of open questions."""

from __future__ import annotations

from typing import Literal

from ninja import Schema

from search.api.schemas import Direction, EntryLink, OutcomeRow, Source, TermLink


class MapTerm(TermLink):
    """`group` is the broadest term above it, null for a group itself; `within` says how many terms it covers."""

    group: str | None
    within: int


class Hardest(Schema):
    strength: int
    label: str


class PlacesDoing(Schema):
    number: int
    label: str
    url: str


class MapCell(Schema):
    """In a group a study may have found several directions; each counts it once. `places`: who does, or has tried, what
    nobody has tested; null where it was tested or nobody is known to."""

    cohort: str
    outcome: str
    studies: int
    directions: dict[Direction, int]
    hardest_test: Hardest | None
    places: PlacesDoing | None
    url: str | None


class EvidenceMap(Schema):
    """A cell for each of the cohorts and outcomes."""

    cohorts: list[MapTerm]
    outcomes: list[MapTerm]
    cells: list[MapCell]


class StudyResult(OutcomeRow):
    """What one study found about one outcome, by the standard, in the words of the findings that decide."""

    statements: list[str]


class MapStudy(Schema):
    key: str
    title: str
    authors: list[str]
    year: int | None
    design: str
    country: str | None
    results: list[StudyResult]
    entries: list[EntryLink]


class MapStudies(Schema):
    total: int
    page: int
    size: int
    studies: list[MapStudy]


class Gaps(Schema):
    """`map` without a cohort, outcome or direction, else `studies`; the other one is null."""

    url: str
    standard_version: str
    counted_on: str
    map: EvidenceMap | None
    studies: MapStudies | None


class Told(Schema):
    text: str
    sources: list[str]
    at: str | None


class Question(Schema):
    """`tests`: who tests it; `join`: who would join. An empty side means that nothing is reported."""

    id: str
    title: str
    url: str
    state: Literal["open", "being-tested", "answered"]
    state_label: str
    summary: str
    asked_by: str | None
    help_wanted: str | None
    outcome: TermLink | None
    positions: dict[Literal["for", "against", "tests", "join"], list[Told]]
    entries: list[EntryLink]
    sources: list[Source]
    made_from: list[str]


class Questions(Schema):
    total: int
    page: int
    size: int
    questions: list[Question]
