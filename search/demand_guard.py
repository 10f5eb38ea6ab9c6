"""Which empty searches may be kept: only those in which every word is known not to be about a person.

Denied first: a query is refused unless all of it is a term, a place, an ordinary word, an age or a year. What looks
like a name, an address, a date of birth or a number that identifies somebody is never written down.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from search.vocabulary import TERM_FACETS, Vocabulary

FACTS = Path(__file__).resolve().parent / "facts"
LONGEST_TEXT = 80
MOST_WORDS = 8
MOST_NUMBERS = 2


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = re.compile(r"[^\W_]+")
_ODD = re.compile(r"[^\w\s'’&,.?!:;()\"“”-]|_")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SMALL_NUMBER = re.compile(r"\d{1,2}s?")
#: First person and titles: somebody is telling of a person they know.
ABOUT_SOMEBODY = _set(
    "i im ive my me mine myself we our ours us mr mrs ms miss dr prof "
    "professor sir lady lord named called aka dob born"
)
HOUSEHOLD = _set("family families household siblings sibling twins case child children kids baby home")
MONTHS = _set(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
STREETS = _set("road street avenue lane close crescent court flat grove terrace drive house")


@dataclass(frozen=True, slots=True)
class KnownWords:
    """Phrases that the vocabularies, models and places are called by, and the words of terms and models."""

    phrases: frozenset[tuple[str, ...]]
    words: frozenset[str]
    longest: int


@dataclass(frozen=True, slots=True)
class _Typed:
    """A word as written and in lower case, and which known phrase it belongs to (0 for none)."""

    written: str
    lower: str
    phrase: int = 0


def sayable(text: str, vocabulary: Vocabulary) -> str | None:
    """The query in a form that may be kept, or None."""
    if not text.strip() or len(text) > LONGEST_TEXT or _ODD.search(text):
        return None
    plain = text.lower() if text.isupper() else text
    typed = _with_phrases(_split(plain), vocabulary)
    if not typed or len(typed) > MOST_WORDS:
        return None
    if _tells_of_a_number(typed) or any(_is_doubtful(typed, at) for at in range(len(typed))):
        return None
    return " ".join(word.lower for word in typed)


def _split(text: str) -> list[str]:
    bare = re.sub(r"['’](?:s\b|(?!\w))", "", text)
    return _WORD.findall(re.sub(r"['’]", "", bare))


def _with_phrases(written: Sequence[str], vocabulary: Vocabulary) -> list[_Typed]:
    """Mark the words of known phrases, the longest first. A given name alone is no phrase unless it is all there is."""
    known = known_words(vocabulary)
    lower = [word.lower() for word in written]
    places = {
        tuple(word.written.lower() for word in place.words)
        for place in vocabulary.book.understand(" ".join(written)).places
    }
    typed: list[_Typed] = []
    phrase = 0
    while len(typed) < len(lower):
        at = len(typed)
        run = next(
            (
                length
                for length in range(min(known.longest, len(lower) - at), 0, -1)
                if (span := tuple(lower[at : at + length])) in known.phrases or span in places
            ),
            0,
        )
        if run == 1 and lower[at] in given_names() and len(lower) > 1:
            run = 0
        phrase += bool(run)
        typed += [_Typed(written[at + n], lower[at + n], phrase if run else 0) for n in range(run or 1)]
    return [
        word if word.phrase or word.lower in known.words or _is_ordinary(word.lower) else _Typed("", "", -1)
        for word in typed
    ]


def _is_ordinary(word: str) -> bool:
    return word in ordinary_words() or bool(_YEAR.fullmatch(word) or _SMALL_NUMBER.fullmatch(word))


def _tells_of_a_number(typed: Sequence[_Typed]) -> bool:
    """Dates, telephone numbers and house numbers; ages and years are no such thing."""
    numbers = [word.lower for word in typed if word.lower[:1].isdigit()]
    words = {word.lower for word in typed}
    if len(numbers) > MOST_NUMBERS:
        return True
    if len(numbers) > 1 and any(_YEAR.fullmatch(number) for number in numbers):
        return True
    return bool(numbers) and bool(words & (MONTHS | STREETS))


def _is_doubtful(typed: Sequence[_Typed], at: int) -> bool:
    word = typed[at]
    after = typed[at + 1] if at + 1 < len(typed) else None
    if word.phrase < 0 or word.lower in ABOUT_SOMEBODY:
        return True
    capital = word.written[:1].isupper()
    if not word.phrase:
        also_a_word = given_names().get(word.lower)
        if also_a_word is not None and (capital or not also_a_word):
            return True
        if capital and at:
            return True
    if after is None or (word.phrase and word.phrase == after.phrase):
        return False
    if capital and after.written[:1].isupper():
        return True
    if word.lower in given_names() and after.lower in family_names():
        return True
    return not word.phrase and word.lower in family_names() and after.lower in HOUSEHOLD


_held: tuple[Vocabulary, KnownWords] | None = None


def known_words(vocabulary: Vocabulary) -> KnownWords:
    """Made once for each reading of the vocabularies."""
    global _held
    if _held is None or _held[0] is not vocabulary:
        _held = (vocabulary, _read(vocabulary))
    return _held[1]


def _read(vocabulary: Vocabulary) -> KnownWords:
    terms = {tuple(word.lower() for word in _split(name)) for name in _names_of_terms(vocabulary)}
    places = {
        tuple(word.lower() for word in _split(name))
        for name in vocabulary.labels.get("authority", {}).values()
    }
    phrases = {phrase for phrase in terms | places if phrase}
    words = {word for phrase in terms for word in phrase if word not in given_names()} - family_names()
    return KnownWords(
        frozenset(phrases), frozenset(words), max((len(phrase) for phrase in phrases), default=1)
    )


def _names_of_terms(vocabulary: Vocabulary) -> Iterator[str]:
    for param in (*TERM_FACETS, "model"):
        yield from vocabulary.labels.get(param, {}).values()
        for synonyms in vocabulary.synonyms.get(param, {}).values():
            yield from synonyms


@lru_cache(maxsize=1)
def given_names() -> dict[str, bool]:
    """Given names, and whether each is also a word."""
    with (FACTS / "given_names.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["also_a_word"] == "yes" for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def family_names() -> frozenset[str]:
    """Common family names."""
    with (FACTS / "family_names.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["name"] for row in csv.DictReader(file))


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Words that name nobody."""
    return frozenset((FACTS / "ordinary_words.txt").read_text(encoding="utf-8").split())
