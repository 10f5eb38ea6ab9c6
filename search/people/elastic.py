"""The index of people in Elasticsearch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from elasticsearch.dsl import Boolean, Document, Keyword, Long, MetaField, Object, Q, Text
from elasticsearch.dsl.query import Query

from search.analysis import normalise, stemmed
from search.engines.elastic.connection import SEARCH_PATIENCE
from search.engines.elastic.documents import spaced
from search.engines.elastic.kind import REPLICAS, Kind
from search.engines.elastic.upkeep import ElasticIndex
from search.matching import SHARE_OF_FURTHER_WORDINGS, Alternative, Clause
from search.people.document import INDEXED, PersonDocument, fingerprint
from search.people.query import WORTH_OF_A_WORD, Gate, PeopleQuery, gates

LIVE = {"term": {"live": True}}


class PeopleIndex(Document):
    """One person. What they say is searched and not kept."""

    uid = Keyword()
    live = Boolean()
    version = Long()
    organisation = Keyword()
    region = Keyword()
    free_from = Long()
    free_until = Long()
    confirmed = Long()
    card = Object(enabled=False)

    class Meta:
        dynamic = MetaField("strict")
        source = MetaField(includes=["uid", "live", "version", "card"])


for _audience in INDEXED:
    PeopleIndex._doc_type.mapping.field(f"text_{_audience}", Text(analyzer=spaced))
    PeopleIndex._doc_type.mapping.field(f"tags_{_audience}", Keyword())


def written(document: PersonDocument) -> dict[str, Any]:
    """The person as Elasticsearch gets them: stems parted by spaces."""
    values: dict[str, Any] = {
        name: value for name, value in document.items() if name not in ("texts", "tags")
    }
    for audience, said in document["texts"].items():
        values[f"text_{audience}"] = [
            stemmed(normalise(text)) for text, weight in said for _ in range(weight)
        ]
    for audience, marked in document["tags"].items():
        values[f"tags_{audience}"] = marked
    return values | {"live": True}


PEOPLE = Kind(PeopleIndex._doc_type.mapping, fingerprint, written)


class ElasticPeople(ElasticIndex):
    """People in an index beside the library's."""

    def __init__(
        self, url: str, prefix: str = "people", *, patience: float = SEARCH_PATIENCE, replicas: str = REPLICAS
    ) -> None:
        super().__init__(url, prefix, PEOPLE, patience=patience, replicas=replicas)

    def propose(self, query: PeopleQuery) -> list[str]:
        if not gates(query.viewer):
            return []
        answer = self._connection.search(request_of(query))
        return [hit["fields"]["uid"][0] for hit in answer["hits"]["hits"]]


def request_of(query: PeopleQuery) -> dict[str, Any]:
    """The body of a search: ids alone come back, and nothing is counted."""
    light: dict[str, Any] = {"docvalue_fields": ["uid"], "stored_fields": "_none_", "track_total_hits": False}
    if not query.weighs:
        light["sort"] = [{"confirmed": "desc"}, {"uid": "asc"}]
    return {"size": query.size, "query": _wanted(query, gates(query.viewer)).to_dict(), **light}


def _wanted(query: PeopleQuery, open_to: Sequence[Gate]) -> Query:
    must: list[Query] = []
    should: list[Query] = []
    lifts = [Q("constant_score", filter=_tagged([tag], open_to), boost=score) for tag, score in query.lifts]
    clauses = [_clause(clause, open_to) for clause in query.plan.clauses]
    if query.plan.minimum > 1 and clauses:
        should = lifts
        must.append(Q("bool", should=clauses, minimum_should_match=query.plan.minimum))
    elif clauses or lifts:
        must.append(Q("bool", should=[*clauses, *lifts], minimum_should_match=1))
    must += [_somewhere(phrase, True, open_to) for phrase in query.plan.phrases]
    narrowing = [Q(LIVE), *(_tagged(tags, open_to) for tags in query.tags)]
    if query.free:
        first, last = query.free
        narrowing += [Q("range", free_from={"lte": last}), Q("range", free_until={"gte": first})]
    return Q(
        "bool",
        must=must,
        should=should,
        filter=narrowing,
        minimum_should_match=0,
    )


def _clause(clause: Clause, open_to: Sequence[Gate]) -> Query:
    wordings = [_alternative(each, open_to) for each in clause.alternatives]
    return Q("dis_max", queries=wordings, tie_breaker=SHARE_OF_FURTHER_WORDINGS)


def _alternative(wanted: Alternative, open_to: Sequence[Gate]) -> Query:
    return Q("bool", must=[_somewhere(wanted.stems, wanted.exact, open_to)], boost=wanted.weight)


def _somewhere(stems: Sequence[str], exact: bool, open_to: Sequence[Gate]) -> Query:
    """The stems in the text of one audience that admits the viewer; the best such text counts."""
    return Q("dis_max", queries=[_behind(gate, _in(gate, stems, exact)) for gate in open_to])


def _in(gate: Gate, stems: Sequence[str], exact: bool) -> Query:
    field = f"text_{gate.audience}"
    if exact and len(stems) > 1:
        said = Q("match_phrase", **{field: " ".join(stems)})
    else:
        said = Q("bool", must=[Q("term", **{field: stem}) for stem in stems])
    return said if gate.audience == INDEXED[0] else Q("constant_score", filter=said, boost=WORTH_OF_A_WORD)


def _tagged(tags: Sequence[str], open_to: Sequence[Gate]) -> Query:
    return Q(
        "bool",
        should=[_behind(gate, Q("terms", **{f"tags_{gate.audience}": list(tags)})) for gate in open_to],
        minimum_should_match=1,
    )


def _behind(gate: Gate, wanted: Query) -> Query:
    if gate.within:
        places = [Q("term", **{field: value}) for field, value in gate.within]
        inside = Q("bool", should=places, minimum_should_match=1)
        return Q("bool", must=[wanted], filter=[inside])
    if gate.outside:
        field, value = gate.outside
        return Q("bool", must=[wanted], must_not=[Q("term", **{field: value})])
    return wanted
