"""One authority in its context: its practice, areas like it, official figures and the latest judgement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Path, Router
from website.places.choices import AliasKind, Caution, ValueStatus
from website.places.indicators import CONTEXT_INDICATORS
from website.places.judgements import JUDGED
from website.places.models import IndicatorValue, Judgement, Organisation

from practice_library.choices import Licence
from practice_library.labels import STATUS
from practice_library.models import Entry
from practice_library.presenters import links
from practice_library.presenters.area import CONTEXT_ONLY, FRAMEWORKS, HEADINGS, period_end
from practice_library.selectors.lists import EntryRow, entry_rows
from practice_library.selectors.places import PlaceFacts, organisation_at, place_facts
from search.api import schemas_of_places as schemas
from search.api.entries import licence_as_data, reported
from search.api.openapi import PAGING as PAGING_PARAMETERS
from search.api.openapi import documented
from search.api.parameters import PAGING, page_of, read
from search.api.problems import problem

router = Router()
OF_FIGURES = (
    "Context for reading practice, and no mark of it: no figure here says better or worse. What is not published may be "
    "missing or suppressed, and what looks absurd is kept as published with a caution."
)
#: Readers of the data must see whose it is.
OGL = {
    **(licence_as_data(Licence.OGL) or {}),
    "attribution": "Contains public sector information licensed under the Open Government Licence v3.0.",
}


@router.get(
    "/{slug:slug}",
    url_name="authority",
    response=schemas.AuthorityInContext,
    openapi_extra=documented(parameters=PAGING_PARAMETERS, also=(404,)),
)
def authority(
    request: HttpRequest, slug: str = Path(..., description="Slug of an authority of today or a former one.")
) -> JsonResponse:
    """An authority; `page` and `size` choose from its practice, by name."""
    page, size = page_of(read(request, PAGING))
    found = organisation_at(slug, authority=True)
    if found is None:
        return problem(404)
    facts = place_facts(found, user=request.user)
    former_codes = found.aliases.filter(kind=AliasKind.FORMER_CODE).values_list("alias", flat=True)
    chosen = facts.practice.entries[(page - 1) * size : page * size]
    rows = entry_rows(Entry.objects.readable_by(request.user).filter(pk__in=chosen))
    return JsonResponse(
        {
            **authority_as_data(
                found,
                former_codes=list(former_codes),
                successors=[each.slug for each in facts.successors],
                neighbours=[each.slug for each in facts.neighbours],
            ),
            "predecessors": [each.slug for each in facts.predecessors],
            "practice": {
                "total": len(facts.practice.entries),
                "page": page,
                "size": size,
                "stages": [
                    {
                        "term": stage.slug,
                        "label": stage.name,
                        "case_studies": len(facts.practice.by_stage.get(stage.pk, ())),
                    }
                    for stage in facts.stages
                ],
                "entries": [_entry(row, facts) for row in rows],
            },
            "neighbours": [
                _neighbour(rank, each, facts) for rank, each in enumerate(facts.neighbours, start=1)
            ],
            "figures": {
                "note": OF_FIGURES,
                "licence": OGL,
                "values": [_figure(value) for value in _in_order(facts.figures, found.pk)],
            },
            "judgement": _judgement(facts.judgement) if facts.judgement else None,
        }
    )


def authority_as_data(
    each: Organisation, *, former_codes: Sequence[str], successors: Sequence[str], neighbours: Sequence[str]
) -> dict[str, Any]:
    """Who an authority is; the last three are slugs, neighbours in order of closeness."""
    return {
        "slug": each.slug,
        "name": each.name,
        "short_name": each.short_name,
        "official_name": reported(each.official_name),
        "kind": each.kind,
        "region": each.region,
        "ons_code": each.ons_code,
        "dfe_number": each.dfe_number,
        "former_ons_codes": list(former_codes),
        "start": each.start.isoformat() if each.start else None,
        "end": each.end.isoformat() if each.end else None,
        "successors": list(successors),
        "statistical_neighbours": list(neighbours),
        "url": links.authority(each.slug),
    }


def _entry(row: EntryRow, facts: PlaceFacts) -> dict[str, Any]:
    held = facts.practice.by_stage
    return {
        "id": str(row.uid),
        "title": row.title,
        "url": row.url,
        "role": "lead" if row.lead_id == facts.organisation.pk else "partner",
        "stages": [stage.slug for stage in facts.stages if row.pk in held.get(stage.pk, ())],
        "status": {
            "state": row.status,
            "label": STATUS[row.status],
            "as_at": reported(row.status_as_at),
        },
    }


def _neighbour(rank: int, each: Organisation, facts: PlaceFacts) -> dict[str, Any]:
    return {
        "rank": rank,
        "slug": each.slug,
        "name": each.short_name,
        "url": links.authority(each.slug),
        "case_studies": facts.entries_of_neighbours.get(each.pk, 0),
    }


def _in_order(values: Sequence[IndicatorValue], place: int) -> list[IndicatorValue]:
    """Those of the place itself, by measure and period."""
    return sorted(
        (value for value in values if value.organisation_id == place),
        key=lambda value: (
            CONTEXT_INDICATORS.index(value.indicator.key),
            period_end(value.period),
            value.period,
        ),
    )


def _figure(value: IndicatorValue) -> dict[str, Any]:
    return {
        "indicator": value.indicator.key,
        "label": value.indicator.label,
        "unit": value.indicator.unit,
        "period": value.period,
        "value": reported(value.value),
        "printed": reported(value.printed),
        "status": value.status,
        "status_label": ValueStatus(value.status).label,
        "caution": reported(value.caution),
        "caution_label": Caution(value.caution).label if value.caution else None,
        "source": value.source,
    }


def _judgement(judgement: Judgement) -> dict[str, Any]:
    start, end = judgement.inspection_start, judgement.inspection_end
    return {
        "note": CONTEXT_ONLY,
        "framework": judgement.framework,
        "framework_label": FRAMEWORKS.get(judgement.framework, judgement.framework),
        "inspection_type": reported(judgement.inspection_type),
        "inspection_start": start.isoformat() if start else None,
        "inspection_end": end.isoformat() if end else None,
        "published": judgement.published.isoformat(),
        "judged": [
            {
                "name": name,
                "label": HEADINGS[name],
                "grade": reported(getattr(judgement, name)),
                "grade_label": reported(getattr(judgement, f"get_{name}_display")()),
            }
            for name in JUDGED
        ],
        "report_url": reported(judgement.report_url),
        "licence": OGL,
    }
