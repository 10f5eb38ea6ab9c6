"""The words of an embedded index, read once for each state of it and only when someone mistypes."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import tantivy

from search.engines.embedded.queries import live
from search.matching_words import WordList
from search.understanding import Word


class LexiconCache:
    """Keeps the word list of the latest state asked about."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamp: tuple[int, ...] | None = None
        self._words: WordList | None = None

    def words(self, searcher: tantivy.Searcher, stamp: tuple[int, ...]) -> WordList:
        """Words that live entries hold: a removed entry's words linger in the index until segments merge."""
        with self._lock:
            if self._words is None or stamp != self._stamp:
                self._words = WordList(dict(searcher.terms_with_prefix("words", "", live())))
                self._stamp = stamp
            return self._words


class EmbeddedLexicon:
    def __init__(self, cache: LexiconCache, searcher: tantivy.Searcher, stamp: tuple[int, ...]) -> None:
        self._cache, self._searcher, self._stamp = cache, searcher, stamp

    def unknown(self, typed: Iterable[Word]) -> list[Word]:
        return [word for word in typed if not self._searcher.doc_freq("text", word.stem)]

    def near(self, word: str, errors: int) -> list[tuple[str, int, int]]:
        return self._cache.words(self._searcher, self._stamp).near(word, errors)

    def starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        return self._cache.words(self._searcher, self._stamp).starting(prefix, limit)
