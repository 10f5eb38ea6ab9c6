"""Search without an engine: the database answers, plainly and without counts, so that nobody meets an error page."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from website.places.choices import AUTHORITY_KINDS

from practice_library.choices import Role
from practice_library.evidence.facts import STRENGTH_SLUGS
from practice_library.models import CaseStudyPage, Entry, PracticeModelPage
from search.documents.practice import COST_BANDS, LOCAL_APPROACH, documents_of
from search.engine import Hit, PracticeQuery, SearchResult
from search.facets import FACETS, single_values
from search.understanding import word_by_word

STRENGTHS = {slug: int(strength) for strength, slug in STRENGTH_SLUGS.items()}
TERM_ROWS = {
    "cohort": "cohort_rows__tag__slug__in",
    "theme": "theme_tags__tag__slug__in",
    "stage": "stage_tags__tag__slug__in",
    "workforce": "workforce_tags__tag__slug__in",
}


def search_database(query: PracticeQuery) -> SearchResult:
    """The entries whose name or summary holds every word, narrowed by the same filters, without facet counts."""
    began = time.perf_counter()
    found = narrowed(Entry.objects.published(), query)
    for concept in word_by_word(query.text).concepts:
        word = concept.words[0].written
        found = found.filter(
            Q(title__icontains=word) | Q(summary__icontains=word) | Q(other_names__icontains=word)
        )
    order = ("-start", "title") if query.sort == "newest" else ("title",)
    uids = list(found.distinct().order_by(*order, "pk").values_list("uid", flat=True))
    page = [str(uid) for uid in uids[query.offset : query.offset + query.size]]
    documents = {document["uid"]: document for document in documents_of(page, {})}
    hits = tuple(
        Hit(uid, 0.0, documents[uid]["card"] | {"type": documents[uid]["type"]})
        for uid in page
        if uid in documents
    )
    return SearchResult(total=len(uids), hits=hits, took_ms=(time.perf_counter() - began) * 1000)


def narrowed(entries: QuerySet[Entry], query: PracticeQuery) -> QuerySet[Entry]:
    """Facets AND, values OR, one row one match: the same rules as the engines keep."""
    chosen = {param: values for param, values in query.filters.items() if values and param in FACETS}
    for param, values in chosen.items():
        if param in TERM_ROWS:
            entries = entries.filter(**{TERM_ROWS[param]: values})
        elif param in _SIMPLE:
            entries = entries.filter(_SIMPLE[param](values))
    if query.like:
        entries = entries.filter(_authority(query.like))
    return _in_condition_row(_in_outcome_row(entries, chosen), chosen)


def _in_outcome_row(entries: QuerySet[Entry], chosen: dict[str, tuple[str, ...]]) -> QuerySet[Entry]:
    row: dict[str, Sequence[object]] = {}
    if "outcome" in chosen:
        row["ratings__outcome__slug__in"] = chosen["outcome"]
    if "evidence" in chosen:
        row["ratings__strength__in"] = [
            STRENGTHS[value] for value in chosen["evidence"] if value in STRENGTHS
        ]
    if "direction" in chosen:
        row["ratings__direction__in"] = chosen["direction"]
    return entries.filter(ratings__superseded_at=None, **row) if row else entries


def _in_condition_row(entries: QuerySet[Entry], chosen: dict[str, tuple[str, ...]]) -> QuerySet[Entry]:
    row: dict[str, Sequence[object]] = {}
    if "condition" in chosen:
        row["condition_rows__tag__slug__in"] = chosen["condition"]
    if "role" in chosen:
        row["condition_rows__role__in"] = [role for role in chosen["role"] if role in Role.values]
    if "presence" in chosen:
        values = ["" if value == "not-known" else value for value in chosen["presence"]]
        row["condition_rows__present_at_start__in"] = values
    return entries.filter(**row) if row else entries


def _type(values: tuple[str, ...]) -> Q:
    of = {"model": PracticeModelPage, "case_study": CaseStudyPage}
    return Q(pk__in=[]) | reduce(
        or_, [Q(pk__in=of[v].objects.values("pk")) for v in values if v in of], Q(pk__in=[])
    )


def _kind(values: tuple[str, ...]) -> Q:
    own = Q(practicemodelpage__kind__in=values) | Q(casestudypage__models_used__model__kind__in=values)
    if LOCAL_APPROACH in values:
        own |= Q(casestudypage__isnull=False, casestudypage__models_used=None)
    return own


def _model(values: tuple[str, ...]) -> Q:
    return Q(practicemodelpage__slug__in=values) | Q(casestudypage__models_used__model__slug__in=values)


def _authority(values: tuple[str, ...]) -> Q:
    return _place("slug", values)


def _place(field: str, values: tuple[str, ...]) -> Q:
    sides = ("casestudypage__lead_organisation", "casestudypage__partners__organisation")
    return reduce(
        or_, [Q(**{f"{side}__{field}__in": values, f"{side}__kind__in": AUTHORITY_KINDS}) for side in sides]
    )


def _region(values: tuple[str, ...]) -> Q:
    return _place("region", values)


def _country(values: tuple[str, ...]) -> Q:
    named = reduce(or_, [Q(country__iexact=value.replace("-", " ")) for value in values])
    if "england" in values:
        named |= Q(country="") & _place_is_authority()
    return named


def _place_is_authority() -> Q:
    return Q(casestudypage__lead_organisation__kind__in=AUTHORITY_KINDS)


def _status(values: tuple[str, ...]) -> Q:
    return Q(status__in=values)


def _year(values: tuple[str, ...]) -> Q:
    return Q(
        pk__in=Entry.objects.annotate(year=Substr("start", 1, 4))
        .filter(year__in=single_values("year", values))
        .values("pk")
    )


def _cost(values: tuple[str, ...]) -> Q:
    bands = []
    floor = 0
    for limit, band in (*COST_BANDS, (10**9, "10000-over")):
        if band in values:
            bands.append(and_(Q(costs__pounds__gte=floor), Q(costs__pounds__lt=limit)))
        floor = limit
    if "not-reported" in values:
        bands.append(~Q(pk__in=Entry.objects.filter(costs__pounds__isnull=False).values("pk")))
    return reduce(or_, bands, Q(pk__in=[]))


_SIMPLE = {
    "type": _type,
    "kind": _kind,
    "model": _model,
    "authority": _authority,
    "region": _region,
    "country": _country,
    "status": _status,
    "year": _year,
    "cost": _cost,
}
