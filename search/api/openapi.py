"""What OpenAPI says of addresses beyond what their functions and schemas tell: the parameters of a search, and errors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from website.places.choices import Region

from practice_library.choices import RatedBecause
from practice_library.map_choices import CLOSED
from search.engine import DEEPEST_ROW, PAGE_SIZE
from search.facets import FACETS, SORTS, Facet
from search.queries import LARGEST_PAGE, LONGEST_TEXT, MOST_VALUES

LONGEST_SLUG = 121
#: An empty value is as if it were not given: forms and links carry them.
EMPTY = ""
SLUG_PATTERN = "^([a-z0-9][a-z0-9_-]*)?$"
PROBLEM: dict[str, Any] = {
    "description": "What is wrong, in plain English",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": {"type": "string", "format": "uri-reference"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "param": {"type": "string", "description": "The parameter that it is about."},
                },
            }
        }
    },
}


def _facet(facet: Facet) -> dict[str, Any]:
    item: dict[str, Any] = {"type": "string"}
    if facet.closed:
        item["enum"] = [*facet.closed, EMPTY]
    else:
        item |= (
            {"pattern": "^(([0-9]{4}|from|to)-)?([0-9]{4})?$"}
            if facet.param == "year"
            else {"pattern": SLUG_PATTERN}
        )
        item["maxLength"] = LONGEST_SLUG
    return _query(facet.param, facet.label, type="array", items=item, maxItems=MOST_VALUES) | {
        "explode": True
    }


def _query(name: str, words: str, **schema: Any) -> dict[str, Any]:
    return {"in": "query", "name": name, "required": False, "description": words, "schema": schema}


#: Values of one facet are OR, facets are AND; facets of one row hold in the same row.
SEARCH_PARAMETERS: list[dict[str, Any]] = [
    _query("q", "Words; quotes keep a phrase together.", type="string", maxLength=LONGEST_TEXT),
    *(_facet(facet) for facet in FACETS.values()),
    _query(
        "like",
        "Slug of an authority: it and its statistical neighbours.",
        type="string",
        pattern=SLUG_PATTERN,
        maxLength=LONGEST_SLUG,
    ),
    _query("sort", "Order; `best` unless told otherwise.", type="string", enum=[*SORTS, EMPTY]),
    _query("words", "`mine`: search only the words as typed.", type="string", enum=["mine", EMPTY]),
    _query(
        "group", "`model`: places of one model stand under it.", type="string", enum=["model", "none", EMPTY]
    ),
    _query(
        "page",
        f"From 1; a list can be read down to row {DEEPEST_ROW:,}. Exports have no last row.",
        type="integer",
        minimum=1,
        maximum=DEEPEST_ROW // PAGE_SIZE,
    ),
    _query(
        "size",
        f"Entries on a page, {PAGE_SIZE} unless told otherwise.",
        type="integer",
        minimum=1,
        maximum=LARGEST_PAGE,
    ),
]
BEGINNING: list[dict[str, Any]] = [
    _query("q", "What was typed so far.", type="string", maxLength=LONGEST_TEXT)
]

PAGING = [parameter for parameter in SEARCH_PARAMETERS if parameter["name"] in ("page", "size")]
CHANGE_PARAMETERS: list[dict[str, Any]] = [
    _query("since", "Rated on this day or later.", type="string", format="date"),
    _query("until", "Rated on this day or earlier.", type="string", format="date"),
    _query("because", "Why it was stored.", type="string", enum=[*RatedBecause.values, EMPTY]),
    *PAGING,
]
REGISTER_PARAMETERS: list[dict[str, Any]] = [
    _query("region", "Places of one region.", type="string", enum=[*Region.values, EMPTY]),
    *(parameter for parameter in SEARCH_PARAMETERS if parameter["name"] == "like"),
    *PAGING,
]
_SLUG: dict[str, Any] = {"type": "string", "pattern": SLUG_PATTERN, "maxLength": LONGEST_SLUG}
GAP_PARAMETERS: list[dict[str, Any]] = [
    _query("cohort", "Studies for these children or families, or for any group within them.", **_SLUG),
    _query("outcome", "Studies about this outcome, or any within it.", **_SLUG),
    *(
        _query(name, words, type="string", enum=[*CLOSED[name], EMPTY])
        for name, words in (
            ("direction", "Studies that found this."),
            ("country", "`england`: only what was found in England counts."),
            ("evidence", "`compared`: only what was compared with a similar group counts."),
            ("forecasts", "`without`: forecasts do not count."),
        )
    ),
    _query("open", "Groups of cohorts to show with all within them.", type="array", items=_SLUG)
    | {"explode": True},
    _query("within", "A group of outcomes whose members are the columns.", **_SLUG),
    *PAGING,
]


def documented(
    *, parameters: Iterable[dict[str, Any]] = (), media: str = "", also: Iterable[int] = ()
) -> dict[str, Any]:
    """Parameters, every error that an address answers with, and the media type of an answer that is not JSON."""
    responses: dict[int, Any] = dict.fromkeys((400, *also), PROBLEM)
    if media:
        responses[200] = {"description": "OK", "content": {media: {"schema": {"type": "string"}}}}
    return {"parameters": list(parameters), "responses": responses}
