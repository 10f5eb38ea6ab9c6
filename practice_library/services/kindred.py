"""Keeps the kindred pairs that were found, and what people say about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from website.audit.recording import record

from .. import permissions
from ..choices import KindredState
from ..models import KindredPair
from .visibility import ReasonMissing

if TYPE_CHECKING:
    from website.accounts.models import User

FACTS = ("relation", "score", "reasons", "left_result", "right_result", "found_at")


@transaction.atomic
def keep_pairs(*, pairs: Sequence[KindredPair]) -> None:
    """Write one batch. A pair that stands already is brought up to date; what people said about it stays."""
    KindredPair.objects.bulk_create(
        pairs, update_conflicts=True, unique_fields=["left", "right"], update_fields=FACTS
    )


@transaction.atomic
def forget_pairs(*, found_before: dt.datetime) -> int:
    """Remove what a run did not find again. Dismissals stay: the next run must not offer the pair anew."""
    old = KindredPair.objects.filter(found_at__lt=found_before).exclude(state=KindredState.DISMISSED)
    return old.delete()[0]


@transaction.atomic
def dismiss_pair(*, pair: KindredPair, reason: str, by: User) -> KindredPair:
    """Say that two entries are not the same idea. Raises: NotAllowed, ReasonMissing."""
    return _say(pair, KindredState.DISMISSED, reason, by)


@transaction.atomic
def restore_pair(*, pair: KindredPair, reason: str, by: User) -> KindredPair:
    """Take a dismissal back. Raises: NotAllowed, ReasonMissing."""
    return _say(pair, KindredState.NEW, reason, by)


def _say(pair: KindredPair, state: KindredState, reason: str, by: User) -> KindredPair:
    permissions.require(permissions.can_dismiss_kindred(by))
    if not reason.strip():
        raise ReasonMissing("Say why: the record keeps it.")
    stored = KindredPair.objects.select_for_update().get(pk=pair.pk)
    stored.state = state
    stored.save(update_fields=["state"])
    act = "dismissed" if state == KindredState.DISMISSED else "restored"
    record(f"kindred_pair.{act}", stored, by=by, detail={"reason": reason.strip()})
    return stored
