"""The registry of what may hold a passage: each room says how a passage is removed from what is its own.

One service calls them all (practice_library.services.redaction), without lower rooms knowing of upper ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from .words import Find, Span

Count = Mapping[str, int]


@dataclass(slots=True)
class Removal:
    """What goes, and what stays in its place.

    places_in: where it stands in a text. plain: words by any of which a database looks for it, if any are known.
    stub: for readers. short: for a narrow column. address: for addresses and names of files, which take no spaces.
    held: stubs under which it was held until now; they go likewise. changed: rows that were written, by model and key,
    for the stores that come after. unread: files of which nobody can tell whether it stands in them.
    """

    places_in: Callable[[str], Iterable[tuple[int, int]]]
    plain: tuple[str, ...]
    stub: str
    short: str
    address: str
    held: tuple[str, ...] = ()
    changed: set[tuple[type[Model], Any]] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)

    @property
    def marks(self) -> tuple[str, ...]:
        """By any of which a database looks for it; none where everything has to be read."""
        return (*self.plain, *(stub.lower() for stub in self.held)) if self.plain else ()

    def finder(self, stub: str) -> Find:
        """Finds the passage and what stands for it already."""

        def find(text: str) -> list[Span]:
            spans = [
                Span(start, end, stub if " " in text[start:end] else self.address)
                for start, end in self.places_in(text)
            ]
            for held in self.held:
                at = text.find(held)
                while at >= 0:
                    spans.append(Span(at, at + len(held), stub))
                    at = text.find(held, at + 1)
            return spans

        return find

    def stands_in(self, text: str) -> bool:
        """Whether any of it is left."""
        return bool(self.finder("")(text))


@dataclass(frozen=True, slots=True)
class PassageStore:
    """`remove` runs in the transaction of the redaction and gives where the passage was, and how often; what cannot be
    rolled back (files, caches, indices) it leaves until after the commit. It must not fail when run again."""

    name: str
    remove: Callable[[Removal], Count]


_stores: dict[str, PassageStore] = {}


def register_passage_store(store: PassageStore) -> None:
    """Add a store. Refuses a second one of the same name."""
    if store.name in _stores:
        raise ValueError(f"The store {store.name!r} is registered already.")
    _stores[store.name] = store


def passage_stores() -> Iterator[PassageStore]:
    """All of them, lower rooms first."""
    yield from _stores.values()
