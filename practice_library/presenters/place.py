"""Pages of places: the list of authorities, and one authority or organisation with its practice and its gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from website.places.choices import Region

from ..linked_data import organisation_data
from ..partial_dates import in_words
from ..selectors.places import MOST_KINDRED
from . import links
from .area import CONTEXT_ONLY, AreaInFigures, JudgementView, area_in_figures, judgement_view
from .kindred import KindredItem, item
from .links import Count, Link
from .lists import EntryItem, entry_item

if TYPE_CHECKING:
    from website.places.models import Organisation

    from ..selectors.definitions import Definition
    from ..selectors.lists import EntryRow
    from ..selectors.places import ModelNearby, PlaceFacts


#: Models of areas alike that the page of an authority names; their search has them all.
MOST_NEARBY = 12


@dataclass(frozen=True, slots=True)
class AuthorityItem:
    """One authority in the list."""

    name: str
    url: str
    count: Count
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegionList:
    """The authorities of a region."""

    name: str
    slug: str
    authorities: Sequence[AuthorityItem]


@dataclass(frozen=True, slots=True)
class AuthorityList:
    """Authorities by region, former ones apart."""

    regions: Sequence[RegionList]
    former: Sequence[AuthorityItem]
    options: Sequence[Link]
    named: str
    total: int
    is_narrowed: bool


@dataclass(frozen=True, slots=True)
class StageOfNeed:
    """What a place does at one stage of need; nothing if nothing is known."""

    name: str
    anchor: str
    entries: Sequence[EntryItem]
    more: Count | None = None


@dataclass(frozen=True, slots=True)
class NeighbourItem:
    """An authority that is statistically like another."""

    name: str
    url: str
    count: Count


@dataclass(slots=True)
class PlaceView:
    """An authority or organisation in words."""

    name: str
    full_name: str
    is_authority: bool
    kind: str
    facts: Sequence[tuple[str, Sequence[Link]]]
    standing: str
    number: int
    search_url: str
    stages: Sequence[StageOfNeed]
    without_stage: StageOfNeed | None
    gaps: int
    entries: Sequence[EntryItem]
    neighbours: Sequence[NeighbourItem]
    nearby: Sequence[ModelNearby]
    more_nearby: int
    kindred: Sequence[KindredItem]
    kindred_url: str
    like_url: str
    definitions: Sequence[Definition]
    area: AreaInFigures | None
    judgement: JudgementView | None
    url: str
    json_url: str
    json_ld: SafeString
    of_judgements: str = CONTEXT_ONLY


def authority_list(
    found: Sequence[Organisation], numbers: Mapping[int, int], *, region: str, named: str
) -> AuthorityList:
    """By region in alphabetical order."""
    current = [each for each in found if not each.is_former]
    by_region = [
        RegionList(
            each.label, each.value, [_authority(a, numbers) for a in current if a.region == each.value]
        )
        for each in Region
    ]
    return AuthorityList(
        regions=[each for each in by_region if each.authorities],
        former=[_authority(each, numbers) for each in found if each.is_former],
        options=[Link(each.label, each.value, "selected" if each.value == region else "") for each in Region],
        named=named,
        total=len(current),
        is_narrowed=bool(region or named),
    )


def _authority(authority: Organisation, numbers: Mapping[int, int]) -> AuthorityItem:
    until = f"until {authority.end.year}" if authority.is_former and authority.end else ""
    return AuthorityItem(
        authority.short_name,
        links.place(authority.slug, authority.kind),
        Count(numbers.get(authority.pk, 0), links.search(authority=authority.slug)),
        until,
    )


def place_view(facts: PlaceFacts, *, url: str, today: dt.date) -> PlaceView:
    """Put a place into words."""
    place = facts.organisation
    items = {
        row.pk: entry_item(row, today=today, place=row.lead_id != place.pk, kind=False)
        for row in facts.practice.rows.values()
    }

    def at(key: int | None, name: str, slug: str, **chosen: str) -> StageOfNeed:
        held = facts.practice.by_stage.get(key, [])
        shown = [items[pk] for pk in held if pk in items]
        more = (
            Count(len(held), links.search(authority=place.slug, **chosen)) if len(held) > len(shown) else None
        )
        return StageOfNeed(name, f"stage-{slug}", shown, more)

    stages = [at(stage.pk, stage.name, stage.slug, stage=stage.slug) for stage in facts.stages]
    without = at(None, "Stage of need not reported", "not-reported") if place.is_authority else None
    return PlaceView(
        name=place.short_name,
        full_name=place.legal_name if place.legal_name != place.short_name else "",
        is_authority=place.is_authority,
        kind=place.get_kind_display(),
        facts=_facts(facts),
        standing=_standing(facts),
        number=len(facts.practice.entries),
        search_url=links.search(authority=place.slug) if place.is_authority else "",
        stages=stages,
        without_stage=without if without and without.entries else None,
        gaps=sum(not stage.entries for stage in stages),
        entries=[items[row.pk] for row in _led_first(facts.practice.rows.values(), place.pk)],
        neighbours=[
            NeighbourItem(
                each.short_name,
                links.place(each.slug, each.kind),
                Count(facts.entries_of_neighbours.get(each.pk, 0), links.search(authority=each.slug)),
            )
            for each in facts.neighbours
        ],
        nearby=facts.models_of_neighbours[:MOST_NEARBY],
        more_nearby=max(len(facts.models_of_neighbours) - MOST_NEARBY, 0),
        kindred=[item(row) for row in facts.kindred[:MOST_KINDRED]],
        kindred_url=f"/kindred/?authority={place.slug}" if len(facts.kindred) > MOST_KINDRED else "",
        like_url=links.search(like=place.slug) if facts.neighbours else "",
        definitions=facts.definitions,
        area=area_in_figures(place, facts.neighbours, facts.figures),
        judgement=judgement_view(facts.judgement) if facts.judgement else None,
        url=url,
        json_url=links.data(f"authorities/{place.slug}") if place.is_authority else "",
        json_ld=organisation_data(place, url=url),
    )


def _led_first(rows: Iterable[EntryRow], place: int) -> list[EntryRow]:
    return sorted(rows, key=lambda row: row.lead_id != place)


def _facts(facts: PlaceFacts) -> list[tuple[str, list[Link]]]:
    place = facts.organisation
    rows: list[tuple[str, list[Link]]] = []
    if place.region:
        rows.append(("Region", [Link(place.get_region_display(), f"/authorities/?region={place.region}")]))
    if facts.successors:
        rows.append(("Followed by", [_to(each) for each in facts.successors]))
    if facts.predecessors:
        rows.append(("Took over from", [_to(each) for each in facts.predecessors]))
    if place.ons_code:
        rows.append(("ONS code", [Link(place.ons_code)]))
    if place.website:
        rows.append(("Website", [Link(place.website, f"https://{place.website}/")]))
    return rows


def _to(place: Organisation) -> Link:
    return Link(place.short_name, links.place(place.slug, place.kind))


def _standing(facts: PlaceFacts) -> str:
    """What a reader has to know first: that it no longer exists, or only from a day to come."""
    place = facts.organisation
    if place.is_former and place.end:
        return f"It existed until {in_words(place.end.isoformat())}. What it did stays here under its name."
    if place.end:
        return f"It will be replaced on {in_words(place.end.isoformat())}."
    return ""
