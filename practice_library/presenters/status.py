"""Whether a practice runs, in one calm sentence. An old source never makes a present claim."""

from __future__ import annotations

import datetime as dt

from ..choices import State
from ..partial_dates import in_words
from ..status_words import is_recent

IN_FORCE = {
    State.RUNNING: "Running",
    State.SCALED: "Running and scaled up",
    State.TESTING: "Being tested",
    State.PLANNED: "Planned",
    State.PROPOSED: "Proposed",
}


def status_sentence(state: str, as_at: str, today: dt.date) -> str:
    """Without a full stop, so that a reason or a source can follow."""
    when = in_words(as_at)
    if state == State.STOPPED:
        return f"Stopped, as reported in {when}" if when else "Stopped"
    if state not in IN_FORCE:
        return (
            f"Not known whether it still runs; last reported in {when}"
            if when
            else "Not known whether it still runs"
        )
    word = IN_FORCE[State(state)]
    if is_recent(as_at, today):
        return f"{word}, confirmed in {when}"
    return f"{word} when last reported ({when or 'date not given'}), not confirmed since"
