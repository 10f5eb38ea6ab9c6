"""What every engine does with changes before it writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from search.engine import Applied, Change


def newest_of(batch: Sequence[Change]) -> list[Change]:
    """One change for each uid: several in one batch come down to the last version."""
    newest: dict[str, Change] = {}
    for change in batch:
        if change.uid not in newest or change.version > newest[change.uid].version:
            newest[change.uid] = change
    return list(newest.values())


def in_batches(changes: Iterable[Change], size: int, write: Callable[[Sequence[Change]], Applied]) -> Applied:
    """The sum over batches, so that any number of changes needs the memory of one batch."""
    total = Applied()
    pending = iter(changes)
    while batch := list(islice(pending, size)):
        done = write(batch)
        total = Applied(total.written + done.written, total.removed + done.removed, total.stale + done.stale)
    return total


def once_each(documents: Iterable[Any], seen: set[str]) -> Iterator[Any]:
    """The documents, noting their uids. Raises ValueError for a second one of the same uid."""
    for document in documents:
        if document["uid"] in seen:
            raise ValueError(f"{document['uid']} was given twice.")
        seen.add(document["uid"])
        yield document
