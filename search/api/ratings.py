"""Changes of ratings, one by one, for whoever keeps a copy."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Router

from practice_library.choices import RatedBecause
from practice_library.selectors.rating_log import Asked, changes
from search.api import schemas
from search.api.entries import address_of, override_as_data
from search.api.openapi import CHANGE_PARAMETERS, documented
from search.api.parameters import PAGING, page_of, read
from search.queries import BadQuery

router = Router()
KNOWN = ("since", "until", "because", *PAGING)


@router.get(
    "/changes",
    url_name="rating_changes",
    response=schemas.RatingChanges,
    openapi_extra=documented(parameters=CHANGE_PARAMETERS),
)
def rating_changes(request: HttpRequest) -> JsonResponse:
    """Ratings of entries that everybody may read, the newest first, with the value that each replaced."""
    given = read(request, KNOWN)
    params = {name: values[-1].strip() for name, values in given.items()}
    because = params.get("because", "")
    if because and because not in RatedBecause.values:
        raise BadQuery(f"because takes: {', '.join(RatedBecause.values)}.", "because")
    asked = Asked(
        since=_day(params, "since"), until=_day(params, "until"), because=[because] if because else ()
    )
    page, size = page_of(given)
    found = changes(asked, user=request.user)
    rows = [_change(row) for row in found[(page - 1) * size : page * size]]
    return JsonResponse({"total": found.count(), "page": page, "size": size, "changes": rows})


def _change(row: dict[str, Any]) -> dict[str, Any]:
    before = None
    if row["replaces__uid"]:
        before = {
            "id": str(row["replaces__uid"]),
            "strength": row["replaces__strength"],
            "direction": row["replaces__direction"],
        }
    return {
        "id": str(row["uid"]),
        "url": f"/practice/ratings/{row['uid']}/",
        "entry": {
            "id": str(row["entry__uid"]),
            "title": row["entry__title"],
            "url": address_of(row["entry__url_path"]),
        },
        "outcome": row["outcome__slug"],
        "label": row["outcome__name"],
        "because": row["because"],
        "strength": row["strength"],
        "direction": row["direction"],
        "harm_flag": row["harm_flag"],
        "computed": {"strength": row["computed_strength"], "direction": row["computed_direction"]},
        "override": override_as_data(row),
        "before": before,
        "in_force": row["superseded_at"] is None,
        "standard_version": row["standard_version"],
        "rated_at": row["rated_at"].isoformat(),
    }


def _day(params: dict[str, str], name: str) -> dt.date | None:
    if not params.get(name):
        return None
    try:
        return dt.date.fromisoformat(params[name])
    except ValueError as wrong:
        raise BadQuery(f"{name} takes a day as YYYY-MM-DD.", name) from wrong
