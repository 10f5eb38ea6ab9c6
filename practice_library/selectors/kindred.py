"""Kindred pairs: of one entry, for its page and the API, and all of them, for the list. One query each."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from website.audit.models import AuditEntry

from ..choices import KindredRelation, KindredState
from ..models import Entry, KindredPair
from .compiled import ENTRY, NOW, CompiledQuery
from .links import LinkRow
from .runs import address_of


@dataclass(frozen=True, slots=True)
class KindredSide:
    """One of the two, with its result where that is what differs."""

    uid: str
    title: str
    url: str
    place: str
    place_slug: str
    direction: str


@dataclass(frozen=True, slots=True)
class KindredRow:
    """A pair as it is read from `own`, the entry that was asked about, or the first of the two in lists."""

    pk: int
    relation: str
    score: float
    phrases: tuple[str, ...]
    terms: tuple[dict[str, str], ...]
    outcome: str
    own: KindredSide
    other: KindredSide


def kindred_of(entry_id: int) -> list[KindredRow]:
    """What is kindred to an entry, the nearest first."""
    rows = [_row(row) for row in _OF_ENTRY.rows(entry_id)]
    return sorted(rows, key=lambda row: (-row.score, row.other.title, row.pk))


def from_links(rows: Iterable[LinkRow]) -> list[KindredRow]:
    """Those of an entry's page, which come with everything else that the entry names."""
    found = []
    for row in rows:
        relation, reasons, place, results, here = row.facts
        outcome, own, other = results.rsplit("|", 2)
        told = json.loads(reasons)
        found.append(
            KindredRow(
                row.number or 0,
                relation,
                -row.position / 10_000,
                tuple(told["phrases"]),
                tuple(told["terms"]),
                outcome,
                KindredSide("", "", "", here, "", own),
                KindredSide("", row.title, address_of(row.address), place, "", other),
            )
        )
    return found


def kindred_of_uid(uid: uuid.UUID, *, user: Any) -> list[KindredRow] | None:
    """The same by public id; None where this person may read none of that id."""
    pk = Entry.objects.readable_by(user).filter(uid=uid).values_list("pk", flat=True).first()
    return None if pk is None else kindred_of(pk)


def kindred_of_place(slug: str, *, most: int) -> list[KindredRow]:
    """What is kindred to the work that a place leads, the nearest first; `own` is of that place."""
    shown = KindredPair.objects.shown().filter(relation=KindredRelation.SAME_IDEA)
    lead = "casestudypage__lead_organisation__slug"
    first = _columns(shown.filter(**{f"left__{lead}": slug}), "left", "right")
    second = _columns(shown.filter(**{f"right__{lead}": slug}), "right", "left")
    return [_row(row) for row in first.union(second, all=True).order_by("-k_score", "k_pk")[:most]]


def all_kindred(*, relation: str, place: str) -> tuple[int, QuerySet[Any]]:
    """How many pairs there are, and their rows, the nearest first. `place` is the slug of an organisation or empty."""
    pairs = KindredPair.objects.shown()
    if relation in KindredRelation.values:
        pairs = pairs.filter(relation=relation)
    if place:
        lead = "casestudypage__lead_organisation__slug"
        pairs = pairs.filter(**{f"left__{lead}": place}) | pairs.filter(**{f"right__{lead}": place})
    return pairs.count(), _columns(pairs, "left", "right").order_by("-k_score", "k_pk")


def dismissed() -> QuerySet[KindredPair]:
    """Pairs that an editor said are not the same idea, the newest first: for the CMS alone."""
    pairs = KindredPair.objects.filter(state=KindredState.DISMISSED)
    return pairs.select_related("left", "right").order_by("-pk")


def reasons_of(pairs: Iterable[KindredPair]) -> dict[int, str]:
    """Why each pair was dismissed, as the audit keeps it."""
    keys = [str(pair.pk) for pair in pairs]
    acts = AuditEntry.objects.filter(
        object_type=KindredPair._meta.label_lower, object_key__in=keys, action="kindred_pair.dismissed"
    )
    told = acts.order_by("at", "pk").values_list("object_key", "detail")
    return {int(key): detail.get("reason", "") for key, detail in told}


def rows_of(pairs: QuerySet[Any]) -> list[KindredRow]:
    return [_row(row) for row in pairs]


def _columns(pairs: QuerySet[KindredPair], own: str, other: str) -> QuerySet[Any]:
    """Every column computed, so that a union keeps their order."""
    columns: dict[str, Any] = {
        "k_pk": F("pk") + 0,
        "k_relation": Coalesce(F("relation"), Value("")),
        "k_score": F("score") + 0.0,
        "k_reasons": F("reasons"),
        "k_outcome": Coalesce(f"{own}_result__outcome__name", Value("")),
    }
    for name, side in (("own", own), ("other", other)):
        lead = f"{side}__casestudypage__lead_organisation"
        columns |= {
            f"k_{name}_uid": F(f"{side}__uid"),
            f"k_{name}_title": F(f"{side}__title"),
            f"k_{name}_path": F(f"{side}__url_path"),
            f"k_{name}_place": Coalesce(f"{lead}__short_name", Value("")),
            f"k_{name}_slug": Coalesce(f"{lead}__slug", Value("")),
            f"k_{name}_direction": Coalesce(f"{side}_result__direction", Value("")),
        }
    return pairs.order_by().annotate(**columns).values_list(*columns)


def _row(row: tuple[Any, ...]) -> KindredRow:
    pk, relation, score, reasons, outcome, *sides = row
    told = json.loads(reasons) if isinstance(reasons, str) else reasons
    own, other = (
        KindredSide(str(uuid.UUID(str(side[0]))), side[1], address_of(side[2]), *side[3:])
        for side in (sides[:6], sides[6:])
    )
    return KindredRow(pk, relation, score, tuple(told["phrases"]), tuple(told["terms"]), outcome, own, other)


def _of_entry() -> QuerySet[Any]:
    shown = KindredPair.objects.shown(at=NOW)
    first = _columns(shown.filter(left=ENTRY), "left", "right")
    return first.union(_columns(shown.filter(right=ENTRY), "right", "left"), all=True)


_OF_ENTRY = CompiledQuery(_of_entry)
