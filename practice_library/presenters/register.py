"""The register of a model: who is confirmed to run it, apart from what is only known from older accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from website.components.shapes import Option
from website.places.choices import Region

from ..choices import State
from ..partial_dates import in_words
from . import links
from .hexagons import HexMap, hex_map
from .links import Link
from .status import is_confirmed, status_sentence

if TYPE_CHECKING:
    from ..selectors.registers import RegisterFacts
    from ..selectors.runs import PlaceRun

CONFIRMED, PLANNED, HISTORICAL, STOPPED = "confirmed", "planned", "historical", "stopped"
#: Each with its heading, its mark on the map and what the map says of an authority. What comes first wins on the map.
GROUPS = {
    CONFIRMED: ("Confirmed in the last 24 months", "●", "confirmed in the last 24 months"),
    PLANNED: ("Planned or proposed", "+", "planned or proposed"),
    HISTORICAL: ("Historical accounts", "○", "historical account, not confirmed since"),
    STOPPED: ("Stopped", "×", "stopped"),
}
MARKS = {name: (mark, word) for name, (_, mark, word) in GROUPS.items()}
NOTES = {
    CONFIRMED: "A source of the last 24 months says that it runs or is being tested.",
    PLANNED: "A source of the last 24 months says that it is planned or proposed.",
    HISTORICAL: "Older accounts and accounts without a date. Whether it still runs there is not known.",
    STOPPED: "With the reason where a source gives one.",
}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One place that ran the model."""

    place: Link
    region: str
    account: Link
    variant: str
    since: str
    status: str
    stop_reason: str


@dataclass(frozen=True, slots=True)
class RegisterGroup:
    """Places of one standing."""

    name: str
    heading: str
    mark: str
    note: str
    has_reasons: bool
    rows: Sequence[RegisterRow]


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The register in words."""

    title: str
    model_url: str
    url: str
    groups: Sequence[RegisterGroup]
    number: int
    number_in_all: int
    regions: Sequence[Option]
    areas: Sequence[Option]
    narrowed: str
    map: HexMap | None
    on_the_map: str


def register_view(facts: RegisterFacts, *, region: str, today: dt.date) -> RegisterView:
    """Sort places by what is known of them today; `region` and the areas alike narrow list and map together."""
    runs = [run for run in facts.runs if _belongs(run, region, facts.alike)]
    grouped: dict[str, list[PlaceRun]] = {name: [] for name in GROUPS}
    for run in runs:
        grouped[standing(run, today)].append(run)
    states = {
        run.lead_id: name for name in reversed(GROUPS) for run in grouped[name] if run.lead_id is not None
    }
    shown = sum(cell.pk in states and cell.column is not None for cell in facts.authorities)
    return RegisterView(
        title=facts.title,
        model_url=facts.url,
        url=links.register(facts.slug),
        groups=[_group(name, rows, today) for name, rows in grouped.items()],
        number=len(runs),
        number_in_all=len(facts.runs),
        regions=[Option(value, str(name), selected=value == region) for value, name in Region.choices],
        areas=[Option(cell.slug, cell.name, selected=cell.slug == facts.like) for cell in facts.authorities],
        narrowed=_narrowed(facts, region),
        map=hex_map(facts.authorities, states, MARKS),
        on_the_map=links.counted(shown, "authority", "authorities"),
    )


def standing(run: PlaceRun, today: dt.date) -> str:
    """What is known of a place today. An old report that something runs or is planned is history."""
    if run.status == State.STOPPED:
        return STOPPED
    if not is_confirmed(run.status_as_at, today):
        return HISTORICAL
    if run.status in (State.RUNNING, State.SCALED, State.TESTING):
        return CONFIRMED
    return PLANNED if run.status in (State.PLANNED, State.PROPOSED) else HISTORICAL


def _belongs(run: PlaceRun, region: str, alike: frozenset[int] | None) -> bool:
    return (not region or run.region == region) and (alike is None or run.lead_id in alike)


def _narrowed(facts: RegisterFacts, region: str) -> str:
    said = [str(Region(region).label)] if region else []
    said += [
        f"areas like {cell.name}" for cell in facts.authorities if facts.like and cell.slug == facts.like
    ]
    return ", ".join(said)


def _group(name: str, runs: Sequence[PlaceRun], today: dt.date) -> RegisterGroup:
    heading, mark, _ = GROUPS[name]
    return RegisterGroup(
        name, heading, mark, NOTES[name], name == STOPPED, [_row(run, today) for run in runs]
    )


def _row(run: PlaceRun, today: dt.date) -> RegisterRow:
    start, end = (in_words(date) if date else "" for date in (run.start, run.end))
    return RegisterRow(
        place=Link(
            run.place or "Several places or none named",
            links.place(run.lead_slug, run.lead_kind) if run.lead_slug else "",
        ),
        region=str(Region(run.region).label) if run.region else run.country,
        account=Link(run.title, run.url),
        variant=run.variant,
        since=f"{start} to {end}" if start and end else f"Until {end}" if end else start,
        status=status_sentence(run.status, run.status_as_at, today),
        stop_reason=run.stop_reason,
    )
