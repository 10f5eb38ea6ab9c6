"""Open questions with what speaks for and against, and the entries they are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..models import Entry, OpenQuestion, Position, Source
from .lists import EntryRow, entry_rows


@dataclass(slots=True)
class QuestionFacts:
    """A question with its positions and their sources."""

    question: OpenQuestion
    positions: list[Position]
    entries: list[EntryRow]
    sources: dict[int, Source]
    source_keys: dict[str, int]
    #: As `EntryFacts` has it: a question has no sources beside those of its positions.
    links: dict[str, Any]


def questions() -> list[OpenQuestion]:
    return list(OpenQuestion.objects.select_related("outcome"))


def question_at(slug: str, *, user: Any = None) -> QuestionFacts | None:
    question = OpenQuestion.objects.filter(slug=slug).select_related("outcome").first()
    if question is None:
        return None
    positions = list(Position.objects.filter(question=question).order_by("sort_order", "pk"))
    keys = {key for row in positions for key in row.further_sources}
    numbers = {row.source_id for row in positions if row.source_id is not None}
    found = Source.objects.filter(pk__in=numbers) | Source.objects.filter(key__in=keys)
    sources = {source.pk: source for source in found}
    return QuestionFacts(
        question=question,
        positions=positions,
        entries=entry_rows(Entry.objects.readable_by(user).filter(questions=question)),
        sources=sources,
        source_keys={source.key: source.pk for source in sources.values()},
        links={},
    )
