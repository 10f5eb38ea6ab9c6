"""A vocabulary by its broader terms: groups, and what each of them covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any


class TermTree:
    """Terms in their order. What is said of a term holds for it and for all that is narrower."""

    def __init__(self, terms: Iterable[Any]) -> None:
        ordered = list(terms)
        self._by_slug = {term.slug: term for term in ordered}
        self._narrower: dict[int | None, list[Any]] = defaultdict(list)
        for term in ordered:
            self._narrower[term.broader_id].append(term)

    def __contains__(self, slug: str) -> bool:
        return slug in self._by_slug

    def __getitem__(self, slug: str) -> Any:
        return self._by_slug[slug]

    @property
    def groups(self) -> list[Any]:
        """The broadest terms."""
        return self._narrower[None]

    @property
    def terms(self) -> list[Any]:
        """Every term below its broader one."""
        return [each for group in self.groups for each in (group, *self.within(group.slug))]

    def within(self, slug: str) -> list[Any]:
        """Everything narrower than a term, at any depth, each below its broader term."""
        return [
            each
            for term in self._narrower.get(self._by_slug[slug].pk, ())
            for each in (term, *self.within(term.slug))
        ]

    def covers(self, slug: str) -> list[str]:
        """The slugs that count as this term: its own and those within it."""
        return [slug, *(term.slug for term in self.within(slug))]

    def group_of(self, slug: str) -> Any:
        """The broadest term above, or the term itself."""
        return next(group for group in self.groups if slug in self.covers(group.slug))
