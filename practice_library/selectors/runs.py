"""Case studies as lists show them: where, since when, whether it still runs, and its headline result."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, F, IntegerField, Max, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from website.places.choices import AUTHORITY_KINDS

from ..models import CaseStudyPage, EntrySource, ModelUsed, OutcomeRating, StudyEntry


@dataclass(frozen=True, slots=True)
class Headline:
    """The strongest outcome row of an entry, the one that lists show."""

    direction: str
    strength: int
    harm_flag: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class PartnerAuthority:
    """An authority that delivered a case study with its lead."""

    pk: int
    name: str
    slug: str
    kind: str
    region: str


@dataclass(frozen=True, slots=True)
class PlaceRun:
    """One case study in a list of those that ran a model."""

    pk: int
    uid: uuid.UUID
    title: str
    url: str
    place: str
    country: str
    variant: str
    start: str
    end: str
    status: str
    status_as_at: str
    stop_reason: str
    headline: Headline | None
    in_study: bool
    lead_id: int | None = None
    lead_slug: str = ""
    lead_kind: str = ""
    region: str = ""
    #: The year of its newest source, None where no source is dated.
    source_year: int | None = None
    #: Authorities that took part beside the lead.
    partners: tuple[PartnerAuthority, ...] = ()


class RunCondition(NamedTuple):
    """What one place says of one condition; `presence` at the start is empty where it does not say."""

    run: int
    name: str
    slug: str
    role: str
    presence: str


def address_of(url_path: str) -> str:
    """The address on the site of a page of the tree."""
    return "/" + url_path.split("/", 2)[2]


def headline_of(entry: str = "pk") -> Subquery:
    """The headline row of each entry of a query, as one column: `as_headline` reads it."""
    row = OutcomeRating.objects.current().filter(entry=OuterRef(entry), is_headline=True)
    parts = (
        F("direction"),
        Value("|"),
        Cast("strength", TextField()),
        Value("|"),
        Cast(Cast("harm_flag", IntegerField()), TextField()),
        Value("|"),
        Coalesce(F("outcome__name"), Value("")),
    )
    return Subquery(
        row.order_by().values(told=Concat(*parts, output_field=TextField()))[:1], output_field=TextField()
    )


def as_headline(told: str | None) -> Headline | None:
    """The column of `headline_of` as a value; None where the entry was never rated."""
    if not told:
        return None
    direction, strength, harm, outcome = told.split("|", 3)
    return Headline(direction, int(strength), harm == "1", outcome)


def run_facts(model_id: int) -> QuerySet[Any]:
    """The primary keys of the published case studies of a model, as a subquery."""
    used = ModelUsed.objects.filter(model=model_id).values("case_study")
    return CaseStudyPage.objects.published().filter(pk__in=used).order_by().values("pk")


def runs_of(model_id: int) -> list[PlaceRun]:
    """The published case studies of a model, England first, then by place."""
    newest = (
        EntrySource.objects.filter(entry=OuterRef("pk"))
        .order_by()
        .values("entry")
        .annotate(year=Max("source__year"))
        .values("year")
    )
    studied = StudyEntry.objects.filter(entry=OuterRef("pk"), study__live=True)
    rows = (
        CaseStudyPage.objects.published()
        .filter(pk__in=ModelUsed.objects.filter(model=model_id).values("case_study"))
        .annotate(headline=headline_of(), in_study=Exists(studied), source_year=Subquery(newest))
        .order_by("lead_organisation__short_name", "title")
        .values(
            "pk", "uid", "title", "url_path", "country", "variant", "start", "end", "status", "status_as_at", "stop_reason",
            "headline", "in_study", "source_year", "lead_organisation__short_name", "lead_organisation__kind",
            "lead_organisation", "lead_organisation__slug", "lead_organisation__region",
        )
    )  # fmt: skip
    return sorted(_as_runs(rows), key=lambda run: "england" not in run.country.lower())


def _as_runs(rows: Iterable[dict[str, Any]]) -> list[PlaceRun]:
    return [
        PlaceRun(
            pk=row["pk"],
            uid=row["uid"],
            title=row["title"],
            url=address_of(row["url_path"]),
            place=row["lead_organisation__short_name"] or "",
            country=row["country"] or _country_of(row["lead_organisation__kind"]),
            variant=row["variant"],
            start=row["start"],
            end=row["end"],
            status=row["status"],
            status_as_at=row["status_as_at"],
            stop_reason=row["stop_reason"],
            headline=as_headline(row["headline"]),
            in_study=row["in_study"],
            source_year=row["source_year"],
            lead_id=row["lead_organisation"],
            lead_slug=row["lead_organisation__slug"] or "",
            lead_kind=row["lead_organisation__kind"] or "",
            region=row["lead_organisation__region"] or "",
        )
        for row in rows
    ]


def _country_of(kind: str | None) -> str:
    """An authority that leads is in England."""
    return "England" if kind in AUTHORITY_KINDS else ""
