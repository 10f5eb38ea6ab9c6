"""Prepares practice models and case studies for search: what they say, what they can be narrowed by, and their card.

Only what is published is prepared; everything else is a tombstone. A batch costs the same number of queries
whatever its size.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from django.utils.text import slugify

from practice_library.choices import Role
from practice_library.evidence.facts import STRENGTH_SLUGS, Strength
from practice_library.partial_dates import year_of
from search.documents.rows import Batch, read_batch
from search.documents.schema import PracticeDocument

COST_BANDS = ((500, "under-500"), (2000, "500-1999"), (5000, "2000-4999"), (10000, "5000-9999"))
LOCAL_APPROACH = "local-approach"
#: How many conditions and results a card shows.
NEEDS, RESULTS = 2, 2


def documents_of(uids: Iterable[Any], versions: dict[str, int]) -> Iterator[PracticeDocument]:
    """The documents of those entries that are published; `versions` gives the version of each by uid."""
    batch = read_batch(list(uids))
    for pk in batch.entries:
        document = prepare(batch, pk, version=versions.get(str(batch.entries[pk]["uid"]), 0))
        document["card"]["fingerprint"] = fingerprint_of(document)
        yield document


def fingerprint_of(document: PracticeDocument) -> str:
    """Equal for equal content, whatever its version: an index that holds it can be compared without reading it back."""
    content = {key: value for key, value in document.items() if key != "version"}
    return blake2b(json.dumps(content, sort_keys=True, default=str).encode(), digest_size=12).hexdigest()


def prepare(batch: Batch, pk: int, *, version: int) -> PracticeDocument:
    """One entry as search knows it. Needs no engine."""
    entry = batch.entries[pk]
    authorities = [place for place in batch.organisations(pk) if place["is_authority"]]
    ratings = batch.ratings[pk]
    conditions = batch.conditions[pk]
    models = batch.models_used[pk]
    newest = max(
        [batch.newest_source[pk], entry["status_as_at"], entry["start"]], key=lambda date: date or ""
    )
    facets: dict[str, list[str]] = {
        "kind": _kinds(entry, models),
        "model": [entry["slug"]] if entry["is_model"] else [model["slug"] for model in models],
        "cohort": [row["slug"] for row in batch.cohorts[pk]],
        "theme": [row["slug"] for row in batch.themes[pk]],
        "stage": [row["slug"] for row in batch.stages[pk]],
        "workforce": [row["slug"] for row in batch.workforce[pk]],
        "authority": [place["slug"] for place in authorities],
        "region": [place["region"] for place in authorities if place["region"]],
        "country": _country(entry, authorities),
        "status": [entry["status"]],
        "cost": _cost_bands(batch.costs[pk]),
        "year": [str(year_of(entry["start"]))] if entry["start"] else [],
    }
    return {
        "uid": str(entry["uid"]),
        "version": version,
        "page_id": pk,
        "type": "model" if entry["is_model"] else "case_study",
        "title": entry["title"],
        "aliases": list(entry["other_names"]),
        "summary": entry["summary"],
        "places": [place["name"] for place in batch.organisations(pk)] + batch.partner_names[pk],
        "terms": [row["name"] for rows in batch.terms(pk) for row in rows]
        + [model["title"] for model in models],
        "body": [*batch.statements[pk], *(row["note"] for row in conditions), entry["variant"]],
        "studies": batch.studies[pk],
        "facets": {param: sorted(set(values)) for param, values in facets.items() if values},
        "outcome_rows": [
            (row["outcome"] or "", STRENGTH_SLUGS[Strength(row["strength"])], row["direction"])
            for row in ratings
        ],
        "condition_rows": [
            (row["slug"], row["role"], row["present_at_start"] or "not-known") for row in conditions
        ],
        "models": [str(model["uid"]) for model in models],
        "newest": newest or "",
        "strength": max((row["strength"] for row in ratings), default=0),
        "card": _card(batch, pk, authorities),
    }


def _kinds(entry: dict[str, Any], models: list[dict[str, Any]]) -> list[str]:
    if entry["is_model"]:
        return [entry["kind"]]
    return [model["kind"] for model in models] or [LOCAL_APPROACH]


def _country(entry: dict[str, Any], authorities: list[dict[str, Any]]) -> list[str]:
    country = entry["country"] or ("England" if authorities else "")
    return [slugify(country)] if slugify(country) else []


def _cost_bands(pounds: list[Any]) -> list[str]:
    known = [amount for amount in pounds if amount is not None]
    if not known:
        return ["not-reported"]
    return [next((band for limit, band in COST_BANDS if amount < limit), "10000-over") for amount in known]


def _card(batch: Batch, pk: int, authorities: list[dict[str, Any]]) -> dict[str, Any]:
    """What a list shows of an entry, so that a page of results needs no row of it from the database."""
    entry = batch.entries[pk]
    rows = [
        {
            "outcome": row["outcome"],
            "name": row["outcome_name"],
            "strength": row["strength"],
            "direction": row["direction"],
            "harm": row["harm_flag"],
        }
        for row in batch.ratings[pk]
        if row["outcome"]
    ]
    return {
        "title": entry["title"],
        "url": entry["url"],
        "summary": entry["summary"],
        "kind": entry["kind"],
        "extent": entry["extent"],
        "places": [place["name"] for place in batch.organisations(pk)],
        "authorities": [place["slug"] for place in authorities],
        "models": [{"title": model["title"], "url": model["url"]} for model in batch.models_used[pk]],
        "status": {"state": entry["status"], "as_at": entry["status_as_at"]},
        "start": entry["start"],
        "run_in": batch.run_in[pk],
        "outcomes": rows,
        "results": _worth_showing(rows),
        "needs": _needs(batch.conditions[pk]),
        "licence": entry["licence"],
        "made_from": entry["made_from"],
    }


def _needs(conditions: list[dict[str, Any]]) -> list[str]:
    """Each condition once, also where several sources name it."""
    return list(dict.fromkeys(row["name"] for row in conditions if row["role"] == Role.ENABLER))[:NEEDS]


def _worth_showing(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The headline and the strongest row of another direction, so that failure stands beside success."""
    if not rows:
        return []
    other = next((row for row in rows if row["direction"] != rows[0]["direction"]), None)
    return [row for row in (rows[0], other or (rows[1] if len(rows) > 1 else None)) if row][:RESULTS]
