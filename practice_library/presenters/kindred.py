"""Kindred work in words: which two, and what both say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .. import labels
from ..choices import KindredRelation
from ..selectors.kindred import KindredRow, KindredSide
from . import links
from .links import Link

NEAREST = 5
PAGE = 20


@dataclass(frozen=True, slots=True)
class KindredItem:
    """A pair. `own` is not repeated on the page of that entry."""

    pk: int
    own: Link
    other: Link
    phrases: str
    terms: str
    result: str


@dataclass(frozen=True, slots=True)
class KindredPart:
    """One section of an entry's page: the nearest, and the rest folded."""

    heading: str
    anchor: str
    nearest: Sequence[KindredItem]
    rest: Sequence[KindredItem]


@dataclass(frozen=True, slots=True)
class KindredList:
    """A page of all pairs."""

    heading: str
    total: int
    items: Sequence[KindredItem]
    differs: bool
    kinds: Sequence[Link]
    place: str
    previous: str
    following: str


def item(row: KindredRow) -> KindredItem:
    return KindredItem(
        pk=row.pk,
        own=_link(row.own),
        other=_link(row.other),
        phrases=", ".join(f"“{phrase}”" for phrase in row.phrases),
        terms="; ".join(term["label"] for term in row.terms),
        result=_result(row) if row.relation == KindredRelation.DIFFERS else "",
    )


def parts_of(rows: Sequence[KindredRow]) -> list[KindredPart]:
    """The sections of an entry's page that hold something."""
    found = []
    for relation in KindredRelation:
        items = [item(row) for row in rows if row.relation == relation]
        if items:
            found.append(KindredPart(relation.label, relation.value, items[:NEAREST], items[NEAREST:]))
    return found


def kindred_list(
    rows: Sequence[KindredRow], *, total: int, relation: str, place: str, page: int
) -> KindredList:
    kinds = [
        Link(each.label, _address(each.value, place, 1), "current" if each.value == relation else "")
        for each in KindredRelation
    ]
    return KindredList(
        heading=KindredRelation(relation).label,
        total=total,
        items=[item(row) for row in rows],
        differs=relation == KindredRelation.DIFFERS,
        kinds=kinds,
        place=place,
        previous=_address(relation, place, page - 1) if page > 1 else "",
        following=_address(relation, place, page + 1) if page * PAGE < total else "",
    )


def _address(relation: str, place: str, page: int) -> str:
    given = {"relation": relation if relation != KindredRelation.SAME_IDEA else "", "authority": place}
    given["page"] = str(page) if page > 1 else ""
    search = links.search(**given)
    return search.replace(links.SEARCH, "/kindred/", 1)


def _link(side: KindredSide) -> Link:
    return Link(side.title, side.url, side.place)


def _result(row: KindredRow) -> str:
    words = [labels.DIRECTION[side.direction] for side in (row.own, row.other) if side.direction]
    if len(words) < 2:
        return ""
    here, there = (side.place or side.title for side in (row.own, row.other))
    return f"{row.outcome}: {links.in_sentence(words[0])} in {here}, {links.in_sentence(words[1])} in {there}"
