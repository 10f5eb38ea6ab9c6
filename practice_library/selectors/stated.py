"""What was found about an entry: findings of studies and claims without one, as plain rows of one shape."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    F,
    IntegerField,
    JSONField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from ..models import CaseStudyPage, Claim, Finding, Study, StudyEntry
from .compiled import ENTRY, CompiledQuery


class Stated(NamedTuple):
    """One statement about one outcome. `study` is the primary key of its study, None for a claim."""

    study: int | None
    position: int
    key: str
    outcome: str
    outcome_slug: str
    measure: str
    statement: str
    kind: str
    for_whom: str
    direction: str
    claimed_by: str
    effect: str
    uncertainty: str
    subgroup: str
    harm: str
    period: str
    months: str
    forecast: bool
    source: int | None
    further: list[str]


def stated_about(entry_id: int, study_ids: Iterable[int]) -> list[Stated]:
    """Claims of an entry and findings of these of its studies, in one query; study by study, in their order."""
    wanted = {None, *study_ids}
    rows = [_as_stated(row) for row in _ALL_STATED.rows(entry_id)]
    return sorted(
        (row for row in rows if row.study in wanted),
        key=lambda row: (row.study is None, row.study or 0, row.position, row.statement),
    )


def _as_stated(row: tuple[Any, ...]) -> Stated:
    """Databases give truth as a number and JSON as text, or not."""
    stated = Stated(*row)
    further: Any = stated.further
    return stated._replace(
        forecast=bool(stated.forecast), further=json.loads(further) if isinstance(further, str) else further
    )


def _all_stated() -> QuerySet[Any]:
    findings = _shaped(
        Finding.objects.filter(study__entry_rows__entry=ENTRY, study__live=True),
        study=F("study_id"),
        key=F("key"),
        subgroup=F("subgroup"),
        harm=F("harm"),
        months=Coalesce(Cast("follow_up_months", TextField()), Value("")),
    )
    claims = _shaped(Claim.objects.filter(entry=ENTRY), period=F("period"))
    return findings.union(claims, all=True)


def _shaped(rows: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    text: dict[str, Any] = {
        "key": Value("", output_field=CharField()),
        "outcome": F("outcome__name"),
        "outcome_slug": F("outcome__slug"),
        "subgroup": Value("", output_field=CharField()),
        "harm": Value("", output_field=CharField()),
        "period": Value("", output_field=CharField()),
        "months": Value("", output_field=CharField()),
        **{
            name: F(name)
            for name in (
                "measure", "statement", "kind", "for_whom", "direction", "claimed_by", "effect", "uncertainty",
            )
        },
    }  # fmt: skip
    text |= {name: value for name, value in columns.items() if name in text}
    shaped: dict[str, Any] = {f"k_{name}": Cast(value, TextField()) for name, value in text.items()}
    shaped |= {
        "k_study": Cast(columns.get("study", Value(None)), IntegerField()),
        "k_position": Cast(Coalesce("sort_order", 0), IntegerField()),
        "k_forecast": Cast("forecast", BooleanField()),
        "k_source": Cast("source_id", IntegerField()),
        "k_further": Cast("further_sources", JSONField()),
    }
    return rows.order_by().annotate(**shaped).values_list(*(f"k_{name}" for name in Stated._fields))


_ALL_STATED = CompiledQuery(_all_stated)


def stated_in(claims: Iterable[Claim]) -> list[Stated]:
    """The claims of a draft, which may not be saved yet."""
    return [
        Stated(
            study=None, position=number, key="", outcome=claim.outcome.name, outcome_slug=claim.outcome.slug,
            measure=claim.measure, statement=claim.statement, kind=claim.kind, for_whom=claim.for_whom,
            direction=claim.direction, claimed_by=claim.claimed_by, effect=claim.effect,
            uncertainty=claim.uncertainty, subgroup="", harm="", period=claim.period, months="",
            forecast=claim.forecast, source=claim.source_id, further=claim.further_sources,
        )
        for number, claim in enumerate(claims)
        if claim.outcome_id
    ]  # fmt: skip


def studies_about(entry_id: int) -> list[Study]:
    """Published studies that name an entry, oldest first, each with `places`: how many case studies it is about."""
    return list(
        Study.objects.published()
        .filter(entry_rows__entry=entry_id)
        .annotate(places=places_of_study())
        .order_by("year", "title")
    )


def places_of_study(study: str = "pk") -> Coalesce:
    """How many case studies a study is about; `study` names its primary key in the query."""
    places = (
        StudyEntry.objects.filter(CaseStudyPage.objects.all().named_by("entry"), study=OuterRef(study))
        .order_by()
        .values("study")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(places, output_field=IntegerField()), 0)


def is_about_alone(study: Study, *, has_lead: bool) -> bool:
    """Whether a study gives its place a result: only if it is about that place and no other.

    The same rule as `services.facts.rated_by`, asked of one case study; a test holds the two together.
    """
    return is_alone(study.places, study.number_of_sites, has_lead=has_lead)


def is_alone(places: int, number_of_sites: int | None, *, has_lead: bool) -> bool:
    """The same rule by the facts that it needs."""
    several = (number_of_sites or 1) > 1 and has_lead
    return places == 1 and not several
