"""Which two entries are kindred: near in words and in terms, of different organisations, and not linked already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from search.kindred.likeness import Likeness
from search.kindred.reading import Library, Result, Work, pair_of
from search.kindred.weighing import COMMON, Term, Weigher, shared, shared_words

#: How many nearest entries each entry proposes, and how many it is compared with in full.
NEAREST, CANDIDATES = 5, 80
MOST_POSTINGS = 400
WORDS, TERMS = 1.0, 0.6
#: An idea is in the words and in the terms: either alone is a coincidence.
LEAST_WORDS, LEAST_TERMS, LEAST = 0.04, 0.05, 0.14
#: The same where meaning is known: it finds what words miss, so that few of them need be shared.
MEANT_WORDS, MEANT_TERMS = 0.5, 0.5
LEAST_MEANT_WORDS, LEAST_MEANT_TERMS, LEAST_MEANT = 0.01, 0.03, 0.2
#: The same account under the same name, told of several places that did it together: they know of each other.
SAME_ACCOUNT, NAMED_ALIKE = 0.6, 0.6
#: From here on two entries have the same form even where they name no common model.
SAME_FORM = 0.35
#: Places of a model that share less than this are funded or named alike rather than work alike.
LOOSE, LOOKED_AT = 0.12, 60
OPPOSITE = ({"favourable", "adverse"}, {"favourable", "no-effect"}, {"favourable", "mixed"})


@dataclass(frozen=True, slots=True)
class Kinship:
    """A pair with what both have; `results` where they point in opposite directions."""

    left: int
    right: int
    score: float
    words: dict[str, float]
    terms: dict[Term, float]
    results: tuple[Result, Result] | None = None


class Pairing:
    """Proposes pairs entry by entry, so that a run can tell how far it is."""

    def __init__(
        self,
        library: Library,
        weigher: Weigher,
        dismissed: set[tuple[int, int]],
        likeness: Likeness | None = None,
    ) -> None:
        self.library, self.weigher, self.likeness = library, weigher, likeness
        self._left_out = library.linked | dismissed
        self._models = self._models_that_make_a_form()
        self._places: dict[int, list[int]] = defaultdict(list)
        for work in library.works.values():
            for model in work.models & self._models:
                self._places[model].append(work.pk)
        self._postings: dict[object, list[tuple[int, float]]] = defaultdict(list)
        most = min(MOST_POSTINGS, max(20, int(COMMON * len(library.works))))
        for pk, features in weigher.features.items():
            for stem, weight in features.words.items():
                if weigher.frequency[stem] <= most:
                    self._postings[stem].append((pk, WORDS * weight))
            for term, weight in features.terms.items():
                self._postings[term].append((pk, TERMS * weight))
        for key in [key for key, found in self._postings.items() if len(found) > most]:
            del self._postings[key]

    def proposed_by(self, pk: int) -> Iterator[Kinship]:
        """The nearest entries of this one, and places of the same model with an opposite result."""
        found = [kin for other in self._candidates(pk) if (kin := self._compared(pk, other)) is not None]
        alike = sorted(found, key=lambda kin: (-kin.score, kin.left, kin.right))
        yield from islice(self._one_of_a_model(pk, alike), NEAREST)
        for model in self.library.works[pk].models & self._models:
            differing = (self._of_same_model(pk, other) for other in self._places[model] if other != pk)
            nearest = sorted(filter(None, differing), key=lambda kin: (-kin.score, kin.left, kin.right))
            yield from nearest[:NEAREST]

    def _one_of_a_model(self, pk: int, alike: Iterable[Kinship]) -> Iterator[Kinship]:
        """Places of one model say much the same: of each model the nearest alone is proposed."""
        met: set[int] = set()
        for kin in alike:
            other = kin.right if kin.left == pk else kin.left
            models = self.library.works[other].models & self._models
            if models & met:
                continue
            met |= models
            yield kin

    def _candidates(self, pk: int) -> list[int]:
        features = self.weigher.features[pk]
        near: Counter[int] = Counter()
        for key, weight in (*features.words.items(), *features.terms.items()):
            for other, its in self._postings.get(key, ()):
                near[other] += weight * its  # type: ignore[assignment]
        del near[pk]
        by_words = self._first_allowed(pk, (other for other, _ in near.most_common()))
        if self.likeness is None:
            return by_words
        by_meaning = self._first_allowed(pk, self.likeness.nearest(pk, CANDIDATES * 4))
        return list(dict.fromkeys([*by_meaning, *by_words]))

    def _first_allowed(self, pk: int, others: Iterable[int]) -> list[int]:
        works = self.library.works
        return list(islice((at for at in others if self._may_pair(works[pk], works[at])), CANDIDATES))

    def _may_pair(self, one: Work, other: Work) -> bool:
        if pair_of(one.pk, other.pk) in self._left_out or one.models & other.models & self._models:
            return False
        if one.is_model != other.is_model or same_organisation(one, other):
            return False
        return not (self._named_alike(one.pk, other.pk) and told_together(one, other))

    def _compared(self, pk: int, other: int) -> Kinship | None:
        kin = self._kinship(pk, other)
        in_words, in_terms = sum(kin.words.values()), sum(kin.terms.values())
        named_alike = self._named_alike(pk, other)
        floors = LEAST_WORDS, LEAST_TERMS, LEAST
        if self.likeness is not None:
            floors = LEAST_WORDS if named_alike else LEAST_MEANT_WORDS, LEAST_MEANT_TERMS, LEAST_MEANT
        if any(found < least for found, least in zip((in_words, in_terms, kin.score), floors, strict=True)):
            return None
        if in_words >= SAME_ACCOUNT and named_alike:
            return None
        return self._with_results(kin) if kin.score >= SAME_FORM else kin

    def _named_alike(self, pk: int, other: int) -> bool:
        one, two = self.weigher.features[pk].names, self.weigher.features[other].names
        return len(one & two) >= NAMED_ALIKE * max(1, min(len(one), len(two)))

    def _of_same_model(self, pk: int, other: int) -> Kinship | None:
        works = self.library.works
        if pair_of(pk, other) in self._left_out or same_organisation(works[pk], works[other]):
            return None
        kin = self._with_results(self._kinship(pk, other))
        return kin if kin.results else None

    def _kinship(self, pk: int, other: int) -> Kinship:
        left, right = pair_of(pk, other)
        one, two = self.weigher.features[left], self.weigher.features[right]
        words, terms = shared_words(one, two), shared(one.terms, two.terms)
        in_words, in_terms = sum(words.values()), sum(terms.values())
        score = WORDS * in_words + TERMS * in_terms
        if self.likeness is not None:
            score = self.likeness.between(left, right) + MEANT_WORDS * in_words + MEANT_TERMS * in_terms
        return Kinship(left, right, score, words, terms)

    def _with_results(self, kin: Kinship) -> Kinship:
        one, two = (self.library.works[pk].results for pk in (kin.left, kin.right))
        for here in one:
            for there in two:
                if here.outcome == there.outcome and {here.direction, there.direction} in OPPOSITE:
                    return Kinship(kin.left, kin.right, kin.score, kin.words, kin.terms, (here, there))
        return kin

    def _models_that_make_a_form(self) -> set[int]:
        """Those whose places read alike. A funding programme is a model as well, and its places differ as night and day."""
        places: dict[int, list[int]] = defaultdict(list)
        for work in self.library.works.values():
            for model in work.models:
                places[model].append(work.pk)
        return {model for model, found in places.items() if len(found) < 3 or self._likeness(found) >= LOOSE}

    def _likeness(self, places: list[int]) -> float:
        features = self.weigher.features
        pairs = list(combinations(places, 2))
        looked_at = pairs[:: max(1, len(pairs) // LOOKED_AT)]
        return sum(sum(shared_words(features[a], features[b]).values()) for a, b in looked_at) / len(
            looked_at
        )


def told_together(one: Work, other: Work) -> bool:
    """One model or one source says both: under the same name they are one piece of work, or know of each other."""
    return bool(one.models & other.models or one.sources & other.sources)


def same_organisation(one: Work, other: Work) -> bool:
    """The lead of one leads or takes part in the other, or the same authority takes part in both."""
    if one.lead and one.lead in other.partners:
        return True
    if other.lead and other.lead in one.partners:
        return True
    return bool(one.authorities & other.authorities)
