"""Who runs a model, as its register groups them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from ninja import Path, Router
from website.places.choices import Region

from practice_library.labels import STATUS
from practice_library.presenters import links
from practice_library.presenters.register import Part, number_of_runs, parts_by_standing
from practice_library.selectors.registers import register_at
from search.api import schemas_of_places as schemas
from search.api.entries import reported
from search.api.openapi import REGISTER_PARAMETERS, documented
from search.api.parameters import PAGING, not_known, page_of, read
from search.api.problems import problem

router = Router()
KNOWN = ("region", "like", *PAGING)


@router.get(
    "/{slug:model}",
    url_name="register",
    response=schemas.Register,
    openapi_extra=documented(parameters=REGISTER_PARAMETERS, also=(404,)),
)
def register(request: HttpRequest, model: str = Path(..., description="Slug of a model.")) -> JsonResponse:
    """Places that a source names as running a model: confirmed in the last 24 months apart from older accounts."""
    given = read(request, KNOWN)
    page, size = page_of(given)
    region, like = (given.get(name, [""])[-1] for name in ("region", "like"))
    if region and region not in Region.values:
        raise not_known("region", region, Region.values)
    facts = register_at(model, like=like, user=request.user)
    if facts is None:
        return problem(404)
    if like != facts.like:
        raise not_known("like", like, [each.slug for each in facts.authorities])
    today = timezone.localdate()
    grouped = parts_by_standing(facts, region=region, today=today)
    rows = [(standing, part) for standing, parts in grouped.items() for part in parts]
    return JsonResponse(
        {
            "model": {"id": str(facts.uid), "title": facts.title, "url": facts.url},
            "url": links.register(facts.slug),
            "counted_on": today.isoformat(),
            "case_studies": number_of_runs(grouped),
            "case_studies_in_all": len(facts.runs),
            "numbers": {standing: len(parts) for standing, parts in grouped.items()},
            "total": len(rows),
            "page": page,
            "size": size,
            "rows": [_row(standing, part) for standing, part in rows[(page - 1) * size : page * size]],
        }
    )


def _row(standing: str, part: Part) -> dict[str, Any]:
    run = part.run
    place = {"slug": part.slug, "name": part.place.text, "url": part.place.url} if part.slug else None
    return {
        "standing": standing,
        "place": place,
        "role": "delivered with the lead"
        if part.role and run.lead_slug
        else "took part"
        if part.role
        else "lead",
        "region": reported(part.region),
        "country": reported(run.country),
        "entry": {"id": str(run.uid), "title": run.title, "url": run.url},
        "variant": reported(run.variant),
        "start": reported(run.start),
        "end": reported(run.end),
        "status": {"state": run.status, "label": STATUS[run.status], "as_at": reported(run.status_as_at)},
        "stop_reason": reported(run.stop_reason),
    }
