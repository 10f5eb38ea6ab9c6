"""Brings the index in line with the database: drains the outbox in batches, rebuilds beside the writers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

import structlog
from django.db import transaction
from django.utils import timezone
from website.outbox import models as outbox

from practice_library.models import TOPIC
from search.building import Building
from search.current import current_engine
from search.documents.changes import BATCH, changes_of
from search.engine import Change, EngineDown, Rebuilt
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
    uids = {str(uid) for _, topic, uid in rows if topic == TOPIC}
    try:
        changes = list(changes_of(uids, lambda: batch))
        applied = current_engine().apply(changes)
        filling.tell(changes)
        if any(topic in TOPICS for _, topic, _ in rows):
            filling.await_terms()
    except EngineDown as error:
        outbox.Change.objects.told(pks).update(last_error=str(error)[:500])
        raise
    if applied.stale:  # a restored database draws numbers that the index holds for old
        draw_above(current_engine().newest_version())
        return True
    if not _mark(pks, batch, lease):
        return False
    done.changes += len(rows)
    done.documents += applied.written
    done.removed += applied.removed
    return True


def _mark(pks: list[int], batch: int, lease: Lease) -> bool:
    """Mark rows as told while the lease is held, so that marks are made in the order of their numbers.

    Whoever slept through its lease may have told an index that a rebuild has replaced since: its rows stay pending.
    """
    with transaction.atomic():
        if not lease.renew():
            return False
        outbox.Change.objects.told(pks).update(done_at=timezone.now(), told_in=batch, last_error="")
    return True


def rebuild(*, say: Callable[[int, int], None] = lambda done, total: None) -> Rebuilt:
    """Build a new index and switch to it, then drain what waited. Memory holds a batch of documents and a uid of each entry.

    `say(done, total)` is called after every batch. Raises: EngineDown; RebuildBusy when another rebuild runs, or when
    the old index is written to without a pause. The old index stays in use then.
    """
    covered = list(_pending().values_list("pk", flat=True))
    engine = current_engine()
    with suppress(EngineDown):  # there is no index yet
        draw_above(engine.newest_version())
    building = Building(draw_for_rebuild())

    def replay() -> Iterable[Change]:
        return filling.passing(building.replay())

    built = engine.rebuild(filling.telling(building.documents(say)), replay, building.switching)
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


def index_now(uids: Iterable[str]) -> None:
    """Index some entries again, whatever the outbox says (repair)."""
    with transaction.atomic():
        outbox.Change.objects.bulk_create([outbox.Change(topic=TOPIC, object_uid=uid) for uid in uids])
    drain()
