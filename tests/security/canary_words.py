"""Invented words, one for each thing that is not for everybody, and who may read it: written down from the table of access.

The letters are those of `access.yaml`, and further ones of people who are something to the people in the world:
N works in another place of the same region, X elsewhere, P (elsewhere) arranges something with W, W is the person whose
things most of these are, Z is suspended, Q is invited and has not answered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b

LETTERS = ["V", "M", "A", "S", "L", "O", "R", "C", "D", "E", "N", "X", "P", "W", "Z", "Q"]
#: A word that no language has and no stemmer shortens; all are equally long, so that pages can be compared.
WORD = re.compile(r"zq(?:[bdfgklmnprtv][aeiou]){5}x", re.IGNORECASE)
_CONSONANTS, _VOWELS = "bdfgklmnprtv", "aeiou"


@dataclass(frozen=True)
class Canary:
    """`what` it stands for, the thing before the part; `may`: letters of those who may read it, nobody if empty.

    `in_cms`: read there alone, and on the site by nobody.
    """

    word: str
    what: str
    may: frozenset[str]
    in_cms: bool = False

    @property
    def thing(self) -> str:
        """What it is a part of."""
        return self.what.partition(":")[0]


def invented(what: str) -> str:
    """The word for a thing, the same at each run."""
    digest = blake2b(what.encode(), digest_size=10).digest()
    letters = ((_CONSONANTS if at % 2 == 0 else _VOWELS, byte) for at, byte in enumerate(digest))
    return "zq" + "".join(some[byte % len(some)] for some, byte in letters) + "x"


class Canaries(dict[str, Canary]):
    """All of a world, by word."""

    def add(self, what: str, may: str, *, in_cms: bool = False) -> str:
        """A new word for a thing. Raises: AssertionError for a letter or a thing that is there already."""
        word = invented(what)
        assert set(may.split()) <= set(LETTERS), may
        assert word not in self, f"a word stands for one thing: {what}"
        self[word] = Canary(word, what, frozenset(may.split()), in_cms)
        return word

    def found_in(self, text: str) -> set[str]:
        """The words of this world that a text holds, in whatever case."""
        return {found.lower() for found in WORD.findall(text)} & self.keys()

    def not_for(self, letter: str) -> list[str]:
        """What somebody may not read on the site, in a stable order."""
        return sorted(word for word, canary in self.items() if canary.in_cms or letter not in canary.may)
