"""Changes and rebuilds. The highest version of an entry wins, in whatever order changes come."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from tantivy import Occur, Query

from search.documents.schema import PracticeDocument, checked
from search.engine import Applied, Change, EngineDown, Rebuilt, Replay
from search.engines.embedded.fields import SCHEMA, tombstone, written
from search.engines.embedded.hits import newest_version, uids_and_versions
from search.engines.embedded.queries import live
from search.engines.embedded.storage import Storage

BATCH = 500
REBUILD_THREADS = 2


def apply_changes(storage: Storage, generation: str, changes: Iterable[Change]) -> Applied:
    total = Applied()
    pending = iter(changes)
    while batch := list(islice(pending, BATCH)):
        done = _apply_batch(storage, generation, batch)
        total = Applied(total.written + done.written, total.removed + done.removed, total.stale + done.stale)
    return total


def _apply_batch(storage: Storage, generation: str, batch: Sequence[Change]) -> Applied:
    """Known versions are read under the writer's lock, so two appliers cannot both think theirs is the newer."""
    newest: dict[str, Change] = {}
    for change in batch:
        if change.uid not in newest or change.version > newest[change.uid].version:
            newest[change.uid] = change
    prepared = [
        (change, tombstone(change) if change.document is None else written(checked(change.document)))
        for change in newest.values()
    ]
    with storage.writer(generation) as (index, writer):
        index.reload()
        searcher = index.searcher()
        kept = [
            (change, document)
            for change, document in prepared
            if change.version > newest_version(searcher, Query.term_query(SCHEMA, "uid", change.uid))
        ]
        for change, document in kept:
            writer.delete_documents_by_term("uid", change.uid)
            writer.add_document(document)
    removed = sum(change.document is None for change, _ in kept)
    return Applied(len(kept) - removed, removed, len(batch) - len(kept))


def rebuild(storage: Storage, documents: Iterable[PracticeDocument], replay: Replay) -> Rebuilt:
    began = time.perf_counter()
    with storage.rebuilding():
        generation = storage.new_generation()
        try:
            count = _fill(storage, generation, documents)
            replayed = _replay(storage, generation, replay)
        except BaseException:
            storage.discard(generation)
            raise
        storage.switch_to(generation)
        replayed += _replay(storage, generation, replay)
    return Rebuilt(count, replayed, generation, time.perf_counter() - began)


def _fill(storage: Storage, generation: str, documents: Iterable[PracticeDocument]) -> int:
    """The documents, and the tombstones of the index in use, which a late change must still meet."""
    seen: set[str] = set()
    with storage.writer(generation, threads=REBUILD_THREADS) as (_, writer):
        for document in documents:
            if document["uid"] in seen:
                raise ValueError(f"{document['uid']} was given twice.")
            seen.add(document["uid"])
            writer.add_document(written(checked(document)))
        for uid, version in _tombstones(storage):
            if uid not in seen:
                writer.add_document(tombstone(Change(uid, version)))
    return len(seen)


def _replay(storage: Storage, generation: str, replay: Replay) -> int:
    done = apply_changes(storage, generation, replay())
    return done.written + done.removed


def _tombstones(storage: Storage) -> Iterator[tuple[str, int]]:
    try:
        searcher = storage.searcher()
    except EngineDown:
        return
    dead = Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, live())])
    yield from uids_and_versions(searcher, dead)
