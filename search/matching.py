"""Which entries a query matches and what lifts them, as a tree that each engine turns into its own queries.

A query is a list of clauses, one for each thing meant. An entry has to satisfy most of them; synonyms, acronyms
and repaired typing errors are further ways to satisfy the same clause, so they never change how many are needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from search.analysis import STOP_WORDS, stem, stems
from search.engine import Candidates, Nearness, PracticeQuery
from search.matching_words import Lexicon, Repair, corrected, repair
from search.understanding import Concept, PlaceMention, Understanding, word_by_word

VARIANT_WEIGHT = 0.5
SHARE_OF_EACH_FIELD = 0.5
SHARE_OF_FURTHER_WORDINGS = 0.3
NAME_IS_QUERY = 1000.0
OWN_ENTRY_OF_PLACE = 200.0
MENTION_OF_PLACE = 100.0
#: Only where nothing but places was typed: what a place leads before what it takes part in.
PLACE_IN_NAME = 20.0
NAME_HAS_WORDING = 15.0
#: Below a mention of a place, and above what is left of the words' own score where meaning decides the order.
NEAREST_IN_MEANING = 40.0
WORDS_BESIDE_MEANING = 0.001
HINT_WEIGHT = 0.2
STOP_STEMS = frozenset(stem(word) for word in STOP_WORDS)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Stems that all have to be there, next to each other when `exact`; `typed` ones are the reader's own."""

    stems: tuple[str, ...]
    weight: float = 1.0
    exact: bool = False
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place and its names. One that is an ordinary word too (Reading) is a mention only in a title."""

    slug: str
    namings: tuple[tuple[str, ...], ...]
    ordinary: bool = False

    @property
    def field(self) -> str:
        return "name" if self.ordinary else "text"


@dataclass(frozen=True, slots=True)
class Marks:
    """Stems and runs of stems to mark; `loose` stems only where nothing else in an entry can be."""

    words: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    loose: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """`phrases` must all match and `minimum` of the clauses; names, places and name phrases only lift."""

    clauses: tuple[Clause, ...] = ()
    minimum: int = 0
    phrases: tuple[tuple[str, ...], ...] = ()
    name_keys: tuple[str, ...] = ()
    name_phrases: tuple[tuple[str, ...], ...] = ()
    places: tuple[Mention, ...] = ()
    repairs: tuple[Repair, ...] = field(default=())

    @property
    def browses(self) -> bool:
        return not (self.clauses or self.phrases or self.places)

    @property
    def wants_place(self) -> bool:
        """Nothing but places was typed: then the place is what has to match."""
        return bool(self.places) and not (self.clauses or self.phrases)

    @property
    def can_relax(self) -> bool:
        return self.minimum > 1 and not self.phrases

    def order(self, sort: str) -> str | None:
        """The number to order by, or None for the score; without words the hardest tested come first."""
        return sort if sort in ("newest", "tested") else "tested" if self.browses else None

    def marks(self) -> Marks:
        """What explains a hit. A wording of several words that was not typed counts only as it stands: its single
        words ("coming", "risk") explain nothing."""
        words: set[str] = set()
        phrases: dict[tuple[str, ...], None] = dict.fromkeys(self.phrases)
        loose: set[str] = set()
        for clause in self.clauses:
            for alternative in clause.alternatives:
                loose.update(s for s in alternative.stems if s not in STOP_STEMS)
                if len(alternative.stems) == 1 or (alternative.typed and not alternative.exact):
                    words.update(alternative.stems)
                else:
                    phrases[alternative.stems] = None
        for mention in self.places:
            phrases |= dict.fromkeys(mention.namings)
        return Marks(frozenset(words), tuple(phrases), frozenset(loose))

    def any_word(self, hints: Iterable[str]) -> Iterator[Clause]:
        """What meaning's candidates may hold: any of the clauses, or the stems of hints at little weight."""
        yield from self.clauses
        yield from (Clause((Alternative((stem,), HINT_WEIGHT, typed=True),)) for stem in hints)

    def relaxed(self) -> Plan:
        """The same plan, content with any one of the clauses."""
        return Plan(self.clauses, 1, (), self.name_keys, self.name_phrases, self.places, self.repairs)


def plan_of(query: PracticeQuery, lexicon: Callable[[], Lexicon]) -> Plan:
    """What to look for. The lexicon is asked only about words the index may not know."""
    meaning = understanding_of(query)
    repairs = () if query.words_mine else repair(_lone_words(meaning), lexicon)
    replaced = {found.word.stem: found for found in repairs}
    clauses = tuple(_clause(concept, replaced) for concept in meaning.concepts)
    wordings = [tuple(word.stem for word in concept.words) for concept in meaning.concepts]
    wordings += [variant for concept in meaning.concepts for variant in concept.variants]
    typed = tuple(word.stem for concept in meaning.concepts for word in concept.words)
    return Plan(
        clauses=clauses,
        minimum=needed(len(clauses)),
        phrases=meaning.phrases,
        name_keys=meaning.name_keys,
        name_phrases=tuple(dict.fromkeys(w for w in (typed, *wordings, *meaning.phrases) if 1 < len(w) <= 8)),
        places=tuple(_mention(place) for place in meaning.places),
        repairs=repairs,
    )


def pins_of(nearness: Nearness) -> Iterator[tuple[str, float]]:
    """A score for each entry that meaning ranks, falling in equal steps."""
    step = NEAREST_IN_MEANING / max(len(nearness.order), 1)
    for place, uid in enumerate(nearness.order):
        yield uid, NEAREST_IN_MEANING - place * step


def candidates_of(
    query: PracticeQuery, plan: Plan, scores: Mapping[str, float], lexicon: Callable[[], Lexicon]
) -> Candidates:
    """With whether the index knows nothing that was typed, and no repair was found either."""
    meaning = understanding_of(query)
    repaired = {found.word.stem for found in plan.repairs}
    lone = [concept.words[0] for concept in _lone_words(meaning)]
    unknown = [word for word in lexicon().unknown(lone) if word.stem not in repaired] if lone else []
    nothing_known = bool(unknown) and len(unknown) == len(meaning.concepts) and not meaning.places
    return Candidates(scores, corrected(query.text, plan.repairs) or query.text, nothing_known)


def understanding_of(query: PracticeQuery) -> Understanding:
    if query.words_mine or query.expansions is None:
        return word_by_word(query.text)
    return query.expansions


def needed(clauses: int) -> int:
    """All of one or two things meant, half of more: whoever asks a long question uses other words than who answers it.

    Measured on the tuning half of the judged questions (docs/relevance.md): three in five found .50 nDCG@10, half .55,
    any one .56 at the price of lists without an end.
    """
    return clauses if clauses <= 2 else clauses - clauses // 2


def _lone_words(meaning: Understanding) -> Iterable[Concept]:
    return (concept for concept in meaning.concepts if len(concept.words) == 1 and not concept.variants)


def _mention(place: PlaceMention) -> Mention:
    """As typed and by its usual name: "Wigan Council" is mentioned where Wigan is."""
    namings = dict.fromkeys((tuple(word.stem for word in place.words), tuple(stems(place.name))))
    return Mention(place.slug, tuple(namings), place.ordinary)


def _clause(concept: Concept, repairs: dict[str, Repair]) -> Clause:
    own = tuple(word.stem for word in concept.words)
    found = [_alternative(own, 1.0, typed=True)]
    found += [_alternative(variant, VARIANT_WEIGHT) for variant in concept.variants]
    if len(own) == 1 and own[0] in repairs:
        found += [Alternative((stem(c.word),), c.weight) for c in repairs[own[0]].candidates]
    return Clause(tuple({(a.stems, a.exact): a for a in reversed(found)}.values())[::-1])


def _alternative(wording: tuple[str, ...], weight: float, *, typed: bool = False) -> Alternative:
    """Loose words, but "looked after child" stays a phrase: without `after` it would match everything."""
    content = tuple(s for s in wording if s not in STOP_STEMS)
    if len(content) == len(wording) or len(content) > 2:
        return Alternative(content, weight, typed=typed)
    return Alternative(wording, weight, exact=True, typed=typed)
