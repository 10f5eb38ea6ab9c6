"""Rates everything again after the evidence standard changed, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q

from ..evidence.standard import STANDARD_VERSION
from ..models import Entry, OutcomeRating
from .ratings import rate_changed
from .telling import models_of, tell


def left_to_rate(*, everything: bool = False) -> list[int]:
    """Entries that are not rated by the standard of today; so a run that was stopped goes on where it was."""
    entries = Entry.objects.order_by("pk")
    if not everything:
        old = OutcomeRating.objects.current().exclude(standard_version=STANDARD_VERSION)
        rated = OutcomeRating.objects.current()
        entries = entries.filter(Q(pk__in=old.values("entry")) | ~Q(pk__in=rated.values("entry")))
    return list(entries.values_list("pk", flat=True))


def rate_again(entry_ids: list[int], *, batch: int) -> Iterator[tuple[int, int]]:
    """Rate them; after each batch, which stands by itself: how many are done, and how many entries changed so far."""
    changed = 0
    for start in range(0, len(entry_ids), batch):
        some = entry_ids[start : start + batch]
        with transaction.atomic():
            moved = rate_changed(entry_ids=some)
            tell(moved | models_of(moved))
        changed += len(moved)
        yield start + len(some), changed
