"""Entries as changes that an index is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Max

from practice_library.models import Entry, ModelUsed
from search.documents.practice import documents_of
from search.engine import Change

BATCH = 200


def changes_of(uids: set[str], draw: Callable[[], int]) -> Iterator[Change]:
    """The state of each entry, and of the models that count it, now: a document where it is published, else a tombstone.

    `draw` gives the number of each batch before the database is read for it.
    """
    ordered = sorted(uids | _models_of(uids))
    for start in range(0, len(ordered), BATCH):
        some, version = ordered[start : start + BATCH], draw()
        found = {document["uid"]: document for document in documents_of(some, dict.fromkeys(some, version))}
        for uid in some:
            yield Change(uid, version, found.get(uid))


def _models_of(uids: Iterable[str]) -> set[str]:
    """Models whose cards count the places among the changed entries."""
    used = ModelUsed.objects.filter(case_study__uid__in=list(uids)).values_list("model__uid", flat=True)
    return {str(uid) for uid in used.distinct()}


def batches() -> Iterator[list[str]]:
    """Every published entry there is now, by key: one that comes, goes or changes after that has recorded it."""
    newest, last = Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0, 0
    while rows := list(
        Entry.objects.published()
        .filter(pk__gt=last, pk__lte=newest)
        .order_by("pk")
        .values_list("pk", "uid")[:BATCH]
    ):
        last = rows[-1][0]
        yield [str(uid) for _, uid in rows]
