"""Open questions with what speaks for and against, and the entries they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..models import Entry, OpenQuestion, Position, QuestionEntry, Source
from .lists import EntryRow, entry_rows


@dataclass(slots=True)
class QuestionFacts:
    """A question with its positions and their sources; `sources` may hold those of other questions as well."""

    question: OpenQuestion
    positions: list[Position]
    entries: list[EntryRow]
    sources: dict[int, Source]
    source_keys: dict[str, int]
    #: As `EntryFacts` has it: a question has no sources beside those of its positions.
    links: dict[str, Any]


def questions(part: slice = slice(None)) -> list[OpenQuestion]:
    """All questions by name, or a part of that list."""
    return list(OpenQuestion.objects.shown().select_related("outcome").order_by("title", "pk")[part])


def number_of_questions() -> int:
    return OpenQuestion.objects.shown().count()


def question_at(slug: str, *, user: Any = None) -> QuestionFacts | None:
    found = OpenQuestion.objects.shown().filter(slug=slug).select_related("outcome")[:1]
    return next(iter(question_facts(list(found), user=user)), None)


def question_facts(asked: Sequence[OpenQuestion], *, user: Any = None) -> list[QuestionFacts]:
    """What is known about each question, in four queries whatever their number."""
    positions: dict[int, list[Position]] = defaultdict(list)
    for row in Position.objects.filter(question__in=asked).order_by("sort_order", "pk"):
        positions[row.question_id].append(row)
    stated = [row for rows in positions.values() for row in rows]
    keys = {key for row in stated for key in row.further_sources}
    numbers = {row.source_id for row in stated if row.source_id is not None}
    found = Source.objects.filter(pk__in=numbers) | Source.objects.filter(key__in=keys)
    sources = {source.pk: source for source in found}
    entries = _entries_of(asked, user)
    return [
        QuestionFacts(
            question=question,
            positions=positions[question.pk],
            entries=entries[question.pk],
            sources=sources,
            source_keys={source.key: source.pk for source in sources.values()},
            links={},
        )
        for question in asked
    ]


def _entries_of(asked: Sequence[OpenQuestion], user: Any) -> dict[int, list[EntryRow]]:
    """The entries that this person may read, by question and name."""
    readable = Entry.objects.readable_by(user).named_by("entry")
    links = list(
        QuestionEntry.objects.filter(readable, question__in=asked)
        .order_by()
        .values_list("entry_id", "question_id")
    )
    named: dict[int, list[int]] = defaultdict(list)
    for entry, question in links:
        named[entry].append(question)
    entries: dict[int, list[EntryRow]] = defaultdict(list)
    for row in entry_rows(Entry.objects.filter(pk__in=named)):
        for question in named[row.pk]:
            entries[question].append(row)
    return entries
