"""Reads everything that search documents need of a batch of entries, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from website.places.choices import AUTHORITY_KINDS

from practice_library.choices import State
from practice_library.models import (
    CaseStudyPage,
    Claim,
    CohortRow,
    ConditionRow,
    CostRow,
    Entry,
    EntrySource,
    Finding,
    KeywordTag,
    ModelUsed,
    OutcomeRating,
    Partner,
    PracticeModelPage,
    StageTag,
    Statement,
    StudyEntry,
    ThemeTag,
    WorkforceTag,
)

Row = dict[str, Any]
Rows = dict[int, list[Row]]


def _lists() -> dict[int, list[Any]]:
    return defaultdict(list)


@dataclass
class Batch:
    """Rows of a batch of published entries, by the primary key of the entry."""

    entries: dict[int, Row] = field(default_factory=dict)
    leads: dict[int, Row] = field(default_factory=dict)
    partners: Rows = field(default_factory=_lists)
    partner_names: dict[int, list[str]] = field(default_factory=_lists)
    models_used: Rows = field(default_factory=_lists)
    cohorts: Rows = field(default_factory=_lists)
    conditions: Rows = field(default_factory=_lists)
    themes: Rows = field(default_factory=_lists)
    stages: Rows = field(default_factory=_lists)
    workforce: Rows = field(default_factory=_lists)
    keywords: Rows = field(default_factory=_lists)
    statements: dict[int, list[str]] = field(default_factory=_lists)
    costs: dict[int, list[Any]] = field(default_factory=_lists)
    studies: dict[int, list[str]] = field(default_factory=_lists)
    ratings: Rows = field(default_factory=_lists)
    newest_source: dict[int, str] = field(default_factory=lambda: defaultdict(str))
    run_in: dict[int, Row] = field(default_factory=dict)

    def organisations(self, pk: int) -> list[Row]:
        """The lead and the partners that are organisations we know."""
        lead = self.leads.get(pk)
        return ([lead] if lead else []) + self.partners[pk]

    def terms(self, pk: int) -> tuple[list[Row], ...]:
        """Rows whose terms are text to search."""
        named = [{"name": row["outcome_name"]} for row in self.ratings[pk] if row["outcome"]]
        return (
            self.cohorts[pk], self.conditions[pk], named, self.themes[pk], self.stages[pk], self.workforce[pk],
            self.keywords[pk],
        )  # fmt: skip


def read_batch(uids: list[Any]) -> Batch:
    """Read a batch of entries by uid; what is not published is left out."""
    batch = Batch()
    fields = (
        "pk", "uid", "title", "slug", "summary", "other_names", "status", "status_as_at", "start", "country",
        "licence", "made_from", "url_path",
    )  # fmt: skip
    for row in Entry.objects.published().with_uids(uids).values(*fields):
        row["url"] = "/" + row.pop("url_path").split("/", 2)[2]
        batch.entries[row["pk"]] = row | {"kind": "", "extent": "", "variant": "", "is_model": True}
    pks = list(batch.entries)
    _read_kinds(batch, pks)
    _read_terms(batch, pks)
    _read_texts(batch, pks)
    _read_evidence(batch, pks)
    _read_places_of_models(batch, pks)
    return batch


def _read_kinds(batch: Batch, pks: list[int]) -> None:
    for pk, kind in PracticeModelPage.objects.filter(pk__in=pks).values_list("pk", "kind"):
        batch.entries[pk]["kind"] = kind
    place = {"name": "short_name", "slug": "slug", "region": "region", "org_kind": "kind"}

    def of(prefix: str) -> dict[str, F]:
        return {f"org_{name}": F(f"{prefix}{field}") for name, field in place.items()}

    for row in CaseStudyPage.objects.filter(pk__in=pks).values(
        "pk", "extent", "variant", **of("lead_organisation__")
    ):
        entry = batch.entries[row["pk"]]
        entry.update(extent=row["extent"], variant=row["variant"], is_model=False)
        if row["org_slug"]:
            batch.leads[row["pk"]] = _organisation(row)
    for row in Partner.objects.filter(case_study_id__in=pks).values(
        "case_study_id", "name", **of("organisation__")
    ):
        if row["org_slug"]:
            batch.partners[row["case_study_id"]].append(_organisation(row))
        else:
            batch.partner_names[row["case_study_id"]].append(row["name"])
    used = ModelUsed.objects.filter(
        PracticeModelPage.objects.published().named_by("model"), case_study_id__in=pks
    )
    for row in used.values(
        "case_study_id", "model__uid", "model__title", "model__slug", "model__kind", "model__url_path"
    ):
        batch.models_used[row["case_study_id"]].append(
            {
                "uid": row["model__uid"],
                "title": row["model__title"],
                "slug": row["model__slug"],
                "kind": row["model__kind"],
                "url": "/" + row["model__url_path"].split("/", 2)[2],
            }
        )


def _organisation(row: Row) -> Row:
    return {
        "name": row["org_name"],
        "slug": row["org_slug"],
        "region": row["org_region"],
        "is_authority": row["org_org_kind"] in AUTHORITY_KINDS,
    }


def _read_terms(batch: Batch, pks: list[int]) -> None:
    through = {
        CohortRow: batch.cohorts,
        ThemeTag: batch.themes,
        StageTag: batch.stages,
        WorkforceTag: batch.workforce,
        KeywordTag: batch.keywords,
    }
    for model, rows in through.items():
        tagged = model.objects.filter(content_object_id__in=pks).order_by("pk")  # type: ignore[attr-defined]
        for pk, slug, name in tagged.values_list("content_object_id", "tag__slug", "tag__name"):
            rows[pk].append({"slug": slug, "name": name})
    conditions = ConditionRow.objects.filter(content_object_id__in=pks).order_by("sort_order", "pk")
    facts = ("role", "present_at_start", "note")
    for row in conditions.values("content_object_id", "tag__slug", "tag__name", *facts):
        term = {"slug": row["tag__slug"], "name": row["tag__name"]}
        batch.conditions[row["content_object_id"]].append(term | {fact: row[fact] for fact in facts})


def _read_texts(batch: Batch, pks: list[int]) -> None:
    for pk, text in (
        Statement.objects.filter(entry_id__in=pks)
        .order_by("sort_order", "pk")
        .values_list("entry_id", "text")
    ):
        batch.statements[pk].append(text)
    for pk, pounds in CostRow.objects.filter(entry_id__in=pks).values_list("entry_id", "pounds"):
        batch.costs[pk].append(pounds)
    for pk, year in EntrySource.objects.filter(entry_id__in=pks).values_list("entry_id", "source__year"):
        if year:
            batch.newest_source[pk] = max(batch.newest_source[pk], str(year))


def _read_evidence(batch: Batch, pks: list[int]) -> None:
    for pk, statement in Claim.objects.filter(entry_id__in=pks).values_list("entry_id", "statement"):
        batch.studies[pk].append(statement)
    entries_of: dict[int, list[int]] = defaultdict(list)
    links = StudyEntry.objects.filter(entry_id__in=pks, study__live=True)
    for study, entry, title in links.values_list("study_id", "entry_id", "study__title"):
        entries_of[study].append(entry)
        batch.studies[entry].append(title)
    findings = Finding.objects.filter(study_id__in=entries_of).order_by("study_id", "sort_order")
    for study, statement in findings.values_list("study_id", "statement"):
        for entry in entries_of[study]:
            batch.studies[entry].append(statement)
    ratings = OutcomeRating.objects.current().filter(entry_id__in=pks).order_by("position")
    facts = ("strength", "direction", "harm_flag")
    for row in ratings.values("entry_id", "outcome__slug", "outcome__name", *facts):
        outcome = {"outcome": row["outcome__slug"], "outcome_name": row["outcome__name"]}
        batch.ratings[row["entry_id"]].append(outcome | {fact: row[fact] for fact in facts})


def _read_places_of_models(batch: Batch, pks: list[int]) -> None:
    """In how many places a model was run, and how many were confirmed to run, by the year of their newest report."""
    for pk in pks:
        batch.run_in[pk] = {"places": 0, "running": []}
    models = [pk for pk in pks if batch.entries[pk]["is_model"]]
    if not models:
        return
    used = ModelUsed.objects.filter(
        CaseStudyPage.objects.published().named_by("case_study"), model_id__in=models
    )
    for pk, status, as_at in used.values_list("model_id", "case_study__status", "case_study__status_as_at"):
        batch.run_in[pk]["places"] += 1
        if status in (State.RUNNING, State.SCALED) and as_at:
            batch.run_in[pk]["running"].append(as_at)
