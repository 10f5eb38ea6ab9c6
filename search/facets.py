"""What entries can be narrowed by, once, for both engines, the page and the API.

Two groups of facets share a row: an entry matches only if one of its rows has all the chosen values. Labels
of values are not kept here: readers' words are in `practice_library.labels` and the vocabularies.
"""

from __future__ import annotations

from collections.abc import Mapping
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


def in_reading_order(
    param: str, counts: Mapping[str, int], selected: tuple[str, ...]
) -> list[tuple[str, int]]:
    """Every non-zero value and every selected one: closed facets in their own order, years newest first."""
    shown = {value: count for value, count in counts.items() if count > 0 and value}
    shown |= {value: shown.get(value, 0) for value in selected}
    closed = FACETS[param].closed
    if closed:
        rank = {value: position for position, value in enumerate(closed)}
        return sorted(shown.items(), key=lambda pair: (rank.get(pair[0], len(rank)), pair[0]))
    if param == "year":
        return sorted(shown.items(), key=lambda pair: pair[0], reverse=True)
    return sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))
