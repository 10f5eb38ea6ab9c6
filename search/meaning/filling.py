"""Brings the shelf in line with the library: what is no more goes at once, what is new waits until a worker encodes it.

The worker reads an entry, encodes it, and reads it again before its vectors are kept, while nobody else can write: an
entry that was withdrawn or rewritten meanwhile does not come back.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

import structlog

from practice_library.models import Entry
from search.documents.practice import documents_of
from search.documents.schema import PracticeDocument
from search.engine import Change
from search.meaning.parts import Parts, parts_of, parts_of_term
from search.meaning.shelf import current_shelf
from search.meaning.weights import installed
from search.vocabulary import TERM_FACETS, current_vocabulary

#: Entries that are encoded before their vectors are kept: about a second of work.
AT_ONCE = 8
BATCH = 200
log = structlog.get_logger(__name__)


@dataclass
class Gaps:
    """Where shelf and library differ: without vectors of their present text, and kept although they are no more."""

    missing: list[str] = field(default_factory=list)
    ghost: list[str] = field(default_factory=list)
    checked: int = 0

    def __bool__(self) -> bool:
        return bool(self.missing or self.ghost)


def tell(changes: Iterable[Change]) -> None:
    """What the index is told, told to the shelf: old vectors go, new text waits. Never stops who indexes."""
    if not installed():
        return
    try:
        with current_shelf().writing() as shelf:
            for change in changes:
                if change.document is None:
                    shelf.drop(change.uid)
                elif shelf.hash_of(change.uid) != parts_of(change.document).hash:
                    shelf.await_(change.uid)
    except (sqlite3.Error, OSError) as error:
        log.warning("search.meaning_not_told", error=str(error))


def passing(changes: Iterable[Change]) -> Iterator[Change]:
    """The changes, each told to the shelf on its way, in batches."""
    rest = iter(changes)
    while batch := list(islice(rest, BATCH)):
        tell(batch)
        yield from batch


def telling(documents: Iterable[PracticeDocument]) -> Iterator[PracticeDocument]:
    """The documents of a rebuild, likewise."""
    for change in passing(Change(each["uid"], each["version"], each) for each in documents):
        if change.document is not None:
            yield change.document


def find_gaps() -> Gaps:
    """Reads the text of the whole library, about a thousand entries a second."""
    gaps = Gaps()
    with current_shelf().writing() as shelf:
        held = shelf.hashes()
    for parts in _everything():
        gaps.checked += 1
        if held.pop(parts.uid, "") != parts.hash:
            gaps.missing.append(parts.uid)
    gaps.ghost = sorted(held)
    return gaps


def mark(gaps: Gaps) -> None:
    """Let what is missing wait, and drop what is no more."""
    with current_shelf().writing() as shelf:
        for uid in gaps.missing:
            shelf.await_(uid)
        for uid in gaps.ghost:
            shelf.drop(uid)


def fill(*, seconds: float | None = None, say: Callable[[int], None] = lambda left: None) -> int:
    """Encode what waits, for at most so many seconds, and give how many wait still. For the worker and for commands.

    Raises: UnknownWeights.
    """
    began = time.monotonic()
    while True:
        with current_shelf().writing() as shelf:
            uids = shelf.waiting(AT_ONCE)
        left = current_shelf().count().waiting
        if not uids or (seconds is not None and time.monotonic() - began >= seconds):
            return left
        _fill_some(uids)
        say(current_shelf().count().waiting)


def _fill_some(uids: list[str]) -> None:
    from search.meaning.encoding import encoded

    made = [encoded(parts) for parts in _now(uids).values()]
    with current_shelf().writing() as shelf:
        now = _now(uids)
        for uid in uids:
            if uid not in now:
                shelf.drop(uid)
        for kept in made:
            if kept.uid in now and now[kept.uid].hash == kept.hash:
                shelf.put(kept)


def await_terms() -> None:
    """Let new names of vocabulary terms wait, and drop those that are no more."""
    if not installed():
        return
    terms = {parts.uid: parts for parts in _terms()}
    with current_shelf().writing() as shelf:
        held = shelf.hashes()
        for uid in held:
            if ":" in uid and uid not in terms:
                shelf.drop(uid)
        for uid, parts in terms.items():
            if held.get(uid) != parts.hash:
                shelf.await_(uid)


def _now(uids: Iterable[str]) -> Mapping[str, Parts]:
    """The present text of those that are published, and of those that are terms."""
    wanted = set(uids)
    entries = [uid for uid in wanted if ":" not in uid]
    found = {parts.uid: parts for parts in map(parts_of, documents_of(entries, {}))} if entries else {}
    if len(entries) < len(wanted):
        found |= {parts.uid: parts for parts in _terms() if parts.uid in wanted}
    return found


def _everything() -> Iterator[Parts]:
    uids = [str(uid) for uid in Entry.objects.published().order_by("pk").values_list("uid", flat=True)]
    for start in range(0, len(uids), BATCH):
        yield from map(parts_of, documents_of(uids[start : start + BATCH], {}))
    yield from _terms()


def _terms() -> Iterator[Parts]:
    labels = current_vocabulary().labels
    for param in TERM_FACETS:
        for slug, name in labels[param].items():
            yield parts_of_term(param, slug, name)
