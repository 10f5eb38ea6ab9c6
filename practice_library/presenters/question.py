"""Open questions: what speaks for and against, each statement with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from website.components.entry_shapes import SourceItem

from ..choices import QuestionState
from . import links
from .links import Link
from .lists import EntryItem, entry_item
from .references import References
from .sections import Told

if TYPE_CHECKING:
    from ..models import OpenQuestion
    from ..selectors.questions import QuestionFacts

SIDES = (
    ("for", "What speaks for it"),
    ("against", "What speaks against it"),
    ("tests", "Who tests it"),
    ("join", "Who would join"),
)
#: The list by state, in this order.
STATES = (
    (QuestionState.BEING_TESTED, "Being tested"),
    (QuestionState.OPEN, "To be tested, or in dispute"),
    (QuestionState.ANSWERED, "Answered"),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question; it shows also where nothing is known."""

    anchor: str
    heading: str
    told: Sequence[Told]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question in words."""

    title: str
    state: str
    summary: str
    asked_by: str
    outcome: Link | None
    sides: Sequence[Side]
    help_wanted: str
    entries: Sequence[EntryItem]
    sources: Sequence[SourceItem]
    report_url: str


@dataclass(frozen=True, slots=True)
class QuestionItem:
    """A question in the list."""

    title: str
    url: str
    state: str
    summary: str


def question_view(facts: QuestionFacts) -> QuestionView:
    question = facts.question
    references = References(cast("Any", facts))
    sides = [
        Side(
            anchor,
            heading,
            [
                Told(
                    row.text,
                    references.to(row.source_id, row.further_sources, where=heading, at=row.at),
                )
                for row in facts.positions
                if row.side == anchor
            ],
        )
        for anchor, heading in SIDES
    ]
    outcome = question.outcome
    return QuestionView(
        title=question.title,
        state=question.get_state_display(),
        summary=question.summary,
        asked_by=question.asked_by,
        outcome=Link(outcome.name, links.outcome(outcome.slug)) if outcome else None,
        sides=sides,
        help_wanted=question.help_wanted,
        entries=[entry_item(row) for row in facts.entries],
        sources=references.at_the_foot(),
        report_url=links.report_question(question.uid),
    )


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """The questions of one state."""

    anchor: str
    heading: str
    items: Sequence[QuestionItem]


def question_groups(questions: Sequence[OpenQuestion]) -> list[QuestionGroup]:
    """By state, what is being tested first; a state without a question does not stand there."""
    return [
        QuestionGroup(state.value, heading, _items(found))
        for state, heading in STATES
        if (found := [each for each in questions if each.state == state])
    ]


def _items(questions: Sequence[OpenQuestion]) -> list[QuestionItem]:
    return [
        QuestionItem(each.title, links.question(each.slug), each.get_state_display(), each.summary)
        for each in questions
    ]
