"""How old a status is, in words: nothing claims to run today because an old source says so."""

from __future__ import annotations

import datetime as dt

from practice_library.choices import State
from practice_library.labels import STATUS
from practice_library.partial_dates import in_words

#: A report older than this confirms nothing about today.
CONFIRMED_FOR_YEARS = 2
GOING = (State.RUNNING, State.SCALED)


def confirmed_since(today: dt.date) -> dt.date:
    """The first day whose reports still confirm that something runs."""
    day = min(today.day, 28) if today.month == 2 else today.day
    return dt.date(today.year - CONFIRMED_FOR_YEARS, today.month, day)


def is_recent(as_at: str, today: dt.date) -> bool:
    """Whether a report is of the last 24 months, for search, pages and registers alike.

    It must lie there surely: a year or month alone counts from its first day, for what is not known confirms nothing.
    """
    return bool(as_at) and f"{as_at}-01-01"[:10] >= confirmed_since(today).isoformat()


def status_in_words(state: str, as_at: str, today: dt.date) -> str:
    """ "Running when last reported (March 2016), not confirmed since", without a full stop."""
    if state == State.NOT_KNOWN or state not in STATUS:
        return "Not known whether it is still running"
    word, when = STATUS[state], in_words(as_at)
    if state == State.STOPPED:
        return f"{word} (reported {when})" if when else word
    if is_recent(as_at, today):
        return f"{word}, confirmed {when}" if state in GOING else f"{word} when last reported ({when})"
    return f"{word} when last reported ({when or 'no date given'}), not confirmed since"
