"""The two questions of every search about visibility, their SQL written once a process.

The ORM needs longer to write such a query than the database to answer it. What may be seen stays decided by the querysets of
`Entry`: here their SQL is kept, and the time and the uids of each search are put in their places.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

from practice_library.models import Entry

#: Stand in the SQL for the time and the uids that it is asked with.
SOME_TIME = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
SMALLEST = 32


@dataclass(frozen=True)
class Prepared:
    """SQL with its parameters: `None` among the places is the time, a number the uid at that position."""

    sql: str
    given: tuple[Any, ...]
    places: tuple[tuple[int, int | None], ...]

    def ask(self, uids: Iterable[UUID] = ()) -> list[tuple[Any, ...]]:
        """The rows as the database gives them; the last uid fills the places that are over."""
        connection = connections[Entry.objects.db]
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        wanted = [_in_database(uid, connection) for uid in uids]
        params = list(self.given)
        for place, uid in self.places:
            params[place] = now if uid is None else wanted[min(uid, len(wanted) - 1)]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            return list(cursor.fetchall())


def _in_database(uid: UUID, connection: Any) -> Any:
    return Entry._meta.get_field("uid").get_db_prep_value(uid, connection)


def _prepare(queryset: QuerySet[Any, Any], uids: list[UUID]) -> Prepared:
    connection = connections[queryset.db]
    stands_for: dict[Any, int | None] = {_in_database(uid, connection): at for at, uid in enumerate(uids)}
    stands_for[connection.ops.adapt_datetimefield_value(SOME_TIME)] = None
    sql, given = queryset.query.get_compiler(queryset.db).as_sql()
    places = tuple((at, stands_for[value]) for at, value in enumerate(given) if value in stands_for)
    if None not in {uid for _, uid in places}:
        raise RuntimeError(
            "The time is not among the parameters: what is kept would be true for one moment only."
        )
    return Prepared(sql, tuple(given), places)


@cache
def _unreadable(_using: str) -> Prepared:
    found = Entry.objects.unreadable(at=SOME_TIME).order_by()
    return _prepare(found.values_list("uid", "slug", "title", "practicemodelpage"), [])


@cache
def _readable(_using: str, most: int) -> Prepared:
    uids = [UUID(int=number) for number in range(most)]
    found = Entry.objects.readable_by(None, at=SOME_TIME).with_uids(uids).order_by()
    return _prepare(found.values_list("uid", flat=True), uids)


def unreadable() -> list[tuple[str, str, str, bool]]:
    """uid, slug, title and whether it is a model, of all that nobody may read now."""
    rows = _unreadable(Entry.objects.db).ask()
    return [(_uid(uid), slug, title, model is not None) for uid, slug, title, model in rows]


def readable(uids: Iterable[str]) -> set[str]:
    """Those of the uids that every visitor may read now."""
    wanted = sorted({UUID(uid) for uid in uids})
    if not wanted:
        return set()
    most = max(SMALLEST, 1 << (len(wanted) - 1).bit_length())
    return {_uid(uid) for (uid,) in _readable(Entry.objects.db, most).ask(wanted)}


def _uid(value: UUID | str) -> str:
    return str(value if isinstance(value, UUID) else UUID(value))
