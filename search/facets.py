"""What entries can be narrowed by, once, for both engines, the page and the API.

Two groups of facets share a row: an entry matches only if one of its rows has all the chosen values. Labels
of values are not kept here: readers' words are in `practice_library.labels` and the vocabularies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

EVIDENCE = ("not-tested", "reported", "monitored", "before-and-after", "compared", "compared-twice")
DIRECTION = ("favourable", "no-effect", "mixed", "adverse", "inconclusive", "not-known")
STATUS = ("proposed", "planned", "testing", "running", "scaled", "stopped", "not-known")
ROLE = ("enabler", "barrier")
PRESENCE = ("yes", "partly", "no", "not-known")
COST = ("under-500", "500-1999", "2000-4999", "5000-9999", "10000-over", "not-reported")
TYPES = ("model", "case_study")
SORTS = ("best", "newest", "tested")


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Facets whose values must hold in the same row; the order of `dimensions` is the order within a row."""

    name: str
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """`closed` lists the only values there are, in the order readers expect; open ones go by count."""

    param: str
    label: str
    closed: tuple[str, ...] = ()
    row: RowGroup | None = None


OUTCOME_ROW = RowGroup("outcome_rows", ("outcome", "evidence", "direction"))
CONDITION_ROW = RowGroup("condition_rows", ("condition", "role", "presence"))
ROW_GROUPS = (OUTCOME_ROW, CONDITION_ROW)

FACETS: Mapping[str, Facet] = MappingProxyType(
    {
        facet.param: facet
        for facet in (
            Facet("type", "Type", TYPES),
            Facet("cohort", "Who it is for"),
            Facet("stage", "Stage of need"),
            Facet("outcome", "Outcome", row=OUTCOME_ROW),
            Facet("direction", "What was found", DIRECTION, row=OUTCOME_ROW),
            Facet("evidence", "How it was tested", EVIDENCE, row=OUTCOME_ROW),
            Facet("condition", "What has to be in place", row=CONDITION_ROW),
            Facet("role", "As help or as obstacle", ROLE, row=CONDITION_ROW),
            Facet("presence", "In place at the start", PRESENCE, row=CONDITION_ROW),
            Facet("status", "Still running", STATUS),
            Facet("kind", "Kind of model"),
            Facet("model", "Model"),
            Facet("theme", "Theme"),
            Facet("workforce", "Workforce"),
            Facet("authority", "Authority"),
            Facet("region", "Region"),
            Facet("country", "Country"),
            Facet("cost", "Cost per child or family", COST),
            Facet("year", "Year it started"),
        )
    }
)
FACET_PARAMS: tuple[str, ...] = tuple(FACETS)
PLAIN_FACETS: tuple[str, ...] = tuple(param for param, facet in FACETS.items() if facet.row is None)


_YEARS = re.compile(
    r"(?:from-(?P<first>\d{4})|to-(?P<last>\d{4})|(?P<begin>\d{4})-(?P<end>\d{4}))\Z", re.ASCII
)
EARLIEST, LATEST = 1700, 2100


def is_years(value: str) -> bool:
    """Whether a value of `year` is a range: `from-2015`, `to-2009` or `2012-2015`."""
    bounds = _bounds(value)
    return bounds is not None and bounds[0] <= bounds[1]


def _bounds(value: str) -> tuple[int, int] | None:
    found = _YEARS.match(value)
    if not found:
        return None
    first, last = found["first"] or found["begin"], found["last"] or found["end"]
    return max(int(first or EARLIEST), EARLIEST), min(int(last or LATEST), LATEST)


def years_label(value: str) -> str:
    """A range in readers' words; a single year as it is."""
    first, _, last = value.rpartition("-")
    if not is_years(value):
        return value
    return {"from": f"{last} or later", "to": f"{last} or earlier"}.get(first, f"{first} to {last}")


def single_values(param: str, values: Iterable[str]) -> tuple[str, ...]:
    """What an index holds: ranges of years year by year, everything else as it is; nothing empty."""
    found: list[str] = []
    for value in values:
        bounds = _bounds(value) if param == "year" else None
        found += (
            [str(year) for year in range(bounds[0], bounds[1] + 1)] if bounds else [value] if value else []
        )
    return tuple(dict.fromkeys(found))


def in_reading_order(
    param: str, counts: Mapping[str, int], selected: tuple[str, ...]
) -> list[tuple[str, int]]:
    """Every non-zero value and every selected one: closed facets in their own order, years newest first.

    A range counts its years together: an entry started in one year at most.
    """
    shown = {value: count for value, count in counts.items() if count > 0 and value}
    shown |= {value: sum(counts.get(each, 0) for each in single_values(param, [value])) for value in selected}
    closed = FACETS[param].closed
    if closed:
        rank = {value: position for position, value in enumerate(closed)}
        return sorted(shown.items(), key=lambda pair: (rank.get(pair[0], len(rank)), pair[0]))
    if param == "year":
        return sorted(shown.items(), key=lambda pair: pair[0], reverse=True)
    return sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))
