"""Makes entries with their facts in one line each, through the same models and services as the product."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from website.places.models import Organisation
from website.places.services.authorities import load_places

from practice_library.models import (
    CaseStudyPage,
    Claim,
    Cohort,
    CohortRow,
    ConditionRow,
    Entry,
    EntrySource,
    Finding,
    ModelIndexPage,
    ModelUsed,
    Outcome,
    PracticeModelPage,
    Source,
    Statement,
    Study,
    StudyEntry,
    SystemCondition,
)
from practice_library.services.ratings import rate_entries
from practice_library.services.tree import ensure_tree, section_for


def a_source(key: str = "src-report", **fields: Any) -> Source:
    """A source, made once a key."""
    source, _ = Source.objects.get_or_create(
        key=key, defaults={"title": "A published report", "year": 2016, **fields}
    )
    return source


def a_model(title: str, **fields: Any) -> PracticeModelPage:
    """A published practice model with one source."""
    ensure_tree()
    fields = {"summary": f"{title} is a way of working.", "kind": "model", "slug": slugify(title), **fields}
    page = PracticeModelPage(title=title, **fields)
    ModelIndexPage.objects.get().add_child(instance=page)
    EntrySource.objects.create(entry=page, source=a_source())
    return page


def a_case_study(
    title: str, *, lead: str = "wigan", models: tuple[PracticeModelPage, ...] = (), **fields: Any
) -> CaseStudyPage:
    """A published case study of an authority (by slug), or of `several-places`, with one source."""
    if not Organisation.objects.exists():
        load_places()
    ensure_tree()
    section = section_for(lead=lead)
    fields = {"summary": f"{title} is what one place did.", "slug": slugify(title), **fields}
    page = CaseStudyPage(title=title, lead_organisation=section.organisation, **fields)
    section.refresh_from_db()
    section.add_child(instance=page)
    EntrySource.objects.create(entry=page, source=a_source())
    for model in models:
        ModelUsed.objects.create(case_study=page, model=model)
    return page


def with_cohort(entry: Entry, name: str) -> Cohort:
    """Say whom an entry is for."""
    cohort, _ = Cohort.objects.get_or_create(name=name, defaults={"slug": slugify(name)})
    CohortRow.objects.create(content_object_id=entry.pk, tag=cohort, source=a_source())
    return cohort


def with_condition(
    entry: Entry, name: str, *, role: str = "enabler", present: str = "", **fields: Any
) -> ConditionRow:
    """Say what had to be in place."""
    condition, _ = SystemCondition.objects.get_or_create(name=name, defaults={"slug": slugify(name)})
    return ConditionRow.objects.create(
        content_object_id=entry.pk,
        tag=condition,
        role=role,
        present_at_start=present,
        source=a_source(),
        **fields,
    )


def with_statement(entry: Entry, text: str, *, section: str = "what_changed", **fields: Any) -> Statement:
    """State something, with a source."""
    return Statement.objects.create(
        entry_id=entry.pk, section=section, text=text, source=a_source(), **fields
    )


def an_outcome(name: str) -> Outcome:
    """An outcome by name."""
    outcome, _ = Outcome.objects.get_or_create(name=name, defaults={"slug": slugify(name)})
    return outcome


def with_claim(entry: Entry, outcome: str, *, direction: str = "favourable", **fields: Any) -> Claim:
    """Somebody with first-hand knowledge says so: level 1."""
    fields = {"statement": f"{outcome} changed.", "claimed_by": "author", "first_hand": True, **fields}
    claim = Claim.objects.create(
        entry_id=entry.pk, outcome=an_outcome(outcome), direction=direction, source=a_source(), **fields
    )
    rate_entries(entry_ids=[entry.pk])
    return claim


def with_trial(
    *entries: Entry, outcome: str, direction: str = "favourable", key: str = "", **facts: Any
) -> Finding:
    """A randomised trial in England whose finding sets the groups side by side: level 4."""
    key = key or f"st-{entries[0].slug}-{Study.objects.count() + 1}"
    study = Study.objects.create(
        key=key, title=f"Trial {key}", design="randomised-trial", country="England", implementation_only=False
    )
    for entry in entries:
        StudyEntry.objects.create(study=study, entry_id=entry.pk)
    facts = {"statement": f"{outcome} differed.", "claimed_by": "evaluator", "compared": True, **facts}
    finding = Finding.objects.create(
        study=study,
        outcome=an_outcome(outcome),
        direction=direction,
        key=f"{key}-1",
        source=a_source(),
        **facts,
    )
    rate_entries(entry_ids=[entry.pk for entry in entries])
    return finding
