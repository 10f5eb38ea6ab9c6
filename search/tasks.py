"""The one background task of search: drain the outbox. Never a task a row."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django_tasks import task

from search.engine import EngineDown
from search.indexing import drain

RETRY_AFTER = dt.timedelta(seconds=5)


@task(backend="worker")
def drain_outbox() -> None:
    """Tell the index what is pending; with the engine down, try again a little later."""
    try:
        drain()
    except EngineDown:
        drain_outbox.using(run_after=timezone.now() + RETRY_AFTER).enqueue()


def enqueue_drain() -> None:
    """Ask the worker to drain, unless it has been asked already and has not begun."""
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.ready().filter(task_path=drain_outbox.module_path)
    if not waiting.exists():
        drain_outbox.enqueue()
