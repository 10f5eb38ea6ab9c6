"""The first page of a model stays light: what decides, what harmed and what was worse; the rest is one link away.

Nothing is left out of the site: `?part=found` and `?part=grid` show these sections whole, without a script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from .links import Count, counted, in_sentence
from .references import Ref

if TYPE_CHECKING:
    from website.components.shapes import OutcomeRow

    from .model import ModelView
    from .results import FoundRow, Said

FOUND, GRID, KINDRED = "found", "grid", "kindred"
#: The parts that have a page of their own, where the first page shows less of them.
PARTS = {FOUND: "What was found", GRID: "What was in place, and where", KINDRED: "Kindred work"}
#: With more statements than this the first page shows the deciding ones.
MOST_STATEMENTS = 8
MOST_OUTCOMES = 3
MOST_CONDITIONS = 4


def first_page(view: ModelView) -> None:
    """Shorten a view to what its first page shows, and say where the rest is."""
    if view.grid and len(view.grid.rows) > MOST_CONDITIONS:
        view.grid_more = Count(len(view.grid.rows), f"?part={GRID}")
        view.grid = replace(view.grid, rows=view.grid.rows[:MOST_CONDITIONS])
    number = sum(len(row.found) + len(row.said) for row in view.found)
    if number <= MOST_STATEMENTS:
        return
    view.found_more = Count(number, f"?part={FOUND}")
    rows = [_shortened(row) for row in view.found]
    view.found, rest = _told_here(rows)
    view.other_results = [_in_one_line(row) for row in rest]
    view.studies = [replace(study, refs=(), note="", facts="") for study in view.studies]
    numbers = set(_numbers(_shown(view)))
    everything = view.sources
    view.sources = [replace(source, used_for="") for source in everything if source.number in numbers]
    view.sources_more = Count(len(everything), f"?part={FOUND}#sources")


def shorten_kindred(view: ModelView) -> None:
    """On a page whose findings are shortened, the nearest kindred work; the rest on the page of its part."""
    if not view.found_more:
        return
    hidden = sum(len(part.rest) for part in view.kindred)
    view.kindred = [replace(part, rest=()) for part in view.kindred]
    view.kindred_more = Count(hidden, f"?part={KINDRED}") if hidden else None


def _told_here(rows: Sequence[FoundRow]) -> tuple[list[FoundRow], list[FoundRow]]:
    """The first outcomes in the order of the standard, and every one with harm or something worse; then the others."""
    here = [
        row
        for number, row in enumerate(rows)
        if number < MOST_OUTCOMES or any(each.is_worse for each in (*row.found, *row.said))
    ]
    return here, [row for row in rows if row not in here]


def _in_one_line(row: FoundRow) -> tuple[str, OutcomeRow]:
    """The anchor of an outcome and its first result, with the way to what was found."""
    shown = row.results[0].row
    where = f" {shown.outcome}" if shown.outcome else ""
    return row.anchor, replace(
        shown, outcome=f"{in_sentence(row.outcome)}{where}", url=f"?part={FOUND}#{row.anchor}"
    )


def _shortened(row: FoundRow) -> FoundRow:
    found, said = _chosen(row.found), _chosen(row.said)
    hidden = len(row.found) + len(row.said) - len(found) - len(said)
    more = f"And {counted(hidden, 'more statement')}" if hidden else ""
    results = [replace(result, criteria=()) if row.permalink else result for result in row.results]
    return replace(
        row,
        found=found,
        said=said,
        results=results,
        more=more,
        more_url=f"?part={FOUND}#{row.anchor}",
        is_short=any(result.criteria_line for result in results),
    )


def _chosen(statements: Sequence[Said]) -> list[Said]:
    """One that decides, else the first; every one that tells of harm; and one of something worse."""
    lead = next((each for each in statements if each.decides), statements[0] if statements else None)
    worse = next((each for each in statements if each.is_worse), None)
    return [each for each in statements if each is lead or each is worse or each.harm]


def _shown(view: ModelView) -> Iterator[Any]:
    for field in fields(view):
        if field.name != "sources":
            yield getattr(view, field.name)


def _numbers(values: Iterable[Any]) -> Iterator[int]:
    """The number of every source that a reference on the page points at."""
    for value in values:
        if isinstance(value, Ref):
            yield from range(value.number, (value.last or value.number) + 1)
        elif is_dataclass(value):
            yield from _numbers(getattr(value, field.name) for field in fields(value))
        elif isinstance(value, list | tuple):
            yield from _numbers(value)
