"""Why an entry matched: the first telling passage of each part, as escaped HTML with the words marked.

The engines' own snippets cost 9 to 17 ms a page. Here one pattern of word beginnings jumps to possible words,
the engine's own stemmer decides on each, and the search of a text stops at the first window that has them all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from search.analysis import IRREGULAR, stem, stems
from search.documents.schema import BETWEEN_PIECES
from search.engine import PracticeQuery, Why
from search.matching import STOP_STEMS, Marks, Plan

WINDOW = 240
LEAD_IN = 60
MOST_PARTS = 3
MOST_OF_ONE_WORD = 40
PART_ORDER = ("title", "aliases", "summary", "terms", "places", "body", "studies")
_WHOLE = frozenset({"title", "aliases", "terms", "places"})
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_REST_OF_WORD = re.compile(r"[^\W_]*")
_ONLY_SPACE = re.compile(r"[ \t\n\u00a0-]*\Z")
MOST_OF_ONE_PHRASE = 8
REACH_OF_A_PHRASE = 120
Span = tuple[int, int, str]


class _Fold(dict[int, str]):
    """A translation that takes accents off letter by letter, so that offsets stay true."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code))[:1]
        self[code] = plain if plain.isascii() and plain.isalnum() else chr(code)
        return self[code]


_FOLD = _Fold()


def _beginning(wanted: str) -> str:
    """What words with this stem begin with: the stemmer changes last letters (family, famili), not first ones."""
    return wanted[:-1] if len(wanted) > 3 and wanted[-1] in "iey" else wanted


def _beginnings(stems: frozenset[str]) -> tuple[str, ...]:
    starts = {_beginning(wanted) for wanted in stems}
    starts.update(form for form, regular in IRREGULAR.items() if stem(regular) in stems)
    shortest: list[str] = []
    for start in sorted(starts, key=len):
        if not any(start.startswith(shorter) for shorter in shortest):
            shortest.append(start)
    return tuple(shortest)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A run of stems, the part of it that is looked for first, and the pattern tried around that."""

    stems: tuple[str, ...]
    anchor: str
    pattern: re.Pattern[str]


def _phrase(stems: tuple[str, ...]) -> _Phrase:
    anchor = max((s for s in stems if s not in STOP_STEMS), key=len, default=max(stems, key=len))
    forms = []
    for wanted in stems:
        irregular = [form for form, regular in IRREGULAR.items() if stem(regular) == wanted]
        forms.append("(?:" + "|".join(map(re.escape, [_beginning(wanted), *irregular])) + r")[^\W_]*")
    between = rf"(?:'s?)?[^\w{BETWEEN_PIECES}]+"
    return _Phrase(stems, _beginning(anchor), re.compile(r"(?<![^\W_])" + between.join(forms)))


@lru_cache(maxsize=512)
def _prepared(marks: Marks) -> tuple[tuple[str, ...], tuple[_Phrase, ...]]:
    singles = marks.words | {phrase[0] for phrase in marks.phrases if len(phrase) == 1}
    return _beginnings(singles), tuple(_phrase(phrase) for phrase in marks.phrases if len(phrase) > 1)


class Highlighter:
    """Marks what one query was looking for in the texts of its hits."""

    def __init__(self, marks: Marks) -> None:
        self._words = marks.words | {phrase[0] for phrase in marks.phrases if len(phrase) == 1}
        self._beginnings, self._phrases = _prepared(marks)
        self._keys = self._words | {" ".join(phrase.stems) for phrase in self._phrases}
        self._loose = Highlighter(Marks(words=marks.loose)) if marks.loose - marks.words else None

    def why(self, parts: Mapping[str, str]) -> tuple[Why, ...]:
        """Up to three parts that matched, the weightiest first; a later one only if it shows something new."""
        found: list[Why] = []
        seen: set[str] = set()
        for part in PART_ORDER:
            text = parts.get(part)
            if not text:
                continue
            window = self._best_window(text, whole=part in _WHOLE, left=self._keys - seen)
            if window:
                seen.update(key for _, _, key in window)
                found.append(Why(part, _marked(text, window, whole=part in _WHOLE)))
                if len(found) == MOST_PARTS or len(seen) == len(self._keys):
                    break
        if not found and self._loose:
            return self._loose.why(parts)
        return tuple(found)

    def spans(self, text: str) -> list[Span]:
        """(start, end, what) of everything that matches, in order."""
        plain = text.lower()
        if len(plain) != len(text):
            plain = text
        if not text.isascii():
            plain = plain.replace("\u2019", "'")
            if _ACCENTED.search(plain):
                plain = plain.translate(_FOLD)
        found: list[Span] = []
        for beginning in self._beginnings:
            at, seen = plain.find(beginning), 0
            while at >= 0 and seen < MOST_OF_ONE_WORD:
                end = _REST_OF_WORD.match(plain, at + len(beginning)).end()  # type: ignore[union-attr]
                if at == 0 or not plain[at - 1].isalnum():
                    this = stem(plain[at:end])
                    if this in self._words:
                        found.append((at, end, this))
                        seen += 1
                at = plain.find(beginning, end)
        for phrase in self._phrases:
            found += _phrase_spans(plain, phrase)
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


def _phrase_spans(plain: str, phrase: _Phrase) -> Iterator[Span]:
    """Where the phrase stands: the pattern is tried only around its longest word."""
    at, seen = plain.find(phrase.anchor), 0
    while at >= 0 and seen < MOST_OF_ONE_PHRASE:
        seen += 1
        after = at + len(phrase.anchor)
        for match in phrase.pattern.finditer(plain, max(0, at - REACH_OF_A_PHRASE), at + REACH_OF_A_PHRASE):
            if match.end() > at and stems(match.group()) == list(phrase.stems):
                yield (match.start(), match.end(), " ".join(phrase.stems))
                after = match.end()
                break
        at = plain.find(phrase.anchor, after)


def _piece_end(text: str, position: int) -> int:
    end = text.find(BETWEEN_PIECES, position)
    return end if end >= 0 else len(text)


def marker_for(query: PracticeQuery, plan: Plan) -> Highlighter | None:
    return Highlighter(plan.marks()) if query.highlight and not plan.browses else None


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
    for left, right in _joined(text, spans):
        if left < position or right > end:
            continue
        pieces += [escape(text[position:left]), "<mark>", escape(text[left:right]), "</mark>"]
        position = right
    pieces += [escape(text[position:end]), " …" if end < len(text) else ""]
    return "".join(pieces)


def _joined(text: str, spans: list[Span]) -> list[tuple[int, int]]:
    """Marks that overlap or have only space between them as one: a phrase reads as a phrase."""
    joined: list[tuple[int, int]] = []
    for left, right, _ in spans:
        if joined and (left <= joined[-1][1] or _ONLY_SPACE.match(text[joined[-1][1] : left])):
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined


def _word_edge(text: str, position: int, *, forward: bool, limit: int) -> int:
    """A cut between words near the position, never past the limit."""
    if position in (0, len(text)):
        return position
    if forward:
        space = text.find(" ", position, limit)
        return space + 1 if space >= 0 else position
    space = text.rfind(" ", limit, position)
    return space if space >= 0 else max(position, limit)
