"""One entry as data: everything that its page says, each statement with the keys of its sources."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from practice_library.models import CaseStudyPage, Entry, Source, Study, StudyEntry
from practice_library.models.rows import Sourced

RELATIONS = (
    "cohort_rows__tag",
    "condition_rows__tag",
    "statements",
    "costs",
    "claims__outcome",
    "stage_tags__tag",
    "theme_tags__tag",
    "workforce_tags__tag",
    "entry_sources",
)


def entry_as_data(uid: uuid.UUID, *, user: Any) -> dict[str, Any] | None:
    """The entry, or None where nobody may read it. The number of queries does not grow with the entry."""
    entry = Entry.objects.readable_by(user).filter(uid=uid).prefetch_related(*RELATIONS).first()
    if entry is None:
        return None
    place = (
        CaseStudyPage.objects.filter(pk=entry.pk)
        .select_related("lead_organisation")
        .prefetch_related("models_used__model", "partners__organisation")
        .first()
    )
    keys = dict(Source.objects.filter(pk__in=_source_ids(entry)).values_list("pk", "key"))
    data = {
        "id": str(entry.uid),
        "type": "case_study" if place else "model",
        "title": entry.title,
        "url": "/" + entry.url_path.split("/", 2)[2],
        "summary": entry.summary,
        "aliases": entry.other_names,
        "made_from": entry.made_from,
        "origin": entry.origin,
        "licence": entry.licence or None,
        "country": entry.country or None,
        "status": {
            "state": entry.status,
            "as_at": entry.status_as_at or None,
            "source": keys.get(entry.status_source_id or 0),
            "stop_reason": entry.stop_reason or None,
        },
        "start": entry.start or None,
        "end": entry.end or None,
        "stages": [row.tag.slug for row in entry.stage_tags.all()],
        "themes": [row.tag.slug for row in entry.theme_tags.all()],
        "workforce": [row.tag.slug for row in entry.workforce_tags.all()],
    }
    if place:
        lead = place.lead_organisation
        data |= {
            "extent": place.extent,
            "lead": lead.slug if lead else None,
            "authorities": _authorities(place),
            "partners": [partner.name or partner.organisation.short_name for partner in place.partners.all()],
            "models": [
                {"id": str(row.model.uid), "title": row.model.title} for row in place.models_used.all()
            ],
            "variant": place.variant or None,
        }
    else:
        data |= {"kind": entry.practicemodelpage.kind, "authorities": []}
    data |= {
        "cohorts": [
            _facts(row, keys, "ages", "threshold", "exclusions", "number", "defined_by", term=row.tag.slug)
            for row in entry.cohort_rows.all()
        ],
        "conditions": [
            _facts(
                row,
                keys,
                "role",
                "level",
                "necessity",
                "present_at_start",
                "present_at_end",
                "power",
                "note",
                "without_it",
                condition=row.tag.slug,
            )
            for row in entry.condition_rows.all()
        ],
        "statements": [
            _facts(
                row, keys, "section", "text", "claimed_by", "voice_who", editors_reading=row.editors_reading
            )
            for row in entry.statements.all()
        ],
        "costs": [
            _facts(
                row,
                keys,
                "what",
                "as_printed",
                "unit",
                "price_year",
                "payer",
                "cashable",
                "per",
                pounds=None if row.pounds is None else float(row.pounds),
            )
            for row in entry.costs.all()
        ],
        "claims": [
            _facts(row, keys, *STATED, "period", outcome=row.outcome.slug) for row in entry.claims.all()
        ],
        "ratings": _ratings(entry),
        "studies": _studies(entry),
        "sources": _sources(entry, keys),
    }
    return data


STATED = ("measure", "statement", "kind", "for_whom", "direction", "claimed_by", "effect", "forecast")


def _authorities(place: CaseStudyPage) -> list[str]:
    organisations = [place.lead_organisation, *(partner.organisation for partner in place.partners.all())]
    return [each.slug for each in organisations if each is not None and each.is_authority]


def _facts(row: Sourced, keys: dict[int, str], *names: str, **more: Any) -> dict[str, Any]:
    """A row as data; an empty fact is null, which means not reported."""
    values = {name: getattr(row, name) for name in names}
    facts = {name: None if value == "" else value for name, value in values.items()}
    own = [keys[row.source_id]] if row.source_id in keys else []
    return {**more, **facts, "at": row.at or None, "sources": [*own, *row.further_sources]}


def _source_ids(entry: Entry) -> set[int]:
    rows: list[Any] = [
        *entry.cohort_rows.all(), *entry.condition_rows.all(), *entry.statements.all(), *entry.costs.all(),
        *entry.claims.all(), *entry.entry_sources.all(),
    ]  # fmt: skip
    return {pk for pk in [*(row.source_id for row in rows), entry.status_source_id] if pk}


def _ratings(entry: Entry) -> list[dict[str, Any]]:
    rows = entry.ratings.current().select_related("outcome")
    return [
        {
            "id": str(row.uid),
            "outcome": row.outcome.slug if row.outcome else None,
            "strength": row.strength,
            "direction": row.direction,
            "harm_flag": row.harm_flag,
            "headline": row.is_headline,
            "england": row.detail["england"],
            "overall": row.detail["overall"],
            "standard_version": row.standard_version,
            "rated_at": row.rated_at.isoformat(),
        }
        for row in rows
    ]


STUDY_FACTS = (
    "title", "authors", "year", "design", "country", "sites", "number_of_sites", "baseline_unit", "baseline_intervention",
    "baseline_comparison", "followup_unit", "followup_intervention", "followup_comparison", "allocation",
    "baseline_equivalence", "as_allocated", "attrition_reported", "validated_measures", "administrative_outcomes",
    "whole_area", "independent", "peer_reviewed", "implementation_only", "same_sample_as", "note",
)  # fmt: skip
FINDING_FACTS = (
    *STATED, "uncertainty", "compared", "subgroup", "powered", "harm", "harm_looked_for", "whose_definition",
)  # fmt: skip


def _studies(entry: Entry) -> list[dict[str, Any]]:
    ids = StudyEntry.objects.filter(entry_id=entry.pk).values("study_id")
    studies = (
        Study.objects.published()
        .filter(pk__in=ids)
        .order_by("year", "key")
        .prefetch_related("findings__outcome", "findings__source", "study_sources__source")
    )
    return [_study(study) for study in studies]


def _study(study: Study) -> dict[str, Any]:
    return {
        "key": study.key,
        **_reported(study, STUDY_FACTS),
        "sources": [row.source.key for row in study.study_sources.all()],
        "findings": [
            {
                "key": finding.key,
                "outcome": finding.outcome.slug,
                **_reported(finding, FINDING_FACTS),
                "follow_up_months": None
                if finding.follow_up_months is None
                else float(finding.follow_up_months),
                "sources": [finding.source.key] if finding.source else [],
            }
            for finding in study.findings.all()
        ],
    }


def _reported(thing: Any, names: Iterable[str]) -> dict[str, Any]:
    values = {name: getattr(thing, name) for name in names}
    return {name: None if value == "" else value for name, value in values.items()}


def _sources(entry: Entry, keys: dict[int, str]) -> list[dict[str, Any]]:
    further = {key for row in entry.statements.all() for key in row.further_sources}
    used = Source.objects.filter(pk__in=keys) | Source.objects.filter(key__in=further)
    return [
        {
            "key": source.key,
            "title": source.title,
            "publisher": source.publisher or None,
            "year": source.year,
            "address": source.address or None,
            "kind": source.kind or None,
            "read": source.read or None,
        }
        for source in used.order_by("key").distinct()
    ]
