"""How text becomes words, the same for indexing, asking and marking, on every engine.

`words` does what neither engine's analyser does: no apostrophes, no possessive `s` left over as a word, and
irregular forms joined (the English stemmer keeps children and child, conferencing and conference apart). Engines are
given these words, so that both start from the same.
Stop words stay in the index, because "child in need" is a legal term; they are dropped from loose queries only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import tantivy

IRREGULAR = {
    "conferencing": "conference",
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

_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9\u0060\u00b4\uff07"
_APOSTROPHE = re.compile(r"'(?:[sS](?!\w))?")


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


def cleaned(text: str) -> str:
    """Text without apostrophes and possessive endings, and without what no encoding can carry."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
        for apostrophe in _APOSTROPHES:
            text = text.replace(apostrophe, "'")
    return _APOSTROPHE.sub("", text) if "'" in text else text


def words(text: str) -> list[str]:
    """Lower-case unstemmed words in order, irregular forms made regular."""
    return [IRREGULAR.get(word, word) for word in PLAIN.analyze(cleaned(text))]


def normalise(text: str) -> str:
    """The words of a text as the engines index them; what readers see is never changed."""
    return " ".join(words(text))


def stemmed(normalised: str) -> str:
    """The stems of normalised text, for an engine that is not to stem by itself."""
    return " ".join(STEMMING.analyze(normalised))


def stems(text: str) -> list[str]:
    """Stems in order, one for each of `words`."""
    return STEMMING.analyze(normalise(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word as it stands in a text; empty when nothing of it is indexed."""
    found = stems(word)
    return found[0] if found else ""


def vocabulary_of(normalised: Iterable[str]) -> list[str]:
    """The distinct words typo repair and prefixes may offer: no numbers, nothing too short to mistype."""
    found: set[str] = set()
    for piece in normalised:
        found.update(piece.split())
    return sorted(word for word in found if len(word) >= 3 and word.isalpha())


def name_key(text: str) -> str:
    """A name in a form that two spellings of it share: for asking whether a query is exactly this name."""
    return " ".join(stems(text))
