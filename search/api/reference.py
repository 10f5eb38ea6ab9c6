"""Vocabularies and authorities."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Router
from website.places.models import Organisation

from search.api.parameters import documented
from search.api.problems import problem
from search.vocabulary import TERM_FACETS, current_vocabulary

router = Router()
#: Names of the vocabularies; the facet they belong to.
NAMES = {
    "cohorts": "cohort",
    "conditions": "condition",
    "outcomes": "outcome",
    "themes": "theme",
    "stages": "stage",
    "workforce": "workforce",
}


@router.get("/vocabularies", url_name="vocabularies", openapi_extra=documented())
def vocabularies(request: HttpRequest) -> JsonResponse:
    """The vocabularies that there are."""
    return JsonResponse({"vocabularies": [{"name": name, "facet": facet} for name, facet in NAMES.items()]})


@router.get("/vocabularies/{name}", url_name="vocabulary", openapi_extra=documented())
def vocabulary(request: HttpRequest, name: str) -> JsonResponse:
    """The terms of one vocabulary, in reading order."""
    facet = NAMES.get(name, name)
    if facet not in TERM_FACETS:
        return problem(404, f"There is no such vocabulary. Known are: {', '.join(NAMES)}.")
    terms = TERM_FACETS[facet].objects.select_related("broader")
    plural = next(known for known, of in NAMES.items() if of == facet)
    return JsonResponse({"name": plural, "facet": facet, "terms": [_term(term) for term in terms]})


def _term(term: Any) -> dict[str, Any]:
    return {
        "slug": term.slug,
        "name": term.name,
        "scope_note": term.scope_note,
        "synonyms": term.synonyms,
        "broader": term.broader.slug if term.broader else None,
    }


@router.get("/authorities", url_name="authorities", openapi_extra=documented())
def authorities(request: HttpRequest) -> JsonResponse:
    """Children's services authorities of England, former ones with their successors."""
    known = current_vocabulary()
    found = Organisation.objects.authorities().prefetch_related("successors").order_by("short_name", "slug")
    return JsonResponse(
        {"authorities": [_authority(each, known.areas_like(each.slug)[1:]) for each in found]}
    )


def _authority(each: Organisation, neighbours: tuple[str, ...]) -> dict[str, Any]:
    return {
        "slug": each.slug,
        "name": each.name,
        "short_name": each.short_name,
        "kind": each.kind,
        "region": each.region,
        "ons_code": each.ons_code,
        "dfe_number": each.dfe_number,
        "start": each.start.isoformat() if each.start else None,
        "end": each.end.isoformat() if each.end else None,
        "successors": [successor.slug for successor in each.successors.all()],
        "statistical_neighbours": list(neighbours),
        "url": f"/authorities/{each.slug}/",
    }
