"""How text becomes words, the same for indexing, asking and marking, on every engine.

`normalise` does what neither engine's analyser does: one kind of apostrophe, no possessive `s` left over as a
word, and irregular plurals joined with their singular (the English stemmer keeps children and child apart).
Stop words stay in the index, because "child in need" is a legal term; they are dropped from loose queries only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import tantivy

IRREGULAR = {
    "children": "child",
    "childrens": "child",
    "people": "person",
    "women": "woman",
    "womens": "woman",
    "men": "man",
    "wives": "wife",
    "halves": "half",
    "feet": "foot",
    "teeth": "tooth",
    "analyses": "analysis",
    "crises": "crisis",
    "criteria": "criterion",
    "curricula": "curriculum",
    "grandchildren": "grandchild",
    "stepchildren": "stepchild",
    "schoolchildren": "schoolchild",
    "midwives": "midwife",
    "housewives": "housewife",
    "diagnoses": "diagnosis",
    "hypotheses": "hypothesis",
    "appendices": "appendix",
}
_FUNCTION_WORDS = """a about after again all also am an and any are as at be because been before being between both but by
    can could did do does doing during each for from further had has have having he her here hers him his how i
    if in into is it its itself may me might more most must my no nor not of off on once only or other our out over own same
    shall she should so some such than that the their them then there these they this those through to too under until up
    very was we were what when where which while who whom whose why will with would you your"""
STOP_WORDS = frozenset(re.findall(r"\w+", _FUNCTION_WORDS))
LONGEST_WORD = 100

_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u02bc\u02b9\u0060\u00b4\uff07]")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b|(?<=s)'(?!\w)", re.IGNORECASE)
_INNER_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_IRREGULAR = re.compile(r"\b(?:" + "|".join(sorted(IRREGULAR, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def normalise(text: str) -> str:
    """Text as the analysers should see it; what readers see is never changed."""
    text = _UNPRINTABLE.sub(" ", text)
    if not text.isascii():
        text = _APOSTROPHES.sub("'", unicodedata.normalize("NFC", text))
    if "'" in text:
        text = _INNER_APOSTROPHE.sub("", _POSSESSIVE.sub("", text))
    return _IRREGULAR.sub(lambda match: IRREGULAR[match.group().lower()], text)


def _analyser(*, stemmed: bool) -> tantivy.TextAnalyzer:
    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(LONGEST_WORD))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )
    if stemmed:
        builder = builder.filter(tantivy.Filter.stemmer("english"))
    return builder.build()


STEMMING = _analyser(stemmed=True)
PLAIN = _analyser(stemmed=False)


def words(text: str) -> list[str]:
    """Lower-case unstemmed words in order."""
    return PLAIN.analyze(normalise(text))


def stems(text: str) -> list[str]:
    """Stems in order, one for each of `words`."""
    return STEMMING.analyze(normalise(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word as it stands in a text; empty when nothing of it is indexed."""
    found = stems(word)
    return found[0] if found else ""


def vocabulary_of(pieces: Iterable[str]) -> list[str]:
    """The distinct words typo repair and prefixes may offer: no numbers, nothing too short to mistype."""
    found: set[str] = set()
    for piece in pieces:
        found.update(PLAIN.analyze(normalise(piece)))
    return sorted(word for word in found if len(word) >= 3 and word.isalpha())


def name_key(text: str) -> str:
    """A name in a form that two spellings of it share: for asking whether a query is exactly this name."""
    return " ".join(stems(text))
