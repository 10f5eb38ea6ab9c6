"""The log of ratings in words: day by day, why, and what was said before and is said now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from website.components.shapes import Pagination

from .. import labels
from ..choices import RatedBecause
from ..partial_dates import in_words
from . import links
from .links import Link

if TYPE_CHECKING:
    from ..selectors.rating_log import Group, Row

LOG = "/practice/ratings/"


@dataclass(frozen=True, slots=True)
class Line:
    """One rating: of what, what is said now, what was said before, and who said so if a reviewer did."""

    entry: Link
    outcome: str
    url: str
    now: str
    before: str
    computed: str
    signed: str
    reason: str
    because: str
    day: str
    standard_version: str

    @property
    def sentence(self) -> str:
        """For a feed, which shows text alone."""
        parts = [f"{self.because}. Now: {self.now}", f"before: {self.before}" if self.before else ""]
        parts += [
            f"computed: {self.computed}" if self.computed else "",
            f"{self.reason} ({self.signed})" if self.reason else "",
        ]
        return "; ".join(part for part in parts if part) + f". Standard version {self.standard_version}."


@dataclass(frozen=True, slots=True)
class GroupView:
    """A day and a reason. Without lines it is too long to be told here, and `url` leads to the list."""

    day: str
    heading: str
    tally: str
    url: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class LogView:
    """A page of the log: groups of the whole, or the lines of a part of it."""

    title: str
    entry: Link | None
    is_part: bool
    groups: Sequence[GroupView]
    lines: Sequence[Line]
    total: int
    pages: Pagination | None


def value_in_words(direction: str, strength: int) -> str:
    """Direction comes first."""
    return f"{labels.DIRECTION[direction]}, {links.in_sentence(labels.STRENGTH[strength])}"


def signed(role: str, organisation: str, day: dt.date | None) -> str:
    """Who a reviewer is: no name, but the role, the organisation and the day."""
    return ", ".join(part for part in (role, organisation, _day(day) if day else "") if part)


def line(row: Row) -> Line:
    value, computed = (
        (row["direction"], row["strength"]),
        (row["computed_direction"], row["computed_strength"]),
    )
    had = row["replaces__direction"]
    ended = row["because"] == RatedBecause.ENDED
    return Line(
        entry=Link(row["entry__title"], links.entry(row["entry__url_path"])),
        outcome=row["outcome__name"],
        url=links.rating(row["uid"]),
        now="Not rated any more" if ended else value_in_words(*value),
        before=value_in_words(had, row["replaces__strength"]) if had else "",
        computed=value_in_words(*computed) if value != computed else "",
        signed=signed(row["reviewer_role"], row["reviewer_organisation"], row["reviewed_on"]),
        reason=row["reason"],
        because=RatedBecause(row["because"]).label,
        day=_day(row["rated_on"]),
        standard_version=row["standard_version"],
    )


def group_view(group: Group) -> GroupView:
    entries = links.counted(group.entries, "entry", "entries")
    return GroupView(
        day=_day(group.day),
        heading=RatedBecause(group.because).label,
        tally=f"{links.counted(group.ratings, 'rating')} of {entries}",
        url=f"{LOG}?{urlencode({'day': group.day.isoformat(), 'because': group.because})}",
        lines=[line(row) for row in group.rows],
    )


def log_view(groups: Sequence[Group], *, total: int, page: int, last: int) -> LogView:
    """The whole log."""
    pages = _pages({}, page, last)
    return LogView("Changes of ratings", None, False, [group_view(each) for each in groups], (), total, pages)


def part_view(
    rows: Sequence[Row], *, entry: Row | None, params: Mapping[str, str], total: int, page: int, last: int
) -> LogView:
    """The lines of one entry, or of one day and reason."""
    title = "History of its ratings" if entry else "Changes of ratings"
    if not entry:
        said = [_day(dt.date.fromisoformat(params["day"])) if params.get("day") else ""]
        said += [RatedBecause(params["because"]).label if params.get("because") else ""]
        title = ": ".join(part for part in said if part)
    link = Link(entry["title"], links.entry(entry["url_path"])) if entry else None
    return LogView(title, link, True, (), [line(row) for row in rows], total, _pages(params, page, last))


def _pages(params: Mapping[str, str], page: int, last: int) -> Pagination | None:
    if last <= 1:
        return None
    return Pagination.of(page=page, last=last, url_for=lambda n: f"{LOG}?{urlencode({**params, 'page': n})}")


def _day(day: Any) -> str:
    return in_words(day.isoformat())
