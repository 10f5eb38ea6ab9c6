"""What people looked for and the library does not have, counted by week and without any person in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import structlog
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from search.demand_guard import sayable
from search.facets import FACET_PARAMS
from search.models import Demand
from search.service import Found
from search.vocabulary import Vocabulary

#: Nobody needs to read more, and nobody can fill the table from outside.
MOST_A_WEEK = 5_000
LONGEST_FILTERS = 300
#: How long a reader may wait for a busy database because of this, in milliseconds.
PATIENCE = 200
log = structlog.get_logger(__name__)


def note_demand(found: Found, *, like: str = "") -> None:
    """Count a search that found nothing. Whatever goes wrong here, the reader gets the page."""
    query = found.query
    if found.notice or found.result.total or not query.text or query.page > 1:
        return
    try:
        record_demand(query.text, _filters_of(found, like), vocabulary=found.vocabulary)
    except Exception:
        log.exception("search.demand_not_recorded")


def record_demand(text: str, filters: str, *, vocabulary: Vocabulary) -> bool:
    """Count these words with these filters in this week, if nobody can be meant by them. Says whether it did."""
    query = sayable(text, vocabulary)
    if query is None:
        return False
    today = timezone.localdate()
    week = today - dt.timedelta(days=today.weekday())
    row: dict[str, Any] = {"week": week, "query": query, "filters": filters}
    with _impatient(), transaction.atomic():
        if _count_again(row):
            return True
        if Demand.objects.filter(week=week).count() >= MOST_A_WEEK:
            return False
        try:
            with transaction.atomic():
                Demand.objects.create(**row, times=1)
        except IntegrityError:
            _count_again(row)
    return True


def _count_again(row: dict[str, Any]) -> int:
    return Demand.objects.filter(**row).update(times=F("times") + 1)


def _filters_of(found: Found, like: str) -> str:
    """The filters as in the address; the area asked about is one. Too many of them say little: then none is kept."""
    chosen = [(param, value) for param in FACET_PARAMS for value in found.query.filters.get(param, ())]
    if like:
        chosen.append(("like", like))
    filters = urlencode(chosen)
    return filters if len(filters) <= LONGEST_FILTERS else ""


@contextmanager
def _impatient() -> Iterator[None]:
    """SQLite waits up to 20 seconds for another writer; a reader of the site must not."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout={usual}")
