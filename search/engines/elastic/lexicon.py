"""The words of an Elasticsearch index. Known words are remembered, so most searches need no extra request."""

from __future__ import annotations

from collections.abc import Iterable

from search.engines.elastic.connection import Connection, answering
from search.engines.elastic.queries import live
from search.matching_words import slips_between
from search.understanding import Word

MOST_REMEMBERED = 20_000


class ElasticLexicon:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: set[str] = set()

    def unknown(self, typed: Iterable[Word]) -> list[Word]:
        asked = [word for word in typed if word.stem not in self._known]
        if not asked:
            return []
        counts = self._counts("text", [word.stem for word in asked])
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        self._known.update(stem for stem, count in counts.items() if count)
        return [word for word in asked if not counts[word.stem]]

    def _counts(self, field: str, terms: list[str]) -> dict[str, int]:
        filters = {term: {"term": {field: term}} for term in terms}
        aggs = {"terms": {"filters": {"filters": filters}}}
        answer = self._connection.search({"size": 0, "query": live().to_dict(), "aggs": aggs})
        return {
            term: found["doc_count"] for term, found in answer["aggregations"]["terms"]["buckets"].items()
        }

    def near(self, word: str, errors: int) -> list[tuple[str, int, int]]:
        term = {
            "field": "words",
            "suggest_mode": "always",
            "max_edits": errors,
            "prefix_length": 0,
            "min_word_length": 3,
            "size": 20,
            "max_inspections": 50,
            "string_distance": "damerau_levenshtein",
        }
        answer = self._connection.search({"size": 0, "suggest": {"near": {"text": word, "term": term}}})
        options = [option for entry in answer["suggest"]["near"] for option in entry["options"]]
        found = [
            (option["text"], option["freq"], slips_between(word, option["text"], errors))
            for option in options
        ]
        return [near for near in found if 0 < near[2] <= errors]

    def starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        with answering():
            answer = self._connection.quick.terms_enum(
                index=self._connection.read, field="words", string=prefix, size=50
            )
        terms = [term for term in answer["terms"] if term != prefix]
        counts = self._counts("words", terms) if terms else {}
        return sorted(((t, c) for t, c in counts.items() if c), key=lambda pair: (-pair[1], pair[0]))[:limit]
