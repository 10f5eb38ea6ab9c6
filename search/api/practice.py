"""Search, suggestions and whole entries."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from ninja import Router

from practice_library.labels import TYPE
from search.api.entries import entry_as_data
from search.api.parameters import SEARCH_PARAMETERS, documented, query_of
from search.api.problems import problem
from search.engine import Hit, Suggestion
from search.facets import FACETS
from search.queries import LONGEST_TEXT, BadQuery
from search.service import Found, find, suggest
from search.vocabulary import Vocabulary, current_vocabulary

router = Router()
FACET_WORDS = {param: facet.label for param, facet in FACETS.items()}


@router.get("/search", url_name="practice_search", openapi_extra=documented(parameters=SEARCH_PARAMETERS))
def practice_search(request: HttpRequest) -> JsonResponse:
    """Entries that match, with the counts of every facet value."""
    try:
        query, like = query_of(request, current_vocabulary())
    except BadQuery as error:
        return problem(400, error.problem, param=error.param)
    found = find(query, user=request.user, like=like)
    return JsonResponse(found_as_data(found))


def found_as_data(found: Found) -> dict[str, Any]:
    """The answer in the shape that `docs/api.md` fixes."""
    result, understanding = found.result, found.query.expansions
    return {
        "query": found.query.text,
        "understood": [{"term": u.term, "as": list(u.also)} for u in understanding.understood]
        if understanding
        else [],
        "total": result.total,
        "page": found.query.page,
        "size": found.query.size,
        "groups": result.groups,
        "results": [hit_as_data(hit) for hit in result.hits],
        "facets": {
            param: [
                {
                    "value": value.value,
                    "label": found.label(param, value.value),
                    "count": value.count,
                    "selected": value.selected,
                }
                for value in values
            ]
            for param, values in result.facets.items()
        },
        "did_you_mean": result.did_you_mean,
        "relaxed": result.relaxed,
        "notice": found.notice or None,
        "took_ms": round(result.took_ms, 2),
    }


def hit_as_data(hit: Hit) -> dict[str, Any]:
    """One entry of a list. `evidence` is its headline row."""
    card = hit.fields
    rows = [{key: row[key] for key in ("outcome", "strength", "direction")} for row in card["outcomes"]]
    headline = rows[0] if rows else {"strength": 0, "direction": "not-known"}
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
        "licence": card.get("licence") or None,
        "made_from": card.get("made_from", []),
    }
    if hit.folded_total:
        data["folded"] = {"total": hit.folded_total, "results": [hit_as_data(place) for place in hit.folded]}
    return data


@router.get(
    "/suggest",
    url_name="practice_suggest",
    openapi_extra=documented(
        parameters=[
            {
                "in": "query",
                "name": "q",
                "required": True,
                "schema": {"type": "string", "maxLength": LONGEST_TEXT},
            }
        ]
    ),
)
def practice_suggest(request: HttpRequest) -> JsonResponse:
    """What the typed beginning may become: entries, terms and authorities, each with its type."""
    typed = " ".join(request.GET.get("q", "").split())
    if len(typed) > LONGEST_TEXT or "\x00" in typed:
        return problem(400, f"Give at most {LONGEST_TEXT} readable characters.", param="q")
    vocabulary = current_vocabulary()
    found = suggest(typed, user=request.user) if typed else []
    return JsonResponse({"query": typed, "suggestions": [_suggestion(each, vocabulary) for each in found]})


def _suggestion(each: Suggestion, vocabulary: Vocabulary) -> dict[str, Any]:
    search = reverse("practice_search")
    entry = each.type in TYPE
    return {
        "text": each.text,
        "type": each.type,
        "type_label": TYPE[each.type] if entry else FACET_WORDS.get(each.type, each.type),
        "value": each.value,
        "count": each.count,
        "url": None if entry else f"{search}?{each.type}={each.value}",
    }


@router.get("/{entry_id}", url_name="practice_entry", openapi_extra=documented())
def practice_entry(request: HttpRequest, entry_id: str) -> JsonResponse:
    """One entry whole: its rows, its sources, its studies and its ratings with every criterion."""
    try:
        uid = uuid.UUID(entry_id)
    except ValueError:
        return problem(404)
    data = entry_as_data(uid, user=request.user)
    return problem(404) if data is None else JsonResponse(data)
