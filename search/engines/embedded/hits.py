"""From addresses to hits: stored cards, the reasons for each match, and places folded under their model."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import tantivy
from tantivy import Query

from search.engine import Hit, PracticeQuery
from search.engines.embedded.fields import unpacked
from search.engines.embedded.queries import among
from search.folding import FOLD_AT_MOST, FOLDED_SHOWN, Candidate, fold, page_of
from search.highlighting import Highlighter, marker_for
from search.matching import Plan

Address = tantivy.DocAddress


def hit_at(searcher: tantivy.Searcher, address: Address, score: float, marker: Highlighter | None) -> Hit:
    stored: Any = searcher.doc(address)
    why = marker.why(unpacked(stored.get_first("parts"))) if marker else ()
    return Hit(stored.get_first("uid"), float(score), json.loads(stored.get_first("card")), why)


def folded_hits(
    searcher: tantivy.Searcher, found: Any, query: PracticeQuery, plan: Plan
) -> tuple[list[Hit], int]:
    """Groups on this page, and how many there are: exact for the first few thousand entries."""
    addresses = [address for _, address in found.hits]
    groups = searcher.fast_field_values("group", addresses)
    models = searcher.fast_field_values("is_model", addresses)
    alone = _entries_of(searcher, [mention.slug for mention in plan.places])
    ranked = plan.order(query.sort) is None
    candidates = [
        Candidate(
            address,
            float(score) if ranked else 0.0,
            group,
            bool(model),
            bool(alone) and _at(address) in alone,
        )
        for (score, address), group, model in zip(found.hits, groups, models, strict=True)
    ]
    folds = fold(candidates)
    marker = marker_for(query, plan)
    hits = []
    for one in page_of(folds, query.offset, query.size):
        head = hit_at(searcher, one.head.ref, one.head.score, marker)
        members = [hit_at(searcher, member.ref, member.score, None) for member in one.members[:FOLDED_SHOWN]]
        hits.append(Hit(head.uid, head.score, head.fields, head.why, tuple(members), len(one.members)))
    return hits, len(folds) + max(0, found.count - len(candidates))


def _entries_of(searcher: tantivy.Searcher, slugs: Sequence[str]) -> frozenset[tuple[int, int]]:
    """Where the entries of these authorities are; nowhere when the query names none."""
    if not slugs:
        return frozenset()
    found = searcher.search(among("authority", slugs), limit=FOLD_AT_MOST, count=False)
    return frozenset(_at(address) for _, address in found.hits)


def _at(address: Address) -> tuple[int, int]:
    return (address.segment_ord, address.doc)


def newest_version(searcher: tantivy.Searcher, uid_query: Query) -> int:
    """The newest version known, alive or dead; -1 if the uid was never seen."""
    found = searcher.search(uid_query, limit=8, count=False).hits
    versions = searcher.fast_field_values("version", [address for _, address in found])
    return max((int(version) for version in versions if version is not None), default=-1)


def newest_of_all(searcher: tantivy.Searcher) -> int:
    """The newest version of any entry, alive or dead; 0 in an empty index."""
    found: Any = searcher.aggregate(Query.all_query(), {"newest": {"max": {"field": "version"}}})
    return int(found["newest"]["value"] or 0)


def uids_in_order(searcher: tantivy.Searcher, wanted: Query, total: int, order: str | None) -> Iterator[str]:
    """Read one by one as they are asked for: only their addresses are held."""
    found = searcher.search(wanted, limit=max(total, 1), count=False, order_by_field=order).hits
    return (str(_first(searcher, address, "uid")) for _, address in found)


def scores_by_uid(searcher: tantivy.Searcher, wanted: Query, most: int) -> dict[str, float]:
    """The best, in order."""
    found = searcher.search(wanted, limit=most, count=False).hits
    return {str(_first(searcher, address, "uid")): float(score) for score, address in found}


def _first(searcher: tantivy.Searcher, address: Address, field: str) -> Any:
    stored: Any = searcher.doc(address)
    return stored.get_first(field)


def uids_and_versions(searcher: tantivy.Searcher, wanted: Query) -> Iterator[tuple[str, int]]:
    found = searcher.search(wanted, limit=max(searcher.num_docs, 1), count=False).hits
    for _, address in found:
        stored: Any = searcher.doc(address)
        yield stored.get_first("uid"), stored.get_first("version")


def uids_and_fingerprints(searcher: tantivy.Searcher, wanted: Query) -> Iterator[tuple[str, str]]:
    found = searcher.search(wanted, limit=max(searcher.num_docs, 1), count=False).hits
    for _, address in found:
        stored: Any = searcher.doc(address)
        yield stored.get_first("uid"), json.loads(stored.get_first("card")).get("fingerprint", "")
