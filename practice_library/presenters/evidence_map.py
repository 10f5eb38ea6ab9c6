"""The evidence map in words: who it is for down, outcomes across, each number a link to the studies it counts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from website.components.shapes import Option

from .. import labels
from ..choices import State
from ..evidence.standard import STANDARD_VERSION
from ..map_choices import COMPARED, ENGLAND, GAPS, WITHOUT, MapChoices, shown_terms
from ..selectors.evidence_map import MapFacts, PlaceDoing, Tested
from ..selectors.term_tree import TermTree
from . import links
from .links import Count, Link

#: When last reported, it was being done.
DOING = (State.TESTING, State.RUNNING, State.SCALED)
#: More columns than this are no longer read as a table but as a list.
MOST_COLUMNS = 9
NOBODY = "Nobody has tested this"
NONE_OF_KIND = "No study of this kind"
#: The legend of the tints, from the hardest test down; a level 5 takes two studies and so is no single study's.
TINTS = ((4, labels.STRENGTH[4]), (3, labels.STRENGTH[3]), (2, "Tested less hard than that"))


@dataclass(frozen=True, slots=True)
class DirectionCount:
    """How many studies found one direction."""

    direction: str
    word: str
    count: Count


@dataclass(slots=True)
class Cell:
    """What is known about one outcome for one cohort. `strength` is that of the hardest test, `tint` the same or 2."""

    column: str
    studies: Count | None = None
    directions: Sequence[DirectionCount] = ()
    hardest: str = ""
    strength: int = 0
    tint: int = 0
    empty: str = ""
    places: Count | None = None


@dataclass(slots=True)
class Row:
    """A cohort, or a group of them that can be opened."""

    slug: str
    name: str
    toggle: Link | None
    is_inside: bool
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Column:
    """An outcome, or a group of them that can be opened."""

    slug: str
    name: str
    toggle: Link | None = None


@dataclass(frozen=True, slots=True)
class Controls:
    """The form that chooses which studies count; `kept` goes along unseen."""

    action: str
    kept: Sequence[tuple[str, str]]
    countries: Sequence[Option]
    evidence: Sequence[Option]
    forecasts: Sequence[Option]
    all_url: str


@dataclass(frozen=True, slots=True)
class MapView:
    """The map as a table."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    within: Link | None
    open_all: Link
    controls: Controls
    csv_url: str
    json_url: str
    today: dt.date
    standard: str
    is_shaped: bool
    tints: Sequence[tuple[int, str]] = TINTS

    @property
    def is_wide(self) -> bool:
        """Too many columns for a page, as where editors gave outcomes no broader term."""
        return len(self.columns) > MOST_COLUMNS


def map_view(
    found: MapFacts, choices: MapChoices, places: Sequence[PlaceDoing], *, today: dt.date
) -> MapView:
    rows, columns = shown_terms(choices, found.cohorts, found.outcomes)
    by_column = {column.slug: found.chosen(MapChoices(outcome=column.slug)) for column in columns}
    all_groups = tuple(group.slug for group in found.cohorts.groups)
    shown = []
    for term in rows:
        row = _row(term, found.cohorts, choices)
        studies = found.studies_for(term.slug)
        for column in columns:
            tested = [each for each in by_column[column.slug] if each.study in studies]
            asked = replace(choices.of_map, cohort=term.slug, outcome=column.slug)
            row.cells.append(cell_of(tested, asked, found, places, column.name))
        shown.append(row)
    opened = set(choices.opened) >= set(all_groups)
    return MapView(
        columns=[_column(term, found.outcomes, choices) for term in columns],
        rows=shown,
        within=_within(found.outcomes, choices),
        open_all=Link("Close every group", choices.url(opened=()))
        if opened
        else Link("Open every group", choices.url(opened=all_groups)),
        controls=controls_of(choices),
        csv_url=choices.csv_url,
        json_url=choices.json_url,
        today=today,
        standard=STANDARD_VERSION,
        is_shaped=bool(choices.params()),
    )


def cell_of(
    tested: Sequence[Tested], asked: MapChoices, found: MapFacts, places: Sequence[PlaceDoing], column: str
) -> Cell:
    """One cell. In a group a study may have found several directions; each counts it once."""
    if not tested:
        empty = NONE_OF_KIND if asked.is_narrowed else NOBODY
        return Cell(column, empty=empty, places=_places(asked, found, places))
    hardest = max(row.strength for row in tested)
    by_direction = Counter(direction for _, direction in {(row.study, row.direction) for row in tested})
    number = len({row.study for row in tested})
    return Cell(
        column,
        studies=Count(number, asked.url(opened=(), within=""), links.counted(number, "study", "studies")),
        directions=[
            DirectionCount(
                direction,
                word,
                Count(
                    by_direction[direction],
                    asked.url(direction=direction, opened=(), within=""),
                    f"{by_direction[direction]:,} {links.in_sentence(word)}",
                ),
            )
            for direction, word in labels.DIRECTION.items()
            if by_direction[direction]
        ],
        hardest=labels.STRENGTH[hardest],
        strength=hardest,
        tint=max(2, min(hardest, 4)),
    )


def _places(asked: MapChoices, found: MapFacts, places: Collection[PlaceDoing]) -> Count | None:
    """Who does what nobody has tested, as the search counts it; else who has tried it."""
    cohorts, outcomes = found.cohorts.covers(asked.cohort), found.outcomes.covers(asked.outcome)
    there = [place for place in places if place.cohort in set(cohorts) and place.outcome in set(outcomes)]
    doing = {place.entry for place in there if place.status in DOING}
    tried = {place.entry for place in there}
    about: dict[str, Any] = {"type": "case_study", "cohort": cohorts, "outcome": outcomes}
    if doing:
        url = links.search(**about, status=[state.value for state in DOING])
        return Count(len(doing), url, f"{links.counted(len(doing), 'place')} {_is(doing)} doing it")
    if tried:
        words = "has tried it" if len(tried) == 1 else "have tried it"
        return Count(len(tried), links.search(**about), f"{links.counted(len(tried), 'place')} {words}")
    return None


def _is(places: Collection[int]) -> str:
    return "is" if len(places) == 1 else "are"


def _row(term: Any, cohorts: TermTree, choices: MapChoices) -> Row:
    is_group = term.broader_id is None
    inside = cohorts.within(term.slug) if is_group else []
    if not inside:
        return Row(term.slug, term.name, None, is_inside=not is_group)
    if term.slug in choices.opened:
        others = tuple(slug for slug in choices.opened if slug != term.slug)
        toggle = Link("Close", f"{choices.url(opened=others)}#{term.slug}")
    else:
        url = choices.url(opened=(*choices.opened, term.slug))
        toggle = Link(f"Show {len(inside)} within", f"{url}#{term.slug}")
    return Row(term.slug, term.name, toggle, is_inside=False)


def _column(term: Any, outcomes: TermTree, choices: MapChoices) -> Column:
    inside = [] if choices.within else outcomes.within(term.slug)
    toggle = Link(f"Show {len(inside)} within", choices.url(within=term.slug)) if inside else None
    return Column(term.slug, term.name, toggle)


def _within(outcomes: TermTree, choices: MapChoices) -> Link | None:
    if not choices.within:
        return None
    return Link(outcomes[choices.within].name, choices.url(within=""))


def controls_of(choices: MapChoices) -> Controls:
    """The same on the map and on a list of studies."""
    shaped = {
        name: value
        for name, value in choices.params().items()
        if name in ("cohort", "outcome", "direction", "within")
    }
    kept = [*shaped.items(), *(("open", slug) for slug in choices.opened)]
    return Controls(
        action=GAPS,
        kept=kept,
        countries=[
            Option("", "Any country", selected=not choices.country),
            Option(ENGLAND, "England", selected=choices.country == ENGLAND),
        ],
        evidence=[Option(COMPARED, "Compared with a similar group only", selected=bool(choices.evidence))],
        forecasts=[Option(WITHOUT, "Leave out forecasts", selected=bool(choices.forecasts))],
        all_url=choices.url(country="", evidence="", forecasts="") if choices.is_narrowed else "",
    )
