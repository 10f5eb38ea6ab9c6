"""Queries that are put into SQL once a process, because Django needs longer to write them than the database to answer.

The union of everything that an entry names took 10 ms of CPU to compile on every view and under 1 ms to run. It depends
on the entry and the time alone; both are marked while compiling and put in when asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

#: Values that no real query holds.
ENTRY = -730_001_917
NOW = dt.datetime(1917, 3, 11, 4, 5, 6, 789, tzinfo=dt.UTC)


class CompiledQuery:
    """`build` makes the query of `ENTRY` at `NOW`; its columns come as the database gives them."""

    def __init__(self, build: Callable[[], QuerySet[Any]]) -> None:
        self._build = build
        self._by_vendor: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self, entry_id: int) -> list[tuple[Any, ...]]:
        """The rows of an entry now."""
        sql, params = self._compiled()
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        marked = connection.ops.adapt_datetimefield_value(NOW)
        with connection.cursor() as cursor:
            cursor.execute(sql, [self._value(param, entry_id, marked, now) for param in params])
            return list(cursor.fetchall())

    def _compiled(self) -> tuple[str, tuple[Any, ...]]:
        vendor = connection.vendor
        if vendor not in self._by_vendor:
            sql, params = self._build().query.sql_with_params()
            if ENTRY not in params:
                raise RuntimeError("The query does not ask for the entry.")
            self._by_vendor[vendor] = (sql, tuple(params))
        return self._by_vendor[vendor]

    @staticmethod
    def _value(param: Any, entry_id: int, marked: Any, now: Any) -> Any:
        if param == ENTRY:
            return entry_id
        return now if param == marked else param
