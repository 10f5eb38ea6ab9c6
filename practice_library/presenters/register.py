"""The register of a model: who is confirmed to run it, apart from what is only known from older accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from website.components.shapes import Option
from website.places.choices import Region

from ..choices import State
from ..partial_dates import in_words
from ..status_words import is_recent
from . import links
from .hexagons import HexMap, hex_map
from .links import Link
from .status import status_sentence

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
    """One place that ran the model. `role` is empty for the lead; `also` are those it delivered it with besides."""

    place: Link
    role: str
    region: str
    account: Link
    variant: str
    since: str
    status: str
    stop_reason: str
    also: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Part:
    """One organisation's part in a case study. `pk` is None where nobody leads; `role` is empty for the lead."""

    run: PlaceRun
    pk: int | None
    slug: str
    region: str
    place: Link
    role: str


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
    json_url: str
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
    grouped = parts_by_standing(facts, region=region, today=today)
    states = {part.pk: name for name in reversed(GROUPS) for part in grouped[name] if part.pk is not None}
    shown = sum(cell.pk in states and cell.column is not None for cell in facts.authorities)
    return RegisterView(
        title=facts.title,
        model_url=facts.url,
        url=links.register(facts.slug),
        json_url=links.data(f"registers/{facts.slug}", region=region, like=facts.like),
        groups=[_group(name, rows, today) for name, rows in grouped.items()],
        number=number_of_runs(grouped),
        number_in_all=len(facts.runs),
        regions=[Option(value, str(name), selected=value == region) for value, name in Region.choices],
        areas=[Option(cell.slug, cell.name, selected=cell.slug == facts.like) for cell in facts.authorities],
        narrowed=_narrowed(facts, region),
        map=hex_map(facts.authorities, states, MARKS),
        on_the_map=links.counted(shown, "authority", "authorities"),
    )


def parts_by_standing(facts: RegisterFacts, *, region: str, today: dt.date) -> dict[str, list[Part]]:
    """Every part that a region and the areas alike leave, by what is known of it today."""
    grouped: dict[str, list[Part]] = {name: [] for name in GROUPS}
    for run in facts.runs:
        grouped[standing(run, today)] += [part for part in _parts(run) if _belongs(part, region, facts.alike)]
    return grouped


def number_of_runs(grouped: Mapping[str, Sequence[Part]]) -> int:
    """Case studies with at least one part among these."""
    return len({part.run.pk for parts in grouped.values() for part in parts})


def standing(run: PlaceRun, today: dt.date) -> str:
    """What is known of a place today. An old report that something runs or is planned is history."""
    if run.status == State.STOPPED:
        return STOPPED
    if not is_recent(run.status_as_at, today):
        return HISTORICAL
    if run.status in (State.RUNNING, State.SCALED, State.TESTING):
        return CONFIRMED
    return PLANNED if run.status in (State.PLANNED, State.PROPOSED) else HISTORICAL


def _parts(run: PlaceRun) -> list[Part]:
    """The lead of a case study, then the authorities that delivered it with the lead."""
    lead = Link(
        run.place or "Several places or none named",
        links.place(run.lead_slug, run.lead_kind) if run.lead_slug else "",
    )
    role = f"Delivered with {run.place}" if run.place else "Took part; no lead is named"
    partners = [
        Part(run, who.pk, who.slug, who.region, Link(who.name, links.place(who.slug, who.kind)), role)
        for who in run.partners
    ]
    return [Part(run, run.lead_id, run.lead_slug, run.region, lead, ""), *partners]


def _belongs(part: Part, region: str, alike: frozenset[int] | None) -> bool:
    return (not region or part.region == region) and (alike is None or part.pk in alike)


def _narrowed(facts: RegisterFacts, region: str) -> str:
    said = [str(Region(region).label)] if region else []
    said += [
        f"areas like {cell.name}" for cell in facts.authorities if facts.like and cell.slug == facts.like
    ]
    return ", ".join(said)


def _group(name: str, parts: Sequence[Part], today: dt.date) -> RegisterGroup:
    heading, mark, _ = GROUPS[name]
    rows = [_row(part, also, today) for part, also in _once_each(parts)]
    return RegisterGroup(name, heading, mark, NOTES[name], name == STOPPED, rows)


def _once_each(parts: Sequence[Part]) -> list[tuple[Part, list[Part]]]:
    """What each place leads, or else the first that it delivered with another, and with it all others that it did."""
    first = {part.pk: part for part in reversed(parts)} | {
        part.pk: part for part in reversed(parts) if not part.role
    }
    also: dict[int | None, list[Part]] = {}
    for part in parts:
        if part.role and part is not first[part.pk]:
            also.setdefault(part.pk, []).append(part)
    return [
        (part, also.get(part.pk, []) if part is first[part.pk] else [])
        for part in parts
        if not part.role or part is first[part.pk]
    ]


def _row(part: Part, also: Sequence[Part], today: dt.date) -> RegisterRow:
    run = part.run
    start, end = (in_words(date) if date else "" for date in (run.start, run.end))
    return RegisterRow(
        place=part.place,
        role=part.role,
        region=str(Region(part.region).label) if part.region else run.country,
        account=Link(run.title, run.url),
        variant=run.variant,
        since=f"{start} to {end}" if start and end else f"Until {end}" if end else start,
        status=status_sentence(run.status, run.status_as_at, today),
        stop_reason=run.stop_reason,
        also=[Link(each.run.place or each.run.title, each.run.url) for each in also],
    )
