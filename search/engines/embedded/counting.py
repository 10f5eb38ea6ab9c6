"""Facet counts: each facet ignores its own selection, none is cut short, and rows count as one.

Facets without a selection of their own are counted over the very query, all in one pass; each selected one needs
a pass of its own. Over rows, an aggregation is exact while every other chosen dimension has one value; with several
an entry with two matching rows would count twice, so each value is then asked for by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import tantivy
from tantivy import Query

from search.engine import FacetValue, PracticeQuery
from search.engines.embedded.fields import BETWEEN_VALUES, row_field
from search.engines.embedded.queries import among, chosen_in, narrowed, narrowing
from search.facets import FACETS, Facet, in_reading_order

MOST_BUCKETS = 20_000


def facet_counts(
    searcher: tantivy.Searcher, matching: Query, query: PracticeQuery
) -> dict[str, tuple[FacetValue, ...]]:
    """Counts of the wanted facets by param."""
    passes: dict[str, list[str]] = defaultdict(list)
    for param in query.facets:
        passes[param if query.filters.get(param) else ""].append(param)
    raw: dict[str, dict[str, int]] = {}
    for own, params in passes.items():
        scope = narrowed(matching, narrowing(query, without=own))
        raw |= _one_pass(searcher, scope, params, query.filters)
    return {param: _values(param, raw[param], query) for param in query.facets}


def _values(param: str, counts: Mapping[str, int], query: PracticeQuery) -> tuple[FacetValue, ...]:
    selected = tuple(query.filters.get(param, ()))
    ordered = in_reading_order(param, counts, selected)
    return tuple(FacetValue(value, count, value in selected) for value, count in ordered)


def _one_pass(
    searcher: tantivy.Searcher, scope: Query, params: Sequence[str], filters: Mapping[str, tuple[str, ...]]
) -> dict[str, dict[str, int]]:
    fields = {param: _field(FACETS[param], filters) for param in params}
    wanted = {param: {"terms": {"field": field, "size": MOST_BUCKETS}} for param, field in fields.items()}
    answer = searcher.aggregate(scope, wanted)
    found = {}
    for param in params:
        buckets = {str(b["key"]): int(b["doc_count"]) for b in answer[param]["buckets"]}
        found[param] = _row_counts(searcher, scope, FACETS[param], buckets, filters)
    return found


def _dimensions(facet: Facet, filters: Mapping[str, Any]) -> tuple[str, ...]:
    assert facet.row is not None
    chosen = chosen_in(facet.row, filters)
    return tuple(d for d in facet.row.dimensions if d == facet.param or d in chosen)


def _field(facet: Facet, filters: Mapping[str, Any]) -> str:
    return facet.param if facet.row is None else row_field(_dimensions(facet, filters))


def _row_counts(
    searcher: tantivy.Searcher,
    scope: Query,
    facet: Facet,
    buckets: dict[str, int],
    filters: Mapping[str, tuple[str, ...]],
) -> dict[str, int]:
    """Counts by value of this dimension from counts by combination."""
    if facet.row is None:
        return buckets
    dimensions = _dimensions(facet, filters)
    own = dimensions.index(facet.param)
    counts: dict[str, int] = {}
    for key, count in buckets.items():
        values = key.split(BETWEEN_VALUES)
        if all(place == own or value in filters[dimensions[place]] for place, value in enumerate(values)):
            counts[values[own]] = count
    others = [filters[dimension] for dimension in dimensions if dimension != facet.param]
    if all(len(set(chosen)) == 1 for chosen in others):
        return counts
    return {value: _exactly(searcher, scope, dimensions, own, value, others) for value in counts}


def _exactly(
    searcher: tantivy.Searcher,
    scope: Query,
    dimensions: Sequence[str],
    own: int,
    value: str,
    others: Sequence[Sequence[str]],
) -> int:
    combined = [(*chosen[:own], value, *chosen[own:]) for chosen in product(*others)]
    held = among(row_field(dimensions), [BETWEEN_VALUES.join(values) for values in combined])
    return count_of(searcher, narrowed(scope, [(tantivy.Occur.Must, held)]))


def count_of(searcher: tantivy.Searcher, wanted: Query) -> int:
    found: Any = searcher.search(wanted, limit=1, count=True)
    return int(found.count)
