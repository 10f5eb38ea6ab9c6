"""Why an entry matched: the first telling passage of each part, as escaped HTML with the words marked.

The engines' own snippets cost 9 to 17 ms a page. Here one pattern of word beginnings jumps to possible words,
the engine's own stemmer decides on each, and the search of a text stops at the first window that has them all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape

from search.analysis import IRREGULAR, stem
from search.engine import PracticeQuery, Why
from search.matching import Plan

WINDOW = 240
LEAD_IN = 60
MOST_PARTS = 3
MOST_WORDS_LOOKED_AT = 400
PART_ORDER = ("title", "aliases", "summary", "terms", "places", "body", "studies")
_WHOLE = frozenset({"title", "aliases", "terms", "places"})


class _Fold(dict[int, str]):
    """A translation that takes accents off letter by letter, so that offsets stay true."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code))[:1]
        self[code] = plain if plain.isascii() and plain.isalnum() else chr(code)
        return self[code]


_FOLD = _Fold()


@lru_cache(maxsize=1024)
def _beginnings(stems: frozenset[str]) -> re.Pattern[str]:
    """Words that may have one of these stems. The stemmer changes final letters (family, famili), not first ones."""
    starts = set()
    for wanted in stems:
        starts.add(wanted[:-1] if len(wanted) > 3 and wanted[-1] in "iey" else wanted)
        starts.update(plural for plural, single in IRREGULAR.items() if stem(single) == wanted)
    alternatives = "|".join(re.escape(start) for start in sorted(starts, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{alternatives})[^\W_]*", re.IGNORECASE)


class Highlighter:
    """Marks the words of one query in the texts of its hits."""

    def __init__(self, stems: frozenset[str]) -> None:
        self._stems = frozenset(wanted for wanted in stems if wanted)
        self._pattern = _beginnings(self._stems) if self._stems else None

    def why(self, texts: Mapping[str, Iterable[str]]) -> tuple[Why, ...]:
        """Up to three parts that matched, the weightiest first; the name only if nothing else explains more."""
        if self._pattern is None:
            return ()
        found: list[Why] = []
        seen: set[str] = set()
        for part in PART_ORDER:
            best = self._best_piece(part, texts.get(part, ()), seen)
            if best:
                found.append(best)
                if len(found) == MOST_PARTS:
                    break
        return tuple(found)

    def _best_piece(self, part: str, pieces: Iterable[str], seen: set[str]) -> Why | None:
        """The piece with most of the words that no earlier part has shown; stops when one has them all."""
        best: tuple[int, str, list[tuple[int, int, str]]] | None = None
        left = self._stems - seen if seen != self._stems else self._stems
        looked_at = 0
        for piece in pieces:
            spans = self.spans(piece)
            looked_at += len(spans)
            window = self._window(spans, WINDOW if part not in _WHOLE else len(piece))
            gain = len({s for _, _, s in window} & left)
            if window and (best is None or gain > best[0]):
                best = (gain, piece, window)
            if gain >= len(left) or looked_at > MOST_WORDS_LOOKED_AT:
                break
        if best is None or (best[0] == 0 and seen):
            return None
        seen.update(s for _, _, s in best[2])
        return Why(part, _marked(best[1], best[2], whole=part in _WHOLE))

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, stem) of each word that matches."""
        if self._pattern is None:
            return []
        plain = text if text.isascii() else text.translate(_FOLD)
        found = []
        for match in self._pattern.finditer(plain):
            this = stem(match.group().lower())
            if this in self._stems:
                found.append((match.start(), match.end(), this))
        return found

    def _window(self, spans: list[tuple[int, int, str]], width: int) -> list[tuple[int, int, str]]:
        """The run of matches within the width that has most different words, the earliest of equals."""
        best: list[tuple[int, int, str]] = []
        most = 0
        for first, span in enumerate(spans):
            run = [other for other in spans[first : first + 12] if other[1] - span[0] <= width]
            different = len({s for _, _, s in run})
            if different > most:
                best, most = run, different
            if most == len(self._stems):
                break
        return best


def marker_for(query: PracticeQuery, plan: Plan) -> Highlighter | None:
    return Highlighter(plan.marked_stems()) if query.highlight and not plan.browses else None


def _marked(text: str, spans: list[tuple[int, int, str]], *, whole: bool) -> str:
    start, end = 0, len(text)
    if not whole and len(text) > WINDOW + LEAD_IN:
        start = _word_edge(text, max(0, spans[0][0] - LEAD_IN), forward=True, limit=spans[0][0])
        end = _word_edge(text, min(len(text), start + WINDOW), forward=False, limit=spans[-1][1])
    pieces = ["… " if start else ""]
    position = start
    for left, right, _ in spans:
        if left < position or right > end:
            continue
        pieces += [escape(text[position:left]), "<mark>", escape(text[left:right]), "</mark>"]
        position = right
    pieces += [escape(text[position:end]), " …" if end < len(text) else ""]
    return "".join(pieces)


def _word_edge(text: str, position: int, *, forward: bool, limit: int) -> int:
    """A cut between words near the position, never past the limit."""
    if position in (0, len(text)):
        return position
    if forward:
        space = text.find(" ", position, limit)
        return space + 1 if space >= 0 else position
    space = text.rfind(" ", limit, position)
    return space if space >= 0 else max(position, limit)
