"""Words for entries that nobody wrote: passages of a corpus, or made-up ones where no corpus is at hand.

Load data needs the word statistics of real text: a few words everywhere, most of them rare. Passages come from a
gzipped file with one JSON object a line and its words in `text`.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

PASSAGE_WORDS = 80
MADE_UP_PASSAGES = 4_000
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")

#: Words of the field, so that questions of readers also find something in made-up text.
FIELD_WORDS = str.split(
    "children families young people parents carers social workers practice support help care home school "
    "adoption fostering kinship siblings exploitation neglect attendance reunification placement court "
    "assessment conference plan visit team manager authority partners police health housing mental violence "
    "domestic abuse youth early edge leaving safe safety stable relationships voice trust training supervision "
    "caseload recruitment retention evaluation outcome change reduced improved worked listened learned stopped"
)
_SYLLABLES = str.split(
    "ba co di fa gel hor in jun ka lem mor ni ost pel quin ras sel tam ul ven wick yar zen"
)
_LITTLE_WORDS = str.split("the of and to in for with by on that who was were had from as at their they this")


class NoCorpus(Exception):
    """The file of passages cannot be read."""


def passages_of(corpus: Path | None) -> list[str]:
    """Passages of about eighty words. Raises: NoCorpus."""
    return list(_from_file(corpus)) if corpus else list(_made_up())


def _from_file(corpus: Path) -> Iterator[str]:
    try:
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from _cut(str(json.loads(line)["text"]))
    except (OSError, ValueError, KeyError) as error:
        raise NoCorpus(f"{corpus} is no gzipped file of JSON lines with a text each: {error}") from error


def _cut(text: str) -> Iterator[str]:
    """Whole sentences, as many as make one passage. What is left over at the end is dropped if it is short."""
    taken: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        taken += sentence.split()
        if len(taken) >= PASSAGE_WORDS:
            yield " ".join(taken[: PASSAGE_WORDS * 2])
            taken = []
    if len(taken) >= PASSAGE_WORDS // 2:
        yield " ".join(taken)


def _made_up() -> Iterator[str]:
    """The same passages at every call, their words as unevenly spread as in a language (Zipf)."""
    chance = random.Random(7)
    rare = ("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(12_000))
    known = list(dict.fromkeys([*_LITTLE_WORDS, *FIELD_WORDS, *rare]))
    shares = list(accumulate(1 / (rank + 2) for rank in range(len(known))))
    for _ in range(MADE_UP_PASSAGES):
        yield " ".join(_sentence(chance, known, shares) for _ in range(PASSAGE_WORDS // 16))


def _sentence(chance: random.Random, known: Sequence[str], shares: Sequence[float]) -> str:
    return " ".join(chance.choices(known, cum_weights=shares, k=16)).capitalize() + "."
