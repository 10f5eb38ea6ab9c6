"""The one background task of search: drain the outbox. Never a task a row."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus

from search.engine import EngineDown
from search.indexing import drain

RETRY_AFTER = dt.timedelta(seconds=5)


@task()
def drain_outbox() -> None:
    """Tell the index what is pending; with the engine down, try again a little later."""
    try:
        drain()
    except EngineDown:
        drain_outbox.using(run_after=timezone.now() + RETRY_AFTER).enqueue()


def enqueue_drain() -> None:
    """Ask the worker to drain, unless it has been asked already and has not begun."""
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=drain_outbox.module_path, run_after__lte=timezone.now()
    )
    if not waiting.exists():
        drain_outbox.enqueue()
