"""What every index of the embedded engine does with changes, rebuilds and checks, whatever it holds."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from search.engine import Applied, Change, EngineDown, Health, Rebuilt, Replay, Switching
from search.engines.embedded import writing
from search.engines.embedded.counting import count_of
from search.engines.embedded.hits import newest_of_all, uids_and_fingerprints, uids_and_versions
from search.engines.embedded.kind import Kind
from search.engines.embedded.storage import Storage, answering, on_disk

#: Longer than anybody needs between reading which index is in use and opening it, in seconds.
OPENING = 0.2


class EmbeddedIndex:
    """Thread-safe; any number of processes may open the same folder."""

    name = "embedded"

    def __init__(self, folder: str | Path, kind: Kind) -> None:
        self._storage = Storage(Path(folder), kind)

    @answering
    def apply(self, changes: Iterable[Change]) -> Applied:
        with on_disk():
            return writing.apply_changes(self._storage, self._storage.ensure(), changes)

    @answering
    def rebuild(
        self,
        documents: Iterable[Any],
        replay: Replay = lambda: (),
        switching: Switching = nullcontext,
    ) -> Rebuilt:
        with on_disk():
            return writing.rebuild(self._storage, documents, replay, switching)

    @answering
    def newest_version(self) -> int:
        return newest_of_all(self._storage.searcher())

    @answering
    def snapshot(self) -> Iterable[tuple[str, int]]:
        return uids_and_versions(self._storage.searcher(), self._storage.kind.live())

    @answering
    def fingerprints(self) -> Iterable[tuple[str, str]]:
        return uids_and_fingerprints(self._storage.searcher(), self._storage.kind.live())

    @answering
    def _alive(self) -> int:
        return count_of(self._storage.searcher(), self._storage.kind.live())

    def forget_former(self) -> None:
        """Remove the files of the index before this one; who opens them in this moment is given time to have done so."""
        time.sleep(OPENING)
        with on_disk(), self._storage.rebuilding():
            self._storage.sweep()

    def health(self) -> Health:
        try:
            return Health(True, self.name, f"generation {self._storage.generation()}", self._alive())
        except EngineDown as error:
            return Health(False, self.name, str(error))

    def close(self) -> None:
        self._storage.forget()
