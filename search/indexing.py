"""Brings the index in line with the database: drains the outbox in batches, rebuilds beside the writers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from website.outbox import models as outbox

from search.building import Building
from search.documents.changes import BATCH
from search.engine import Applied, Change, EngineDown, Rebuilt
from search.indexed import EVERYTHING, LIBRARY, PEOPLE, Indexed
from search.leases import TURN_BREAK, Lease, draw_above, draw_for_rebuild
from search.meaning import filling
from search.vocabulary import TOPICS

#: After so many batches a drain lets whoever waits for the lease go first.
BATCHES_A_TURN = 10
log = structlog.get_logger(__name__)


@dataclass
class Drained:
    """What one drain did. `busy`: another worker is at it and will take what is pending."""

    changes: int = 0
    documents: int = 0
    removed: int = 0
    busy: bool = False


def drain() -> Drained:
    """Tell the index every pending change. Safe to run twice, by several workers, and again after a crash.

    Raises: EngineDown; what was not told stays pending.
    """
    done, lease = Drained(), Lease()
    while _pending().exists():
        if not lease.acquire():
            done.busy = True
            return done
        try:
            for _ in range(BATCHES_A_TURN):
                if not _drain_batch(lease, done):
                    break
        finally:
            lease.release()
        if _pending().exists():
            time.sleep(TURN_BREAK)
    return done


def _pending() -> outbox.ChangeQuerySet:
    return outbox.Change.objects.pending()


def _drain_batch(lease: Lease, done: Drained) -> bool:
    batch = lease.draw()
    if batch is None:
        return False
    rows = list(_pending().values_list("pk", "topic", "object_uid")[:BATCH])
    if not rows:
        return False
    pks = [pk for pk, _, _ in rows]
    try:
        applied = [_apply(what, rows, batch) for what in EVERYTHING]
        if any(topic in TOPICS for _, topic, _ in rows):
            filling.await_terms()
    except EngineDown as error:
        outbox.Change.objects.told(pks).update(last_error=str(error)[:500])
        raise
    if any(each.stale for each in applied):  # a restored database draws numbers that an index holds for old
        for what, each in zip(EVERYTHING, applied, strict=True):
            if each.stale:
                draw_above(what.engine().newest_version())
        return True
    if not _mark(pks, batch, lease):
        return False
    done.changes += len(rows)
    done.documents += sum(each.written for each in applied)
    done.removed += sum(each.removed for each in applied)
    return True


def _apply(what: Indexed, rows: Iterable[tuple[int, str, Any]], batch: int) -> Applied:
    uids = {str(uid) for _, topic, uid in rows if topic == what.topic}
    changes = list(what.changes_of(uids, lambda: batch))
    if not changes and what is not LIBRARY:
        return Applied()
    applied: Applied = what.engine().apply(changes)
    if what is LIBRARY:
        filling.tell(changes)
    return applied


def _mark(pks: list[int], batch: int, lease: Lease) -> bool:
    """Mark rows as told while the lease is held, so that marks are made in the order of their numbers.

    Whoever slept through its lease may have told an index that a rebuild has replaced since: its rows stay pending.
    """
    with transaction.atomic():
        if not lease.renew():
            return False
        outbox.Change.objects.told(pks).update(done_at=timezone.now(), told_in=batch, last_error="")
    return True


def rebuild(
    what: Indexed = LIBRARY, *, say: Callable[[int, int], None] = lambda done, total: None
) -> Rebuilt:
    """Build a new index and switch to it, then drain what waited. Memory holds a batch of documents and the uid of each.

    `say(done, total)` is called after every batch. Raises: EngineDown; RebuildBusy when another rebuild runs, or when
    the old index is written to without a pause. The old index stays in use then.
    """
    pending = (
        _pending().filter(topic=PEOPLE.topic) if what is PEOPLE else _pending().exclude(topic=PEOPLE.topic)
    )
    covered = list(pending.values_list("pk", flat=True))
    engine = what.engine()
    with suppress(EngineDown):  # there is no index yet
        draw_above(engine.newest_version())
    building = Building(draw_for_rebuild(), what)

    def replay() -> Iterable[Change]:
        return filling.passing(building.replay()) if what is LIBRARY else building.replay()

    documents = building.documents(say)
    if what is LIBRARY:
        documents = filling.telling(documents)
    built: Rebuilt = engine.rebuild(documents, replay, building.switching)
    if building.overslept:
        with building.switching():
            engine.apply(replay())
    _mark_covered(covered, building.version)
    drain()
    return built


def _mark_covered(pks: list[int], version: int) -> None:
    """What waited before the reading began is in the new index."""
    for start in range(0, len(pks), BATCH):
        waiting = _pending().filter(pk__in=pks[start : start + BATCH])
        waiting.update(done_at=timezone.now(), told_in=version, last_error="")


def wake() -> None:
    """Called after a commit that recorded changes: index now, or leave it to the worker."""
    from django.conf import settings

    if settings.SEARCH_INDEXING == "worker":
        from search.tasks import enqueue_drain

        enqueue_drain()
        return
    try:
        drain()
    except EngineDown as error:
        log.warning("search.engine_down", error=str(error))


def index_now(uids: Iterable[str], what: Indexed = LIBRARY) -> None:
    """Index some entries or people again, whatever the outbox says (repair)."""
    with transaction.atomic():
        outbox.Change.objects.bulk_create([outbox.Change(topic=what.topic, object_uid=uid) for uid in uids])
    drain()
