"""Entries in lists: every model, and the case studies of one place, each with its headline result."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..models import CaseStudyPage, Entry, ModelUsed, PracticeModelPage
from .runs import Headline, address_of, as_headline, headline_of


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One practice model."""

    title: str
    url: str
    slug: str
    kind: str
    summary: str
    places: int
    headline: Headline | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as lists of terms and places show it. `lead` is empty for a model, or where nobody leads."""

    pk: int
    uid: uuid.UUID
    title: str
    url: str
    summary: str
    is_model: bool
    lead: str
    lead_id: int | None
    status: str
    status_as_at: str
    headline: Headline | None


def model_rows(*, user: Any = None) -> list[ModelRow]:
    """Every model by name, with the number of case studies that run it."""
    runs = (
        ModelUsed.objects.filter(
            CaseStudyPage.objects.readable_by(user).named_by("case_study"), model=OuterRef("pk")
        )
        .order_by()
        .values("model")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = (
        PracticeModelPage.objects.readable_by(user)
        .annotate(run_in=Coalesce(Subquery(runs, output_field=IntegerField()), 0), headline=headline_of())
        .order_by("title")
        .values("title", "url_path", "slug", "kind", "summary", "run_in", "headline")
    )
    return [
        ModelRow(
            title=row["title"],
            url=address_of(row["url_path"]),
            slug=row["slug"],
            kind=row["kind"],
            summary=row["summary"],
            places=row["run_in"],
            headline=as_headline(row["headline"]),
        )
        for row in rows
    ]


def entries_without_lead(section: str, *, user: Any = None) -> list[EntryRow]:
    """The case studies of a section without a lead, by name."""
    pages = Entry.objects.readable_by(user).filter(url_path__contains=f"/practice/{section}/")
    return entry_rows(pages)


def entry_rows(entries: QuerySet[Any]) -> list[EntryRow]:
    """Entries of a query as rows, by name, in one query."""
    rows = (
        entries.annotate(headline=headline_of())
        .order_by("title", "pk")
        .values(
            "pk", "uid", "title", "url_path", "summary", "status", "status_as_at", "headline", "practicemodelpage__kind",
            "casestudypage__lead_organisation", "casestudypage__lead_organisation__short_name",
        )
    )  # fmt: skip
    return [
        EntryRow(
            pk=row["pk"],
            uid=row["uid"],
            title=row["title"],
            url=address_of(row["url_path"]),
            summary=row["summary"],
            is_model=row["practicemodelpage__kind"] is not None,
            lead=row["casestudypage__lead_organisation__short_name"] or "",
            lead_id=row["casestudypage__lead_organisation"],
            status=row["status"],
            status_as_at=row["status_as_at"],
            headline=as_headline(row["headline"]),
        )
        for row in rows
    ]
