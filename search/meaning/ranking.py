"""From a question to the entries near to it in meaning, in order: what any engine is then asked to put first.

Which entries are added depends on the words alone, not on filters, so that totals and counts of every filter agree. What an
engine must not show is left out before anything is compared, and nothing of it shapes the order.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np

from search.analysis import stems
from search.engine import Candidates, Nearness, PracticeQuery, SearchEngine
from search.matching import STOP_STEMS
from search.meaning.encoder import Vectors, encoder
from search.meaning.lookup import Lookup, current_lookup
from search.meaning.scoring import added_up, piece_by_piece, with_models
from search.meaning.shelf import Shelf, current_shelf
from search.understanding import Understanding
from search.vocabulary import Vocabulary

#: How many of each scorer are compared in full, and how many of the best are listed though they hold other words.
CANDIDATES, ADDED = 100, 30
#: Below this the pieces of a question are met by chance.
LEAST_NEAR = 0.4
SHORT = 3
NOTHING = b"", b"", b""
TERMS = 3
ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9]*\Z")


def nearness_of(query: PracticeQuery, vocabulary: Vocabulary, engine: SearchEngine) -> Nearness | None:
    """None where meaning has nothing to say: no words, only places, a few words that nobody knows, or too few vectors.

    Raises: EngineDown, sqlite3.Error, OSError, UnknownWeights.
    """
    meaning = query.expansions
    shelf = current_shelf()
    if meaning is None or not meaning.concepts or not (count := shelf.count()).serves:
        return None
    ranking = _Ranking(query, meaning, vocabulary, engine, shelf, current_lookup(shelf, count.version))
    if ranking.words.unknown and len(meaning.concepts) <= SHORT:
        return None
    order = ranking.order(ranking.words)
    added = () if meaning.phrases else tuple(uid for uid in order[:ADDED] if ranking.is_near(uid))
    if query.filters or query.like:
        narrowed = engine.candidates(query, hints=ranking.hints, most=CANDIDATES)
        order = ranking.order(narrowed, added)
    return Nearness(order=tuple(order), added=added)


class _Ranking:
    """One question: its vectors, and what words say of it in the whole library."""

    def __init__(
        self,
        query: PracticeQuery,
        meaning: Understanding,
        vocabulary: Vocabulary,
        engine: SearchEngine,
        shelf: Shelf,
        lookup: Lookup,
    ) -> None:
        self._shelf, self._lookup = shelf, lookup
        self._hidden = frozenset(query.exclude)
        whole, self._pieces = _encoded(spelt_out(query.text, meaning))
        self.hints = _hints(self._lookup.terms_near(whole, TERMS), vocabulary)
        self.words = engine.candidates(replace(query, filters={}, like=()), hints=self.hints, most=CANDIDATES)
        if self.words.text != query.text:
            repaired = vocabulary.book.understand(self.words.text)
            whole, self._pieces = _encoded(spelt_out(self.words.text, repaired))
        self._parts = self._lookup.nearness(whole)
        self._met: dict[str, tuple[float, float]] = {}

    def order(self, words: Candidates, further: tuple[str, ...] | None = None) -> list[str]:
        """The candidates, best first: those of words, and `further` ones or else those whose parts are nearest."""
        near = self._nearest() if further is None else further
        uids = list(dict.fromkeys([*words.scores, *near]))
        numbers = self._lookup.numbers
        models = {uid: self._lookup.models[numbers[uid]] for uid in uids if uid in numbers}
        shown = (model for model in models.values() if model in numbers and model not in self._hidden)
        uids = list(dict.fromkeys([*uids, *shown]))
        self._meet(uids)
        at = np.array([numbers.get(uid, -1) for uid in uids], dtype=np.intp)
        parts = [np.where(at >= 0, every[at], np.nan).astype(np.float64) for every in self._parts]
        pieces = np.array([self._met[uid] for uid in uids], dtype=np.float64).reshape(len(uids), 2)
        scores = added_up(
            np.array([words.scores.get(uid, 0.0) for uid in uids]),
            (parts[0], parts[1]),
            (pieces[:, 0], pieces[:, 1]),
        )
        scores = with_models(uids, scores, models)
        return [uids[place] for place in np.argsort(-scores, kind="stable")]

    def is_near(self, uid: str) -> bool:
        """Whether most of what was asked is met somewhere in the entry."""
        return max(self._met[uid]) >= LEAST_NEAR

    def _nearest(self) -> list[str]:
        both = self._parts[0] + self._parts[1]
        order = (self._lookup.uids[at] for at in np.argsort(-both, kind="stable"))
        found: list[str] = []
        for uid in order:
            if uid not in self._hidden:
                found.append(uid)
            if len(found) == CANDIDATES:
                break
        return found

    def _meet(self, uids: list[str]) -> None:
        asked = [uid for uid in uids if uid not in self._met]
        held = self._shelf.tokens(asked)
        pieces = [held.get(uid, NOTHING) for uid in asked]
        self._met.update(zip(asked, piece_by_piece(self._pieces, pieces), strict=True))


@lru_cache(maxsize=256)
def _encoded(text: str) -> tuple[Vectors, Vectors]:
    return encoder().question(text)


def spelt_out(text: str, meaning: Understanding) -> str:
    """The words typed, with each acronym's meaning after it: weights know few of our acronyms."""
    meant = [each.also[0] for each in meaning.understood if each.also and ACRONYM.match(each.term)]
    return f"{text} ({', '.join(meant)})" if meant else text


def _hints(terms: list[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The stems of vocabulary terms: they lift what holds them and find nothing by themselves."""
    names = (vocabulary.label(*term.split(":", 1)) for term in terms)
    return tuple(dict.fromkeys(stem for name in names for stem in stems(name) if stem not in STOP_STEMS))
