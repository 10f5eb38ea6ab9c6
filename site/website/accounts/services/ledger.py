"""The ledger of erasures outside the database: a restored database holds an old one.

A text file, one line an erasure: opaque key and day. It belongs into the copies that are kept, or onto another disk.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from django.conf import settings

from ..models import Erasure


def keys_in_file() -> set[uuid.UUID]:
    """Who was erased, as the file tells. A line that a crash cut short is passed over."""
    path = Path(settings.ERASURE_LEDGER)
    if not path.exists():
        return set()
    return {key for line in path.read_text().splitlines() if (key := _key(line.partition(" ")[0]))}


def write_down() -> None:
    """Bring the file up to the table. Called after each erasure, so that one line that was missed comes with the next."""
    written = keys_in_file()
    missing = [each for each in Erasure.objects.all() if each.key not in written]
    if not missing:
        return
    path = Path(settings.ERASURE_LEDGER)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.writelines(f"{each.key} {each.at:%Y-%m-%d}\n" for each in missing)
        file.flush()
        os.fsync(file.fileno())


def not_in_the_table() -> set[uuid.UUID]:
    """Erased, says the file, and the database does not know: a copy was restored and not replayed."""
    return keys_in_file() - set(Erasure.objects.values_list("key", flat=True))


def _key(word: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(word)
    except ValueError:
        return None
