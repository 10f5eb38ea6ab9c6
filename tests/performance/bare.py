"""The engines alone: the least that answers the same question, without our ranking, marking or typo repair."""

from __future__ import annotations

import json
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.analysis import stems
from search.engine import PracticeQuery
from search.engines.embedded.fields import SCHEMA, row_field
from search.engines.embedded.queries import live, narrowed, narrowing
from search.engines.embedded.storage import Storage
from search.facets import FACETS


def bare_tantivy(index_dir: Any, query: PracticeQuery) -> Any:
    """Words OR, the same filters, counts of every facet in one aggregation and 20 stored entries."""
    searcher = Storage(index_dir).searcher()
    words = [(Occur.Should, Query.term_query(SCHEMA, "text", stem)) for stem in stems(query.text)]
    wanted = narrowed(Query.boolean_query(words) if words else live(), narrowing(query))
    fields = {param: row_field((param,)) if facet.row else param for param, facet in FACETS.items()}
    aggregation = {param: {"terms": {"field": field, "size": 20_000}} for param, field in fields.items()}

    def act() -> int:
        found = searcher.search(wanted, limit=query.size, offset=query.offset, count=True)
        searcher.aggregate(wanted, aggregation)
        return sum(len(_card(searcher, address)) for _, address in found.hits)

    return act


def _card(searcher: tantivy.Searcher, address: Any) -> dict[str, Any]:
    stored: Any = searcher.doc(address)
    return dict(json.loads(stored.get_first("card")))
