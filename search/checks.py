"""Compares an index with the database, document by document, and repairs what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from search.indexed import LIBRARY, Indexed
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


def find_drift(
    what: Indexed = LIBRARY, *, say: Callable[[int, int], None] = lambda done, total: None
) -> Drift:
    """Where index and database differ. Raises EngineDown."""
    held = dict(what.engine().fingerprints())
    drift = Drift()
    for uid, fingerprint in _fingerprints(what, say):
        drift.checked += 1
        if uid not in held:
            drift.missing.append(uid)
        elif held.pop(uid) != fingerprint:
            drift.stale.append(uid)
    drift.ghost = sorted(held)
    return drift


def _fingerprints(what: Indexed, say: Callable[[int, int], None]) -> Iterator[tuple[str, str]]:
    total, done = what.count(), 0
    for uids in what.batches():
        for document in what.documents_of(uids, {}):
            yield document["uid"], document["card"]["fingerprint"]
        done += len(uids)
        say(done, max(done, total))


def repair(drift: Drift, what: Indexed = LIBRARY) -> None:
    """Write what is missing or stale again and bury what must not be there."""
    drain()
    index_now([*drift.missing, *drift.stale, *drift.ghost], what)
