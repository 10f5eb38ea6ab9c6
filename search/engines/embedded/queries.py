"""Plans and filters as tantivy query objects. User text never meets tantivy's query parser: 3,000 brackets kill it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import tantivy
from tantivy import Occur, Query

from search.engine import Nearness, PracticeQuery
from search.engines.embedded.fields import BETWEEN_VALUES, PRACTICE, SCHEMA, row_field
from search.facets import FACETS, PLAIN_FACETS, ROW_GROUPS, RowGroup, single_values
from search.matching import (
    MENTION_OF_PLACE,
    NAME_HAS_WORDING,
    NAME_IS_QUERY,
    OWN_ENTRY_OF_PLACE,
    PLACE_IN_NAME,
    SHARE_OF_EACH_FIELD,
    SHARE_OF_FURTHER_WORDINGS,
    WORDS_BESIDE_MEANING,
    Alternative,
    Clause,
    Mention,
    Plan,
    pins_of,
)

MOST_SINGLE_TERMS = 40
Filters = Mapping[str, tuple[str, ...]]


def live() -> Query:
    return PRACTICE.live()


def nothing() -> Query:
    return Query.empty_query()


def word(stem: str, wanted: Alternative) -> Query:
    """With and without the text of studies, the mean of both: results need it, everyday questions drown in it.
    For what was not typed one field is enough."""
    everywhere = Query.term_query(SCHEMA, "text", stem, index_option="freq")
    if not wanted.typed:
        return Query.boost_query(everywhere, wanted.weight)
    share = SHARE_OF_EACH_FIELD * wanted.weight
    without = Query.boost_query(Query.term_query(SCHEMA, "core", stem, index_option="freq"), share)
    return Query.boolean_query([(Occur.Must, Query.boost_query(everywhere, share)), (Occur.Should, without)])


def phrase(field: str, stems: Sequence[str]) -> Query:
    if len(stems) == 1:
        return Query.term_query(SCHEMA, field, stems[0])
    return Query.phrase_query(SCHEMA, field, list(stems))


def alternative(wanted: Alternative) -> Query:
    if wanted.exact:
        return Query.boost_query(phrase("text", wanted.stems), wanted.weight)
    if len(wanted.stems) == 1:
        return word(wanted.stems[0], wanted)
    return Query.boolean_query([(Occur.Must, word(stem, wanted)) for stem in wanted.stems])


def clause(wanted: Clause) -> Query:
    """The best wording counts, others a little: many synonyms of one thing must not outweigh the other words."""
    if len(wanted.alternatives) == 1:
        return alternative(wanted.alternatives[0])
    wordings = [alternative(each) for each in wanted.alternatives]
    return Query.disjunction_max_query(wordings, tie_breaker=SHARE_OF_FURTHER_WORDINGS)


def any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def lift(query: Query, score: float) -> tuple[Occur, Query]:
    return Occur.Should, Query.const_score_query(query, score)


def matching(plan: Plan, nearness: Nearness | None = None) -> Query:
    """Entries the plan wants and meaning adds, scored; an empty plan browses everything live."""
    if plan.browses:
        return live()
    if nearness is not None and not plan.wants_place:
        parts = [(Occur.Must, found(plan, nearness)), *lifts(plan)]
        return Query.boolean_query(
            parts + [lift(among("uid", [uid]), score) for uid, score in pins_of(nearness)]
        )
    return Query.boolean_query(required(plan) + lifts(plan) + wordings(plan))


def found(plan: Plan, nearness: Nearness) -> Query:
    """What words find and what meaning adds; the words' own score decides only where meaning says nothing."""
    by_words = Query.boost_query(Query.boolean_query(required(plan) + wordings(plan)), WORDS_BESIDE_MEANING)
    return any_of([by_words, *([among("uid", nearness.added)] if nearness.added else [])])


def any_word(plan: Plan, hints: Iterable[str]) -> Query:
    """Entries with any of the words, scored by them alone."""
    return any_of([*map(clause, plan.any_word(hints)), *(phrase("text", stems) for stems in plan.phrases)])


def required(plan: Plan) -> list[tuple[Occur, Query]]:
    """What an entry must have."""
    parts: list[tuple[Occur, Query]] = []
    if plan.clauses:
        wanted = [(Occur.Should, clause(each)) for each in plan.clauses]
        parts.append((Occur.Must, Query.boolean_query(wanted, minimum_number_should_match=plan.minimum)))
    parts += [(Occur.Must, phrase("text", stems)) for stems in plan.phrases]
    if plan.wants_place:
        parts.append((Occur.Must, Query.boolean_query(places(plan) + named(plan))))
    return parts


def lifts(plan: Plan) -> list[tuple[Occur, Query]]:
    """What comes first, whatever else is found."""
    parts = [] if plan.wants_place else places(plan)
    if plan.name_keys:
        parts.append(lift(holding("name_key", plan.name_keys), NAME_IS_QUERY))
    return parts


def wordings(plan: Plan) -> list[tuple[Occur, Query]]:
    """Names that hold a wording of the query."""
    return [lift(phrase("name", stems), NAME_HAS_WORDING) for stems in plan.name_phrases]


def places(plan: Plan) -> list[tuple[Occur, Query]]:
    """Every place named."""
    return [lifted for mention in plan.places for lifted in place_lifts(mention)]


def named(plan: Plan) -> list[tuple[Occur, Query]]:
    """Entries with a place in their name."""
    return [
        lift(any_of(phrase("name", stems) for stems in mention.namings), PLACE_IN_NAME)
        for mention in plan.places
    ]


def place_lifts(mention: Mention) -> list[tuple[Occur, Query]]:
    return [
        lift(Query.term_query(SCHEMA, "authority", mention.slug), OWN_ENTRY_OF_PLACE),
        lift(any_of(phrase(mention.field, stems) for stems in mention.namings), MENTION_OF_PLACE),
    ]


def chosen_in(group: RowGroup, filters: Filters) -> tuple[str, ...]:
    """The dimensions of a row with a selection, in row order."""
    return tuple(dimension for dimension in group.dimensions if filters.get(dimension))


def one_row(dimensions: Sequence[str], filters: Filters) -> Query:
    """Entries with one row that has a chosen value in each of the dimensions."""
    combined = product(*(filters[dimension] for dimension in dimensions))
    return among(row_field(dimensions), [BETWEEN_VALUES.join(values) for values in combined])


def among(field: str, values: Sequence[str]) -> Query:
    return Query.const_score_query(holding(field, values), 0.0)


def holding(field: str, values: Sequence[str]) -> Query:
    """Entries with any of the values. A term set walks the whole dictionary: 0.12 ms, ten single terms 0.02 ms."""
    if len(values) > MOST_SINGLE_TERMS:
        return Query.term_set_query(SCHEMA, field, list(values))
    terms = [Query.term_query(SCHEMA, field, value, index_option="basic") for value in values]
    return terms[0] if len(terms) == 1 else any_of(terms)


def narrowing(query: PracticeQuery, *, without: str = "") -> list[tuple[Occur, Query]]:
    """Every filter of the query but that of one facet, and the uids that may not be seen."""
    filters = {
        param: single_values(param, values) for param, values in query.filters.items() if param != without
    }
    parts = [
        (Occur.Must, among(param, filters[param]))
        for param in PLAIN_FACETS
        if filters.get(param) and param in FACETS
    ]
    for group in ROW_GROUPS:
        dimensions = chosen_in(group, filters)
        if dimensions:
            parts.append((Occur.Must, one_row(dimensions, filters)))
    if query.like:
        parts.append((Occur.Must, among("authority", query.like)))
    if query.exclude:
        parts.append((Occur.MustNot, holding("uid", query.exclude)))
    return parts


def narrowed(base: Query, parts: list[tuple[Occur, Query]]) -> tantivy.Query:
    return Query.boolean_query([(Occur.Must, base), *parts]) if parts else base
