"""Where a passage stands in what readers are shown of an entry: its own fields, its rows, and the studies about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, Revision
from website.passages.columns import Cell, Table, table_of
from website.passages.words import Find, Passage

from ..models import (
    CaseStudyPage,
    Entry,
    ModelUsed,
    OutcomeRating,
    PracticeModelPage,
    Study,
    StudyEntry,
)

#: Around a passage, for a moderator.
AROUND = 300
#: What an entry is called: a stub would be no name, so the entry itself is hidden.
NAMES = ("other_names",)


@dataclass(frozen=True, slots=True)
class Standing:
    """The cells in which a passage stands. `in_name`: of them, at least one is what an entry is called."""

    cells: Sequence[Cell]
    in_name: bool
    entries: frozenset[int]
    studies: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.cells) or self.in_name


@dataclass(frozen=True, slots=True)
class InContext:
    """A passage with the words around it."""

    before: str
    passage: str
    after: str


def standing_of(entry: Entry, passage: Passage) -> Standing:
    """Where it stands on the page of an entry; of a model also in what its places tell, if nowhere else."""
    found = _standing_in({entry.pk}, passage)
    if found or entry.specific_class is not PracticeModelPage:
        return found
    places = set(ModelUsed.objects.filter(model=entry.pk).values_list("case_study_id", flat=True))
    return _standing_in(places, passage)


def _standing_in(entry_ids: set[int], passage: Passage) -> Standing:
    if not entry_ids or not passage.words:
        return Standing((), False, frozenset(), frozenset())
    cells = [(owners, cell) for owners, cell in _told_of(entry_ids, passage.marks) if _holds(cell, passage)]
    named = [cell for cell in _names_of(entry_ids, passage.marks) if _holds(cell, passage)]
    studies = {study for owners, _ in cells for study in owners}
    about = StudyEntry.objects.filter(study__in=studies).values_list("entry_id", flat=True)
    return Standing(
        [cell for _, cell in cells], bool(named), frozenset({*entry_ids, *about}), frozenset(studies)
    )


def _holds(cell: Cell, passage: Passage) -> bool:
    return any(passage.places_in(text) for text in cell.texts())


def shown_cells(entry_ids: Iterable[int], marks: Sequence[str] = ()) -> Iterator[Cell]:
    """Every cell that readers are shown of these entries, without their names."""
    return (cell for _, cell in _told_of(set(entry_ids), marks))


def version_cells(entry_ids: Iterable[int], marks: Sequence[str] = ()) -> Iterator[Cell]:
    """The same of the versions that the CMS keeps of them and of the studies about them."""
    ids = set(entry_ids)
    studies = StudyEntry.objects.filter(entry__in=ids).values_list("study_id", flat=True)
    kinds = ContentType.objects.get_for_models(Page, Study)
    versions = Revision.objects.filter(
        Q(base_content_type=kinds[Page], object_id__in=[str(key) for key in ids])
        | Q(base_content_type=kinds[Study], object_id__in=[str(key) for key in studies])
    )
    return table_of(Revision).cells(marks, owner="id", owners=versions.values_list("pk", flat=True))


def contexts(cells: Iterable[Cell], find: Find) -> list[InContext]:
    """What `find` finds in the cells, each with what stands around it."""
    return [
        InContext(
            text[max(0, span.start - AROUND) : span.start],
            text[span.start : span.end],
            text[span.end : span.end + AROUND],
        )
        for cell in cells
        for text in cell.texts()
        for span in find(text)
    ]


def _told_of(entry_ids: set[int], marks: Sequence[str]) -> Iterator[tuple[frozenset[int], Cell]]:
    """Cells with the studies that they belong to, if to any."""
    for table, owner in _tables_of_entries():
        for cell in table.cells(marks, owner=owner, owners=entry_ids):
            yield frozenset(), cell
    studies = set(StudyEntry.objects.filter(entry__in=entry_ids).values_list("study_id", flat=True))
    for study in studies:
        for table, owner in _tables_of_studies():
            for cell in table.cells(marks, owner=owner, owners=[study]):
                yield frozenset({study}), cell


def _names_of(entry_ids: set[int], marks: Sequence[str]) -> Iterator[Cell]:
    return chain(
        table_of(Page).cells(marks, owner="id", owners=entry_ids),
        (
            cell
            for cell in table_of(Entry).cells(marks, owner="page_ptr_id", owners=entry_ids)
            if cell.column.name in NAMES
        ),
    )


@cache
def _tables_of_entries() -> tuple[tuple[Table, str], ...]:
    own: list[tuple[type[Model], Iterable[str]]] = [
        (Entry, NAMES),
        (CaseStudyPage, ()),
        (PracticeModelPage, ()),
    ]
    kinds = {
        rel.related_model: rel.field.column
        for model, _ in own
        for rel in get_all_child_relations(model)
        if issubclass(model, Entry) and rel.related_model._meta.app_label == Entry._meta.app_label
    }
    tables = [(table_of(model, without=without), str(_key(model))) for model, without in own]
    tables += [(table_of(model), column) for model, column in kinds.items()]
    return tuple(pair for pair in [*tables, (table_of(OutcomeRating), "entry_id")] if pair[0].columns)


@cache
def _tables_of_studies() -> tuple[tuple[Table, str], ...]:
    rows = [(table_of(rel.related_model), rel.field.column) for rel in get_all_child_relations(Study)]
    return tuple(pair for pair in [(table_of(Study), "id"), *rows] if pair[0].columns)


def _key(model: type[Model]) -> Any:
    key = model._meta.pk
    return key.column if key is not None else ""
