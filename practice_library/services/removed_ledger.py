"""The ledger of removed passages outside the database: a restored copy brings their words back, and does not know of it.

A text file, one line a passage: keyed hash, number of words, why, day. It holds no word of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from ..choices import PassageState
from ..models import TakenPassage
from ..models.passage import WHY


@dataclass(frozen=True, slots=True)
class Line:
    """What is needed to remove it again."""

    print: str
    words: int
    kind: str


def lines() -> Iterator[Line]:
    """What was removed, as the file tells. A line that a crash cut short is passed over."""
    path = Path(settings.REDACTION_LEDGER)
    for line in path.read_text().splitlines() if path.exists() else ():
        parts = line.split()
        if len(parts) == 4 and len(parts[0]) == 40 and parts[1].isdigit() and parts[2] in WHY:
            yield Line(parts[0], int(parts[1]), parts[2])


def not_in_the_table() -> list[Line]:
    """Removed, says the file, and the database does not know: a copy was restored and not replayed."""
    removed = TakenPassage.objects.filter(state=PassageState.REMOVED).values_list("print", flat=True)
    known = set(removed)
    return list({line.print: line for line in lines() if line.print not in known}.values())


def write_down() -> None:
    """Bring the file up to the table, so that a line that was missed comes with the next."""
    written = {line.print for line in lines()}
    removed = TakenPassage.objects.filter(state=PassageState.REMOVED)
    missing = {each.print: each for each in removed if each.print not in written}
    if not missing:
        return
    path = Path(settings.REDACTION_LEDGER)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.writelines(
            f"{each.print} {each.words} {each.kind} {each.decided_at:%Y-%m-%d}\n" for each in missing.values()
        )
        file.flush()
        os.fsync(file.fileno())


def problem() -> str | None:
    """For `/readyz`: a copy was restored and `replay_redactions` not run."""
    back = len(not_in_the_table())
    return (
        f"{back} removed passages came back with a restored database: run replay_redactions" if back else None
    )
