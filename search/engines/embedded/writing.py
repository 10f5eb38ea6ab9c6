"""Changes and rebuilds. The highest version of an entry wins, in whatever order changes come."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.engine import Applied, Change, EngineDown, Rebuilt, Replay, Switching
from search.engines.batches import in_batches, newest_of, once_each
from search.engines.embedded.hits import newest_version, uids_and_versions
from search.engines.embedded.storage import Storage

BATCH = 500
REBUILD_THREADS = 2


def apply_changes(storage: Storage, generation: str, changes: Iterable[Change]) -> Applied:
    return in_batches(changes, BATCH, lambda batch: _apply_batch(storage, generation, batch))


def _apply_batch(storage: Storage, generation: str, batch: Sequence[Change]) -> Applied:
    """Known versions are read under the writer's lock, so two appliers cannot both think theirs is the newer."""
    newest = newest_of(batch)
    prepared = [
        (
            change,
            storage.kind.tombstone(change) if change.document is None else written(change.document, storage),
        )
        for change in newest
    ]
    with storage.writer(generation) as (index, writer):
        index.reload()
        searcher = index.searcher()
        kept = [
            (change, document)
            for change, document in prepared
            if change.version
            > newest_version(searcher, Query.term_query(storage.kind.schema, "uid", change.uid))
        ]
        for change, document in kept:
            writer.delete_documents_by_term("uid", change.uid)
            writer.add_document(document)
    removed = sum(change.document is None for change, _ in kept)
    return Applied(len(kept) - removed, removed, len(batch) - len(kept))


def written(document: Any, storage: Storage) -> tantivy.Document:
    """The document as this index keeps it."""
    return storage.kind.written(document)


def rebuild(storage: Storage, documents: Iterable[Any], replay: Replay, switching: Switching) -> Rebuilt:
    began = time.perf_counter()
    with storage.rebuilding():
        storage.sweep()
        generation = storage.new_generation()
        try:
            count = _fill(storage, generation, documents)
            replayed = _replay(storage, generation, replay)
            with switching():
                replayed += _replay(storage, generation, replay)
                storage.switch_to(generation)
        except BaseException:
            if storage.named() != generation:
                storage.discard(generation)
            raise
    return Rebuilt(count, replayed, generation, time.perf_counter() - began)


def _fill(storage: Storage, generation: str, documents: Iterable[Any]) -> int:
    """The documents, and the tombstones of the index in use, which a late change must still meet."""
    seen: set[str] = set()
    with storage.writer(generation, threads=REBUILD_THREADS) as (_, writer):
        for document in once_each(documents, seen):
            writer.add_document(written(document, storage))
        for uid, version in _tombstones(storage):
            if uid not in seen:
                writer.add_document(storage.kind.tombstone(Change(uid, version)))
    return len(seen)


def _replay(storage: Storage, generation: str, replay: Replay) -> int:
    done = apply_changes(storage, generation, replay())
    return done.written + done.removed


def _tombstones(storage: Storage) -> Iterator[tuple[str, int]]:
    try:
        searcher = storage.searcher()
    except EngineDown:
        return
    dead = Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, storage.kind.live())])
    yield from uids_and_versions(searcher, dead)
