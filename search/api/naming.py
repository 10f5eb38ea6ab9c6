"""What entries and their studies name, in one query: terms, models, places, partners, related entries, questions, sources.

A query for each kind would cost a dozen. They share a shape instead and are read as one union.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import CharField, F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from practice_library.models import (
    Entry,
    EntrySource,
    KeywordTag,
    ModelUsed,
    OpenQuestion,
    Partner,
    RelatedEntry,
    StageTag,
    StudyEntry,
    StudySource,
    ThemeTag,
    WorkforceTag,
)


class Named(NamedTuple):
    """Something an entry or a study names. `owner` is the entry or study, `number` the primary key of a study or source."""

    kind: str
    owner: int
    position: int
    title: str
    slug: str
    facts: tuple[str, str, str]
    number: int | None


def named_by(pks: list[int]) -> Iterable[Named]:
    """All that the entries with these primary keys name."""
    parts = [*_terms(pks), *_entries(pks), *_of_studies(pks)]
    union = parts[0].union(*parts[1:], all=True)
    return [
        Named(kind, owner, position, title, slug, (first, second, third), number)
        for kind, owner, position, title, slug, first, second, third, number in union
    ]


def _shaped(rows: QuerySet[Any], kind: str, owner: str, **columns: Any) -> QuerySet[Any]:
    """The same columns for every kind, all of them computed, so that a union keeps their order."""
    blank = Value("", output_field=CharField())
    shaped: dict[str, Any] = {
        "k_kind": Value(kind, output_field=TextField()),
        "k_owner": Cast(owner, IntegerField()),
        "k_position": Cast(columns.get("position", Value(0)), IntegerField()),
        **{
            f"k_{name}": Cast(columns.get(name, blank), TextField())
            for name in ("title", "slug", "f1", "f2", "f3")
        },
        "k_number": Cast(columns.get("number", Value(None)), IntegerField()),
    }
    return rows.order_by().annotate(**shaped).values_list(*shaped)


def _terms(pks: list[int]) -> Iterable[QuerySet[Any]]:
    for kind, model in (("stage", StageTag), ("theme", ThemeTag), ("workforce", WorkforceTag)):
        rows = model.objects.filter(content_object_id__in=pks)
        tag = {"position": F("tag__position"), "title": F("tag__name"), "slug": F("tag__slug")}
        yield _shaped(rows, kind, "content_object_id", **tag)
    keywords = KeywordTag.objects.filter(content_object_id__in=pks)
    yield _shaped(keywords, "keyword", "content_object_id", title=F("tag__name"), slug=F("tag__slug"))
    partners = Partner.objects.filter(case_study_id__in=pks)
    yield _shaped(
        partners, "partner", "case_study_id",
        position=Coalesce("sort_order", 0), title=Coalesce("organisation__short_name", "name"),
        slug=Coalesce("organisation__slug", Value("")), f1=Coalesce("organisation__kind", Value("")),
        f2=Coalesce("organisation__region", Value("")),
    )  # fmt: skip
    asked = OpenQuestion.entries.through.objects.filter(entry_id__in=pks, question__hidden_at=None)
    question = {
        "title": F("question__title"),
        "slug": F("question__slug"),
        "f1": F("question__state"),
    }
    yield _shaped(asked, "question", "entry_id", **question)


def _entries(pks: list[int]) -> Iterable[QuerySet[Any]]:
    """Other entries are named only where readers may read them."""
    published = Entry.objects.published()

    def other(name: str, third: str) -> dict[str, Any]:
        return {
            "position": Coalesce("sort_order", 0),
            "title": Coalesce(f"{name}__title", Value("")),
            "slug": Coalesce(f"{name}__slug", Value("")),
            "f1": Coalesce(Cast(f"{name}__uid", TextField()), Value("")),
            "f2": Coalesce(f"{name}__url_path", Value("")),
            "f3": F(third) if third else Value("", output_field=CharField()),
        }

    used = ModelUsed.objects.filter(published.named_by("model"), case_study_id__in=pks)
    yield _shaped(used, "model", "case_study_id", **other("model", "model__kind"))
    run = ModelUsed.objects.filter(published.named_by("case_study"), model_id__in=pks)
    yield _shaped(run, "place", "model_id", **other("case_study", "case_study__status"))
    related = RelatedEntry.objects.filter(entry_id__in=pks).filter(
        Q(other=None) | published.named_by("other"), ~Q(other=None) | ~Q(note="")
    )
    yield _shaped(related, "related", "entry_id", **{**other("other", "relation"), "slug": F("note")})
    about = StudyEntry.objects.filter(published.named_by("entry"), study__in=_studies(pks))
    yield _shaped(about, "about", "study_id", **other("entry", ""))


def _studies(pks: list[int]) -> QuerySet[Any]:
    """The primary keys of the published studies about these entries."""
    return StudyEntry.objects.filter(entry_id__in=pks, study__live=True).order_by().values("study_id")


def _of_studies(pks: list[int]) -> Iterable[QuerySet[Any]]:
    place = {"position": Coalesce("sort_order", 0), "number": F("source_id")}
    yield _shaped(EntrySource.objects.filter(entry_id__in=pks), "source", "entry_id", **place)
    read_in = StudySource.objects.filter(study__in=_studies(pks))
    yield _shaped(read_in, "study source", "study_id", **place)
    of = StudyEntry.objects.filter(entry_id__in=pks, study__live=True)
    studied = {"title": F("study__title"), "position": Coalesce("study__year", 0), "number": F("study_id")}
    yield _shaped(of, "study", "entry_id", **studied)
