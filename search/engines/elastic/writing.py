"""Changes and rebuilds on Elasticsearch: external versions decide, one alias call switches."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import uuid4

from elasticsearch.helpers import scan, streaming_bulk

from search.documents.schema import PracticeDocument, checked
from search.engine import Applied, Change, EngineDown, Rebuilt, Replay
from search.engines.batches import in_batches, newest_of, once_each
from search.engines.elastic.connection import Connection, answering
from search.engines.elastic.documents import index_body, tombstone, written

BATCH = 500
CONFLICT = 409
ORPHANS_KEPT_SECONDS = 24 * 3600


def ensure(connection: Connection) -> None:
    """An empty index behind the aliases, if there is none yet."""
    if not connection.current_indices():
        switch(connection, create(connection))


def create(connection: Connection) -> str:
    name = f"{connection.prefix}-{int(time.time() * 1000):013d}-{uuid4().hex[:8]}"
    with answering():
        connection.patient.indices.create(index=name, **index_body())
    return name


def switch(connection: Connection, index: str) -> None:
    """Both aliases move in one call, so no search and no write ever sees neither or both."""
    old = connection.current_indices()
    actions: list[dict[str, Any]] = []
    for alias in (connection.read, connection.write):
        actions += [{"remove": {"index": name, "alias": alias}} for name in old]
        actions.append({"add": {"index": index, "alias": alias, "is_write_index": True}})
    with answering():
        connection.patient.indices.update_aliases(actions=actions)


def apply_changes(connection: Connection, index: str, changes: Iterable[Change]) -> Applied:
    return in_batches(changes, BATCH, lambda batch: _apply_batch(connection, index, batch))


def _apply_batch(connection: Connection, index: str, batch: Sequence[Change]) -> Applied:
    newest = newest_of(batch)
    removed_uids = {change.uid for change in newest if change.document is None}
    stored = [
        (
            c.uid,
            c.version,
            tombstone(c.uid, c.version) if c.document is None else written(checked(c.document)),
        )
        for c in newest
    ]
    taken = _bulk(connection, index, stored, refresh=True)
    removed = len(taken & removed_uids)
    return Applied(len(taken) - removed, removed, len(batch) - len(taken))


def _bulk(
    connection: Connection, index: str, stored: Iterable[tuple[str, int, dict[str, Any]]], *, refresh: bool
) -> set[str]:
    """The uids that took hold. A version conflict means that something newer is there already."""
    actions = (
        {
            "_op_type": "index",
            "_index": index,
            "_id": uid,
            "version": v,
            "version_type": "external",
            "_source": source,
        }
        for uid, v, source in stored
    )
    taken: set[str] = set()
    with answering():
        results = streaming_bulk(
            connection.patient, actions, chunk_size=BATCH, raise_on_error=False, refresh=refresh
        )
        for ok, item in results:
            outcome = item["index"]
            if ok:
                taken.add(outcome["_id"])
            elif outcome["status"] != CONFLICT:
                raise EngineDown(f"Elasticsearch refused {outcome['_id']}: {outcome.get('error')}")
    return taken


def rebuild(connection: Connection, documents: Iterable[PracticeDocument], replay: Replay) -> Rebuilt:
    began = time.perf_counter()
    old = connection.current_indices()
    index = create(connection)
    try:
        count = _fill(connection, index, documents)
        replayed = _replay(connection, index, replay)
    except BaseException:
        _delete(connection, [index])
        raise
    switch(connection, index)
    replayed += _replay(connection, index, replay)
    _delete(connection, [*old, *_orphans(connection)])
    return Rebuilt(count, replayed, index, time.perf_counter() - began)


def _fill(connection: Connection, index: str, documents: Iterable[PracticeDocument]) -> int:
    """The documents, and the tombstones of the index in use, which a late change must still meet."""
    seen: set[str] = set()
    with answering():
        connection.patient.indices.put_settings(index=index, settings={"refresh_interval": "-1"})
    _bulk(
        connection,
        index,
        ((d["uid"], d["version"], written(checked(d))) for d in once_each(documents, seen)),
        refresh=False,
    )
    dead = ((uid, version) for uid, version in uids_and_versions(connection, live=False) if uid not in seen)
    _bulk(connection, index, ((uid, v, tombstone(uid, v)) for uid, v in dead), refresh=False)
    with answering():
        connection.patient.indices.put_settings(index=index, settings={"refresh_interval": None})
        connection.patient.indices.refresh(index=index)
    return len(seen)


def _replay(connection: Connection, index: str, replay: Replay) -> int:
    done = apply_changes(connection, index, replay())
    return done.written + done.removed


def uids_in_order(connection: Connection, query: dict[str, Any], order: str | None) -> Iterator[str]:
    """Every uid that a query finds, by score or by a number that falls; a scroll, so it has no last page."""
    wanted = {"query": query, "_source": False, "sort": [{order: "desc"}] if order else ["_score"]}
    with answering():
        found = scan(connection.patient, index=connection.read, query=wanted, size=2_000, preserve_order=True)
        yield from (hit["_id"] for hit in found)


def uids_and_versions(connection: Connection, *, live: bool) -> Iterator[tuple[str, int]]:
    for hit in _scan(connection, ["version"], live=live):
        yield hit["_id"], int(hit["_source"]["version"])


def uids_and_fingerprints(connection: Connection) -> Iterator[tuple[str, str]]:
    for hit in _scan(connection, ["card.fingerprint"], live=True):
        yield hit["_id"], hit["_source"].get("card", {}).get("fingerprint", "")


def _scan(connection: Connection, fields: list[str], *, live: bool) -> Iterator[dict[str, Any]]:
    if connection.current_indices():
        with answering():
            wanted = {"query": {"term": {"live": live}}, "_source": fields}
            yield from scan(connection.patient, index=connection.read, query=wanted, size=2_000)


def _orphans(connection: Connection) -> list[str]:
    """Indices that a rebuild left behind when its process died, once no live rebuild can be filling them."""
    with answering():
        found = connection.patient.indices.get(index=f"{connection.prefix}-*", expand_wildcards="open").body
    oldest = (time.time() - ORPHANS_KEPT_SECONDS) * 1000
    return [
        name for name, index in found.items() if not index["aliases"] and _born(name, connection) < oldest
    ]


def _born(name: str, connection: Connection) -> float:
    stamp = name.removeprefix(f"{connection.prefix}-").split("-")[0]
    return float(stamp) if stamp.isdigit() else float("inf")


def _delete(connection: Connection, names: Sequence[str]) -> None:
    if names:
        with answering():
            connection.patient.indices.delete(index=",".join(names), ignore_unavailable=True)


def drop(connection: Connection) -> None:
    """Remove every index of this prefix; for tests and for moving away."""
    with answering():
        _delete(connection, sorted(connection.patient.indices.get(index=f"{connection.prefix}-*").body))
