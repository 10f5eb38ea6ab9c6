"""What has an index of its own: the library, and people. Drains, rebuilds and checks treat both alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from network.models import Profile
from network.telling import TOPIC as PERSON
from practice_library.models import TOPIC as ENTRY
from practice_library.models import Entry
from search.current import current_engine, current_people
from search.documents import changes as library
from search.documents.practice import documents_of
from search.engine import Change
from search.people import document as people


@dataclass(frozen=True, slots=True)
class Indexed:
    """`topic` is that of the outbox. `batches` lists everything there is now, by uids; what comes after that is recorded.

    `documents_of` and `changes_of` prepare some of it, at given versions and at versions that are drawn.
    """

    name: str
    topic: str
    engine: Callable[[], Any]
    count: Callable[[], int]
    batches: Callable[[], Iterator[list[str]]]
    documents_of: Callable[[Iterable[str], dict[str, int]], Iterator[Any]]
    changes_of: Callable[[set[str], Callable[[], int]], Iterator[Change]]


LIBRARY = Indexed(
    "entries",
    ENTRY,
    current_engine,
    lambda: Entry.objects.published().count(),
    library.batches,
    documents_of,
    library.changes_of,
)
PEOPLE = Indexed(
    "people",
    PERSON,
    current_people,
    lambda: Profile.objects.present().count(),
    people.batches,
    people.documents_of,
    people.changes_of,
)
EVERYTHING = (LIBRARY, PEOPLE)
