"""What two entries share, and how much it says: rare words and phrases, and terms of the closed vocabularies.

Words of names say nothing: a name is chosen, and two places that chose the same one may do different things. So a word that
stands in the names of both is left out of what they share, wherever else it stands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import TypeVar

from practice_library.models import Cohort, Outcome, Stage, SystemCondition, Theme
from search.analysis import IRREGULAR, PLAIN, STEMMING, STOP_WORDS, cleaned
from search.kindred.reading import Library, Work

#: Words of reports about anything: they make no idea.
REPORTED = frozenset(
    STEMMING.analyze(
        """said says say council councils authority authorities local borough county city year years month months week
        source sources evaluation evaluator evaluators report reported reports number figure figures page given give gave
        many much one two three four five six seven eight nine ten first last area areas service services
        programme project pilot model practice work works worked working team teams social worker workers people person
        child children family families young made make makes use used uses using need needs help helped new per cent
        director directors england government department national fund funding innovation published study studies
        date dated undated seen runs run still whether roll second
        rather thing things approach care change changed together support money million get gets hand hands argues meant mean
        know known whole january february march april may june july august september october november december staff
        according account told describes described names named found find places place part time well good better"""
    )
)
#: Vocabularies by how much a shared term of theirs says about the idea.
VOCABULARIES = {
    "theme": (Theme, 1.0), "condition": (SystemCondition, 0.7), "cohort": (Cohort, 0.8), "outcome": (Outcome, 0.5),
    "stage": (Stage, 0.4),
}  # fmt: skip
BROADER, SPOKEN_OF = 0.5, 0.5
PHRASE = 1.6
#: A word that more than this share of the entries have leads to no candidates.
COMMON = 0.08
CLAUSE = re.compile(r"[.,;:()!?“”]+")
Term = tuple[str, int]
Key = TypeVar("Key", str, Term)


@dataclass(slots=True)
class Features:
    """An entry as it is compared: weights of stems (and of pairs of stems as phrases) and of terms, each of length 1."""

    names: frozenset[str]
    words: dict[str, float]
    terms: dict[Term, float]


class Vocabularies:
    """Terms with their names, broader terms, and the words that stand for them in a text."""

    def __init__(self) -> None:
        self.names: dict[Term, str] = {}
        self.broader: dict[Term, Term] = {}
        self._spoken: dict[str, list[tuple[tuple[str, ...], Term]]] = defaultdict(list)
        for vocabulary, (model, _) in VOCABULARIES.items():
            for pk, name, synonyms, broader in model.objects.values_list(
                "pk", "name", "synonyms", "broader_id"
            ):
                term = (vocabulary, pk)
                self.names[term] = name
                if broader:
                    self.broader[term] = (vocabulary, broader)
                for said in (name, *synonyms):
                    stems = tuple(stem for stem, _ in stems_of(said))
                    if len(stems) > 1:
                        self._spoken[stems[0]].append((stems, term))

    def spoken_of_in(self, stems: list[str]) -> set[Term]:
        """Terms whose name or synonym, of more than one word, stands in a text."""
        return {
            term
            for at, stem in enumerate(stems)
            for said, term in self._spoken.get(stem, ())
            if tuple(stems[at : at + len(said)]) == said
        }


def stems_of(text: str) -> list[tuple[str, str]]:
    """Stems in order, each with the word as it stands."""
    plain = PLAIN.analyze(cleaned(text))
    stems = STEMMING.analyze(" ".join(IRREGULAR.get(word, word) for word in plain))
    return list(zip(stems, plain, strict=False))


def phrases_of(text: str) -> Iterator[tuple[str, str]]:
    """Two words of a clause that stand beside each other, or with one small word between: stems, and as it is written."""
    for clause in CLAUSE.split(text):
        stems = stems_of(clause)
        kept = [at for at, (stem, _) in enumerate(stems) if stem not in STOP_WORDS]
        for one, other in pairwise(kept):
            first, second = stems[one][0], stems[other][0]
            is_phrase = other - one <= 2 and first.isalpha() and second.isalpha() and first != second
            if is_phrase and (says_something(first) or says_something(second)):
                yield f"{first} {second}", " ".join(word for _, word in stems[one : other + 1])


class Weigher:
    """Turns works into features; knows how rare each word and term is in this library."""

    def __init__(self, library: Library) -> None:
        self.vocabularies = Vocabularies()
        self.number = max(len(library.works), 1)
        self.in_words: dict[str, int] = {}
        self.features: dict[int, Features] = {}
        told = {pk: self._told(work) for pk, work in library.works.items()}
        counted = Counter(stem for words, _ in told.values() for stem in words)
        terms = Counter(term for _, found in told.values() for term in found)
        self.idf = {stem: self._rarity(number) for stem, number in counted.items() if number > 1}
        self.term_idf = {term: self._rarity(number) for term, number in terms.items()}
        self.frequency = counted
        for pk, work in library.works.items():
            words, found = told.pop(pk)
            names = frozenset(stem for name in work.names for stem, _ in stems_of(name))
            self.features[pk] = Features(names, self._words(words), self._terms(found))

    def _rarity(self, number: int) -> float:
        """A small library is weighed as if it had a few hundred entries: rare in the field, not on a short shelf."""
        return log(1 + max(self.number, 300) / number)

    def _told(self, work: Work) -> tuple[Counter[str], dict[Term, float]]:
        words: Counter[str] = Counter()
        terms = dict.fromkeys(work.terms, 1.0)
        for text in work.texts:
            stems = [stem for stem, _ in stems_of(text)]
            for term in self.vocabularies.spoken_of_in(stems):
                terms.setdefault(term, SPOKEN_OF)
            words.update(stem for stem in stems if stem not in STOP_WORDS and says_something(stem))
        words.update(stems for text in work.texts for stems, _ in phrases_of(text))
        for term, weight in list(terms.items()):
            if wider := self.vocabularies.broader.get(term):
                terms.setdefault(wider, weight * BROADER)
        return words, terms

    def _words(self, counted: Mapping[str, int]) -> dict[str, float]:
        weights = {
            stem: (1 + log(number)) * self.idf[stem] * (PHRASE if " " in stem else 1.0)
            for stem, number in counted.items()
            if stem in self.idf
        }
        return of_length_one(weights)

    def _terms(self, found: Mapping[Term, float]) -> dict[Term, float]:
        return of_length_one(
            {term: weight * self.term_idf[term] * VOCABULARIES[term[0]][1] for term, weight in found.items()}
        )


def says_something(stem: str) -> bool:
    """Whether a word by itself may be part of an idea."""
    return len(stem) > 2 and stem.isalpha() and stem not in REPORTED


def of_length_one(weights: dict[Key, float]) -> dict[Key, float]:
    """Long entries do not win by length."""
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {key: weight / length for key, weight in weights.items()}


def shared(one: Mapping[Key, float], other: Mapping[Key, float]) -> dict[Key, float]:
    """What both have, by how much it says."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return {key: weight * large[key] for key, weight in small.items() if key in large}


def shared_words(one: Features, other: Features) -> dict[str, float]:
    """Without the words that stand in the names of both."""
    in_both = one.names & other.names
    found = shared(one.words, other.words)
    return (
        {words: says for words, says in found.items() if not in_both & set(words.split())}
        if in_both
        else found
    )
