"""The parameters of a search as the API takes and documents them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from search.engine import PracticeQuery
from search.facets import FACETS, SORTS
from search.queries import LARGEST_PAGE, LONGEST_TEXT, OTHER_PARAMS, BadQuery, parse
from search.vocabulary import Vocabulary

KNOWN = frozenset({*FACETS, *OTHER_PARAMS})


def query_of(request: HttpRequest, vocabulary: Vocabulary) -> tuple[PracticeQuery, str]:
    """The query and the authority that areas are to be like.

    A misspelt parameter would silently widen the search, so here, unlike on the page, it is refused.
    Raises: BadQuery.
    """
    params = {name: request.GET.getlist(name) for name in request.GET}
    for name, values in params.items():
        if name not in KNOWN:
            raise BadQuery(
                f"“{name[:40]}” is not a parameter. Known are: {', '.join(sorted(KNOWN))}.", name[:40]
            )
        if any("\x00" in value for value in values):
            raise BadQuery("The request holds characters that cannot be searched for.", name)
    query = parse(params, neighbours=lambda slug: vocabulary.areas_like(slug) or None)
    return query, (params.get("like") or [""])[-1].strip()


def _array(name: str, words: str, values: tuple[str, ...] = ()) -> dict[str, Any]:
    item: dict[str, Any] = {"type": "string", "maxLength": 121}
    if values:
        item["enum"] = list(values)
    schema = {"type": "array", "items": item, "maxItems": 40}
    return {"in": "query", "name": name, "description": words, "schema": schema, "explode": True}


def _single(name: str, words: str, **schema: Any) -> dict[str, Any]:
    return {"in": "query", "name": name, "description": words, "schema": {"type": "string", **schema}}


#: For OpenAPI. Values of one facet are OR, facets are AND; rows match as one.
SEARCH_PARAMETERS: list[dict[str, Any]] = [
    _single("q", "Words; quotes keep a phrase together.", maxLength=LONGEST_TEXT),
    *(_array(facet.param, facet.label, facet.closed) for facet in FACETS.values()),
    _single("like", "Slug of an authority: it and its statistical neighbours."),
    _single("sort", "Order.", enum=list(SORTS)),
    _single("words", "`mine`: search only the words as typed.", enum=["mine"]),
    _single("group", "`model`: places of one model stand under it.", enum=["model", "none"]),
    {"in": "query", "name": "page", "schema": {"type": "integer", "minimum": 1, "maximum": 500}},
    {"in": "query", "name": "size", "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE}},
]
PROBLEM: dict[str, Any] = {
    "description": "What is wrong, in plain English",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "param": {"type": "string"},
                },
            }
        }
    },
}


def documented(
    *, parameters: list[dict[str, Any]] | None = None, media: str = "application/json"
) -> dict[str, Any]:
    """What OpenAPI says of an address beyond what its function tells."""
    responses: dict[Any, Any] = {
        200: {"description": "OK", "content": {media: {"schema": {}}}},
        400: PROBLEM,
        404: PROBLEM,
    }
    return {"parameters": parameters or [], "responses": responses}
