"""Takes entries out of sight at once, whatever their drafts and revisions say, and brings them back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from website.audit.recording import record

from .. import permissions
from ..models import Entry
from .telling import models_of, places_of, tell

if TYPE_CHECKING:
    from website.accounts.models import User


class ReasonMissing(ValueError):
    """Whoever hides, withdraws or restores an entry says why: the audit keeps it."""


@transaction.atomic
def hide_entry(*, entry: Entry, reason: str, by: User) -> Entry:
    """Hide an entry from readers until somebody decides, for example after a report that it could identify a family.

    Raises: NotAllowed, ReasonMissing.
    """
    permissions.require(permissions.can_hide(by, entry))
    return _change(entry, "hidden", reason, by)


@transaction.atomic
def withdraw_entry(*, entry: Entry, reason: str, by: User) -> Entry:
    """Take an entry out of the library for good. It stays in the CMS with its history.

    Raises: NotAllowed, ReasonMissing.
    """
    permissions.require(permissions.can_withdraw(by, entry))
    return _change(entry, "withdrawn", reason, by)


@transaction.atomic
def restore_entry(*, entry: Entry, reason: str, by: User) -> Entry:
    """Show an entry again that was hidden or withdrawn.

    Raises: NotAllowed, ReasonMissing.
    """
    permissions.require(permissions.can_restore(by, entry))
    return _change(entry, "restored", reason, by)


def _change(entry: Entry, what: str, reason: str, by: User) -> Entry:
    if not reason.strip():
        raise ReasonMissing("Say why: the record of the entry keeps it.")
    stored = Entry.objects.select_for_update().get(pk=entry.pk)
    now = timezone.now()
    possible: dict[str, dict[str, dt.datetime | None]] = {
        "hidden": {"hidden_at": stored.hidden_at or now},
        "withdrawn": {"withdrawn_at": stored.withdrawn_at or now},
        "restored": {"hidden_at": None, "withdrawn_at": None},
    }
    changes = possible[what]
    Entry.objects.filter(pk=entry.pk).update(**changes)
    for field, value in changes.items():
        setattr(entry, field, value)
    record(f"entry.{what}", entry, by=by, detail={"reason": reason.strip()})
    log(instance=entry, action=f"practice_library.{what}", user=by, data={"reason": reason.strip()})
    tell({entry.pk, *models_of([entry.pk]), *places_of([entry.pk])})
    return entry
