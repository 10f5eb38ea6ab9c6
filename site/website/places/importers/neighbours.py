"""The official layout of statistical neighbours: ten rows an authority, in order of closeness."""

from __future__ import annotations

import re
from pathlib import Path

from website.places.choices import Closeness
from website.places.importers.facts import NeighbourFact, NeighbourFile
from website.places.importers.rows import Row, read_table
from website.places.models import NEIGHBOURS_OF_EACH

FILE_NAME = "statistical_neighbours.csv"
COLUMNS = (
    "model gss_code dfe_number name rank neighbour_gss_code neighbour_dfe_number neighbour_name closeness"
)
YEAR = re.compile(r"20\d\d")


def read_neighbour_file(path: Path) -> NeighbourFile:
    """Read the file, or the file of that name in a folder."""
    table = read_table(path / FILE_NAME if path.is_dir() else path)
    table.require(COLUMNS.split())
    rows: list[NeighbourFact] = []
    for row in table:
        reason = _what_is_wrong(row)
        if reason:
            table.refusals.append(row.refused(reason))
        else:
            rows.append(_fact(row))
    return NeighbourFile(rows=rows, refusals=table.refusals, notes=table.notes)


def _what_is_wrong(row: Row) -> str:
    if not YEAR.fullmatch(row["model"]):
        return f'model "{row["model"]}" is not a year.'
    if not row["rank"].isdecimal() or not 1 <= int(row["rank"]) <= NEIGHBOURS_OF_EACH:
        return f'rank "{row["rank"]}" is not a number from 1 to {NEIGHBOURS_OF_EACH}.'
    if row["closeness"].casefold() not in Closeness.values:
        return f'closeness "{row["closeness"]}" is not one of: {", ".join(Closeness.values)}.'
    return ""


def _fact(row: Row) -> NeighbourFact:
    return NeighbourFact(
        row=row,
        model_year=int(row["model"]),
        ons_code=row["gss_code"],
        dfe_number=row["dfe_number"],
        name=row["name"],
        rank=int(row["rank"]),
        neighbour_ons_code=row["neighbour_gss_code"],
        neighbour_dfe_number=row["neighbour_dfe_number"],
        neighbour_name=row["neighbour_name"],
        closeness=row["closeness"].casefold(),
    )
