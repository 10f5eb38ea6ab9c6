"""Lists of entries: all models, and the case studies of a section without a lead."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from website.components.shapes import OutcomeRow

from .. import labels
from ..choices import ModelKind
from ..evidence.criteria import HARM_FLAG_WORDS
from . import links
from .links import Count, Link
from .status import status_sentence

if TYPE_CHECKING:
    from ..selectors.lists import EntryRow, ModelRow
    from ..selectors.runs import Headline


@dataclass(frozen=True, slots=True)
class EntryItem:
    """One entry in a list."""

    title: str
    url: str
    about: str
    summary: str
    result: OutcomeRow

    @property
    def has_result(self) -> bool:
        """Whether it is known what happened."""
        return bool(self.result.outcome) and self.result.direction != "not-known"


@dataclass(frozen=True, slots=True)
class ModelItem:
    """One model in the list of models."""

    title: str
    url: str
    kind: str
    summary: str
    places: Count
    result: OutcomeRow


@dataclass(frozen=True, slots=True)
class ModelList:
    """Models, all or of one kind. `kinds`: how many there are of each."""

    models: Sequence[ModelItem]
    kinds: Sequence[tuple[Link, int]]
    chosen: str
    total: int


@dataclass(frozen=True, slots=True)
class SectionList:
    """The case studies of a section without a lead."""

    title: str
    entries: Sequence[EntryItem]


def headline_row(headline: Headline | None) -> OutcomeRow:
    """The result that lists show; without one it is not known and not tested."""
    if headline is None or not headline.outcome:
        return OutcomeRow("not-known", labels.DIRECTION["not-known"], tested=labels.STRENGTH[0])
    return OutcomeRow(
        headline.direction,
        labels.DIRECTION[headline.direction],
        outcome=links.in_sentence(headline.outcome),
        tested=labels.STRENGTH[headline.strength],
        flags=[HARM_FLAG_WORDS] if headline.harm_flag else [],
    )


def entry_item(
    row: EntryRow, *, today: dt.date | None = None, place: bool = True, kind: bool = True
) -> EntryItem:
    """An entry with its type and place where they are not plain from the page, and its status at a given day."""
    about = [labels.TYPE["model" if row.is_model else "case_study"]] if kind else []
    if place and row.lead:
        about.append(row.lead)
    if today and row.status != "not-known":
        about.append(status_sentence(row.status, row.status_as_at, today))
    return EntryItem(row.title, row.url, ". ".join(about), row.summary, headline_row(row.headline))


def model_list(rows: Sequence[ModelRow], *, kind: str) -> ModelList:
    """`kind` narrows; an unknown one shows all."""
    counted = Counter(row.kind for row in rows)
    chosen = kind if kind in ModelKind.values else ""
    return ModelList(
        models=[_model(row) for row in rows if not chosen or row.kind == chosen],
        kinds=[
            (
                Link(each.label, f"?kind={each.value}", "current" if each.value == chosen else ""),
                counted[each.value],
            )
            for each in ModelKind
            if counted[each.value]
        ],
        chosen=ModelKind(chosen).label if chosen else "",
        total=len(rows),
    )


def _model(row: ModelRow) -> ModelItem:
    return ModelItem(
        title=row.title,
        url=row.url,
        kind=ModelKind(row.kind).label,
        summary=row.summary,
        places=Count(row.places, f"{row.url}#places"),
        result=headline_row(row.headline),
    )


def section_list(title: str, rows: Sequence[EntryRow], *, today: dt.date) -> SectionList:
    return SectionList(title, [entry_item(row, today=today) for row in rows])
