"""An authority in its context: six figures among its neighbours, and the latest inspection judgement.

Neighbours always stand in order of closeness, never of value; no shape or colour says better or worse.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from website.places.choices import Caution, ValueStatus
from website.places.indicators import CONTEXT_INDICATORS
from website.places.judgements import JUDGED

from ..partial_dates import in_words
from . import links

if TYPE_CHECKING:
    from website.places.models import IndicatorValue, Judgement, Organisation

#: The strip in its own units: the first column, the step between columns, the top and the base.
LEFT, STEP, TOP, BASE = 52, 24, 10, 110
NOT_IN_THE_TABLE = "Not in the table of this period"
CONTEXT_ONLY = (
    "Context only. It is about the services as a whole at one time: it is no evidence about any practice here, and "
    "nothing on this site is filtered, sorted or coloured by it."
)
FRAMEWORKS = {"ILACS": "Inspection of local authority children's services (ILACS)"}
HEADINGS = {
    "overall": "Overall effectiveness",
    "leaders": "The impact of leaders",
    "help_and_protection": "Children who need help and protection",
    "in_care": "Children in care",
    "care_leavers": "Care leavers",
}
#: A source as the files name it ends in the file and version it was taken from, which readers need not see.
FILE = re.compile(r"\s*\([^()]*@[0-9a-f]{7,}\)")
TABLES = {"DfE LAIT": "Department for Education, Local Authority Interactive Tool"}
YEAR = re.compile(r"(?:19|20)\d\d(?:[-/]\d\d(?!\d))?")


@dataclass(frozen=True, slots=True)
class Dot:
    """One authority on a strip; `y` is empty where there is no number."""

    x: int
    y: str
    mark: str
    label: str
    is_here: bool
    has_caution: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """One measure in one period. `ticks`: height and number of the lines behind it."""

    label: str
    unit: str
    period: str
    sources: str
    here: str
    summary: str
    dots: Sequence[Dot]
    ticks: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """What the table says: the number as published, or why there is none, and the numbers of its notes."""

    heading: str
    said: str
    note: int


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One authority in the table."""

    place: str
    name: str
    url: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class AreaInFigures:
    """The strips with the table that says the same."""

    strips: Sequence[Strip]
    rows: Sequence[AreaRow]
    notes: Sequence[tuple[int, str]]
    has_neighbours: bool


@dataclass(frozen=True, slots=True)
class JudgementView:
    """The latest judgement in the words of the inspectorate."""

    rows: Sequence[tuple[str, str]]
    report_url: str


def period_end(period: str) -> int:
    """The year in which a printed period ends: 2025 for "2025", "2024/25" and "2024-25 (OT)"; 0 without one."""
    years = []
    for found in YEAR.findall(period):
        first = int(found[:4])
        years.append(first - first % 100 + int(found[5:]) if len(found) > 4 else first)
    return max(years, default=0)


def area_in_figures(
    place: Organisation, neighbours: Sequence[Organisation], values: Iterable[IndicatorValue]
) -> AreaInFigures | None:
    """The newest period of each measure. None where nothing is held."""
    places = [place, *neighbours]
    by_key: dict[str, list[IndicatorValue]] = {}
    for value in values:
        by_key.setdefault(value.indicator.key, []).append(value)
    strips: list[Strip] = []
    columns: list[tuple[Strip, dict[int, IndicatorValue]]] = []
    for key in CONTEXT_INDICATORS:
        if key not in by_key:
            continue
        period = max({each.period for each in by_key[key]}, key=lambda text: (period_end(text), text))
        cells = {each.organisation_id: each for each in by_key[key] if each.period == period}
        strip = _strip(places, cells, period)
        strips.append(strip)
        columns.append((strip, cells))
    if not strips:
        return None
    used = {each.caution for _, cells in columns for each in cells.values() if each.caution}
    numbers = {caution.value: n for n, caution in enumerate((c for c in Caution if c.value in used), start=1)}
    rows = [
        AreaRow(
            place=str(rank) if rank else "",
            name=each.short_name,
            url=links.place(each.slug, each.kind) if rank else "",
            cells=[
                Cell(
                    f"{strip.label}, {strip.period}",
                    said(cells.get(each.pk)),
                    numbers.get(cells[each.pk].caution, 0) if each.pk in cells else 0,
                )
                for strip, cells in columns
            ],
        )
        for rank, each in enumerate(places)
    ]
    notes = [(number, str(Caution(value).label)) for value, number in numbers.items()]
    return AreaInFigures(strips, rows, notes, bool(neighbours))


def said(value: IndicatorValue | None) -> str:
    """The number as published, or in words why there is none."""
    if value is None:
        return NOT_IN_THE_TABLE
    if value.status == ValueStatus.PUBLISHED:
        return value.printed
    words = str(ValueStatus(value.status).label)
    is_mark = value.printed and len(value.printed) <= 3
    return f"{words} (printed as {value.printed})" if is_mark else words


def published_in(source: str) -> str:
    """The official table in words; the API and the database keep the file and version as well."""
    table = FILE.sub("", source)
    return TABLES.get(table, table)


def _strip(places: Sequence[Organisation], cells: dict[int, IndicatorValue], period: str) -> Strip:
    some = next(iter(cells.values()))
    numbers = [float(each.value) for each in cells.values() if each.value is not None]
    top = _round_up(max([*numbers, 0]))
    low = -_round_up(-min([*numbers, 0])) if min([*numbers, 0]) < 0 else 0.0

    def height(number: float) -> str:
        return f"{BASE - (BASE - TOP) * (number - low) / (top - low):.1f}"

    dots = []
    for rank, each in enumerate(places):
        value = cells.get(each.pk)
        dots.append(
            Dot(
                x=LEFT + STEP * rank,
                y=height(float(value.value)) if value is not None and value.value is not None else "",
                mark=str(rank) if rank else "●",
                label=f"{each.short_name}: {said(value)}",
                is_here=not rank,
                has_caution=bool(value is not None and value.caution),
            )
        )
    here = said(cells.get(places[0].pk))
    others = [cells.get(each.pk) for each in places[1:]]
    known = sorted(
        ((each.value, each.printed) for each in others if each is not None and each.value is not None),
        key=lambda pair: pair[0],
    )
    between = f" Its neighbours: {known[0][1]} to {known[-1][1]}." if known else ""
    return Strip(
        label=some.indicator.label,
        unit=some.indicator.unit,
        period=period,
        sources="; ".join(dict.fromkeys(published_in(each.source) for each in cells.values())),
        here=here,
        summary=f"{places[0].short_name}: {here}.{between} The table below says the same.",
        dots=dots,
        ticks=[(height(number), f"{number:,g}") for number in (low, (low + top) / 2, top)],
    )


def _round_up(number: float) -> float:
    """The next round number, so that the lines behind the dots can be read; 1 for nothing."""
    if number <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(number))
    return next(size * step for step in (1, 2, 4, 5, 6, 8, 10) if size * step >= number)


def judgement_view(judgement: Judgement) -> JudgementView:
    """What was judged, when and under which framework; what the official list leaves out is said."""
    dates = [each for each in (judgement.inspection_start, judgement.inspection_end) if each]
    took_place = " to ".join(in_words(each.isoformat()) for each in dates)
    kind = f"{judgement.inspection_type.capitalize()} inspection" if judgement.inspection_type else ""
    rows = [
        ("Framework", FRAMEWORKS.get(judgement.framework, judgement.framework)),
        ("Kind of inspection", kind or "Not given in the official list"),
        ("Inspected", took_place or "Not given in the official list"),
        ("Report published", in_words(judgement.published.isoformat())),
    ]
    for name in JUDGED:
        word = getattr(judgement, f"get_{name}_display")()
        rows.append((HEADINGS[name], word or "Not given in the official list"))
    return JudgementView(rows, judgement.report_url)
