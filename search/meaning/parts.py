"""An entry in parts that are encoded one by one: its name, its summary, what it tells, and what studies say of it.

The name is a part of its own: put in front of every other part it made results worse. Studies are marked, because questions
about results need them and everyday questions are diluted by them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.documents.schema import PracticeDocument

#: Words of a part: statements are put together until it is full.
FULL, LONGEST = 90, 150


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of text; `study` where it is what studies say."""

    text: str
    study: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts of one entry, or the name of a term. `model` is the entry of which a place takes half its score."""

    uid: str
    parts: tuple[Part, ...]
    model: str = ""
    is_term: bool = False

    @property
    def hash(self) -> str:
        """Equal for equal text and model."""
        content = "\x1e".join([self.model, *(f"{part.study:d}\x1f{part.text}" for part in self.parts)])
        return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()


def parts_of(document: PracticeDocument) -> Parts:
    """Names of places and terms are left to the words: in a vector they drown what was done."""
    name = ". ".join([document["title"], *document.get("aliases", [])])
    told = [name, document.get("summary", ""), *_filled(document.get("body", []))]
    found = [Part(text) for text in told if text.strip()]
    found += [Part(text, study=True) for text in _filled(document.get("studies", []))]
    models = document.get("models") or [""]
    return Parts(document["uid"], tuple(found), models[0] if document["type"] != "model" else "")


def parts_of_term(param: str, slug: str, name: str) -> Parts:
    """A term of a vocabulary, by its name."""
    return Parts(f"{param}:{slug}", (Part(name),), is_term=True)


def _filled(pieces: Iterable[str]) -> Iterator[str]:
    """Neighbouring pieces together, up to a part's length; a long piece is cut between words."""
    held: list[str] = []
    for piece in pieces:
        for words in _cut(piece.split()):
            if held and len(held) + len(words) > FULL:
                yield " ".join(held)
                held = []
            held += words
    if held:
        yield " ".join(held)


def _cut(words: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(words), LONGEST):
        yield words[start : start + LONGEST]
