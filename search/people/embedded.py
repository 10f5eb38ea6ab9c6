"""The index of people in tantivy."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.analysis import normalise
from search.engines.embedded.fields import STEMMED
from search.engines.embedded.hits import uids_in_order
from search.engines.embedded.kind import LIVE, Kind
from search.engines.embedded.storage import answering
from search.engines.embedded.upkeep import EmbeddedIndex
from search.matching import SHARE_OF_FURTHER_WORDINGS, Alternative, Clause
from search.people.document import INDEXED, PersonDocument, fingerprint
from search.people.query import WORTH_OF_A_WORD, Gate, PeopleQuery, gates


def build_schema() -> tantivy.Schema:
    """Text and tags once for each audience."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("uid", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("live", tokenizer_name="raw", index_option="basic")
    for place in ("organisation", "region"):
        builder.add_text_field(place, tokenizer_name="raw", index_option="basic")
    for audience in INDEXED:
        builder.add_text_field(f"text_{audience}", tokenizer_name=STEMMED, index_option="position")
        builder.add_text_field(f"tags_{audience}", tokenizer_name="raw", index_option="basic")
    for number in ("version", "free_from", "free_until", "confirmed"):
        builder.add_integer_field(number, stored=number == "version", indexed=True, fast=True)
    builder.add_bytes_field("card", stored=True)
    return builder.build()


SCHEMA = build_schema()


def written(document: PersonDocument) -> tantivy.Document:
    """The person as tantivy keeps them."""
    values: dict[str, Any] = {
        "uid": document["uid"],
        "version": document["version"],
        "live": LIVE,
        "organisation": document["organisation"],
        "region": document["region"],
        "free_from": document["free_from"],
        "free_until": document["free_until"],
        "confirmed": document["confirmed"],
        "card": json.dumps(document["card"]).encode(),
    }
    for audience, said in document["texts"].items():
        values[f"text_{audience}"] = [normalise(text) for text, weight in said for _ in range(weight)]
    for audience, marked in document["tags"].items():
        values[f"tags_{audience}"] = marked
    return tantivy.Document.from_dict(values, SCHEMA)


PEOPLE = Kind(SCHEMA, fingerprint, written)


class EmbeddedPeople(EmbeddedIndex):
    """People in a folder beside the library's."""

    def __init__(self, folder: str | Path) -> None:
        super().__init__(folder, PEOPLE)

    @answering
    def propose(self, query: PeopleQuery) -> list[str]:
        open_to = gates(query.viewer)
        if not open_to:
            return []
        order = None if query.weighs else "confirmed"
        searcher, wanted = self._storage.searcher(), _wanted(query, open_to)
        return list(uids_in_order(searcher, wanted, query.size, order))


def _wanted(query: PeopleQuery, open_to: Sequence[Gate]) -> Query:
    parts: list[tuple[Occur, Query]] = [(Occur.Must, PEOPLE.live())]
    lifts = [
        (Occur.Should, Query.const_score_query(_tagged([tag], open_to), score)) for tag, score in query.lifts
    ]
    clauses = [(Occur.Should, _clause(clause, open_to)) for clause in query.plan.clauses]
    if query.plan.minimum > 1 and clauses:
        parts += lifts
        parts.append(
            (Occur.Must, Query.boolean_query(clauses, minimum_number_should_match=query.plan.minimum))
        )
    elif clauses or lifts:
        parts.append((Occur.Must, Query.boolean_query([*clauses, *lifts])))
    parts += [(Occur.Must, _somewhere(phrase, True, open_to)) for phrase in query.plan.phrases]
    parts += [(Occur.Must, Query.const_score_query(_tagged(tags, open_to), 0.0)) for tags in query.tags]
    if query.free:
        first, last = query.free
        parts += [
            (Occur.Must, _between("free_from", None, last)),
            (Occur.Must, _between("free_until", first, None)),
        ]
    return Query.boolean_query(parts)


def _between(field: str, lowest: int | None, highest: int | None) -> Query:
    within = Query.range_query(SCHEMA, field, tantivy.FieldType.Integer, lowest, highest)
    return Query.const_score_query(within, 0.0)


def _clause(clause: Clause, open_to: Sequence[Gate]) -> Query:
    wordings = [_alternative(each, open_to) for each in clause.alternatives]
    return (
        wordings[0]
        if len(wordings) == 1
        else Query.disjunction_max_query(wordings, tie_breaker=SHARE_OF_FURTHER_WORDINGS)
    )


def _alternative(wanted: Alternative, open_to: Sequence[Gate]) -> Query:
    return Query.boost_query(_somewhere(wanted.stems, wanted.exact, open_to), wanted.weight)


def _somewhere(stems: Sequence[str], exact: bool, open_to: Sequence[Gate]) -> Query:
    """The stems in the text of one audience that admits the viewer; the best such text counts."""
    return Query.disjunction_max_query([_behind(gate, _in(gate, stems, exact)) for gate in open_to])


def _in(gate: Gate, stems: Sequence[str], exact: bool) -> Query:
    field = f"text_{gate.audience}"
    if exact and len(stems) > 1:
        said = Query.phrase_query(SCHEMA, field, list(stems))
    else:
        said = Query.boolean_query(
            [(Occur.Must, Query.term_query(SCHEMA, field, stem, index_option="freq")) for stem in stems]
        )
    return said if gate.audience == INDEXED[0] else Query.const_score_query(said, WORTH_OF_A_WORD)


def _tagged(tags: Sequence[str], open_to: Sequence[Gate]) -> Query:
    return Query.boolean_query(
        [(Occur.Should, _behind(gate, _any(f"tags_{gate.audience}", tags))) for gate in open_to]
    )


def _behind(gate: Gate, wanted: Query) -> Query:
    if gate.within:
        places = [(Occur.Should, _any(field, [value])) for field, value in gate.within]
        inside = Query.const_score_query(Query.boolean_query(places), 0.0)
        return Query.boolean_query([(Occur.Must, wanted), (Occur.Must, inside)])
    if gate.outside:
        field, value = gate.outside
        return Query.boolean_query([(Occur.Must, wanted), (Occur.MustNot, _any(field, [value]))])
    return wanted


def _any(field: str, values: Iterable[str]) -> Query:
    return Query.term_set_query(SCHEMA, field, list(values))
