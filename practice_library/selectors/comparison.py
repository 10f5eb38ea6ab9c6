"""Up to four entries with what is compared, in the same number of queries for any of them.

Costs, staffing and failures are mostly told of places: a model is compared by its own and by those of its case studies.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet

from ..choices import FindingKind, Section
from ..models import (
    CaseStudyPage,
    CohortRow,
    ConditionRow,
    CostRow,
    Entry,
    Finding,
    ModelUsed,
    Outcome,
    OutcomeRating,
    Statement,
    Study,
    WorkforceTag,
)
from .stated import is_alone, places_of_study

TOLD = (Section.WHO_DID_IT, Section.WHAT_DID_NOT_WORK, Section.CAUTION)
TOLD_BY_PLACES = (Section.WHO_DID_IT, Section.WHAT_DID_NOT_WORK)
Row = Mapping[str, Any]


@dataclass(slots=True)
class ComparedEntry:
    """One entry of a comparison. `entry` holds columns, and `runs` the published case studies of a model by their keys.

    `statements` and `costs` of a model are its own and those of its case studies, its own first.
    """

    entry: Row
    cohorts: list[Row] = field(default_factory=list)
    conditions: list[ConditionRow] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    costs: list[CostRow] = field(default_factory=list)
    ratings: list[OutcomeRating] = field(default_factory=list)
    workforce: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    runs: dict[int, Row] = field(default_factory=dict)

    @property
    def uid(self) -> uuid.UUID:
        return self.entry["uid"]

    @property
    def is_model(self) -> bool:
        return bool(self.entry["kind"])

    def told_by(self, row: CostRow | Statement) -> Row:
        """The case study of a model that a row is about, else the entry itself."""
        return self.runs.get(row.entry_id, self.entry)


def names_of(ids: Sequence[uuid.UUID], *, user: Any = None) -> list[Row]:
    """The entries among these that this person may read, with their names only, in the order asked for."""
    found = {row["uid"]: row for row in _readable(ids, user).values("uid", "title", "url_path")}
    return [found[uid] for uid in ids if uid in found]


def compared(ids: Sequence[uuid.UUID], *, user: Any = None) -> list[ComparedEntry]:
    """The entries among these that this person may read, in the order asked for."""
    rows = _readable(ids, user).values(
        "pk", "uid", "title", "slug", "url_path", "summary", "status", "status_as_at", "stop_reason",
        kind=F("practicemodelpage__kind"),
        lead=F("casestudypage__lead_organisation__short_name"),
        lead_id=F("casestudypage__lead_organisation_id"),
        months_to_first_result=F("casestudypage__months_to_first_result"),
    )  # fmt: skip
    by_pk = {row["pk"]: ComparedEntry(row) for row in rows}
    _add_runs(by_pk)
    _add_rows(by_pk)
    _add_findings(by_pk)
    by_uid = {each.uid: each for each in by_pk.values()}
    return [by_uid[uid] for uid in ids if uid in by_uid]


def outcome_called(slug: str) -> str:
    """The name of an outcome, empty where there is none of that slug."""
    return Outcome.objects.filter(slug=slug).values_list("name", flat=True).first() or ""


def _readable(ids: Sequence[uuid.UUID], user: Any) -> QuerySet[Entry]:
    return Entry.objects.readable_by(user).with_uids(list(ids)).order_by()


def _add_rows(by_pk: dict[int, ComparedEntry]) -> None:
    of_page = {"content_object__in": by_pk}
    in_order = ("sort_order", "pk")
    cohorts = CohortRow.objects.filter(**of_page).order_by(*in_order)
    for row in cohorts.values("content_object_id", "ages", name=F("tag__name"), slug=F("tag__slug")):
        by_pk[row["content_object_id"]].cohorts.append(row)
    workforce = WorkforceTag.objects.filter(**of_page).order_by("tag__position", "tag__name")
    for row in workforce.values("content_object_id", name=F("tag__name"), slug=F("tag__slug")):
        by_pk[row["content_object_id"]].workforce.append(row)
    for condition in (
        ConditionRow.objects.filter(**of_page).select_related("tag", "source").order_by(*in_order)
    ):
        by_pk[condition.content_object_id].conditions.append(condition)
    _add_told(by_pk)
    current = OutcomeRating.objects.current().filter(entry__in=by_pk)
    for rating in current.select_related("outcome").order_by("position"):
        by_pk[rating.entry_id].ratings.append(rating)


def _add_told(by_pk: dict[int, ComparedEntry]) -> None:
    """Statements and costs, of an entry and of the case studies of a model."""
    about: dict[int, list[ComparedEntry]] = defaultdict(list)
    for each in by_pk.values():
        for pk in (each.entry["pk"], *each.runs):
            about[pk].append(each)
    where = Q(section__in=TOLD, entry__in=by_pk) | Q(section__in=TOLD_BY_PLACES, entry__in=about)
    told = Statement.objects.filter(where).select_related("source").order_by("sort_order", "pk")
    costs = CostRow.objects.filter(entry__in=about).select_related("source").order_by("sort_order", "pk")
    for statement in told:
        for each in about[statement.entry_id]:
            each.statements.append(statement)
    for cost in costs:
        for each in about[cost.entry_id]:
            each.costs.append(cost)
    for each in by_pk.values():
        order = {pk: at for at, pk in enumerate((each.entry["pk"], *each.runs))}
        each.statements.sort(key=lambda row: order[row.entry_id])
        each.costs.sort(key=lambda row: order[row.entry_id])


def _add_findings(by_pk: dict[int, ComparedEntry]) -> None:
    """What studies found about effect: all studies of a model, and of a place those about it alone."""
    rows = (
        Finding.objects.filter(study__entry_rows__entry__in=by_pk, study__in=Study.objects.published())
        .exclude(study__implementation_only=True)
        .filter(kind=FindingKind.OUTCOME)
        .annotate(places=places_of_study("study_id"))
        .order_by("study__year", "study_id", "sort_order", "pk")
        .values(
            "places", "follow_up_months", "statement", "harm",
            entry=F("study__entry_rows__entry_id"), outcome_slug=F("outcome__slug"), country=F("study__country"),
            number_of_sites=F("study__number_of_sites"),
        )
    )  # fmt: skip
    for row in rows:
        about = by_pk.get(row["entry"])
        if about is None:
            continue
        has_lead = about.entry["lead_id"] is not None
        if about.is_model or is_alone(row["places"], row["number_of_sites"], has_lead=has_lead):
            about.findings.append(row)


def _add_runs(by_pk: dict[int, ComparedEntry]) -> None:
    """Where models were run, by place."""
    published = CaseStudyPage.objects.published().named_by("case_study")
    rows = ModelUsed.objects.filter(published, model__in=by_pk).values(
        "model_id",
        "case_study_id",
        title=F("case_study__title"),
        url_path=F("case_study__url_path"),
        status=F("case_study__status"),
        stop_reason=F("case_study__stop_reason"),
        months_to_first_result=F("case_study__months_to_first_result"),
        place=F("case_study__lead_organisation__short_name"),
    )
    for row in rows.order_by("case_study__lead_organisation__short_name", "case_study__title"):
        by_pk[row["model_id"]].runs[row["case_study_id"]] = row


def rated_outcomes(entries: Iterable[ComparedEntry]) -> dict[tuple[str, str], int]:
    """Outcomes by name and slug that any of these has a result for, with how many of them have one."""
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for each in entries:
        for rating in each.ratings:
            if rating.outcome is not None:
                counted[rating.outcome.name, rating.outcome.slug] += 1
    return counted
