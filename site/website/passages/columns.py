"""Every column that holds text, read and written as the database keeps it: past managers, signals and append-only rules.

Which columns there are is asked of the installed models, so that a table that comes later is not forgotten. Keys, links
and closed lists hold no sentence and are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model

from .cutting import cut, cut_text, texts_in
from .words import Find


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `longest` is what fits, 0 for any length."""

    name: str
    is_json: bool
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one column of one row. `key` is the row's key as the database gives it."""

    table: Table
    column: Column
    key: Any
    text: str

    def texts(self) -> list[str]:
        """What is said in it: one text, or all that JSON holds."""
        return list(texts_in(json.loads(self.text))) if self.column.is_json else [self.text]

    def cut(self, find: Find, shorter: Find | None = None) -> list[str]:
        """Put stubs in place of what `find` finds, in the database; gives what was taken out.

        `shorter` finds the same with stubs for a column that is too narrow.
        """
        longest = self.column.longest
        if self.column.is_json:
            left, taken = cut(json.loads(self.text), find)
            text = json.dumps(left)
        else:
            text, taken = cut_text(self.text, find)
            if longest and len(text) > longest and shorter is not None:
                text, taken = cut_text(self.text, shorter)
        if taken:
            self.table.write(self, text[:longest] if longest else text)
        return taken


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a model, with its columns of text."""

    label: str
    name: str
    key: str
    columns: tuple[Column, ...]

    def cells(
        self, marks: Sequence[str] = (), *, owner: str = "", owners: Iterable[int] | None = None
    ) -> Iterator[Cell]:
        """Cells that hold one of the marks (small letters and digits; none: all), of all rows or those of some owners."""
        if not self.columns:
            return
        quote = connection.ops.quote_name
        texts = [f"CAST({quote(column.name)} AS text)" for column in self.columns]
        params: list[Any] = []
        conditions = []
        if marks:
            liked = [f"LOWER({text}) LIKE %s" for text in texts for _ in marks]
            params += [f"%{mark}%" for _ in texts for mark in marks]
            conditions.append(f"({' OR '.join(liked)})")
        if owners is not None:
            ids = list(owners)
            if not ids:
                return
            conditions.append(f"{quote(owner)} IN ({', '.join(['%s'] * len(ids))})")
            params += ids
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        question = f"SELECT {quote(self.key)}, {', '.join(texts)} FROM {quote(self.name)}{where}"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(question, params)
            rows = cursor.fetchall()
        for key, *values in rows:
            for column, text in zip(self.columns, values, strict=True):
                if text and (not marks or any(mark in text.lower() for mark in marks)):
                    yield Cell(self, column, key, text)

    def write(self, cell: Cell, text: str) -> None:
        """Write one cell."""
        quote = connection.ops.quote_name
        value = "%s::jsonb" if cell.column.is_json and connection.vendor == "postgresql" else "%s"
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {quote(self.name)} SET {quote(cell.column.name)} = {value} WHERE {quote(self.key)} = %s",  # noqa: S608
                [text, cell.key],
            )


def table_of(model: type[Model], *, without: Iterable[str] = ()) -> Table:
    """The table of a model's own columns: those of its parents stand in theirs."""
    left_out = set(without)
    columns = []
    for field in model._meta.local_concrete_fields:
        kind = str(field.db_parameters(connection).get("type") or "")
        if field.is_relation or field.primary_key or field.choices or field.name in left_out:
            continue
        if kind.startswith(("varchar", "text", "json")):
            longest = field.max_length or 0 if kind.startswith("varchar") else 0
            columns.append(Column(field.column or "", field.get_internal_type() == "JSONField", longest))
    key = model._meta.pk
    return Table(model._meta.label, model._meta.db_table, key.column or "", tuple(columns))
