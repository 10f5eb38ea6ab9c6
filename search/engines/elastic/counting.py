"""Facet counts as aggregations: own selection ignored, every value (`size` is never left at ten), rows once an entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from elasticsearch.dsl import A, Q

from search.engine import FacetValue, PracticeQuery
from search.engines.elastic.queries import filters_of, row_filters
from search.facets import FACETS, in_reading_order

MOST_BUCKETS = 10_000
UNSELECTED = "others"


def aggregations(query: PracticeQuery) -> dict[str, Any]:
    """One filter for all facets without a selection, and one for each with its own."""
    found: dict[str, Any] = {}
    for param in query.facets:
        own = param if query.filters.get(param) else ""
        name = own or UNSELECTED
        if name not in found:
            found[name] = A("filter", filter=Q("bool", filter=filters_of(query, without=own)))
        found[name].bucket(param, _counting(param, query))
    return found


def _counting(param: str, query: PracticeQuery) -> Any:
    row = FACETS[param].row
    if row is None:
        return A("terms", field=param, size=MOST_BUCKETS)
    chosen = {other: [v for v in values if v] for other, values in query.filters.items()}
    same_row = A("filter", filter=Q("bool", filter=row_filters(row, chosen, without=param)))
    values = A("terms", field=f"{row.name}.{param}", size=MOST_BUCKETS)
    values.bucket("entries", A("reverse_nested"))
    same_row.bucket("values", values)
    nested = A("nested", path=row.name)
    nested.bucket("row", same_row)
    return nested


def facet_counts(answer: Mapping[str, Any], query: PracticeQuery) -> dict[str, tuple[FacetValue, ...]]:
    found = {}
    for param in query.facets:
        selected = tuple(query.filters.get(param, ()))
        scope = answer[param if selected else UNSELECTED][param]
        if FACETS[param].row is None:
            counts = {bucket["key"]: bucket["doc_count"] for bucket in scope["buckets"]}
        else:
            counts = {b["key"]: b["entries"]["doc_count"] for b in scope["row"]["values"]["buckets"]}
        ordered = in_reading_order(param, counts, selected)
        found[param] = tuple(FacetValue(value, count, value in selected) for value, count in ordered)
    return found
