"""What a passage is: its words in order. Spaces, quotes, dashes, accents and HTML tags between and in them do not count,

so that what somebody copied from a page is found in what the database holds.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

#: A tag, an entity, or letters and digits with what is written into them (accents, soft hyphens, joiners, apostrophes:
#: an address made of a name leaves these out).
_PIECE = re.compile(
    r"</?[a-zA-Z][^<>]*>"
    r"|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}\d?);"
    r"|(?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]|(?<=[^\W_])['’ʼ](?=[^\W_]))+"
)
_APOSTROPHES = ("'", "’", "ʼ")
_PLAIN = re.compile(r"[a-z0-9]{3,}")
MOST_MARKS = 6


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and what takes its place."""

    start: int
    end: int
    stub: str


Find = Callable[[str], Sequence[Span]]


def words_of(text: str) -> list[Word]:
    """The words of a text in order."""
    found: list[Word] = []
    for piece in _PIECE.finditer(text):
        said = piece.group()
        if said[0] == "<":
            continue
        said = html.unescape(said) if said[0] == "&" else said
        letters = _compared(said)
        if not letters and said not in _APOSTROPHES:
            continue
        if found and found[-1].end == piece.start():  # an entity within a word
            before = found.pop()
            found.append(Word(before.text + letters, before.start, piece.end()))
        elif letters:
            found.append(Word(letters, piece.start(), piece.end()))
    return found


def _compared(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if letter.isalnum()).casefold()


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a passage, as they are compared.

    marks: its longest words without accents, by any of which a database looks for where it may stand; none where it has
    none, and then everything has to be read.
    """

    words: tuple[str, ...]
    marks: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> Passage:
        """A passage as somebody pasted it."""
        words = words_of(text)
        written = {text[word.start : word.end].lower() for word in words}
        plain = sorted(filter(_PLAIN.fullmatch, written), key=lambda word: (-len(word), word))
        return cls(tuple(word.text for word in words), tuple(plain[:MOST_MARKS]))

    def finder(self, stub: str) -> Find:
        """Finds this passage wherever it stands."""
        return lambda text: [Span(start, end, stub) for start, end in self.places_in(text)]

    def places_in(self, text: str) -> list[tuple[int, int]]:
        """From the first letter of the first word to the last of the last; never two that overlap."""
        if not self.words or len(text) < len(self.words):
            return []
        words = words_of(text)
        return [
            (words[start].start, words[end - 1].end)
            for start, end in windows(words, len(self.words), lambda said: said == self.words)
        ]


def windows(
    words: Sequence[Word], length: int, wanted: Callable[[tuple[str, ...]], object]
) -> Iterable[tuple[int, int]]:
    """Where so many words in a row are wanted, as first and one past the last; none overlaps the one before."""
    texts = tuple(word.text for word in words)
    start = 0
    while start + length <= len(texts):
        if wanted(texts[start : start + length]):
            yield start, start + length
            start += length
        else:
            start += 1
