"""The evidence map: what was tested for whom, and the studies behind each of its numbers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from ninja import Router

from practice_library import labels
from practice_library.evidence.standard import STANDARD_VERSION
from practice_library.map_choices import MapChoices, read_choices, shown_terms
from practice_library.presenters.evidence_map import Cell, map_view
from practice_library.presenters.map_studies import in_order
from practice_library.selectors.evidence_map import (
    MapFacts,
    StudiesFound,
    Tested,
    map_facts,
    places_on_the_map,
    studies_found,
    vocabularies,
)
from practice_library.selectors.term_tree import TermTree
from search.api import schemas_of_evidence as schemas
from search.api.entries import reported
from search.api.openapi import GAP_PARAMETERS, documented
from search.api.parameters import PAGING, Params, page_of, read
from search.queries import BadQuery

router = Router()
KNOWN = tuple(parameter["name"] for parameter in GAP_PARAMETERS)


@router.get("", url_name="gaps", response=schemas.Gaps, openapi_extra=documented(parameters=GAP_PARAMETERS))
def gaps(request: HttpRequest) -> JsonResponse:
    """The map; with a cohort, an outcome or a direction the studies that it counts there, what was tested hardest first.

    `open` and `within` open groups of the map; `page` and `size` choose from the studies.
    """
    given = read(request, KNOWN, repeatable=("open",))
    page, size = page_of(given)
    cohorts, outcomes = vocabularies()
    choices = _choices(given, cohorts, outcomes)
    found = map_facts(choices, cohorts, outcomes, user=request.user)
    data: dict[str, Any] = {
        "url": choices.url(),
        "standard_version": STANDARD_VERSION,
        "counted_on": timezone.localdate().isoformat(),
        "map": None,
        "studies": None,
    }
    if choices.is_list:
        chosen = studies_found(found, choices, user=request.user)
        ordered = in_order(found, chosen)
        data["studies"] = {
            "total": len(ordered),
            "page": page,
            "size": size,
            "studies": [_study(found, chosen, pk) for pk in ordered[(page - 1) * size : page * size]],
        }
    else:
        data["map"] = _map(found, choices, request.user)
    return JsonResponse(data)


def _choices(given: Params, cohorts: TermTree, outcomes: TermTree) -> MapChoices:
    """What was asked for. Raises: BadQuery."""
    asked = {name: values for name, values in given.items() if name not in PAGING}
    choices, problems = read_choices(asked, cohorts, outcomes)
    if problems:
        wrong = (name for name in asked if read_choices({name: asked[name]}, cohorts, outcomes)[1])
        raise BadQuery(problems[0], next(wrong))
    return choices


def _map(found: MapFacts, choices: MapChoices, user: Any) -> dict[str, Any]:
    places = places_on_the_map(choices, found.cohorts, found.outcomes, user=user)
    view = map_view(found, choices, places, today=timezone.localdate())
    rows, columns = shown_terms(choices, found.cohorts, found.outcomes)
    return {
        "cohorts": [_term(term, found.cohorts) for term in rows],
        "outcomes": [_term(term, found.outcomes) for term in columns],
        "cells": [
            {"cohort": row.slug, "outcome": column.slug, **_cell(cell)}
            for row in view.rows
            for column, cell in zip(view.columns, row.cells, strict=True)
        ],
    }


def _term(term: Any, tree: TermTree) -> dict[str, Any]:
    group = tree.group_of(term.slug)
    return {
        "term": term.slug,
        "label": term.name,
        "group": None if group is term else group.slug,
        "within": len(tree.within(term.slug)),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    counts = {each.direction: each.count.number for each in cell.directions}
    tested = cell.studies is not None
    return {
        "studies": cell.studies.number if cell.studies else 0,
        "directions": {direction: counts.get(direction, 0) for direction in labels.DIRECTION},
        "hardest_test": {"strength": cell.strength, "label": cell.hardest} if tested else None,
        "places": {"number": cell.places.number, "label": cell.places.what, "url": cell.places.url}
        if cell.places
        else None,
        "url": cell.studies.url if cell.studies else None,
    }


def _study(found: MapFacts, chosen: StudiesFound, pk: int) -> dict[str, Any]:
    study = found.studies[pk]
    return {
        "key": study.key,
        "title": study.title,
        "authors": study.authors,
        "year": study.year,
        "design": study.design,
        "country": reported(study.country),
        "results": [_result(found, row) for row in chosen.results[pk]],
        "entries": [
            {"id": str(entry.uid), "title": entry.title, "url": f"{entry.url}#study-{study.key}"}
            for entry in chosen.entries[pk]
        ],
    }


def _result(found: MapFacts, row: Tested) -> dict[str, Any]:
    return {
        "outcome": row.outcome,
        "label": found.outcomes[row.outcome].name,
        "direction": row.direction,
        "strength": row.strength,
        "harm_flag": row.harm_flag,
        "statements": list(row.statements),
    }
