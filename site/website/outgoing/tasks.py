"""The background task that carries letters, and comes back for those that were put off."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from .models import Letter
from .sending import send_due


@task(backend="worker")
def carry_letters() -> None:
    """Send what is due; where something waits, come back at its time."""
    send_due()
    next_one = Letter.objects.order_by("due_at").first()
    if next_one is not None:
        from django_tasks_db.models import DBTaskResult, get_date_max

        planned = DBTaskResult.objects.filter(
            status="READY", task_path=carry_letters.module_path, run_after__gt=timezone.now()
        ).exclude(run_after=get_date_max())
        if not planned.filter(run_after__lte=next_one.due_at).exists():
            carry_letters.using(run_after=next_one.due_at).enqueue()


def enqueue_carrying() -> None:
    """Ask the worker to carry, unless it has been asked already and has not begun."""
    from django_tasks_db.models import DBTaskResult

    if not DBTaskResult.objects.ready().filter(task_path=carry_letters.module_path).exists():
        carry_letters.enqueue()
