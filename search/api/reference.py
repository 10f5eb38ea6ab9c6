"""Vocabularies and authorities."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from ninja import Router
from website.places.choices import AliasKind
from website.places.models import Alias, Organisation

from search.api import schemas
from search.api.authority import authority_as_data
from search.api.openapi import documented
from search.api.parameters import read
from search.api.problems import problem
from search.facets import FACETS
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


@router.get(
    "/vocabularies", url_name="vocabularies", response=schemas.Vocabularies, openapi_extra=documented()
)
def vocabularies(request: HttpRequest) -> JsonResponse:
    """The vocabularies that there are."""
    read(request, ())
    return JsonResponse({"vocabularies": [_named(name, facet) for name, facet in NAMES.items()]})


def _named(name: str, facet: str) -> dict[str, Any]:
    address = reverse("api:vocabulary", kwargs={"name": name})
    return {"name": name, "facet": facet, "label": FACETS[facet].label, "url": address}


@router.get(
    "/vocabularies/{name}",
    url_name="vocabulary",
    response=schemas.Vocabulary,
    openapi_extra=documented(also=(404,)),
)
def vocabulary(request: HttpRequest, name: str) -> JsonResponse:
    """The terms of one vocabulary, in reading order. The name of its facet serves as well."""
    read(request, ())
    facet = NAMES.get(name, name)
    if facet not in TERM_FACETS:
        return problem(404, f"There is no such vocabulary. Known are: {', '.join(NAMES)}.")
    plural = next(known for known, of in NAMES.items() if of == facet)
    terms = TERM_FACETS[facet].objects.values("slug", "name", "scope_note", "synonyms", "broader__slug")
    return JsonResponse(
        {
            "name": plural,
            "facet": facet,
            "label": FACETS[facet].label,
            "terms": [{"broader": term.pop("broader__slug"), **term} for term in terms],
        }
    )


@router.get("/authorities", url_name="authorities", response=schemas.Authorities, openapi_extra=documented())
def authorities(request: HttpRequest) -> JsonResponse:
    """Children's services authorities of England, former ones with their successors, each with those most like it."""
    read(request, ())
    known = current_vocabulary()
    former_codes = Alias.objects.filter(kind=AliasKind.FORMER_CODE)
    found = (
        Organisation.objects.authorities()
        .prefetch_related("successors", Prefetch("aliases", former_codes, to_attr="former_codes"))
        .order_by("short_name", "slug")
    )
    return JsonResponse(
        {
            "authorities": [
                authority_as_data(
                    each,
                    former_codes=[code.alias for code in each.former_codes],
                    successors=[successor.slug for successor in each.successors.all()],
                    neighbours=known.areas_like(each.slug)[1:],
                )
                for each in found
            ]
        }
    )
