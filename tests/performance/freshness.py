"""How fast the index is built, and how soon a published change is found."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.performance.sampling import Times
from tests.performance.stage import timed


@dataclass
class Built:
    """A rebuild: how many entries, in how many seconds, how much of that to prepare documents, and bytes on disk."""

    documents: int
    seconds: float
    preparing: float
    bytes: int | None

    @property
    def rate(self) -> float:
        """Entries a second."""
        return self.documents / self.seconds


def build(engine: Any) -> Built:
    """Build the index of everything there is; reading the documents is timed once more by itself."""
    from search.documents.changes import BATCH
    from search.documents.practice import documents_of
    from search.indexing import rebuild

    done = rebuild()
    if done.documents != engine.count():
        raise RuntimeError(f"{done.documents} entries were indexed and {engine.count()} are there.")
    uids = _uids(2_000)
    with timed() as seconds:
        for start in range(0, len(uids), BATCH):
            list(documents_of(uids[start : start + BATCH], {}))
    return Built(done.documents, done.seconds, seconds[0] * done.documents / len(uids), _size(engine))


def is_whole(engine: Any) -> bool:
    """Whether the index holds as many entries as the library has."""
    from practice_library.models import Entry

    health = engine.health()
    return bool(health.ok and health.documents == Entry.objects.published().count())


def _uids(most: int) -> list[str]:
    from practice_library.models import Entry

    return [str(uid) for uid in Entry.objects.published().order_by("pk").values_list("uid", flat=True)[:most]]


def _size(engine: Any) -> int | None:
    if engine.name != "embedded":
        return None
    folder: Path = engine._storage.root / engine._storage.generation()
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def publish(changes: int) -> Times:
    """From saving a new revision to the first search that finds its new word, the index being told inline."""
    from practice_library.models import CaseStudyPage
    from search.engine import PracticeQuery
    from search.service import find

    times = Times()
    pages = list(CaseStudyPage.objects.live().order_by("-pk")[:changes])
    for number, page in enumerate(pages):
        word = f"zq{'abcdefghij'[number % 10]}{int(time.time() * 1000)}"
        page.summary = f"{page.summary} {word}"
        wall, cpu = time.perf_counter(), time.process_time()
        page.save_revision().publish()
        found = find(PracticeQuery(text=word, facets=()))
        times.clock.append((time.perf_counter() - wall) * 1000)
        times.cpu.append((time.process_time() - cpu) * 1000)
        if [hit.uid for hit in found.result.hits] != [str(page.uid)]:
            raise RuntimeError(f"{page} was published and is not found by its new word.")
    return times
