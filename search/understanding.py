"""What a searcher means: acronyms, synonyms, places and vocabulary terms in the words typed.

Expansion happens here, at query time, from a `SynonymBook` made of the vocabularies: an editor's new synonym
works at the next search, no engine keeps a list and nothing is reindexed. The acronym is also spelt out as
loose words at half weight: that ranked better on judged questions than its exact phrase.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from search.analysis import STOP_WORDS, cleaned, name_key, stems, words

LONGEST_QUERY_WORDS = 48
MOST_VARIANTS = 8
_QUOTED = re.compile(r'"([^"]{1,300})"')
_CURLY = str.maketrans({"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"'})


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word: as written, unstemmed and stemmed."""

    written: str
    plain: str
    stem: str


@dataclass(frozen=True, slots=True)
class Concept:
    """Typed words that belong together, and the stems of other wordings of the same thing."""

    words: tuple[Word, ...]
    variants: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """An authority named in the query: its own entries come first, then mentions, then the rest."""

    slug: str
    name: str
    words: tuple[Word, ...]
    ordinary: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """A word of the query and what else was looked for because of it."""

    term: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A vocabulary term in the query that can be chosen as a filter instead."""

    param: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """`phrases` are quoted and must stand as they are; `name_keys` are names the whole query may be."""

    text: str = ""
    concepts: tuple[Concept, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    name_keys: tuple[str, ...] = ()
    understood: tuple[Understood, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Wordings of one thing, the preferred first; with a param and value it is also a filter to offer."""

    wordings: tuple[str, ...]
    param: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class PlaceName:
    slug: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class _Entry:
    """What a run of words stands for. `capitals` keeps Reading apart from reading."""

    groups: list[SynonymGroup] = field(default_factory=list)
    places: list[PlaceName] = field(default_factory=list)
    capitals: bool = False


def split_words(text: str) -> list[Word]:
    """Typed words with their stems; at most as many as a query can use."""
    written = re.findall(r"\w+", cleaned(text))
    found = []
    for token in written:
        for plain, stem in zip(words(token), stems(token), strict=True):
            found.append(Word(token, plain, stem))
        if len(found) >= LONGEST_QUERY_WORDS:
            break
    return found[:LONGEST_QUERY_WORDS]


def take_phrases(text: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """The text without its quoted phrases, and the stems of each phrase."""
    straight = text.translate(_CURLY)
    phrases = [tuple(stems(phrase)[:LONGEST_QUERY_WORDS]) for phrase in _QUOTED.findall(straight)]
    return _QUOTED.sub(" ", straight), tuple(dict.fromkeys(phrase for phrase in phrases if phrase))


@lru_cache(maxsize=512)
def word_by_word(text: str) -> Understanding:
    """Only the words typed: what "search only my words" asks for. Signs without a word are a word that no entry holds."""
    loose, phrases = take_phrases(text)
    typed = split_words(loose)
    meant = [word for word in typed if word.plain not in STOP_WORDS]
    if not meant and not phrases:
        signs = text.strip()
        meant = typed or ([Word(signs, signs, signs)] if signs else [])
    return Understanding(
        text=text,
        concepts=tuple(Concept((word,)) for word in _distinct(meant)),
        phrases=phrases,
        name_keys=(name_key(text),) if text.strip() else (),
    )


def _distinct(typed: Iterable[Word]) -> list[Word]:
    return list({word.stem: word for word in typed}.values())


class SynonymBook:
    """Everything words can stand for, looked up by runs of stems, longest first.

    `ordinary` are place names and acronyms that are also everyday words (Reading, ACE): they count only when
    written with a capital, so that "reading support" is no search about a town.
    """

    def __init__(
        self,
        groups: Iterable[SynonymGroup] = (),
        places: Iterable[PlaceName] = (),
        ordinary: Iterable[str] = (),
    ) -> None:
        self._entries: dict[tuple[str, ...], _Entry] = defaultdict(_Entry)
        self._ordinary = {name_key(word) for word in ordinary} | {name_key(word) for word in STOP_WORDS}
        for group in groups:
            for wording in group.wordings:
                self._entry(wording).groups.append(group)
        for place in places:
            for name in dict.fromkeys((place.name, *place.aliases)):
                self._entry(name).places.append(place)
        self._entries.pop((), None)
        self._longest = max((len(run) for run in self._entries), default=0)

    def _entry(self, wording: str) -> _Entry:
        entry = self._entries[tuple(stems(wording))]
        entry.capitals = entry.capitals or name_key(wording) in self._ordinary
        return entry

    def understand(self, text: str) -> Understanding:
        """Concepts, places, phrases and filters to offer. An empty text is understood as nothing."""
        loose, phrases = take_phrases(text)
        typed = split_words(loose)
        concepts: list[Concept] = []
        places: list[PlaceMention] = []
        understood: dict[str, tuple[str, ...]] = {}
        offers: dict[tuple[str, str], Offer] = {}
        names = [name_key(text)] if typed or phrases else []
        position = 0
        while position < len(typed):
            run, entry = self._longest_run(typed, position)
            span = tuple(typed[position : position + run])
            position += run
            if entry is None:
                if span[0].plain not in STOP_WORDS:
                    concepts.append(Concept(span))
                continue
            if entry.places:
                place = entry.places[0]
                places.append(PlaceMention(place.slug, place.name, span, entry.capitals))
                continue
            also = _other_wordings(entry.groups, span)
            concepts.append(Concept(span, tuple(tuple(stems(wording)) for wording in also)))
            if also:
                understood[" ".join(word.written for word in span)] = also
            for group in entry.groups:
                if group.param:
                    offers[group.param, group.value] = Offer(group.param, group.value, group.wordings[0])
            if len(span) == len(typed) and not phrases:
                names += [name_key(wording) for wording in also]
        if not concepts and not places and not phrases:
            return word_by_word(text)
        return Understanding(
            text=text,
            concepts=_merged(concepts),
            places=tuple({place.slug: place for place in places}.values()),
            phrases=phrases,
            name_keys=tuple(dict.fromkeys(names)),
            understood=tuple(Understood(term, also) for term, also in understood.items()),
            offers=tuple(offers.values()),
        )

    def _longest_run(self, typed: Sequence[Word], start: int) -> tuple[int, _Entry | None]:
        for run in range(min(self._longest, len(typed) - start), 0, -1):
            span = typed[start : start + run]
            entry = self._entries.get(tuple(word.stem for word in span))
            if entry is None or (run == 1 and span[0].plain in STOP_WORDS and not entry.capitals):
                continue
            if entry.capitals and not span[0].written[:1].isupper():
                continue
            return run, entry
        return 1, None


def _other_wordings(groups: Iterable[SynonymGroup], span: tuple[Word, ...]) -> tuple[str, ...]:
    """Wordings of the same thing that do not come down to the words already typed."""
    own = {tuple(word.stem for word in span)}
    found = []
    for group in groups:
        for wording in group.wordings:
            key = tuple(stems(wording))
            if key and key not in own:
                own.add(key)
                found.append(wording)
    return tuple(found[:MOST_VARIANTS])


def _merged(concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    merged: dict[tuple[str, ...], Concept] = {}
    for concept in concepts:
        merged.setdefault(tuple(word.stem for word in concept.words), concept)
    return tuple(merged.values())


def groups_from_terms(terms: Iterable[Mapping[str, object]]) -> list[SynonymGroup]:
    """Groups from vocabulary rows `{"param", "slug", "name", "synonyms"}`: the label first, then synonyms."""
    groups = []
    for term in terms:
        synonyms = term.get("synonyms") or ()
        wordings = (str(term["name"]), *(str(synonym) for synonym in synonyms if synonym))  # type: ignore[attr-defined]
        groups.append(SynonymGroup(wordings, str(term.get("param", "")), str(term.get("slug", ""))))
    return groups
