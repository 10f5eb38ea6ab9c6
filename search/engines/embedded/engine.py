"""The embedded engine: the protocol of `search.engine` on a folder of tantivy files."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Query

from search.engine import (
    Candidates,
    Hit,
    PracticeQuery,
    SearchResult,
    Suggestion,
)
from search.engines.embedded import suggesting
from search.engines.embedded.counting import count_of, facet_counts
from search.engines.embedded.fields import PRACTICE
from search.engines.embedded.hits import (
    folded_hits,
    hit_at,
    scores_by_uid,
    uids_in_order,
)
from search.engines.embedded.lexicon import EmbeddedLexicon, LexiconCache
from search.engines.embedded.queries import any_word, matching, narrowed, narrowing
from search.engines.embedded.relating import related_hits
from search.engines.embedded.storage import answering
from search.engines.embedded.upkeep import EmbeddedIndex
from search.folding import FOLD_AT_MOST
from search.highlighting import marker_for
from search.matching import Plan, candidates_of, plan_of
from search.matching_words import corrected


class EmbeddedEngine(EmbeddedIndex):
    """The index of the library."""

    def __init__(self, folder: str | Path) -> None:
        super().__init__(folder, PRACTICE)
        self._lexicons = LexiconCache()

    @answering
    def search(self, query: PracticeQuery) -> SearchResult:
        began = time.perf_counter()
        searcher, stamp = self._storage.searcher_and_stamp()
        plan = self._plan(query, searcher, stamp)
        wanted, parts = matching(plan, query.nearness), narrowing(query)
        found = _page(searcher, narrowed(wanted, parts), query, plan)
        relaxed = False
        if not found.count and plan.can_relax and not _any(searcher, wanted, query):
            plan, relaxed = plan.relaxed(), True
            wanted = matching(plan)
            found = _page(searcher, narrowed(wanted, parts), query, plan)
        groups = None
        if query.group:
            hits, groups = folded_hits(searcher, found, query, plan)
        else:
            marker = marker_for(query, plan)
            ranked = plan.order(query.sort) is None
            hits = [
                hit_at(searcher, address, score if ranked else 0.0, marker) for score, address in found.hits
            ]
        return SearchResult(
            total=found.count,
            hits=tuple(hits),
            facets=facet_counts(searcher, wanted, query) if query.facets else {},
            did_you_mean=self._correction(query, plan, searcher, stamp),
            relaxed=relaxed and found.count > 0,
            groups=groups,
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def _plan(self, query: PracticeQuery, searcher: tantivy.Searcher, stamp: tuple[int, ...]) -> Plan:
        return plan_of(query, lambda: EmbeddedLexicon(self._lexicons, searcher, stamp))

    def _correction(
        self, query: PracticeQuery, plan: Plan, searcher: tantivy.Searcher, stamp: tuple[int, ...]
    ) -> str | None:
        """The corrected text, if it finds something this reader may see."""
        text = corrected(query.text, plan.repairs)
        seen = PracticeQuery(text=text or "", exclude=query.exclude, words_mine=True)
        return text if text and self._count(seen, searcher, stamp) else None

    @answering
    def did_you_mean(self, text: str, *, exclude: Iterable[str] = ()) -> str | None:
        query = PracticeQuery(text=text, exclude=tuple(exclude))
        searcher, stamp = self._storage.searcher_and_stamp()
        return self._correction(query, self._plan(query, searcher, stamp), searcher, stamp)

    @answering
    def count(self, query: PracticeQuery | None = None) -> int:
        if query is None:
            return self._alive()
        searcher, stamp = self._storage.searcher_and_stamp()
        return self._count(query, searcher, stamp)

    def _count(self, query: PracticeQuery, searcher: tantivy.Searcher, stamp: tuple[int, ...]) -> int:
        wanted = matching(self._plan(query, searcher, stamp), query.nearness)
        return count_of(searcher, narrowed(wanted, narrowing(query)))

    @answering
    def uids(self, query: PracticeQuery) -> Iterable[str]:
        searcher, stamp = self._storage.searcher_and_stamp()
        plan = self._plan(query, searcher, stamp)
        words, parts = matching(plan, query.nearness), narrowing(query)
        total = count_of(searcher, narrowed(words, parts))
        if not total and plan.can_relax and not _any(searcher, words, query):
            plan = plan.relaxed()
            words = matching(plan)
            total = count_of(searcher, narrowed(words, parts))
        return uids_in_order(searcher, narrowed(words, parts), total, plan.order(query.sort))

    @answering
    def candidates(self, query: PracticeQuery, *, hints: Sequence[str] = (), most: int) -> Candidates:
        searcher, stamp = self._storage.searcher_and_stamp()
        plan = self._plan(query, searcher, stamp)
        scores = scores_by_uid(searcher, narrowed(any_word(plan, hints), narrowing(query)), most)
        return candidates_of(query, plan, scores, lambda: EmbeddedLexicon(self._lexicons, searcher, stamp))

    @answering
    def suggest(self, prefix: str, *, limit: int = 8, exclude: Iterable[str] = ()) -> list[Suggestion]:
        return suggesting.suggest(self._storage.searcher(), prefix, limit, tuple(exclude))

    @answering
    def related(self, uid: str, *, limit: int = 6, exclude: Iterable[str] = ()) -> list[Hit]:
        return related_hits(self._storage.searcher(), uid, limit, tuple(exclude))


def _page(searcher: tantivy.Searcher, wanted: Query, query: PracticeQuery, plan: Plan) -> Any:
    limit, offset = (FOLD_AT_MOST, 0) if query.group else (query.size, query.offset)
    order = plan.order(query.sort)
    return searcher.search(wanted, limit=limit, offset=offset, count=True, order_by_field=order)


def _any(searcher: tantivy.Searcher, wanted: Query, query: PracticeQuery) -> bool:
    """Whether the words match anything once the filters are left aside: then the filters are what is too narrow."""
    if not query.filters and not query.like:
        return False
    seen = narrowed(wanted, narrowing(PracticeQuery(exclude=query.exclude)))
    return bool(searcher.search(seen, limit=1, count=False).hits)
