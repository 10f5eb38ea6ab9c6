"""Search, suggestions and whole entries."""

from __future__ import annotations

import json
import uuid
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.http import http_date
from ninja import Path, Router

from practice_library.labels import TYPE
from practice_library.selectors.kindred import KindredRow, kindred_of_uid
from search.api import schemas
from search.api.entries import entry_as_data
from search.api.openapi import BEGINNING, SEARCH_PARAMETERS, documented
from search.api.parameters import beginning_of, query_of, read
from search.api.problems import problem
from search.engine import Hit, Suggestion
from search.facets import FACETS
from search.properties.offering import PropertyOffer, property_offers
from search.service import Found, find, suggest

router = Router()
FACET_WORDS = {param: facet.label for param, facet in FACETS.items()}
NOT_RATED = {"strength": 0, "direction": "not-known"}


@router.get(
    "/search",
    url_name="practice_search",
    response=schemas.SearchAnswer,
    openapi_extra=documented(parameters=SEARCH_PARAMETERS),
)
def practice_search(request: HttpRequest) -> JsonResponse:
    """Entries that match, with the counts of every facet value."""
    query, like = query_of(request)
    data = found_as_data(find(query, user=request.user, like=like))
    response = JsonResponse(data)
    response["ETag"] = tag_of({name: value for name, value in data.items() if name != "took_ms"})
    return response


def tag_of(data: dict[str, Any]) -> str:
    """Equal for equal answers: weak, because how long each took is not part of it."""
    return f'W/"{blake2b(json.dumps(data, sort_keys=True).encode(), digest_size=16).hexdigest()}"'


def found_as_data(found: Found) -> dict[str, Any]:
    """The answer in the shape that `docs/api.md` fixes."""
    result, understanding = found.result, found.query.expansions
    understood = understanding.understood if understanding else ()
    labels = found.vocabulary.labels
    return {
        "query": found.query.text,
        "understood": [{"term": each.term, "as": list(each.also)} for each in understood],
        "total": result.total,
        "page": found.query.page,
        "size": found.query.size,
        "groups": result.groups,
        "results": [hit_as_data(hit) for hit in result.hits],
        "facets": {
            param: [
                {
                    "value": each.value,
                    "label": labels.get(param, {}).get(each.value) or found.label(param, each.value),
                    "count": each.count,
                    "selected": each.selected,
                }
                for each in result.facets.get(param, ())
            ]
            for param in FACETS
        },
        "offers": [_offered(each) for each in property_offers(found)],
        "did_you_mean": result.did_you_mean,
        "relaxed": result.relaxed,
        "notice": found.notice or None,
        "took_ms": round(result.took_ms, 2),
    }


def _offered(offer: PropertyOffer) -> dict[str, Any]:
    """A property that the words ask for: the words left and the filters that say it."""
    filters = {param: list(values) for param, values in offer.filters.items()}
    return {"label": offer.label, "q": offer.text, "filters": filters, "count": offer.count}


def hit_as_data(hit: Hit) -> dict[str, Any]:
    """One entry of a list. `evidence` is its headline row."""
    card = hit.fields
    rows = [
        {
            "outcome": row["outcome"],
            "label": row["name"],
            "strength": row["strength"],
            "direction": row["direction"],
            "harm_flag": row["harm"],
        }
        for row in card["outcomes"]
    ]
    headline = rows[0] if rows else NOT_RATED
    data = {
        "id": hit.uid,
        "type": card["type"],
        "title": card["title"],
        "url": card["url"],
        "summary": card["summary"],
        "authorities": card["authorities"],
        "status": {"state": card["status"]["state"], "as_at": card["status"]["as_at"] or None},
        "score": round(hit.score, 4),
        "evidence": {"strength": headline["strength"], "direction": headline["direction"]},
        "outcomes": rows,
        "why": [{"field": why.field, "html": why.html} for why in hit.why],
        "licence": card["licence"] or None,
        "made_from": card["made_from"],
    }
    if hit.folded_total:
        data["folded"] = {"total": hit.folded_total, "results": [hit_as_data(place) for place in hit.folded]}
    return data


@router.get(
    "/suggest",
    url_name="practice_suggest",
    response=schemas.Suggestions,
    openapi_extra=documented(parameters=BEGINNING),
)
def practice_suggest(request: HttpRequest) -> JsonResponse:
    """What the typed beginning may become: entries, terms and authorities, each with its type."""
    typed = beginning_of(request)
    found = suggest(typed, user=request.user) if typed else []
    return JsonResponse({"query": typed, "suggestions": [_suggestion(each) for each in found]})


def _suggestion(each: Suggestion) -> dict[str, Any]:
    """An entry leads to its page, a term to the search for it."""
    entry = each.type in TYPE
    found = f"{reverse('practice_search')}?{urlencode({each.type: each.value})}"
    return {
        "text": each.text,
        "type": each.type,
        "type_label": TYPE[each.type] if entry else FACET_WORDS.get(each.type, each.type),
        "value": each.value,
        "count": each.count,
        "url": each.url if entry else found,
    }


@router.get(
    "/{entry_id}", url_name="practice_entry", response=schemas.Entry, openapi_extra=documented(also=(404,))
)
def practice_entry(request: HttpRequest, entry_id: str = Path(..., description="A UUID.")) -> JsonResponse:
    """One entry whole: its rows, its sources, its studies and its ratings with every criterion.

    What is unknown, not published, hidden or withdrawn gets the same answer: nothing here.
    """
    read(request, ())
    try:
        uid = uuid.UUID(entry_id)
    except ValueError:
        return problem(404)
    data = entry_as_data(uid, user=request.user)
    if data is None:
        return problem(404)
    response = JsonResponse(data)
    if data["changed_at"]:
        response["Last-Modified"] = http_date(data["changed_at"].timestamp())
    return response


@router.get(
    "/{entry_id}/kindred",
    url_name="practice_kindred",
    response=list[schemas.Kindred],
    openapi_extra=documented(also=(404,)),
)
def practice_kindred(request: HttpRequest, entry_id: str = Path(..., description="A UUID.")) -> JsonResponse:
    """Entries of other organisations on the same idea, or of the same form with a different result, the nearest first.

    Same organisation, dismissed and linked entries are left out.
    """
    read(request, ())
    try:
        found = kindred_of_uid(uuid.UUID(entry_id), user=request.user)
    except ValueError:
        return problem(404)
    if found is None:
        return problem(404)
    return JsonResponse([_kindred(row) for row in found], safe=False)


def _kindred(row: KindredRow) -> dict[str, Any]:
    reasons = [{"kind": "phrase", "value": None, "text": phrase} for phrase in row.phrases]
    reasons += [
        {"kind": term["vocabulary"], "value": term["slug"], "text": term["label"]} for term in row.terms
    ]
    return {
        "id": row.other.uid,
        "title": row.other.title,
        "url": row.other.url,
        "authorities": [row.other.place_slug] if row.other.place_slug else [],
        "score": round(row.score, 4),
        "reasons": reasons,
        "relation": row.relation.replace("-", " "),
        "outcome": row.outcome or None,
        "results": [row.own.direction, row.other.direction] if row.outcome else None,
    }
