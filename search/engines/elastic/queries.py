"""Plans and filters as Elasticsearch queries. User text never meets the query string parser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.engine import Nearness, PracticeQuery
from search.facets import PLAIN_FACETS, ROW_GROUPS, RowGroup, single_values
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


def live() -> Query:
    return Q("term", live=True)


def word(stem: str, wanted: Alternative) -> Query:
    """With and without the text of studies, the mean of both: results need it, everyday questions drown in it.
    For what was not typed one field is enough."""
    if not wanted.typed:
        return Q("term", text={"value": stem, "boost": wanted.weight})
    share = SHARE_OF_EACH_FIELD * wanted.weight
    return Q(
        "bool",
        must=[Q("term", text={"value": stem, "boost": share})],
        should=[Q("term", core={"value": stem, "boost": share})],
    )


def phrase(field: str, stems: Sequence[str], weight: float = 1.0) -> Query:
    """The stems next to each other."""
    if len(stems) == 1:
        return Q("term", **{field: {"value": stems[0], "boost": weight}})
    return Q("match_phrase", **{field: {"query": " ".join(stems), "boost": weight}})


def alternative(wanted: Alternative) -> Query:
    if wanted.exact:
        return phrase("text", wanted.stems, wanted.weight)
    if len(wanted.stems) == 1:
        return word(wanted.stems[0], wanted)
    return Q("bool", must=[word(stem, wanted) for stem in wanted.stems])


def clause(wanted: Clause) -> Query:
    """The best wording counts, others a little: many synonyms of one thing must not outweigh the other words."""
    wordings = [alternative(each) for each in wanted.alternatives]
    return Q("dis_max", queries=wordings, tie_breaker=SHARE_OF_FURTHER_WORDINGS)


def any_of(queries: Iterable[Query]) -> Query:
    return Q("bool", should=list(queries), minimum_should_match=1)


def lift(query: Query, score: float) -> Query:
    return Q("constant_score", filter=query, boost=score)


def matching(plan: Plan, nearness: Nearness | None = None) -> Query:
    """Entries the plan wants and meaning adds, scored; an empty plan browses everything live."""
    if plan.browses:
        return Q("constant_score", filter=live(), boost=0.0)
    if nearness is not None and not plan.wants_place:
        pins = [lift(Q("term", uid=uid), score) for uid, score in pins_of(nearness)]
        return Q("bool", must=[found(plan, nearness)], should=lifts(plan) + pins)
    return Q("bool", must=required(plan), should=lifts(plan) + wordings(plan))


def found(plan: Plan, nearness: Nearness) -> Query:
    """What words find and what meaning adds; the words' own score decides only where meaning says nothing."""
    by_words = Q("bool", must=required(plan), should=wordings(plan), boost=WORDS_BESIDE_MEANING)
    return any_of([by_words, lift(Q("terms", uid=list(nearness.added)), 0.0)])


def any_word(plan: Plan, hints: Iterable[str]) -> Query:
    """Entries with any of the words, scored by them alone."""
    return any_of([*map(clause, plan.any_word(hints)), *(phrase("text", stems) for stems in plan.phrases)])


def required(plan: Plan) -> list[Query]:
    """What an entry must have."""
    must: list[Query] = []
    if plan.clauses:
        wanted = [clause(each) for each in plan.clauses]
        must.append(Q("bool", should=wanted, minimum_should_match=plan.minimum))
    must += [phrase("text", stems) for stems in plan.phrases]
    if plan.wants_place:
        must.append(any_of(places(plan) + named(plan)))
    return must


def lifts(plan: Plan) -> list[Query]:
    """What comes first, whatever else is found."""
    should = [] if plan.wants_place else places(plan)
    if plan.name_keys:
        should.append(lift(Q("terms", name_key=list(plan.name_keys)), NAME_IS_QUERY))
    return should


def wordings(plan: Plan) -> list[Query]:
    """Names that hold a wording of the query."""
    return [lift(phrase("name", stems), NAME_HAS_WORDING) for stems in plan.name_phrases]


def places(plan: Plan) -> list[Query]:
    """Every place named."""
    return [lifted for mention in plan.places for lifted in place_lifts(mention)]


def named(plan: Plan) -> list[Query]:
    """Entries with a place in their name."""
    return [
        lift(any_of(phrase("name", stems) for stems in mention.namings), PLACE_IN_NAME)
        for mention in plan.places
    ]


def place_lifts(mention: Mention) -> list[Query]:
    return [
        lift(Q("term", authority=mention.slug), OWN_ENTRY_OF_PLACE),
        lift(any_of(phrase(mention.field, stems) for stems in mention.namings), MENTION_OF_PLACE),
    ]


def filters_of(query: PracticeQuery, *, without: str = "") -> list[Query]:
    """Every filter of the query but that of one facet."""
    chosen = {
        param: list(single_values(param, values))
        for param, values in query.filters.items()
        if param != without
    }
    parts: list[Query] = [Q("terms", **{param: chosen[param]}) for param in PLAIN_FACETS if chosen.get(param)]
    for group in ROW_GROUPS:
        row = row_filters(group, chosen)
        if row:
            parts.append(Q("nested", path=group.name, query=Q("bool", filter=row)))
    return parts


def row_filters(group: RowGroup, chosen: dict[str, list[str]], *, without: str = "") -> list[Query]:
    """What one and the same nested row has to have."""
    return [
        Q("terms", **{f"{group.name}.{dimension}": chosen[dimension]})
        for dimension in group.dimensions
        if dimension != without and chosen.get(dimension)
    ]


def base_of(query: PracticeQuery, matching_query: Query) -> Query:
    """What holds for hits and for every count: the words, areas like mine, and uids that may not be seen."""
    narrowing: dict[str, Any] = {}
    if query.like:
        narrowing["filter"] = [Q("terms", authority=list(query.like))]
    if query.exclude:
        narrowing["must_not"] = [Q("terms", uid=list(query.exclude))]
    return Q("bool", must=[matching_query], **narrowing) if narrowing else matching_query
