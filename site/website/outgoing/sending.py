"""Carries letters to the mail server, one after another, each taken by one worker at a time."""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.utils import timezone

from .models import Letter

log = logging.getLogger(__name__)

MOST = 200
#: A letter that is taken and neither sent nor put off (the worker was killed) is taken again after this.
LEASE = dt.timedelta(minutes=5)
FIRST_WAIT = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(hours=6)
TROUBLE = (smtplib.SMTPException, OSError)


@dataclass
class Carried:
    """What came of one round. `put_off` are tried again."""

    sent: int = 0
    put_off: int = 0


def send_due(*, at: dt.datetime | None = None) -> Carried:
    """Send what is due. A mail server that is down puts letters off for longer and longer; none is given up.

    A letter goes out at least once: whoever is killed between sending and forgetting it sends it again, under the same
    Message-ID.
    """
    now = at or timezone.now()
    carried = Carried()
    due = list(Letter.objects.due(at=now).select_related("person")[:MOST])
    if not due:
        return carried
    server: Any = get_connection()
    try:
        server.open()
    except TROUBLE as error:
        for letter in due:
            if _take(letter, now):
                _put_off(letter, error, now)
                carried.put_off += 1
        return carried
    try:
        for letter in due:
            if _take(letter, now):
                _send(letter, server, now, carried)
    finally:
        server.close()
    return carried


def _take(letter: Letter, now: dt.datetime) -> bool:
    """Whether this worker got it: two that read the same letter change its row one after the other."""
    taken = Letter.objects.filter(pk=letter.pk, due_at=letter.due_at)
    return taken.update(due_at=now + LEASE, attempts=F("attempts") + 1) == 1


def _send(letter: Letter, server: Any, now: dt.datetime, carried: Carried) -> None:
    person: Any = letter.person
    if person is None or person.is_active:
        try:
            _as_mail(letter, person.email if person else letter.address, server).send()
        except TROUBLE as error:
            _put_off(letter, error, now)
            carried.put_off += 1
            return
        carried.sent += 1
    Letter.objects.filter(pk=letter.pk).delete()


def _put_off(letter: Letter, error: Exception, now: dt.datetime) -> None:
    wait = min(FIRST_WAIT * 2 ** min(letter.attempts, 12), LONGEST_WAIT)
    kind = type(error).__name__
    Letter.objects.filter(pk=letter.pk).update(due_at=now + wait, last_error=kind)
    log.warning("A letter could not be sent and is put off: %s", kind)


def _as_mail(letter: Letter, address: str, server: Any) -> EmailMessage:
    """From the site to one reader: replies and bounces come back to the site and reach nobody else."""
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].rstrip(">") or "localhost"
    return EmailMessage(
        subject=letter.subject,
        body=letter.body,
        from_email=sender,
        to=[address],
        reply_to=[sender],
        headers={
            "Message-ID": f"<{letter.pk}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
        connection=server,
    )
