"""The engines without the search service: a query made beforehand goes straight to tantivy or Elasticsearch.

What comes back is what a page of results needs: a total, twenty hits with their stored cards, the same passages
marked by the same highlighter, and the same facets in the same passes. The service adds understanding of the words,
planning, typing repair, facet values in reading order, and what the database says may be seen.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import tantivy

from search.engine import PracticeQuery
from search.facets import FACETS
from search.highlighting import marker_for
from search.matching import plan_of
from search.vocabulary import current_vocabulary
from tests.performance.questions import Question

Bare = Callable[[Question], object]


def understood(question: Question) -> PracticeQuery:
    """The query as the service would hand it to the engine."""
    return question.query(expansions=current_vocabulary().book.understand(question.text))


def bare_tantivy(engine: Any) -> Bare:
    """tantivy alone: search, count, stored cards, marks, facets."""
    from search.engines.embedded.hits import hit_at
    from search.engines.embedded.queries import matching, narrowed, narrowing

    prepared: dict[Question, tuple[Any, ...]] = {}

    def prepare(question: Question) -> tuple[Any, ...]:
        query = understood(question)
        searcher, stamp = engine._storage.searcher_and_stamp()
        plan = engine._plan(query, searcher, stamp)
        wanted = matching(plan)
        narrow = narrowed(wanted, narrowing(query))
        if not searcher.search(narrow, limit=1, count=True).count and plan.can_relax:
            plan = plan.relaxed()
            wanted = matching(plan)
            narrow = narrowed(wanted, narrowing(query))
        return query, searcher, plan, wanted, narrow, marker_for(query, plan)

    def ask(question: Question) -> object:
        if question not in prepared:
            prepared[question] = prepare(question)
        query, searcher, plan, wanted, narrow, marker = prepared[question]
        order = plan.order(query.sort)
        found = searcher.search(
            narrow, limit=query.size, offset=query.offset, count=True, order_by_field=order
        )
        hits = [hit_at(searcher, address, score, marker) for score, address in found.hits]
        return hits, _counted(searcher, wanted, query)

    return ask


def _counted(searcher: tantivy.Searcher, wanted: tantivy.Query, query: PracticeQuery) -> list[Any]:
    """Raw buckets: one pass for the facets without a choice of their own, one for each with one."""
    from search.engines.embedded.counting import MOST_BUCKETS, _field
    from search.engines.embedded.queries import narrowed, narrowing

    passes: dict[str, dict[str, Any]] = {}
    for param in query.facets:
        terms = {"terms": {"field": _field(FACETS[param], query.filters), "size": MOST_BUCKETS}}
        passes.setdefault(param if query.filters.get(param) else "", {})[param] = terms
    return [
        searcher.aggregate(narrowed(wanted, narrowing(query, without=own)), aggregations)
        for own, aggregations in passes.items()
    ]


def stock_tantivy(engine: Any) -> Bare:
    """The same with tantivy's own snippets instead of our marks: what one would write first."""
    from search.documents.schema import BETWEEN_PIECES
    from search.engines.embedded.fields import SCHEMA, unpacked
    from search.engines.embedded.queries import matching, narrowed, narrowing

    prepared: dict[Question, tuple[Any, ...]] = {}

    def ask(question: Question) -> object:
        if question not in prepared:
            query = understood(question)
            searcher, stamp = engine._storage.searcher_and_stamp()
            wanted = matching(engine._plan(query, searcher, stamp))
            narrow = narrowed(wanted, narrowing(query))
            snippets = tantivy.SnippetGenerator.create(searcher, wanted, SCHEMA, "text")
            prepared[question] = query, searcher, wanted, narrow, snippets
        query, searcher, wanted, narrow, snippets = prepared[question]
        found = searcher.search(narrow, limit=query.size, offset=query.offset, count=True)
        hits = []
        for _, address in found.hits:
            stored = searcher.doc(address)
            text = tantivy.Document()
            for part in unpacked(stored.get_first("parts")).values():
                for piece in part.split(BETWEEN_PIECES):
                    text.add_text("text", piece)
            hits.append((json.loads(stored.get_first("card")), snippets.snippet_from_doc(text).to_html()))
        return hits, _counted(searcher, wanted, query)

    return ask


def bare_elasticsearch(engine: Any, url: str) -> Bare:
    """One HTTP request with a body made beforehand, its JSON read, the marks set; no client library."""
    from search.engines.elastic.engine import _request

    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "localhost", address.port or 9200, timeout=30)
    index = engine._connection.read
    prepared: dict[Question, tuple[bytes, Any]] = {}

    def body_of(question: Question) -> tuple[bytes, Any]:
        query = understood(question)
        plan = plan_of(query, lambda: engine._lexicon)
        request = _request(query, plan)
        request["_source"] = request.pop("source")
        request["from"] = request.pop("from_")
        return json.dumps(request).encode(), marker_for(query, plan)

    def ask(question: Question) -> object:
        if question not in prepared:
            prepared[question] = body_of(question)
        body, marker = prepared[question]
        connection.request("POST", f"/{index}/_search", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        found = json.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"Elasticsearch refused the bare request: {found}")
        return [marker.why(hit["_source"]["parts"]) if marker else () for hit in found["hits"]["hits"]]

    return ask


def bare_of(engine: Any, url: str) -> Bare:
    """The bare way to this engine."""
    return bare_elasticsearch(engine, url) if engine.name == "elastic" else bare_tantivy(engine)


def bare_suggest(engine: Any) -> Bare:
    """The engine's own completion of a beginning, without terms and places from the vocabularies."""
    return lambda question: engine.suggest(question.text, limit=8)
