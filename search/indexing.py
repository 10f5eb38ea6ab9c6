"""Brings the index in line with the database: drains the outbox in batches, rebuilds without a pause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from website.outbox import models as outbox

from practice_library.models import TOPIC, Entry, ModelUsed
from search.current import current_engine
from search.documents.practice import documents_of
from search.engine import Change, EngineDown, Rebuilt
from search.leases import Lease, draw_for_rebuild

BATCH = 200
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
            while _drain_batch(lease, done):
                pass
        finally:
            lease.release()
    return done


def _pending() -> outbox.ChangeQuerySet:
    return outbox.Change.objects.pending()


def _drain_batch(lease: Lease, done: Drained) -> bool:
    version = lease.draw()
    if version is None:
        return False
    rows = list(_pending().values_list("pk", "topic", "object_uid")[:BATCH])
    if not rows:
        return False
    pks = [pk for pk, _, _ in rows]
    uids = {str(uid) for _, topic, uid in rows if topic == TOPIC}
    try:
        changes = list(_changes(uids | _models_of(uids), version))
        applied = current_engine().apply(changes)
    except EngineDown as error:
        outbox.Change.objects.told(pks).update(last_error=str(error)[:500])
        raise
    outbox.Change.objects.told(pks).update(done_at=timezone.now(), last_error="")
    done.changes += len(rows)
    done.documents += applied.written
    done.removed += applied.removed
    return True


def _models_of(uids: Iterable[str]) -> set[str]:
    """Models whose cards count the places among the changed entries."""
    used = ModelUsed.objects.filter(case_study__uid__in=list(uids)).values_list("model__uid", flat=True)
    return {str(uid) for uid in used.distinct()}


def _changes(uids: Iterable[str], version: int) -> Iterator[Change]:
    """The state of each entry now: a document where it is published, a tombstone where it is not."""
    ordered = sorted(uids)
    for start in range(0, len(ordered), BATCH):
        some = ordered[start : start + BATCH]
        found = {document["uid"]: document for document in documents_of(some, dict.fromkeys(some, version))}
        for uid in some:
            yield Change(uid, version, found.get(uid))


def rebuild(*, say: Callable[[int, int], None] = lambda done, total: None) -> Rebuilt:
    """Build a new index beside the one in use and switch to it. Writers and readers go on meanwhile.

    `say(done, total)` is called after every batch.
    """
    began = timezone.now()
    covered = list(_pending().values_list("pk", flat=True))
    newest = outbox.Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    version = draw_for_rebuild()
    uids = [str(uid) for uid in Entry.objects.published().order_by("pk").values_list("uid", flat=True)]

    def documents() -> Iterator[Any]:
        for start in range(0, len(uids), BATCH):
            some = uids[start : start + BATCH]
            yield from documents_of(some, dict.fromkeys(some, version))
            say(min(start + BATCH, len(uids)), len(uids))

    def replay() -> Iterator[Change]:
        # A row with a lower number may commit later, be told to the old index, and be missing in the new one.
        since = outbox.Change.objects.filter(Q(pk__gt=newest) | Q(done_at__gte=began), topic=TOPIC)
        changed = {str(uid) for uid in since.values_list("object_uid", flat=True)}
        yield from _changes(changed | _models_of(changed), draw_for_rebuild())

    built = current_engine().rebuild(documents(), replay)
    for start in range(0, len(covered), BATCH):  # the new index was read after these were committed
        outbox.Change.objects.told(covered[start : start + BATCH]).update(
            done_at=timezone.now(), last_error=""
        )
    return built


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
