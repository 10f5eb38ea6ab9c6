"""Changes and rebuilds on Elasticsearch: external versions decide, one alias call switches."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any
from uuid import uuid4

import structlog
from elasticsearch.helpers import scan, streaming_bulk

from search.engine import Applied, Change, EngineDown, Rebuilt, Replay, Switching
from search.engines.batches import in_batches, newest_of, once_each
from search.engines.elastic.connection import Connection, answering
from search.engines.elastic.kind import tombstone

BATCH = 500
CONFLICT = 409
#: How long a switch waits for the copies of the new index.
COPIES_PATIENCE = 30
log = structlog.get_logger(__name__)


def ensure(connection: Connection, replicas: str) -> None:
    """An empty index behind the aliases, if there is none yet."""
    if not connection.current_indices():
        switch(connection, create(connection, replicas))


def create(connection: Connection, replicas: str) -> str:
    """A new index. It is written through an alias of its own until the switch: to whoever builds an index that another
    rebuild has swept away meanwhile, Elasticsearch would otherwise give an empty one of that name."""
    name = f"{connection.prefix}-{int(time.time() * 1000):013d}-{uuid4().hex[:8]}"
    with answering():
        connection.patient.indices.create(
            index=name, aliases={_building(name): {}}, **connection.kind.body(replicas)
        )
    return name


def _building(index: str) -> str:
    return f"{index}-building"


def switch(connection: Connection, index: str) -> None:
    """Both aliases move in one call, so no search and no write ever sees neither or both."""
    old = connection.current_indices()
    actions: list[dict[str, Any]] = [
        {"remove": {"index": index, "alias": _building(index), "must_exist": True}}
    ]
    for alias in (connection.read, connection.write):
        actions += [{"remove": {"index": name, "alias": alias}} for name in old]
        actions.append({"add": {"index": index, "alias": alias, "is_write_index": True}})
    with answering():
        connection.patient.indices.update_aliases(actions=actions)


def apply_changes(connection: Connection, alias: str, changes: Iterable[Change]) -> Applied:
    return in_batches(changes, BATCH, lambda batch: _apply_batch(connection, alias, batch))


def _apply_batch(connection: Connection, alias: str, batch: Sequence[Change]) -> Applied:
    newest = newest_of(batch)
    removed_uids = {change.uid for change in newest if change.document is None}
    stored = [
        (
            c.uid,
            c.version,
            tombstone(c.uid, c.version) if c.document is None else connection.kind.written(c.document),
        )
        for c in newest
    ]
    taken = _bulk(connection, alias, stored, refresh=True)
    removed = len(taken & removed_uids)
    return Applied(len(taken) - removed, removed, len(batch) - len(taken))


def _bulk(
    connection: Connection, alias: str, stored: Iterable[tuple[str, int, dict[str, Any]]], *, refresh: bool
) -> set[str]:
    """The uids that took hold. A version conflict means that something newer is there already."""
    actions = (
        {
            "_op_type": "index",
            "_index": alias,
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
            connection.patient,
            actions,
            chunk_size=BATCH,
            raise_on_error=False,
            refresh=refresh,
            require_alias=True,
        )
        for ok, item in results:
            outcome = item["index"]
            if ok:
                taken.add(outcome["_id"])
            elif outcome["status"] != CONFLICT:
                raise EngineDown(f"Elasticsearch refused {outcome['_id']}: {outcome.get('error')}")
    return taken


def rebuild(
    connection: Connection,
    replicas: str,
    documents: Iterable[Any],
    replay: Replay,
    switching: Switching,
) -> Rebuilt:
    began = time.perf_counter()
    _delete(
        connection, [name for name, aliases in _indices(connection).items() if _building(name) in aliases]
    )
    old = connection.current_indices()
    index = create(connection, replicas)
    try:
        count = _fill(connection, index, documents)
        replayed = _replay(connection, index, replay)
        with switching():
            replayed += _replay(connection, index, replay)
            switch(connection, index)
    except BaseException:
        with suppress(EngineDown):
            if index not in connection.current_indices():
                _delete(connection, [index])
        raise
    unused = [name for name, aliases in _indices(connection).items() if not aliases and name not in old]
    _delete(connection, unused)
    return Rebuilt(count, replayed, index, time.perf_counter() - began)


def _fill(connection: Connection, index: str, documents: Iterable[Any]) -> int:
    """The documents, and the tombstones of the index in use, which a late change must still meet."""
    seen: set[str] = set()
    alias = _building(index)
    with answering():
        connection.patient.indices.put_settings(index=index, settings={"refresh_interval": "-1"})
    _bulk(
        connection,
        alias,
        ((d["uid"], d["version"], connection.kind.written(d)) for d in once_each(documents, seen)),
        refresh=False,
    )
    dead = ((uid, version) for uid, version in uids_and_versions(connection, live=False) if uid not in seen)
    _bulk(connection, alias, ((uid, v, tombstone(uid, v)) for uid, v in dead), refresh=False)
    with answering():
        connection.patient.indices.put_settings(index=index, settings={"refresh_interval": None})
        connection.patient.indices.refresh(index=index)
    _await_copies(connection, index)
    return len(seen)


def _await_copies(connection: Connection, index: str) -> None:
    """A node may fail just after the switch. One that is missing already must not keep readers from the new index."""
    with answering():
        health = connection.patient.options(ignore_status=408).cluster.health(
            index=index, wait_for_status="green", timeout=f"{COPIES_PATIENCE}s"
        )
    if health["status"] != "green":
        log.warning("search.copies_missing", index=index, status=health["status"])


def _replay(connection: Connection, index: str, replay: Replay) -> int:
    done = apply_changes(connection, _building(index), replay())
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


def _indices(connection: Connection) -> dict[str, set[str]]:
    """The indices of this library, whoever made them, with their aliases."""
    ours = re.compile(rf"{re.escape(connection.prefix)}-\d{{13}}-[0-9a-f]{{8}}")
    with answering():
        found = connection.patient.indices.get_alias(index=f"{connection.prefix}-*").body
    return {name: set(index["aliases"]) for name, index in found.items() if ours.fullmatch(name)}


def _delete(connection: Connection, names: Sequence[str]) -> None:
    if names:
        with answering():
            connection.patient.indices.delete(index=",".join(names), ignore_unavailable=True)


def forget_former(connection: Connection) -> None:
    """Remove every index of this library that is neither in use nor being built."""
    _delete(connection, [name for name, aliases in _indices(connection).items() if not aliases])


def drop(connection: Connection) -> None:
    """Remove every index of this prefix; for tests and for moving away."""
    with answering():
        _delete(connection, sorted(_indices(connection)))
