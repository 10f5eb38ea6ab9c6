"""Text as numbers of word pieces, as the weights learned it: lower case, no accents, longest known piece first.

Forty lines instead of the `tokenizers` package, which brings a client for downloading models and all that this needs.
Equal to that package's result, piece by piece, on every text of the library (`docs/adr/0015-search-by-meaning.md`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from search.meaning.weights import PIECES, PIECES_SHA256, checked

LONGEST_WORD = 100


class WordPieces:
    """Numbers are the lines of the list. A word that cannot be put together is one unknown piece."""

    def __init__(self, pieces: list[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._longest = max(map(len, pieces))
        self.unknown, self.start, self.end = (self._numbers[name] for name in ("[UNK]", "[CLS]", "[SEP]"))

    def numbers(self, text: str) -> list[int]:
        """Every piece of the text, without start and end."""
        return [number for word in _words(text) for number in self._of_word(word)]

    def _of_word(self, word: str) -> list[int]:
        if len(word) > LONGEST_WORD:
            return [self.unknown]
        found: list[int] = []
        start = 0
        while start < len(word):
            before = "##" if start else ""
            for end in range(min(len(word), start + self._longest), start, -1):
                number = self._numbers.get(before + word[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self.unknown]
        return found


def _words(text: str) -> Iterator[str]:
    """Runs between blanks; each sign of punctuation and each Chinese character stands alone."""
    plain = "".join(" " if letter.isspace() else letter for letter in text if not _is_control(letter))
    folded = "".join(
        letter for letter in unicodedata.normalize("NFD", plain) if unicodedata.category(letter) != "Mn"
    ).lower()
    for run in folded.split():
        begun = 0
        for position, letter in enumerate(run):
            if _stands_alone(letter):
                if begun < position:
                    yield run[begun:position]
                yield letter
                begun = position + 1
        if begun < len(run):
            yield run[begun:]


def _is_control(letter: str) -> bool:
    return letter in "\x00\ufffd" or (not letter.isspace() and unicodedata.category(letter).startswith("C"))


@cache
def _stands_alone(letter: str) -> bool:
    code = ord(letter)
    if code < 128:
        return not letter.isalnum()
    chinese = (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x2CEAF
    )
    return chinese or unicodedata.category(letter).startswith("P")


@cache
def word_pieces() -> WordPieces:
    """The list that belongs to the weights. Raises: UnknownWeights."""
    return WordPieces(checked(PIECES, PIECES_SHA256).decode().split("\n")[:-1])
