"""What a new index is told while editors publish, readers search and drains go on into the old one.

Drains number what they tell. What was told after the reading began is told to the new index again, in rounds that
get shorter; only for the last one and the switch nobody else may drain. A change that is published then stays pending
for that moment, and goes to the new index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from website.outbox.models import Change as Recorded

from search.documents.changes import BATCH
from search.engine import Change, RebuildBusy
from search.indexed import LIBRARY, Indexed
from search.leases import Lease, draw_for_rebuild

#: Rounds of telling again before the last one. Without a limit a fast writer would keep a slow index from its switch.
ROUNDS = 5

Say = Callable[[int, int], None]


class Building:
    """One rebuild. `version` is drawn before the database is read, and `told` known before that too."""

    def __init__(self, version: int, what: Indexed = LIBRARY) -> None:
        self.version = version
        self.what = what
        self.overslept = False
        self._told = Recorded.objects.newest_batch()
        self._lease: Lease | None = None

    def documents(self, say: Say) -> Iterator[Any]:
        """Everything there is now."""
        total, done = self.what.count(), 0
        for uids in self.what.batches():
            yield from self.what.documents_of(uids, dict.fromkeys(uids, self.version))
            done += len(uids)
            say(done, max(done, total))

    def replay(self) -> Iterator[Change]:
        """What drains have told the index in use since the last time, as it is now."""
        for _ in range(1 if self._lease else ROUNDS):
            since, self._told = self._told, Recorded.objects.newest_batch()
            told = Recorded.objects.told_after(since).filter(topic=self.what.topic)
            uids = {str(uid) for uid in told.values_list("object_uid", flat=True)}
            yield from self.what.changes_of(uids, self._draw)
            if len(uids) < BATCH:
                return

    def _draw(self) -> int:
        if self._lease is None:
            return draw_for_rebuild()
        version = self._lease.draw()
        if version is None:
            raise RebuildBusy("Another process wrote to the search index during the switch.")
        return version

    @contextmanager
    def switching(self) -> Iterator[None]:
        """Nobody drains inside. `overslept` says afterwards that this took so long that others did."""
        lease = Lease()
        if not lease.wait():
            raise RebuildBusy("The search index is being written to without a pause.")
        self._lease = lease
        try:
            yield
            self.overslept = not lease.renew()
        finally:
            self._lease = None
            lease.release()
