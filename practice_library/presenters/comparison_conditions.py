"""Conditions that compared entries share, and those that only one of them names: marked in words, not by colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import labels
from . import comparison_cells as cells
from . import links
from .comparison_cells import Cell, Line

if TYPE_CHECKING:
    from ..models import ConditionRow
    from ..selectors.comparison import ComparedEntry

NOT_NAMED = "Not named in its sources"
NONE_OF_ITS_OWN = "None that the others do not name"


@dataclass(frozen=True, slots=True)
class SharedCondition:
    """A condition that at least two entries name, and what each of them says about it."""

    name: str
    url: str
    mark: str
    named: Sequence[tuple[str, Cell]]


def shared(entries: Sequence[ComparedEntry]) -> list[SharedCondition]:
    """Those that most entries name first."""
    named = _named(entries)
    return [
        SharedCondition(
            name,
            links.condition(slug),
            _mark(by, len(entries)),
            cells.named(entries, [_cell(each, by.get(at, ())) for at, each in enumerate(entries)]),
        )
        for (name, slug), by in sorted(named.items(), key=lambda item: (-len(item[1]), item[0][0].casefold()))
        if len(by) > 1
    ]


def differing(entries: Sequence[ComparedEntry]) -> list[Cell]:
    """For each entry the conditions that it alone names."""
    named = _named(entries)
    return [_own(entries, named, at) for at in range(len(entries))]


def _named(entries: Sequence[ComparedEntry]) -> dict[tuple[str, str], dict[int, list[ConditionRow]]]:
    """The rows of each condition by the place of their entry among those compared."""
    found: dict[tuple[str, str], dict[int, list[ConditionRow]]] = {}
    for at, each in enumerate(entries):
        for row in each.conditions:
            found.setdefault((row.tag.name, row.tag.slug), {}).setdefault(at, []).append(row)
    return found


def _mark(by: dict[int, list[ConditionRow]], number: int) -> str:
    everywhere = "both" if number == 2 else f"all {number}"
    mark = f"Shared: named by {everywhere if len(by) == number else f'{len(by)} of {number}'}"
    roles = {frozenset(row.role for row in rows) for rows in by.values()}
    return f"{mark}, differing in whether it helped" if len(roles) > 1 else mark


def _own(
    entries: Sequence[ComparedEntry], named: dict[tuple[str, str], dict[int, list[ConditionRow]]], at: int
) -> Cell:
    if not entries[at].conditions:
        return Cell(missing=labels.NOT_REPORTED)
    lines = [
        Line(
            name,
            url=links.condition(slug),
            note=_facts(by[at]),
            source=cells.source_of(entries[at], by[at][0]),
        )
        for (name, slug), by in named.items()
        if list(by) == [at]
    ]
    return Cell(lines, missing="" if lines else NONE_OF_ITS_OWN)


def _cell(each: ComparedEntry, rows: Sequence[ConditionRow]) -> Cell:
    if not rows:
        return Cell(missing=NOT_NAMED)
    return Cell([Line(_facts(rows), source=cells.source_of(each, rows[0]))])


def _facts(rows: Sequence[ConditionRow]) -> str:
    """ "As help and as obstacle. Essential. At the start: partly": what is reported, and nothing else."""
    roles = dict.fromkeys(labels.ROLE[row.role] for row in rows)
    told = [links.named([role if n == 0 else links.in_sentence(role) for n, role in enumerate(roles)])]
    told += dict.fromkeys(row.get_necessity_display() for row in rows if row.necessity)
    told += dict.fromkeys(
        f"At the start: {row.get_present_at_start_display().lower()}" for row in rows if row.present_at_start
    )
    told += dict.fromkeys(
        f"At the end: {row.get_present_at_end_display().lower()}" for row in rows if row.present_at_end
    )
    return ". ".join(told)
