"""Why an entry matched: the first telling passage of each part, as escaped HTML with the words marked.

The engines' own snippets cost 9 to 17 ms a page. Here one pattern of word beginnings jumps to possible words,
the engine's own stemmer decides on each, and the search of a text stops at the first window that has them all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from html import escape

from search.analysis import IRREGULAR, stem
from search.documents.schema import BETWEEN_PIECES
from search.engine import PracticeQuery, Why
from search.matching import Plan

WINDOW = 240
LEAD_IN = 60
MOST_PARTS = 3
MOST_OF_ONE_WORD = 40
PART_ORDER = ("title", "aliases", "summary", "terms", "places", "body", "studies")
_WHOLE = frozenset({"title", "aliases", "terms", "places"})
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_REST_OF_WORD = re.compile(r"[^\W_]*")
Span = tuple[int, int, str]


class _Fold(dict[int, str]):
    """A translation that takes accents off letter by letter, so that offsets stay true."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code))[:1]
        self[code] = plain if plain.isascii() and plain.isalnum() else chr(code)
        return self[code]


_FOLD = _Fold()


@lru_cache(maxsize=1024)
def _beginnings(stems: frozenset[str]) -> tuple[str, ...]:
    """What words with one of these stems begin with: the stemmer changes last letters (family, famili), not first."""
    starts = set()
    for wanted in stems:
        starts.add(wanted[:-1] if len(wanted) > 3 and wanted[-1] in "iey" else wanted)
        starts.update(plural for plural, single in IRREGULAR.items() if stem(single) == wanted)
    shortest: list[str] = []
    for start in sorted(starts, key=len):
        if not any(start.startswith(shorter) for shorter in shortest):
            shortest.append(start)
    return tuple(shortest)


class Highlighter:
    """Marks the words of one query in the texts of its hits."""

    def __init__(self, stems: frozenset[str]) -> None:
        self._stems = frozenset(wanted for wanted in stems if wanted)
        self._beginnings = _beginnings(self._stems)

    def why(self, parts: Mapping[str, str]) -> tuple[Why, ...]:
        """Up to three parts that matched, the weightiest first; a later one only if it shows another word."""
        found: list[Why] = []
        seen: set[str] = set()
        for part in PART_ORDER:
            text = parts.get(part)
            if not text:
                continue
            window = self._best_window(text, whole=part in _WHOLE, left=self._stems - seen)
            if window:
                seen.update(s for _, _, s in window)
                found.append(Why(part, _marked(text, window, whole=part in _WHOLE)))
                if len(found) == MOST_PARTS or len(seen) == len(self._stems):
                    break
        return tuple(found)

    def spans(self, text: str) -> list[Span]:
        """(start, end, stem) of the words that match, in order."""
        plain = text.lower()
        if len(plain) != len(text):
            plain = text
        if not text.isascii() and _ACCENTED.search(plain):
            plain = plain.translate(_FOLD)
        found: list[Span] = []
        for beginning in self._beginnings:
            at, seen = plain.find(beginning), 0
            while at >= 0 and seen < MOST_OF_ONE_WORD:
                end = _REST_OF_WORD.match(plain, at + len(beginning)).end()  # type: ignore[union-attr]
                if at == 0 or not plain[at - 1].isalnum():
                    this = stem(plain[at:end])
                    if this in self._stems:
                        found.append((at, end, this))
                        seen += 1
                at = plain.find(beginning, end)
        return sorted(found)

    def _best_window(self, text: str, *, whole: bool, left: frozenset[str]) -> list[Span]:
        """The run of matches, within one piece of text, that shows most words not shown yet; the earliest of equals."""
        spans = self.spans(text)
        best: list[Span] = []
        most = 0
        for first, (start, _, _) in enumerate(spans):
            limit = _piece_end(text, start)
            if not whole:
                limit = min(limit, start + WINDOW)
            run = [span for span in spans[first : first + 12] if span[1] <= limit]
            gain = len({s for _, _, s in run} & left)
            if gain > most:
                best, most = run, gain
                if most == len(left):
                    break
        return best


def _piece_end(text: str, position: int) -> int:
    end = text.find(BETWEEN_PIECES, position)
    return end if end >= 0 else len(text)


def marker_for(query: PracticeQuery, plan: Plan) -> Highlighter | None:
    return Highlighter(plan.marked_stems()) if query.highlight and not plan.browses else None


def _marked(parts: str, spans: list[Span], *, whole: bool) -> str:
    """The piece around the spans, cut at words to a window unless it is shown whole."""
    first = parts.rfind(BETWEEN_PIECES, 0, spans[0][0]) + 1
    text = parts[first : _piece_end(parts, spans[0][0])]
    spans = [(left - first, right - first, s) for left, right, s in spans]
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
