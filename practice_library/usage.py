"""Where terms and sources are used: what a list counts, what deleting refuses and what a change touches."""

from __future__ import annotations

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from website.places.models import Organisation

from .models import (
    CaseStudyPage,
    Claim,
    CohortRow,
    ConditionRow,
    CostRow,
    Entry,
    EntrySource,
    Finding,
    Keyword,
    OpenQuestion,
    Outcome,
    Partner,
    Position,
    Source,
    Statement,
    StudyEntry,
    StudySource,
)
from .models.vocabularies import Term

#: Rows that name a source: model, and the path from the row to its entry where it has one.
SOURCED_ROWS: tuple[tuple[type[Model], str], ...] = (
    (EntrySource, "entry_id"),
    (Statement, "entry_id"),
    (Claim, "entry_id"),
    (CostRow, "entry_id"),
    (CohortRow, "content_object_id"),
    (ConditionRow, "content_object_id"),
    (StudySource, "study__entry_rows__entry_id"),
    (Finding, "study__entry_rows__entry_id"),
    (Position, ""),
)


def _rows_naming(field: str, model: type[Model]) -> Coalesce:
    rows = model._default_manager.filter(**{field: OuterRef("pk")}).order_by().values(field)
    counted = Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return Coalesce(counted, 0)


def with_uses(queryset: QuerySet) -> QuerySet:
    """Add `uses`: how many rows name each term or source."""
    model = queryset.model
    if model is Source:
        parts = [_rows_naming("source", row) for row, _path in SOURCED_ROWS] + [
            _rows_naming("status_source", Entry)
        ]
    elif model is Outcome:
        parts = [_rows_naming("outcome", row) for row in (Finding, Claim, OpenQuestion)]
    else:
        parts = [_rows_naming("tag", model._meta.get_field("rows").related_model)]
    total = parts[0]
    for part in parts[1:]:
        total = total + part  # type: ignore[assignment]
    return queryset.annotate(uses=total)


def uses_of(instance: Term | Source | Keyword) -> int:
    """How many rows name a term or a source, or are narrower terms of it."""
    model: type[Model] = type(instance)
    counted = with_uses(model._default_manager.filter(pk=instance.pk)).get().uses
    narrower = instance.narrower.count() if isinstance(instance, Term) else 0
    return int(counted) + narrower


def entries_naming_term(term: Term | Keyword) -> set[int]:
    """The entries that show a term, for an outcome also those that a study with it is about."""
    if isinstance(term, Outcome):
        claims = Claim.objects.filter(outcome=term).values_list("entry_id", flat=True)
        findings = StudyEntry.objects.filter(study__findings__outcome=term).values_list("entry_id", flat=True)
        return {*claims, *findings}
    rows = type(term)._meta.get_field("rows").related_model
    named = rows._default_manager.filter(tag__in=_with_narrower(term))
    return set(named.values_list("content_object_id", flat=True))


def _with_narrower(term: Term | Keyword) -> set[int]:
    """A term and what stands below it: those entries are also found by the broader term."""
    found, fresh = {term.pk}, {term.pk}
    while fresh and isinstance(term, Term):
        fresh = set(type(term).objects.filter(broader__in=fresh).values_list("pk", flat=True)) - found
        found |= fresh
    return found


def entries_naming_source(source: Source) -> set[int]:
    """The entries that show a source."""
    named: set[int] = set(Entry.objects.filter(status_source=source).values_list("pk", flat=True))
    for row, path in SOURCED_ROWS:
        if path:
            named.update(row._default_manager.filter(source=source).values_list(path, flat=True))
    return {pk for pk in named if pk is not None}


def entries_naming_organisations(organisations: QuerySet[Organisation]) -> set[int]:
    """The case studies that organisations lead or take part in."""
    led = CaseStudyPage.objects.filter(lead_organisation__in=organisations).values_list("pk", flat=True)
    taken_part = Partner.objects.filter(organisation__in=organisations).values_list(
        "case_study_id", flat=True
    )
    return {*led, *taken_part}
