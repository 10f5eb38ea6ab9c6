"""The parts that this room knows itself: the database, and how long changes wait to be told."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from website.accounts.services import ledger
from website.outbox.models import Change
from website.outgoing.models import Letter


def database() -> str | None:
    """Answers one question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return None


def outbox() -> str | None:
    """The oldest change that search has not been told of is young enough; else the worker stands still."""
    oldest = Change.objects.pending().first()
    if oldest is None:
        return None
    age = timezone.now() - oldest.recorded_at
    if age <= timedelta(seconds=settings.OUTBOX_ALARM_SECONDS):
        return None
    return f"a change has waited for {round(age.total_seconds())} seconds"


def erasures() -> str | None:
    """Everybody in the ledger is gone from the database; else a copy was restored and `replay_erasures` not run."""
    back = len(ledger.not_in_the_table())
    return f"{back} erased people are not in the restored database's ledger" if back else None


def mail() -> str | None:
    """The oldest letter that waits is young enough; else the worker stands still or the mail server refuses."""
    oldest = Letter.objects.first()
    if oldest is None:
        return None
    age = timezone.now() - oldest.written_at
    if age <= timedelta(seconds=settings.MAIL_ALARM_SECONDS):
        return None
    return f"a letter has waited for {round(age.total_seconds())} seconds"
