"""Tells the outbox which entries' public face changed, once a transaction, and rates anew where facts did."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import connection, transaction
from website.outbox.models import Change
from website.outbox.recording import record_changes

from ..models import TOPIC, Entry, ModelUsed
from .ratings import rate_entries


class _Told:
    """What one call told. It waits for the commit only so that a rollback, also to a savepoint, takes it away."""

    def __init__(self, uids: set[uuid.UUID]) -> None:
        self.uids = uids

    def __call__(self) -> None:
        """Nothing is left to do after the commit."""


@transaction.atomic
def tell(entry_ids: Iterable[int], *, rate: Iterable[int] = ()) -> None:
    """Record a change of each entry, after rating those whose facts changed.

    An entry that this transaction has told already is not told twice, unless that change was drained meanwhile.
    """
    ids = set(entry_ids)
    to_rate = set(Entry.objects.filter(pk__in=set(rate)).values_list("pk", flat=True))
    if to_rate:
        rate_entries(entry_ids=to_rate)
    tell_uids(Entry.objects.filter(pk__in=ids | to_rate).values_list("uid", flat=True))


@transaction.atomic
def tell_uids(uids: Iterable[uuid.UUID]) -> None:
    """Record a change of entries by their public id; of deleted ones nothing else is left."""
    wanted = set(uids)
    told = {
        uid
        for waiting in connection.run_on_commit
        if isinstance(waiting[1], _Told)
        for uid in waiting[1].uids
    }
    if again := wanted & told:
        pending = Change.objects.pending().filter(topic=TOPIC, object_uid__in=again)
        wanted -= set(pending.values_list("object_uid", flat=True))
    if wanted:
        record_changes(topic=TOPIC, uids=sorted(wanted))
        transaction.on_commit(_Told(wanted))


def models_of(entry_ids: Iterable[int]) -> set[int]:
    """The models that case studies run: their pages and cards count these places."""
    return set(ModelUsed.objects.filter(case_study__in=set(entry_ids)).values_list("model_id", flat=True))


def places_of(entry_ids: Iterable[int]) -> set[int]:
    """The case studies of models: each names its model."""
    return set(ModelUsed.objects.filter(model__in=set(entry_ids)).values_list("case_study_id", flat=True))
