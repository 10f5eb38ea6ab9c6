"""Compares the index with the database, entry by entry, and repairs what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from practice_library.models import Entry
from search.current import current_engine
from search.documents.changes import BATCH
from search.documents.practice import documents_of
from search.indexing import drain, index_now


@dataclass
class Drift:
    """Uids that the index lacks, holds although nobody may read them, or holds in an older state."""

    missing: list[str] = field(default_factory=list)
    ghost: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    checked: int = 0

    def __bool__(self) -> bool:
        return bool(self.missing or self.ghost or self.stale)


def find_drift(*, say: Callable[[int, int], None] = lambda done, total: None) -> Drift:
    """Where index and database differ. Raises EngineDown."""
    held = dict(current_engine().fingerprints())
    drift = Drift()
    for uid, fingerprint in _fingerprints(say):
        drift.checked += 1
        if uid not in held:
            drift.missing.append(uid)
        elif held.pop(uid) != fingerprint:
            drift.stale.append(uid)
    drift.ghost = sorted(held)
    return drift


def _fingerprints(say: Callable[[int, int], None]) -> Iterator[tuple[str, str]]:
    uids = [str(uid) for uid in Entry.objects.published().order_by("pk").values_list("uid", flat=True)]
    for start in range(0, len(uids), BATCH):
        for document in documents_of(uids[start : start + BATCH], {}):
            yield document["uid"], document["card"]["fingerprint"]
        say(min(start + BATCH, len(uids)), len(uids))


def repair(drift: Drift) -> None:
    """Write what is missing or stale again and bury what must not be there."""
    drain()
    index_now([*drift.missing, *drift.stale, *drift.ghost])
