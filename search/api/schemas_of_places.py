"""The shapes of registers and of an authority in its context."""

from __future__ import annotations

from typing import Literal

from ninja import Schema

from search.api.schemas import Authority, EntryLink, Licence, StatusAsAt

Standing = Literal["confirmed", "planned", "historical", "stopped"]


class StatusInWords(StatusAsAt):
    label: str


class PlaceLink(Schema):
    slug: str
    name: str
    url: str


class RegisterRow(Schema):
    """One organisation's part in a case study. `place` is null where no lead is named, `as_at` where nobody said when."""

    standing: Standing
    place: PlaceLink | None
    role: Literal["lead", "delivered with the lead", "took part"]
    region: str | None
    country: str | None
    entry: EntryLink
    variant: str | None
    start: str | None
    end: str | None
    status: StatusInWords
    stop_reason: str | None


class Register(Schema):
    """`numbers` counts rows by standing; one case study may have several, one for each authority."""

    model: EntryLink
    url: str
    counted_on: str
    case_studies: int
    case_studies_in_all: int
    numbers: dict[Standing, int]
    total: int
    page: int
    size: int
    rows: list[RegisterRow]


class PracticeHere(EntryLink):
    role: Literal["lead", "partner"]
    stages: list[str]
    status: StatusInWords


class StageHere(Schema):
    """A stage of need; 0 means that nothing is known here, not that nothing is done."""

    term: str
    label: str
    case_studies: int


class Practice(Schema):
    total: int
    page: int
    size: int
    stages: list[StageHere]
    entries: list[PracticeHere]


class Neighbour(PlaceLink):
    """A statistical neighbour; rank 1 is the closest."""

    rank: int
    case_studies: int


class Figure(Schema):
    """One cell of an official table: `value` is null where `status` is not `published`; `printed` is as published."""

    indicator: str
    label: str
    unit: str
    period: str
    value: float | None
    printed: str | None
    status: str
    status_label: str
    caution: str | None
    caution_label: str | None
    source: str


class Attributed(Licence):
    attribution: str


class Figures(Schema):
    note: str
    licence: Attributed
    values: list[Figure]


class Judged(Schema):
    """`grade` is in the words of Ofsted, null where its list gives none."""

    name: str
    label: str
    grade: str | None
    grade_label: str | None


class Judgement(Schema):
    """The latest. It is no evidence about any practice."""

    note: str
    framework: str
    framework_label: str
    inspection_type: str | None
    inspection_start: str | None
    inspection_end: str | None
    published: str
    judged: list[Judged]
    report_url: str | None
    licence: Attributed


class AuthorityInContext(Authority):
    predecessors: list[str]
    practice: Practice
    neighbours: list[Neighbour]
    figures: Figures
    judgement: Judgement | None
