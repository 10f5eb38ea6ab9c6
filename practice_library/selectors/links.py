"""Everything that an entry names besides its statements, in one query: terms, models, partners, related work, questions.

A query for each kind would cost an entry's page ten of them. They share a shape instead and are read as one union.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import CharField, F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from ..models import (
    CaseStudyPage,
    CohortRow,
    ConditionRow,
    Entry,
    EntrySource,
    KindredPair,
    ModelUsed,
    OpenQuestion,
    Partner,
    PracticeModelPage,
    RelatedEntry,
    StageTag,
    StudySource,
    ThemeTag,
    WorkforceTag,
)
from .compiled import ENTRY, NOW, CompiledQuery


class LinkRow(NamedTuple):
    """One named thing. `facts` are those of its kind, `number` a primary key: of a source, or of a study's source."""

    kind: str
    position: int
    title: str
    address: str
    facts: tuple[str, str, str, str, str]
    number: int | None


Links = dict[str, list[LinkRow]]
#: What a place that ran a model says of a condition.
RUN_CONDITION = "condition of a run"
_COLUMNS = ("kind", "position", "title", "address", "f1", "f2", "f3", "f4", "f5", "number")


def links_of(entry_id: int) -> Links:
    """All links of an entry by kind, each in its order."""
    rows = _EVERYTHING.rows(entry_id)
    return by_kind(LinkRow(row[0], row[1], row[2], row[3], tuple(row[4:9]), row[9]) for row in rows)


def by_kind(rows: Iterable[LinkRow]) -> Links:
    """Group links, each kind in its order."""
    found: Links = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.kind, row.position)):
        found[row.kind].append(row)
    return found


def _shaped(rows: QuerySet[Any], kind: str, **columns: Any) -> QuerySet[Any]:
    """The same columns for every kind, all of them computed, so that a union keeps their order."""
    shaped: dict[str, Any] = {
        "k_kind": Value(kind, output_field=TextField()),
        "k_position": Cast(columns.get("position", Value(0)), IntegerField()),
        "k_number": Cast(columns.get("number", Value(None)), IntegerField()),
    }
    for name in _COLUMNS[2:9]:
        shaped[f"k_{name}"] = Cast(columns.get(name, Value("", output_field=CharField())), TextField())
    return rows.order_by().annotate(**shaped).values_list(*(f"k_{name}" for name in _COLUMNS))


def _terms(entry_id: int) -> list[QuerySet[Any]]:
    plain = {"stage": StageTag, "theme": ThemeTag, "workforce": WorkforceTag}
    tagged = [
        _shaped(
            model.objects.filter(content_object=entry_id),
            kind,
            position=F("tag__position"),
            title=F("tag__name"),
            address=F("tag__slug"),
        )
        for kind, model in plain.items()
    ]
    cohorts = _shaped(
        CohortRow.objects.filter(content_object=entry_id),
        "cohort",
        position=Coalesce("sort_order", 0),
        title=F("tag__name"),
        address=F("tag__slug"),
        f1=F("ages"),
        f2=F("threshold"),
        f3=F("exclusions"),
        f4=F("number"),
        f5=F("defined_by"),
        number=F("source_id"),
    )
    return [cohorts, *tagged]


def _entries(entry_id: int) -> list[QuerySet[Any]]:
    """Other entries are named only where readers may read them."""
    used = ModelUsed.objects.filter(
        PracticeModelPage.objects.published(at=NOW).named_by("model"), case_study=entry_id
    )
    related = RelatedEntry.objects.filter(entry=entry_id).filter(
        Q(other=None) | Entry.objects.published(at=NOW).named_by("other"), ~Q(other=None) | ~Q(note="")
    )
    return [
        _shaped(
            used,
            "model",
            position=Coalesce("sort_order", 0),
            title=F("model__title"),
            address=F("model__url_path"),
            f1=F("model__kind"),
            f2=F("model__slug"),
        ),
        _shaped(
            related,
            "related",
            position=Coalesce("sort_order", 0),
            title=Coalesce("other__title", Value("")),
            address=Coalesce("other__url_path", Value("")),
            f1=F("relation"),
            f2=F("note"),
        ),
        _shaped(
            Partner.objects.filter(case_study=entry_id),
            "partner",
            position=Coalesce("sort_order", 0),
            title=Coalesce("organisation__short_name", "name"),
            address=Coalesce("organisation__slug", Value("")),
            f1=Coalesce("organisation__kind", Value("")),
        ),
        _shaped(
            OpenQuestion.objects.shown().filter(entries=entry_id),
            "question",
            title=F("title"),
            address=F("slug"),
            f1=F("state"),
        ),
    ]


def _conditions_of_runs(entry_id: int) -> list[QuerySet[Any]]:
    """What the published places of a model say of conditions; `position` is the place. `runs.Condition` reads it."""
    said = ConditionRow.objects.filter(
        CaseStudyPage.objects.published(at=NOW).named_by("content_object"),
        content_object__casestudypage__models_used__model=entry_id,
    )
    return [
        _shaped(
            said,
            RUN_CONDITION,
            position=F("content_object"),
            title=F("tag__name"),
            address=F("tag__slug"),
            f1=F("role"),
            f2=F("present_at_start"),
        )
    ]


def _sources(entry_id: int) -> list[QuerySet[Any]]:
    of_study = StudySource.objects.filter(study__entry_rows__entry=entry_id, study__live=True)
    return [
        _shaped(
            EntrySource.objects.filter(entry=entry_id),
            "source",
            position=Coalesce("sort_order", 0),
            number=F("source_id"),
        ),
        _shaped(of_study, "study source", position=F("study_id"), number=F("source_id")),
    ]


def _kindred(entry_id: int) -> list[QuerySet[Any]]:
    """The other of each pair, the nearest first; `kindred.from_links` reads it."""
    shown = KindredPair.objects.shown(at=NOW)
    shaped = []
    for own, other in (("left", "right"), ("right", "left")):
        lead = "casestudypage__lead_organisation__short_name"
        results = (
            Coalesce(f"{own}_result__outcome__name", Value("")),
            Value("|"),
            Coalesce(f"{own}_result__direction", Value("")),
            Value("|"),
            Coalesce(f"{other}_result__direction", Value("")),
        )
        shaped.append(
            _shaped(
                shown.filter(**{own: entry_id}),
                "kindred",
                position=F("score") * -10_000,
                title=F(f"{other}__title"),
                address=F(f"{other}__url_path"),
                f1=F("relation"),
                f2=F("reasons"),
                f3=Coalesce(f"{other}__{lead}", Value("")),
                f4=Concat(*results, output_field=TextField()),
                f5=Coalesce(f"{own}__{lead}", f"{own}__title"),
                number=F("pk"),
            )
        )
    return shaped


def _everything() -> QuerySet[Any]:
    first, *others = [
        *_terms(ENTRY),
        *_entries(ENTRY),
        *_sources(ENTRY),
        *_conditions_of_runs(ENTRY),
        *_kindred(ENTRY),
    ]
    return first.union(*others, all=True)


_EVERYTHING = CompiledQuery(_everything)
