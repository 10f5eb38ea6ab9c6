"""The public log of ratings: what changed, on which day and why, of entries that everybody may read."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, Max, Q, QuerySet

from ..models import Entry, OutcomeRating

#: A day's ratings of one kind up to this number are told one by one; more of them in one line that leads to the list.
MOST_LINES = 10
COLUMNS = (
    "uid", "rated_at", "rated_on", "because", "strength", "direction", "harm_flag", "computed_strength",
    "computed_direction", "standard_version", "superseded_at", "reason", "reviewer_role", "reviewer_organisation",
    "reviewed_on", "outcome__name", "outcome__slug", "entry__uid", "entry__title", "entry__url_path",
    "replaces__uid", "replaces__strength", "replaces__direction",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """The ratings of one day that were stored for one reason; `rows` is empty where they are too many."""

    day: dt.date
    because: str
    ratings: int
    entries: int
    latest: dt.datetime
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """What part of the log is asked for."""

    entry: uuid.UUID | None = None
    day: dt.date | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    because: Collection[str] = ()


def changes(asked: Asked, *, user: Any = None) -> QuerySet[Any]:
    """Rows of the log, the newest first."""
    return _logged(asked, user).order_by("-rated_at", "-pk").values(*COLUMNS)


def groups(asked: Asked, *, user: Any = None) -> QuerySet[Any]:
    """Days and reasons, the newest first, with how many ratings of how many entries."""
    grouped = _logged(asked, user).order_by().values("rated_on", "because")
    numbers = grouped.annotate(
        ratings=Count("pk"), entries=Count("entry", distinct=True), latest=Max("rated_at")
    )
    return numbers.order_by("-rated_on", "-latest", "because")


def with_rows(found: Collection[Row], *, user: Any = None) -> list[Group]:
    """The same groups; the rows of all small ones come in one query."""
    small = Q()
    for each in found:
        if each["ratings"] <= MOST_LINES:
            small |= Q(rated_on=each["rated_on"], because=each["because"])
    rows: dict[tuple[dt.date, str], list[Row]] = defaultdict(list)
    if small:
        for row in changes(Asked(), user=user).filter(small):
            rows[row["rated_on"], row["because"]].append(row)
    return [
        Group(
            each["rated_on"], each["because"], each["ratings"], each["entries"], each["latest"],
            rows[each["rated_on"], each["because"]],
        )
        for each in found
    ]  # fmt: skip


def entry_named(uid: uuid.UUID, *, user: Any = None) -> Row | None:
    """The entry whose history is asked for, or None where this person may not read it."""
    return Entry.objects.readable_by(user).filter(uid=uid).values("uid", "title", "url_path").first()


def rateable(words: str, *, user: Any = None) -> QuerySet[Any]:
    """Ratings in force of outcomes, by a part of the entry's name: what a reviewer looks for."""
    found = OutcomeRating.objects.current().filter(_readable(user)).exclude(outcome=None)
    if words:
        found = found.filter(Q(entry__title__icontains=words) | Q(outcome__name__icontains=words))
    return found.order_by("entry__title", "entry", "position").values(*COLUMNS)


def _logged(asked: Asked, user: Any) -> QuerySet[OutcomeRating]:
    """Without the row of an entry that nothing is known about: nothing was rated there."""
    logged = OutcomeRating.objects.filter(_readable(user)).exclude(outcome=None)
    if asked.entry:
        logged = logged.filter(entry__uid=asked.entry)
    if asked.day:
        logged = logged.filter(rated_on=asked.day)
    if asked.since:
        logged = logged.filter(rated_on__gte=asked.since)
    if asked.until:
        logged = logged.filter(rated_on__lte=asked.until)
    if asked.because:
        logged = logged.filter(because__in=asked.because)
    return logged


def _readable(user: Any) -> Exists:
    return Entry.objects.readable_by(user).named_by("entry")
