"""Writes a checked library into the database: all of it or nothing, and never over an editor's work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update
from website.outbox.recording import record_changes
from website.places.services.organisations import OrganisationRefused, upsert_organisation

from ..importers.drafts import Draft, EntryDraft, Fields, LibraryDraft, StudyDraft
from ..importers.located import Refusal, Refused
from ..importers.vocabularies import VOCABULARIES
from ..models import TOPIC, ContentRecord, Entry, Source, Study, SynonymGroup
from .entry_rows import Tables, write_entry, write_question, write_study
from .ratings import rate_entries
from .tree import ensure_tree

Progress = Callable[[str], None]


@dataclass
class LoadReport:
    """What a load did, by kind of content."""

    created: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    def count(self, what: dict[str, int], kind: str) -> None:
        """Count one piece of content."""
        what[kind] = what.get(kind, 0) + 1


class _Ledger:
    """Tells what is new or changed since the last load."""

    def __init__(self, report: LoadReport) -> None:
        self.report = report
        self.known = {(r.kind, r.key): r for r in ContentRecord.objects.all()}
        self.touched: list[ContentRecord] = []

    def due(self, kind: str, drafts: Iterable[Draft], *, edited: set[str] | None = None) -> list[Draft]:
        """The drafts to write; those an editor has changed since they were loaded are kept as they are."""
        due = []
        for draft in drafts:
            record = self.known.get((kind, draft.key))
            if record is not None and record.fingerprint == draft.fingerprint:
                self.report.count(self.report.unchanged, kind)
                continue
            if record is not None and edited and draft.key in edited:
                self.report.kept.append(f"{kind} {draft.key}: edited in the CMS since it was loaded, kept")
                continue
            self.report.count(self.report.created if record is None else self.report.updated, kind)
            self.touched.append(ContentRecord(kind=kind, key=draft.key, fingerprint=draft.fingerprint))
            due.append(draft)
        return due

    def save(self) -> None:
        """Remember what was written."""
        ContentRecord.objects.bulk_create(
            self.touched,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["fingerprint", "loaded_at"],
        )


@transaction.atomic
def load(*, library: LibraryDraft, overwrite: bool = False, say: Progress = lambda words: None) -> LoadReport:
    """Bring the database in line with a checked library.

    What an editor changed in the CMS since it was loaded is kept unless `overwrite`; the report names it.
    """
    report = LoadReport()
    ledger = _Ledger(report)
    ensure_tree()
    _write_organisations(ledger.due("organisation", library.organisations.values()))
    _write_terms(library, ledger)
    _write_simple("source", Source, library.sources.values(), ledger)
    tables = Tables()
    changed: set[Any] = set()
    with disable_reference_index_auto_update():
        entries: list[EntryDraft] = ledger.due(  # type: ignore[assignment]
            "entry", library.entries.values(), edited=set() if overwrite else _edited_entries()
        )
        for number, entry in enumerate(sorted(entries, key=lambda e: e.entry_type != "model"), start=1):
            changed.add(write_entry(draft=entry, tables=tables))
            if number % 100 == 0:
                say(f"{number} of {len(entries)} entries")
        tables.flush()
        studies: list[StudyDraft] = ledger.due(  # type: ignore[assignment]
            "study", library.studies.values(), edited=set() if overwrite else _edited_studies()
        )
        for study in studies:
            changed |= write_study(draft=study, tables=tables)
        for question in ledger.due("question", library.questions.values()):
            write_question(draft=question, tables=tables)  # type: ignore[arg-type]
        tables.flush()
    ledger.save()
    report.kept += tables.guarding.met
    if changed:
        say(f"rating {len(changed)} entries")
        rate_entries(entry_ids=changed)
        record_changes(topic=TOPIC, uids=Entry.objects.filter(pk__in=changed).values_list("uid", flat=True))
    return report


def _write_organisations(due: list[Draft]) -> None:
    refusals = []
    for draft in due:
        try:
            upsert_organisation(**draft.fields)
        except OrganisationRefused as error:
            refusals.append(Refusal(draft.file, draft.line, str(error)))
    if refusals:
        raise Refused(refusals)


def _edited_entries() -> set[str]:
    """Keys of entries that have a revision: the loader makes none, so an editor did."""
    return set(
        Entry.objects.exclude(content_key=None)
        .exclude(latest_revision=None)
        .values_list("content_key", flat=True)
    )


def _edited_studies() -> set[str]:
    return set(Study.objects.exclude(latest_revision=None).values_list("key", flat=True))


def _write_terms(library: LibraryDraft, ledger: _Ledger) -> None:
    for vocabulary, terms in library.terms.items():
        model = VOCABULARIES[vocabulary]
        by_name = model.objects.by_name()
        due = ledger.due(vocabulary, terms.values())
        for draft in due:
            term = by_name.get(draft.key) or model()
            _set(term, draft.fields)
            term.save()
            by_name[draft.key] = term
        for draft in due:
            term, broader = by_name[draft.key], library.terms[vocabulary][draft.key].broader
            if term.broader_id != (by_name[broader].pk if broader else None):
                term.broader = by_name[broader] if broader else None
                term.save(update_fields=["broader"])
    for draft in ledger.due("synonyms", library.synonyms):
        SynonymGroup.objects.update_or_create(
            source=draft.fields["source"], terms=draft.fields["terms"], defaults=draft.fields
        )


def _write_simple(kind: str, model: type[Any], drafts: Iterable[Draft], ledger: _Ledger) -> None:
    due = ledger.due(kind, drafts)
    fields = [f.name for f in model._meta.concrete_fields if f.name not in ("id", "key")]
    model.objects.bulk_create(
        [model(**draft.fields) for draft in due],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=fields,
    )


def _set(instance: Any, fields: Fields) -> None:
    for name, value in fields.items():
        setattr(instance, name, value)
