"""The Elasticsearch engine: the protocol of `search.engine` on a cluster."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.analysis import words
from search.engine import (
    Candidates,
    Hit,
    PracticeQuery,
    SearchResult,
    Suggestion,
)
from search.engines.elastic import writing
from search.engines.elastic.connection import SEARCH_PATIENCE
from search.engines.elastic.counting import aggregations, facet_counts
from search.engines.elastic.documents import PRACTICE, unpacked_card
from search.engines.elastic.kind import REPLICAS
from search.engines.elastic.lexicon import ElasticLexicon
from search.engines.elastic.queries import any_word, base_of, filters_of, live, matching
from search.engines.elastic.upkeep import ElasticIndex
from search.folding import FOLD_AT_MOST, FOLDED_SHOWN, Candidate, fold, page_of
from search.highlighting import Highlighter, marker_for
from search.matching import Plan, candidates_of, plan_of
from search.matching_words import corrected
from search.suggesting import CANDIDATES, LONGEST_PREFIX_WORDS, in_order_of_promise, typed_words

LIGHT = ["uid", "folds_under", "type", "authority"]


class ElasticEngine(ElasticIndex):
    """The index of the library."""

    def __init__(
        self,
        url: str,
        prefix: str = "practice",
        *,
        patience: float = SEARCH_PATIENCE,
        replicas: str = REPLICAS,
    ) -> None:
        super().__init__(url, prefix, PRACTICE, patience=patience, replicas=replicas)
        self._lexicon = ElasticLexicon(self._connection)

    def search(self, query: PracticeQuery) -> SearchResult:
        began = time.perf_counter()
        plan = plan_of(query, lambda: self._lexicon)
        answer = self._connection.search(_request(query, plan))
        total = answer["hits"]["total"]["value"]
        relaxed = False
        if not total and plan.can_relax and not self._any(plan, query):
            plan, relaxed = plan.relaxed(), True
            answer = self._connection.search(_request(query, plan))
            total = answer["hits"]["total"]["value"]
        groups = None
        if query.group:
            hits, groups = self._folded(answer["hits"]["hits"], total, query, plan)
        else:
            marker = marker_for(query, plan)
            hits = [_hit(found, marker) for found in answer["hits"]["hits"]]
        return SearchResult(
            total=total,
            hits=tuple(hits),
            facets=facet_counts(answer.get("aggregations", {}), query),
            did_you_mean=self._correction(query, plan),
            relaxed=relaxed and total > 0,
            groups=groups,
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def _any(self, plan: Plan, query: PracticeQuery) -> bool:
        """Whether the words match anything once the filters are left aside."""
        if not query.filters and not query.like:
            return False
        seen = base_of(PracticeQuery(exclude=query.exclude), matching(plan, query.nearness))
        return self._connection.count(seen.to_dict()) > 0

    def _folded(
        self, found: Sequence[Mapping[str, Any]], total: int, query: PracticeQuery, plan: Plan
    ) -> tuple[list[Hit], int]:
        """Hits are folded by their doc values alone (reading stored fields of a thousand costs 0.3 s); only the
        entries on this page are read, and only those on top with their text. They are read from the index that gave the
        hits, which outlives a switch to another."""
        named = {mention.slug for mention in plan.places}
        candidates = [_candidate(light, named) for light in found]
        folds = fold(candidates)
        page = page_of(folds, query.offset, query.size)
        marker = marker_for(query, plan)
        index = found[0]["_index"] if found else ""
        source = ["card", "parts"] if marker else ["card"]
        tops = self._read(index, [one.head.ref for one in page], source)
        cards = self._cards(index, [member.ref for one in page for member in one.members[:FOLDED_SHOWN]])
        hits = []
        for one in page:
            if one.head.ref not in tops:
                continue
            head = _hit(tops[one.head.ref], marker, one.head.score)
            shown = [m for m in one.members[:FOLDED_SHOWN] if m.ref in cards]
            members = tuple(Hit(member.ref, member.score, cards[member.ref]) for member in shown)
            hits.append(Hit(head.uid, head.score, head.fields, head.why, members, len(one.members)))
        return hits, len(folds) + max(0, total - len(candidates))

    def _read(self, index: str, uids: Sequence[str], source: list[str]) -> dict[str, Mapping[str, Any]]:
        if not uids:
            return {}
        wanted = {"size": len(uids), "query": _alive(uids), "source": source}
        return {found["_id"]: found for found in self._connection.search(wanted, index)["hits"]["hits"]}

    def _cards(self, index: str, uids: Sequence[str]) -> dict[str, dict[str, Any]]:
        if not uids:
            return {}
        wanted = {"size": len(uids), "query": _alive(uids), "stored_fields": "_none_"}
        answer = self._connection.search(wanted | {"docvalue_fields": ["uid", "card_value"]}, index)
        fields = [found["fields"] for found in answer["hits"]["hits"]]
        return {each["uid"][0]: unpacked_card(each["card_value"][0]) for each in fields}

    def _correction(self, query: PracticeQuery, plan: Plan) -> str | None:
        """The corrected text, if it finds something this reader may see."""
        text = corrected(query.text, plan.repairs)
        seen = PracticeQuery(text=text or "", exclude=query.exclude, words_mine=True)
        return text if text and self.count(seen) else None

    def did_you_mean(self, text: str, *, exclude: Iterable[str] = ()) -> str | None:
        query = PracticeQuery(text=text, exclude=tuple(exclude))
        return self._correction(query, plan_of(query, lambda: self._lexicon))

    def count(self, query: PracticeQuery | None = None) -> int:
        if query is None:
            return self._alive()
        plan = plan_of(query, lambda: self._lexicon)
        wanted = Q("bool", must=[base_of(query, matching(plan, query.nearness))], filter=filters_of(query))
        return self._connection.count(wanted.to_dict())

    def uids(self, query: PracticeQuery) -> Iterable[str]:
        plan = plan_of(query, lambda: self._lexicon)
        if plan.can_relax and not self.count(query) and not self._any(plan, query):
            plan = plan.relaxed()
        wanted = Q("bool", must=[base_of(query, matching(plan, query.nearness))], filter=filters_of(query))
        order = plan.order(query.sort)
        return writing.uids_in_order(self._connection, wanted.to_dict(), order)

    def candidates(self, query: PracticeQuery, *, hints: Sequence[str] = (), most: int) -> Candidates:
        plan = plan_of(query, lambda: self._lexicon)
        wanted = Q("bool", must=[base_of(query, any_word(plan, hints))], filter=filters_of(query))
        light = {"docvalue_fields": ["uid"], "stored_fields": "_none_", "track_total_hits": False}
        answer = self._connection.search({"size": most, "query": wanted.to_dict(), **light})
        scores = {hit["fields"]["uid"][0]: float(hit["_score"]) for hit in answer["hits"]["hits"]}
        return candidates_of(query, plan, scores, lambda: self._lexicon)

    def suggest(self, prefix: str, *, limit: int = 8, exclude: Iterable[str] = ()) -> list[Suggestion]:
        typed = typed_words(prefix)
        if not typed:
            return []
        finished, last = typed[:-1][:LONGEST_PREFIX_WORDS], typed[-1]
        begins = Q("constant_score", filter=Q("prefix", name_first=typed[0]), boost=100.0)
        wanted = Q(
            "bool",
            must=[*(Q("term", name_words=word) for word in finished), Q("prefix", name_words=last)],
            should=[begins, Q("constant_score", filter=Q("term", type="model"), boost=50.0)],
            must_not=[Q("terms", uid=list(exclude))],
        )
        answer = self._connection.search({"size": CANDIDATES, "query": wanted.to_dict(), "source": ["card"]})
        cards = ((found["_id"], found["_source"]["card"]) for found in answer["hits"]["hits"])
        entries = [
            Suggestion(card["title"], card["type"], uid, url=card.get("url", "")) for uid, card in cards
        ]
        return in_order_of_promise(entries, " ".join(words(prefix)))[:limit]

    def related(self, uid: str, *, limit: int = 6, exclude: Iterable[str] = ()) -> list[Hit]:
        alike = Q(
            "more_like_this",
            fields=["key"],
            like=[{"_index": self._connection.read, "_id": uid}],
            min_term_freq=1,
            min_doc_freq=2,
            max_query_terms=25,
            minimum_should_match=1,
        )
        wanted = Q("bool", must=[alike], filter=[live()], must_not=[Q("terms", uid=[uid, *exclude])])
        answer = self._connection.search({"size": limit, "query": wanted.to_dict(), "source": ["card"]})
        return [_hit(found, None) for found in answer["hits"]["hits"]]


def _alive(uids: Sequence[str]) -> dict[str, Any]:
    """These entries, but for those that were taken away since they were found: a tombstone has no card."""
    return Q("bool", filter=[Q("ids", values=list(uids)), live()]).to_dict()


def _request(query: PracticeQuery, plan: Plan) -> dict[str, Any]:
    """Facets are counted over the words alone, each behind its own filters; hits pass all filters after that."""
    base: Query = base_of(query, matching(plan, query.nearness))
    order = plan.order(query.sort)
    request: dict[str, Any] = {
        "query": base.to_dict(),
        "size": FOLD_AT_MOST if query.group else query.size,
        "from_": 0 if query.group else query.offset,
        "track_total_hits": True,
    }
    if query.group:
        request["docvalue_fields"] = LIGHT
        request["stored_fields"] = "_none_"
    else:
        request["source"] = ["card", "parts"] if query.highlight else ["card"]
    narrowing = filters_of(query)
    if narrowing:
        request["post_filter"] = Q("bool", filter=narrowing).to_dict()
    if order:
        request["sort"] = [{order: "desc"}]
    if query.facets:
        request["aggs"] = {name: agg.to_dict() for name, agg in aggregations(query).items()}
    return request


def _candidate(light: Mapping[str, Any], named: set[str]) -> Candidate[str]:
    fields = light.get("fields", {})
    return Candidate(
        ref=fields["uid"][0],
        score=float(light["_score"] or 0.0),
        group=fields["folds_under"][0],
        is_head=fields["type"] == ["model"],
        stands_alone=bool(named & set(fields.get("authority", ()))),
    )


def _hit(found: Mapping[str, Any], marker: Highlighter | None, score: float | None = None) -> Hit:
    source = found["_source"]
    why = marker.why(source["parts"]) if marker else ()
    return Hit(
        found["_id"], score if score is not None else float(found["_score"] or 0.0), source["card"], why
    )
