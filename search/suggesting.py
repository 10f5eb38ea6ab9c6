"""Completions with types: entries from the engine, terms and places from the vocabularies.

A term is offered only with the number of visible entries it would find, so nothing hidden shows through here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from search.analysis import words
from search.engine import PracticeQuery, SearchEngine, Suggestion

CANDIDATES = 60
LONGEST_PREFIX_WORDS = 8


def typed_words(prefix: str) -> list[str]:
    return words(prefix[:200])


def in_order_of_promise(entries: Iterable[Suggestion], typed: str) -> list[Suggestion]:
    """Those beginning as typed, then models, then the shorter name."""
    return sorted(
        entries,
        key=lambda s: (not " ".join(words(s.text)).startswith(typed), s.type != "model", len(s.text), s.text),
    )


class TermIndex:
    """Vocabulary labels and place names, found by the beginning of any of their words."""

    def __init__(self, terms: Iterable[tuple[str, str, str]]) -> None:
        """`terms` are (label, facet param, slug)."""
        entries = set()
        for label, param, slug in terms:
            folded = words(label)
            for position in range(len(folded)):
                entries.add((" ".join(folded[position:]), label, param, slug))
        self._entries = sorted(entries)

    def starting(self, prefix: str) -> list[tuple[str, str, str]]:
        typed = " ".join(words(prefix[:200]))
        if not typed:
            return []
        start = bisect_left(self._entries, (typed,))
        end = bisect_left(self._entries, (typed + "\U0010ffff",))
        return list(dict.fromkeys((label, param, slug) for _, label, param, slug in self._entries[start:end]))


def suggest(
    engine: SearchEngine, terms: TermIndex, prefix: str, *, limit: int = 8, exclude: Iterable[str] = ()
) -> list[Suggestion]:
    """Entries and terms side by side, at most half of them terms while there are entries."""
    hidden = tuple(exclude)
    entries = engine.suggest(prefix, limit=limit, exclude=hidden)
    found = terms.starting(prefix)
    counted: list[Suggestion] = []
    if found:
        params = tuple(dict.fromkeys(param for _, param, _ in found))
        counts = facet_totals(engine, params, hidden)
        counted = [
            Suggestion(label, param, slug, counts[param, slug])
            for label, param, slug in found
            if counts.get((param, slug))
        ]
        counted = in_order_of_promise(counted, " ".join(words(prefix)))
    share = max(limit // 2, limit - len(entries))
    terms_shown = counted[:share]
    return [*terms_shown, *entries[: limit - len(terms_shown)]]


def facet_totals(
    engine: SearchEngine, params: tuple[str, ...], exclude: tuple[str, ...]
) -> Mapping[tuple[str, str], int]:
    """Entries by (param, slug) over everything visible."""
    result = engine.search(PracticeQuery(facets=params, size=1, exclude=exclude, highlight=False))
    return {(param, value.value): value.count for param, values in result.facets.items() for value in values}
