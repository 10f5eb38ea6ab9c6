"""Reads entries whole: every row, study, finding, rating and source of a batch, in the same number of queries for any batch.

What an entry only names (terms, models, partners, related entries) comes from `search.api.naming`.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet

from practice_library.models import (
    Claim,
    CohortRow,
    ConditionRow,
    CostRow,
    Entry,
    Finding,
    OutcomeRating,
    Source,
    Statement,
    Study,
)
from search.api.naming import Named, named_by

Row = dict[str, Any]
ENTRY_FIELDS = (
    "pk", "uid", "title", "slug", "url_path", "summary", "other_names", "made_from", "origin", "licence", "country",
    "status", "status_as_at", "status_source_id", "stop_reason", "start", "end", "review_by", "contact_role", "materials",
    "reach", "updates", "response", "response_on", "first_published_at", "last_published_at",
)  # fmt: skip
CASE_STUDY = "casestudypage__"
LEAD = f"{CASE_STUDY}lead_organisation__"
SOURCED = ("source_id", "at", "further_sources")
STATED = (
    "measure", "statement", "kind", "for_whom", "direction", "claimed_by", "effect", "uncertainty", "forecast", *SOURCED,
)  # fmt: skip


def _lists() -> dict[int, list[Any]]:
    return defaultdict(list)


@dataclass
class Whole:
    """A batch of readable entries with their rows, by the primary key of the entry or, where it says so, of the study."""

    entries: dict[int, Row] = field(default_factory=dict)
    cohorts: dict[int, list[Row]] = field(default_factory=_lists)
    conditions: dict[int, list[Row]] = field(default_factory=_lists)
    statements: dict[int, list[Row]] = field(default_factory=_lists)
    costs: dict[int, list[Row]] = field(default_factory=_lists)
    claims: dict[int, list[Row]] = field(default_factory=_lists)
    ratings: dict[int, list[Row]] = field(default_factory=_lists)
    named: dict[tuple[str, int], list[Named]] = field(default_factory=lambda: defaultdict(list))
    studies: dict[int, Study] = field(default_factory=dict)
    findings_of_study: dict[int, list[Row]] = field(default_factory=_lists)
    sources: dict[int, Source] = field(default_factory=dict)
    source_by_key: dict[str, Source] = field(default_factory=dict)

    def names(self, kind: str, owner: int) -> list[Named]:
        """What is named, in its order."""
        return self.named.get((kind, owner), [])


def read_whole(uids: Sequence[uuid.UUID | str], *, user: Any = None) -> Whole:
    """The entries among these that this person may read."""
    whole = Whole()
    readable = Entry.objects.readable_by(user).with_uids(list(uids))
    for row in readable.values(
        *ENTRY_FIELDS,
        kind=F("practicemodelpage__kind"),
        **{
            name: F(CASE_STUDY + name)
            for name in ("extent", "variant", "months_to_set_up", "months_to_first_result")
        },
        **{f"lead_{name}": F(LEAD + name) for name in ("slug", "short_name", "kind", "region")},
    ):
        whole.entries[row["pk"]] = row
    pks = list(whole.entries)
    if pks:
        _read_rows(whole, pks)
        _read_named(whole, pks)
        _read_studies(whole)
        _read_sources(whole)
    return whole


def _read_rows(whole: Whole, pks: list[int]) -> None:
    in_order = ("sort_order", "pk")
    term = {"term": F("tag__slug"), "label": F("tag__name")}
    outcome = {"outcome_slug": F("outcome__slug"), "label": F("outcome__name")}
    of_page = {"owner": F("content_object_id")}
    of_entry = {"owner": F("entry_id")}
    parts: list[tuple[dict[int, list[Row]], QuerySet[Any]]] = [
        (
            whole.cohorts,
            CohortRow.objects.filter(content_object_id__in=pks)
            .order_by(*in_order)
            .values("ages", "threshold", "exclusions", "number", "defined_by", *SOURCED, **term, **of_page),
        ),
        (
            whole.conditions,
            ConditionRow.objects.filter(content_object_id__in=pks)
            .order_by(*in_order)
            .values(
                "role", "level", "necessity", "present_at_start", "present_at_end", "power", "note", "without_it",
                *SOURCED, **term, **of_page,
            ),
        ),
        (
            whole.statements,
            Statement.objects.filter(entry_id__in=pks)
            .order_by(*in_order)
            .values(
                "section", "text", "claimed_by", "editors_reading", "voice_who", "voice_gathered", "voice_permission",
                "voice_changed", *SOURCED, **of_entry,
            ),
        ),
        (
            whole.costs,
            CostRow.objects.filter(entry_id__in=pks)
            .order_by(*in_order)
            .values(
                "what", "as_printed", "unit", "price_year", "payer", "cashable", "per", "pounds", *SOURCED, **of_entry,
            ),
        ),
        (
            whole.claims,
            Claim.objects.filter(entry_id__in=pks)
            .order_by(*in_order)
            .values(*STATED, "period", "count_or_rate", "first_hand", **outcome, **of_entry),
        ),
        (
            whole.ratings,
            OutcomeRating.objects.current()
            .filter(entry_id__in=pks)
            .order_by("position")
            .values(
                "uid", "strength", "direction", "harm_flag", "is_headline", "detail", "standard_version", "rated_at",
                "computed_strength", "computed_direction", "reason", "reviewer_role", "reviewer_organisation",
                "reviewed_on",
                **outcome, **of_entry,
            ),
        ),
    ]  # fmt: skip
    for rows, found in parts:
        for row in found:
            rows[row.pop("owner")].append(row)


def _read_named(whole: Whole, pks: list[int]) -> None:
    for row in sorted(named_by(pks), key=lambda row: (row.position, row.title)):
        whole.named[row.kind, row.owner].append(row)


def _read_studies(whole: Whole) -> None:
    ids = {row.number for (kind, _), rows in whole.named.items() if kind == "study" for row in rows}
    whole.studies = {study.pk: study for study in Study.objects.published().filter(pk__in=ids)}
    found = (
        Finding.objects.filter(study_id__in=list(whole.studies))
        .order_by("sort_order", "pk")
        .values(
            "key", *STATED, "compared", "follow_up_months", "subgroup", "powered", "harm", "harm_looked_for",
            "whose_definition", owner=F("study_id"), outcome_slug=F("outcome__slug"), label=F("outcome__name"),
        )
    )  # fmt: skip
    for row in found:
        whole.findings_of_study[row.pop("owner")].append(row)


def _read_sources(whole: Whole) -> None:
    groups = (
        whole.cohorts, whole.conditions, whole.statements, whole.costs, whole.claims, whole.findings_of_study,
    )  # fmt: skip
    rows = [row for group in groups for some in group.values() for row in some]
    numbers = {row["source_id"] for row in rows} | {row["status_source_id"] for row in whole.entries.values()}
    numbers |= {
        row.number
        for (kind, _), some in whole.named.items()
        if kind in ("source", "study source")
        for row in some
    }
    keys = {key for row in rows for key in row["further_sources"]}
    for source in Source.objects.filter(Q(pk__in=numbers - {None}) | Q(key__in=keys)):
        whole.sources[source.pk] = whole.source_by_key[source.key] = source
