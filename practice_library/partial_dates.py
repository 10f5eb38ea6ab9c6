"""Dates as sources give them: a year, a month or a day. Text, because a guessed day would be a made-up fact."""

from __future__ import annotations

import calendar
import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models

MONTHS = tuple(calendar.month_name)[1:]


def validate_partial_date(value: str) -> None:
    """Accept `YYYY`, `YYYY-MM` and `YYYY-MM-DD` that name a real day."""
    parts = value.split("-")
    if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]) or not all(p.isdigit() for p in parts):
        raise ValidationError("Give a year (2016), a month (2016-03) or a day (2016-03-31).")
    try:
        dt.date(*[int(part) for part in [*parts, "01", "01"][:3]])
    except ValueError as error:
        raise ValidationError(f"{value} is not a date.") from error


class PartialDateField(models.CharField):
    """A date as exact as its source; sorts as text. Blank is not reported."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("help_text", "A year (2016), a month (2016-03) or a day (2016-03-31).")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.validators.append(validate_partial_date)


def in_words(value: str) -> str:
    """`2016-03` as "March 2016"; blank stays blank."""
    if not value:
        return ""
    year, *rest = value.split("-")
    month = f"{MONTHS[int(rest[0]) - 1]} " if rest else ""
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"{day}{month}{year}"


def year_of(value: str) -> int | None:
    """The year of a partial date, or None when it is not reported."""
    return int(value[:4]) if value else None
