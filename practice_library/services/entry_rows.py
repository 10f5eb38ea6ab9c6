"""Writes one drafted entry, study or question with its rows."""

from __future__ import annotations

import uuid
from collections import defaultdict
from typing import Any

from django.db.models import Model
from django.utils.timezone import now
from website.places.choices import Region
from website.places.models import Organisation
from website.places.names import find_places
from website.places.spelling import normalise

from ..importers.drafts import EntryDraft, Fields, QuestionDraft, StudyDraft
from ..importers.vocabularies import VOCABULARIES
from ..models import (
    CaseStudyPage,
    Entry,
    Keyword,
    KeywordTag,
    ModelIndexPage,
    OpenQuestion,
    PlaceSection,
    PracticeModelPage,
    Source,
    Study,
    uid_of,
)
from ..models.tree import UNNAMED
from .guarding import Guarding
from .tree import section_for

#: Vocabulary of each relation whose rows carry a term.
TERMS = {
    "cohort_rows": "cohorts",
    "condition_rows": "conditions",
    "stage_tags": "stages",
    "theme_tags": "themes",
    "workforce_tags": "workforce",
}


class Tables:
    """What keys stand for in the database, and rows that wait to be written together."""

    def __init__(self) -> None:
        self.sources: dict[str, int] = dict(Source.objects.values_list("key", "pk"))
        self.terms = {
            name: dict(model.objects.values_list("name", "pk")) for name, model in VOCABULARIES.items()
        }
        self.entries: dict[str, int] = dict(
            Entry.objects.exclude(content_key=None).values_list("content_key", "pk")
        )
        self.organisations: dict[str, int] = dict(Organisation.objects.values_list("slug", "pk"))
        self.organisation_names = {name: o.pk for name, o in Organisation.objects.all().by_name().items()}
        self.sections: dict[str, PlaceSection] = {s.slug: s for s in PlaceSection.objects.all()}
        self.models = ModelIndexPage.objects.get()
        self.guarding = Guarding()
        self.waiting: dict[type[Model], list[Model]] = defaultdict(list)
        self.related: list[tuple[type[Model], Fields, str]] = []

    def section(self, lead: str) -> PlaceSection:
        """The page that holds the case studies of a lead."""
        if lead not in self.sections:
            self.sections[lead] = section_for(lead=lead)
        return self.sections[lead]

    def flush(self) -> None:
        """Write the rows that wait. Links between entries come last, when both are there."""
        for model, fields, other in self.related:
            self.waiting[model].append(model(**fields, other_id=self.entries[other] if other else None))
        self.related.clear()
        for model, rows in self.waiting.items():
            model.objects.bulk_create(rows, batch_size=500)  # type: ignore[attr-defined]
        self.waiting.clear()


def write_entry(*, draft: EntryDraft, tables: Tables) -> int:
    """Create or update one entry and replace its rows; gives its primary key."""
    page = _page(draft, tables)
    draft = tables.guarding.without_taken(draft, [page.pk] if page.pk else [])
    fields = dict(draft.fields)
    if "status_source" in fields:
        fields["status_source_id"] = tables.sources.get(fields.pop("status_source") or "")
    for name, value in fields.items():
        setattr(page, name, value)
    page.slug = draft.slug
    page.content_key = draft.key
    if isinstance(page, CaseStudyPage):
        lead = None if draft.lead in UNNAMED else tables.organisations[draft.lead]
        page.lead_organisation_id = lead
    parent = tables.models if draft.entry_type == "model" else tables.section(draft.lead)
    is_new = page.pk is None
    if is_new:
        page.uid = uid_of(draft.key)
        parent.add_child(instance=page)
        tables.entries[draft.key] = page.pk
    else:
        page.save()
        if not page.is_child_of(parent):
            parent.refresh_from_db()
            page.move(parent, pos="last-child")
        for relation in draft.rows:
            getattr(type(page), relation).rel.related_model.objects.filter(
                **{getattr(type(page), relation).rel.field.name: page.pk}
            ).delete()
    for relation, rows in draft.rows.items():
        _queue(page, relation, rows, tables)
    _write_keywords(page, draft.keywords)
    return page.pk


def _page(draft: EntryDraft, tables: Tables) -> Any:
    model = PracticeModelPage if draft.entry_type == "model" else CaseStudyPage
    pk = tables.entries.get(draft.key)
    if pk is None:
        return model(live=True, first_published_at=now(), last_published_at=now())
    return model.objects.get(pk=pk)


def _queue(owner: Any, relation: str, rows: list[Fields], tables: Tables) -> None:
    """Turn drafted rows into instances that wait to be written together."""
    rel = getattr(type(owner), relation).rel
    model, owner_field = rel.related_model, rel.field.name
    for position, drafted in enumerate(rows):
        fields = {**drafted, f"{owner_field}_id": owner.pk}
        if any(field.name == "sort_order" for field in model._meta.fields):
            fields["sort_order"] = position
        if "source" in fields:
            fields["source_id"] = tables.sources.get(fields.pop("source") or "")
        if "tag" in fields:
            fields["tag_id"] = tables.terms[TERMS[relation]][fields.pop("tag")]
        if "outcome" in fields:
            fields["outcome_id"] = tables.terms["outcomes"][fields.pop("outcome")]
        if relation == "models_used":
            fields["model_id"] = tables.entries[fields.pop("model")]
        if relation == "partners":
            fields["organisation_id"] = tables.organisation_names.get(normalise(fields["name"]))
        if relation == "entry_rows":
            fields["entry_id"] = tables.entries[fields.pop("entry")]
        if relation == "related_rows":
            tables.related.append((model, fields, fields.pop("other")))
            continue
        tables.waiting[model].append(model(**fields))


def _write_keywords(page: Any, words: list[str]) -> None:
    KeywordTag.objects.filter(content_object_id=page.pk).delete()
    for word in dict.fromkeys(words):
        keyword, _ = Keyword.objects.get_or_create(name=word)
        KeywordTag.objects.create(content_object_id=page.pk, tag=keyword)


def write_study(*, draft: StudyDraft, tables: Tables) -> set[int]:
    """Create or update one study; gives the primary keys of the entries it is or was about."""
    study = Study.objects.filter(key=draft.key).first()
    before = set(study.entry_rows.values_list("entry_id", flat=True)) if study else set()
    about = {tables.entries[row["entry"]] for row in draft.rows["entry_rows"]}
    draft = tables.guarding.without_taken(draft, about)
    study = study or Study(key=draft.key, live=True, first_published_at=now(), last_published_at=now())
    for name, value in draft.fields.items():
        setattr(study, name, value)
    if study.sites_in_england is None and names_england(study.sites):
        study.sites_in_england = True
    study.save()
    for relation, rows in draft.rows.items():
        getattr(study, relation).all().delete()
        _queue(study, relation, rows, tables)
    return before | about


def names_england(sites: str) -> bool:
    """Whether the sites of a study, as reported, name a place in England (rule 5 of the evidence standard)."""
    return bool(find_places(sites)) or any(region in sites for region in (*Region.labels, "England"))


def write_question(*, draft: QuestionDraft, tables: Tables) -> None:
    """Create or update one open question."""
    draft = tables.guarding.without_taken(draft, [])
    fields = dict(draft.fields)
    outcome = fields.pop("outcome")
    fields["outcome_id"] = tables.terms["outcomes"][outcome] if outcome else None
    question, _ = OpenQuestion.objects.update_or_create(
        slug=fields.pop("slug"),
        defaults=fields,
        create_defaults={
            **fields,
            "uid": uuid.uuid5(uuid.NAMESPACE_URL, f"practice-commons:question:{draft.key}"),
        },
    )
    question.entries.set([tables.entries[key] for key in draft.about])
    question.positions.all().delete()
    _queue(question, "positions", draft.positions, tables)
