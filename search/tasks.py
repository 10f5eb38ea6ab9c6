"""The background tasks of search: drain the outbox, and encode what changed. Never a task a row."""

from __future__ import annotations

import time

from django_tasks import task
from django_tasks.base import Task

from search.engine import EngineDown, RebuildBusy
from search.indexing import drain
from search.kindred.finding import find_kindred
from search.meaning.filling import fill
from search.meaning.shelf import current_shelf
from search.meaning.weights import installed
from search.purging import purge

RETRY_AFTER = 5.0
#: Encoding gives way to indexing after each slice: whoever publishes is found by words within seconds.
SLICE_SECONDS = 1.0
BEHIND_EVERYTHING = -10
#: After an edit or two the nightly comparison is soon enough.
WORTH_COMPARING = 100


@task(backend="worker")
def drain_outbox() -> None:
    """Tell the index what is pending; with the engine down, try again a few seconds later.

    The worker waits for them itself: a task for a later hour would wait for hours once the clock is set back.
    """
    try:
        drain()
    except EngineDown:
        time.sleep(RETRY_AFTER)
        enqueue_drain()
    if installed() and current_shelf().count().waiting:
        enqueue_fill()


@task(backend="worker", priority=BEHIND_EVERYTHING)
def fill_shelf(most: int = 0) -> None:
    """Encode for a second what waits, then let others work. `most` waited at once; after so many, work is compared anew."""
    most = max(most, current_shelf().count().waiting)
    if fill(seconds=SLICE_SECONDS):
        fill_shelf.enqueue(most)
    elif most >= WORTH_COMPARING:
        compare_work.enqueue()


@task(backend="worker", priority=BEHIND_EVERYTHING)
def compare_work() -> None:
    """Find kindred work by meaning too, once a library has its vectors."""
    find_kindred()


@task(backend="worker", priority=BEHIND_EVERYTHING)
def purge_indices() -> None:
    """Write anew the indices from whose files words have to go; again later where that cannot be done now."""
    try:
        purge()
    except (EngineDown, RebuildBusy):
        time.sleep(RETRY_AFTER)
        purge_indices.enqueue()


def enqueue_purge() -> None:
    """Ask the worker to write indices anew, likewise."""
    _enqueue_once(purge_indices)


def enqueue_drain() -> None:
    """Ask the worker to drain, unless it has been asked already and has not begun."""
    _enqueue_once(drain_outbox)


def enqueue_fill() -> None:
    """Ask the worker to encode what waits, likewise."""
    _enqueue_once(fill_shelf)


def _enqueue_once(wanted: Task[..., None]) -> None:
    from django_tasks_db.models import DBTaskResult

    if not DBTaskResult.objects.ready().filter(task_path=wanted.module_path).exists():
        wanted.enqueue()
