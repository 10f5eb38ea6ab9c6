"""The rankings that are compared, as functions from words to content keys in order. Needs Django to be set up."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import tantivy

from search import service
from search.analysis import stems
from search.current import current_engine
from search.engine import PracticeQuery
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.fields import SCHEMA
from search.engines.embedded.kind import LIVE

#: Deep enough for ten groups, in which places stand under their model.
RESULTS = 100
Rank = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class System:
    """`rank` gives uids in order; None where `missing` says why it cannot be measured."""

    name: str
    rank: Rank | None
    missing: str = ""


def systems() -> list[System]:
    """Plain first: the others are compared with it."""
    plain = System("plain BM25", _plain)
    if "ranking" not in inspect.signature(service.find).parameters:
        return [
            plain,
            System("words", lambda text: _found(text)),
            System("meaning", None, "not installed here"),
        ]
    installed = _meaning_installed()
    return [
        plain,
        System("words", lambda text: _found(text, ranking="words")),
        System("meaning", lambda text: _found(text, ranking="meaning"))
        if installed
        else System("meaning", None, "the optional extra is not installed"),
    ]


def _meaning_installed() -> bool:
    from importlib import import_module

    return bool(import_module("search.meaning.weights").installed())


def _found(text: str, **choice: Any) -> list[str]:
    query = PracticeQuery(text=text, size=RESULTS, facets=(), highlight=False)
    return [hit.uid for hit in service.find(query, **choice).result.hits]


def _plain(text: str) -> list[str]:
    """BM25 over the one field that holds all text of an entry, any word may match, nothing is understood."""
    engine = current_engine()
    words = list(dict.fromkeys(stems(text)))
    if not words:
        return []
    if isinstance(engine, EmbeddedEngine):
        return _plain_embedded(engine, words)
    assert isinstance(engine, ElasticEngine)
    return _plain_elastic(engine, words)


def _plain_embedded(engine: EmbeddedEngine, words: list[str]) -> list[str]:
    searcher = engine._storage.searcher()
    term = tantivy.Query.term_query
    any_word = tantivy.Query.boolean_query(
        [(tantivy.Occur.Should, term(SCHEMA, "text", word, index_option="freq")) for word in words]
    )
    live = tantivy.Query.const_score_query(term(SCHEMA, "live", LIVE), 0.0)
    wanted = tantivy.Query.boolean_query([(tantivy.Occur.Must, any_word), (tantivy.Occur.Must, live)])
    return [
        str(searcher.doc(address).get_first("uid")) for _, address in searcher.search(wanted, RESULTS).hits
    ]


def _plain_elastic(engine: ElasticEngine, words: list[str]) -> list[str]:
    match: Mapping[str, Any] = {"match": {"text": {"query": " ".join(words), "operator": "or"}}}
    query = {"bool": {"must": [match], "filter": [{"term": {"live": True}}]}}
    found = engine._connection.search({"size": RESULTS, "query": query, "source": ["uid"]})
    return [str(hit["_source"]["uid"]) for hit in found["hits"]["hits"]]
