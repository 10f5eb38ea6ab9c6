"""Authorities as equal hexagons: where each cell of the map is drawn. The facts are columns and rows, north up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..selectors.registers import Cell

#: Half the width of a cell, and how far rows stand apart: hexagons with a point at the top, side 12.
HALF_WIDTH, ROW_STEP, SIDE = 10.4, 18, 12


@dataclass(frozen=True, slots=True)
class Hexagon:
    """One authority on the map. `mark` tells the state without colour."""

    x: str
    y: str
    name: str
    state: str
    mark: str
    label: str


@dataclass(frozen=True, slots=True)
class HexMap:
    """The map, with its size in the units of its cells."""

    width: int
    height: int
    hexagons: Sequence[Hexagon]


def hex_map(
    authorities: Iterable[Cell], states: Mapping[int, str], marks: Mapping[str, tuple[str, str]]
) -> HexMap | None:
    """Draw every authority that has a cell; `marks` gives the mark and the word of a state. None without cells."""
    placed = [
        (cell, cell.column, cell.row)
        for cell in authorities
        if cell.column is not None and cell.row is not None
    ]
    if not placed:
        return None
    left = min(column for _, column, _ in placed)
    right = max(column for _, column, _ in placed)
    bottom, top = min(row for *_, row in placed), max(row for *_, row in placed)
    hexagons = []
    for cell, column, row in placed:
        state = states.get(cell.pk, "")
        mark, word = marks.get(state, ("", "nothing known here"))
        hexagons.append(
            Hexagon(
                x=f"{(2 * (column - left) + 1 + row % 2) * HALF_WIDTH:.1f}",
                y=f"{(top - row) * ROW_STEP + SIDE}",
                name=cell.name,
                state=state,
                mark=mark,
                label=f"{cell.name}: {word}",
            )
        )
    return HexMap(
        width=round((2 * (right - left) + 3) * HALF_WIDTH) + 1,
        height=(top - bottom) * ROW_STEP + 2 * SIDE,
        hexagons=hexagons,
    )
