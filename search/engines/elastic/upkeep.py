"""What every index on Elasticsearch does with changes, rebuilds and checks, whatever it holds."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

from search.engine import Applied, Change, EngineDown, Health, Rebuilt, Replay, Switching
from search.engines.elastic import writing
from search.engines.elastic.connection import SEARCH_PATIENCE, Connection
from search.engines.elastic.kind import REPLICAS, Kind


class ElasticIndex:
    """Thread-safe; `prefix` keeps several libraries, and what each of them indexes, apart on one cluster.

    `url` may name several nodes, commas between. `patience` is how many seconds a reader waits before the database
    answers instead. A server that has only just started may need longer for its first searches. `replicas` is how many
    copies beside the first are kept, or from how few to how many as nodes come and go.
    """

    name = "elastic"

    def __init__(
        self,
        url: str,
        prefix: str,
        kind: Kind,
        *,
        patience: float = SEARCH_PATIENCE,
        replicas: str = REPLICAS,
    ) -> None:
        self._connection = Connection(url, prefix, kind, patience)
        self._replicas = replicas

    def apply(self, changes: Iterable[Change]) -> Applied:
        writing.ensure(self._connection, self._replicas)
        return writing.apply_changes(self._connection, self._connection.write, changes)

    def rebuild(
        self,
        documents: Iterable[Any],
        replay: Replay = lambda: (),
        switching: Switching = nullcontext,
    ) -> Rebuilt:
        return writing.rebuild(self._connection, self._replicas, documents, replay, switching)

    def snapshot(self) -> Iterable[tuple[str, int]]:
        return writing.uids_and_versions(self._connection, live=True)

    def fingerprints(self) -> Iterable[tuple[str, str]]:
        return writing.uids_and_fingerprints(self._connection)

    def newest_version(self) -> int:
        newest = {"newest": {"max": {"field": "version"}}}
        answer = self._connection.search({"size": 0, "track_total_hits": False, "aggs": newest})
        return int(answer["aggregations"]["newest"]["value"] or 0)

    def _alive(self) -> int:
        return self._connection.count({"term": {"live": True}})

    def forget_former(self) -> None:
        """Remove the index before this one."""
        writing.forget_former(self._connection)

    def health(self) -> Health:
        try:
            indices = self._connection.current_indices()
            return Health(bool(indices), self.name, ", ".join(indices) or "no index", self._alive())
        except EngineDown as error:
            return Health(False, self.name, str(error))

    def close(self) -> None:
        self._connection.close()

    def drop(self) -> None:
        writing.drop(self._connection)
