"""Words the index does not know: what was probably meant, and what they may be the beginning of.

Near words are found in the unstemmed vocabulary and ranked by BM25 like any other word: an engine's own fuzzy
query gives every match the same score.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from search.analysis import stem
from search.understanding import Concept, Word

MOST_CANDIDATES = 5
SHORTEST_REPAIRED = 4
SHORTEST_WITH_TWO_ERRORS = 8
MOST_REPAIRED_WORDS = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class Repair:
    """An unknown word, the words nearest to it, and whether they are only longer words it begins."""

    word: Word
    candidates: tuple[Candidate, ...]
    completes: bool = False


class Lexicon(Protocol):
    """The words of an index."""

    def unknown(self, typed: Iterable[Word]) -> list[Word]:
        """Those whose stem no entry holds."""
        ...

    def near(self, word: str, errors: int) -> list[tuple[str, int, int]]:
        """(word, entries, errors) within so many slips of the finger."""
        ...

    def starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """(word, entries), the most frequent first."""
        ...


def repair(concepts: Iterable[Concept], lexicon: Callable[[], Lexicon]) -> tuple[Repair, ...]:
    """What to look for instead of unknown words; the last may be unfinished."""
    typed = [concept.words[0] for concept in concepts]
    if not typed:
        return ()
    known = lexicon()
    found = []
    for word in known.unknown(typed)[:MOST_REPAIRED_WORDS]:
        candidates = near_words(word.plain, known)
        completes = False
        if word == typed[-1] and len(word.plain) >= 3:
            endings = known.starting(word.plain, MOST_CANDIDATES)
            completes = bool(endings) and not candidates
            candidates = [*(Candidate(ending, 0.9) for ending, _ in endings), *candidates]
        if candidates:
            found.append(Repair(word, _distinct_stems(candidates), completes))
    return tuple(found)


def near_words(word: str, lexicon: Lexicon) -> list[Candidate]:
    """The likeliest first: fewest slips, then the same first letter, then the more frequent word."""
    if len(word) < SHORTEST_REPAIRED or not word.isalpha():
        return []
    errors = 2 if len(word) >= SHORTEST_WITH_TWO_ERRORS else 1
    ranked = sorted(lexicon.near(word, errors), key=lambda n: (n[2], n[0][:1] != word[:1], -n[1], n[0]))
    closest = ranked[0][2] if ranked else 0
    return [Candidate(near, 0.8 if slips == 1 else 0.6) for near, _, slips in ranked if slips == closest]


def _distinct_stems(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    by_stem: dict[str, Candidate] = {}
    for candidate in candidates:
        by_stem.setdefault(stem(candidate.word), candidate)
    return tuple(by_stem.values())[:MOST_CANDIDATES]


def corrected(text: str, repairs: Iterable[Repair]) -> str | None:
    """The text with each unknown word replaced by its likeliest near word; None if there is none."""
    replaced = text
    for found in repairs:
        if not found.completes:
            pattern = re.compile(rf"\b{re.escape(found.word.written)}\b", re.IGNORECASE)
            replaced = pattern.sub(found.candidates[0].word, replaced)
    return replaced if replaced != text else None


class WordList:
    """A vocabulary in memory that finds near words without comparing each one.

    A word within one slip shares its first or last half, within two its first or last third (but for the rare
    case of slips in both outer thirds), so two sorted lists give the few words worth comparing.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._forward = sorted(counts)
        self._backward = sorted(word[::-1] for word in counts)

    def starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        found = ((word, self._counts[word]) for word in _with_prefix(self._forward, prefix) if word != prefix)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def near(self, word: str, errors: int) -> list[tuple[str, int, int]]:
        share = max(len(word) // (errors + 1) - (errors == 1), 1)
        candidates = set(_with_prefix(self._forward, word[:share]))
        candidates.update(w[::-1] for w in _with_prefix(self._backward, word[::-1][:share]))
        found = []
        for candidate in candidates:
            if abs(len(candidate) - len(word)) <= errors:
                slips = slips_between(word, candidate, errors)
                if 0 < slips <= errors:
                    found.append((candidate, self._counts[candidate], slips))
        return found


def _with_prefix(ordered: list[str], prefix: str) -> list[str]:
    return ordered[bisect_left(ordered, prefix) : bisect_left(ordered, prefix + "\U0010ffff")]


def slips_between(left: str, right: str, limit: int) -> int:
    """Insertions, deletions, replacements and swaps of neighbours; more than the limit counts as limit + 1."""
    start = 0
    shortest = min(len(left), len(right))
    while start < shortest and left[start] == right[start]:
        start += 1
    end = 0
    while end < shortest - start and left[-1 - end] == right[-1 - end]:
        end += 1
    left, right = left[start : len(left) - end], right[start : len(right) - end]
    if not left or not right:
        return min(len(left) + len(right), limit + 1)
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for row, a in enumerate(left, 1):
        current = [row]
        for column, b in enumerate(right, 1):
            cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (a != b))
            if row > 1 and column > 1 and a == right[column - 2] and left[row - 2] == b:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before_last, last = last, current
    return min(last[-1], limit + 1)
