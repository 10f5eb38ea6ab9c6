"""One search, whoever asks: page, API or export. The engine proposes; the database decides what may be seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import structlog

from practice_library.models import Entry
from search import prepared, suggesting
from search.concealing import Concealed, concealed, without_traces
from search.current import current_engine
from search.engine import EngineDown, Hit, PracticeQuery, SearchResult, Suggestion, Why
from search.fallback import search_database
from search.meaning import weights
from search.vocabulary import Vocabulary, current_vocabulary, forget

DEGRADED = (
    "Search is running without its index just now: matches are by name and summary only, without counts."
)
NEAR_IN_MEANING = Why("meaning", "<mark>what you asked</mark> in other words")
#: "words" is search as it is without the optional part.
Ranking = Literal["words", "meaning"]
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Found:
    """What a search gave. `notice` says so when the index did not answer."""

    query: PracticeQuery
    result: SearchResult
    vocabulary: Vocabulary
    notice: str = ""

    def label(self, param: str, value: str) -> str:
        """What readers see for a facet value."""
        return self.vocabulary.label(param, value)


def find(query: PracticeQuery, *, user: Any = None, like: str = "", ranking: Ranking = "meaning") -> Found:
    """Search for somebody. `like` is the slug of an authority: it and its statistical neighbours."""
    hidden = concealed()
    vocabulary = vocabulary_without(hidden)
    query = understood(query, vocabulary, hidden, like=like)
    try:
        if ranking == "meaning":
            query = by_meaning(query, vocabulary)
        result = _readable(query, user)
        result = without_traces(result, hidden, count=current_engine().count)
        return Found(query, _with_reasons(result, query), vocabulary)
    except EngineDown as error:
        log.warning("search.engine_down", error=str(error))
        return Found(query, search_database(query), vocabulary, DEGRADED)


def understood(
    query: PracticeQuery, vocabulary: Vocabulary, hidden: Concealed, *, like: str
) -> PracticeQuery:
    """The query with what its words stand for, the areas it is about, and what nobody may see."""
    return replace(
        query,
        like=vocabulary.areas_like(like) if like else (),
        expansions=None if query.words_mine else vocabulary.book.understand(query.text),
        nearness=None,
        exclude=hidden.uids,
    )


def by_meaning(query: PracticeQuery, vocabulary: Vocabulary) -> PracticeQuery:
    """The query with what is near in meaning, where that part is installed and filled; the query itself otherwise."""
    if query.words_mine or not query.text or not weights.installed():
        return query
    from search.meaning.ranking import nearness_of

    try:
        return replace(query, nearness=nearness_of(query, vocabulary, current_engine()))
    except EngineDown:
        return query  # who searches next meets it too, and lets the database answer
    except Exception as error:  # words can answer whatever is wrong with vectors
        log.warning("search.meaning_failed", error=repr(error))
        return query


def vocabulary_without(hidden: Concealed) -> Vocabulary:
    """Read anew if it still names a model that is concealed by now: nobody tells when a time to expire comes."""
    vocabulary = current_vocabulary()
    if vocabulary.labels["model"].keys().isdisjoint(hidden.models):
        return vocabulary
    forget()
    return current_vocabulary()


def _readable(query: PracticeQuery, user: Any) -> SearchResult:
    """The engine's answer without anything that the database does not let this person read.

    A hit that the database does not know (an index newer than a restored database) is left out and the search is
    asked again without it, so that totals and counts are true as well.
    """
    engine = current_engine()
    result = engine.search(query)
    unknown = _uids(result.hits) - readable_uids(_uids(result.hits), user=user)
    if not unknown:
        return result
    result = engine.search(replace(query, exclude=(*query.exclude, *unknown)))
    allowed = readable_uids(_uids(result.hits), user=user)
    return replace(result, hits=tuple(_without(hit, allowed) for hit in result.hits if hit.uid in allowed))


def _with_reasons(result: SearchResult, query: PracticeQuery) -> SearchResult:
    """An entry that meaning adds and no word explains says so."""
    if query.nearness is None or not query.highlight:
        return result
    added = set(query.nearness.added)
    return replace(
        result,
        hits=tuple(
            hit if hit.why or hit.uid not in added else replace(hit, why=(NEAR_IN_MEANING,))
            for hit in result.hits
        ),
    )


def _without(hit: Hit, allowed: set[str]) -> Hit:
    return replace(hit, folded=tuple(place for place in hit.folded if place.uid in allowed))


def _uids(hits: Iterable[Hit]) -> set[str]:
    return {hit.uid for hit in hits} | {place.uid for hit in hits for place in hit.folded}


def readable_uids(uids: Iterable[str], *, user: Any = None) -> set[str]:
    """Those of the uids that this person may read, asked of the database."""
    wanted = list(uids)
    if user is None or not user.is_authenticated:
        return prepared.readable(wanted)
    return {
        str(uid) for uid in Entry.objects.readable_by(user).with_uids(wanted).values_list("uid", flat=True)
    }


def suggest(prefix: str, *, user: Any = None, limit: int = 8) -> list[Suggestion]:
    """What the typed beginning may become: entries, then terms and authorities. Empty with the engine down."""
    vocabulary = current_vocabulary()
    try:
        found = suggesting.suggest(
            current_engine(), vocabulary.terms, prefix, limit=limit, exclude=concealed().uids
        )
    except EngineDown:
        return []
    entries = [each.value for each in found if each.type in ("model", "case_study")]
    allowed = readable_uids(entries, user=user)
    shown = {
        (each.type, each.value): each
        for each in reversed(found)
        if each.value in allowed or each.value not in entries
    }
    return list(reversed(shown.values()))


def related(uid: str, *, user: Any = None, limit: int = 6) -> list[Hit]:
    """Entries near to one in words and terms; none with the engine down."""
    try:
        hits = current_engine().related(uid, limit=limit, exclude=concealed().uids)
    except EngineDown:
        return []
    allowed = readable_uids([hit.uid for hit in hits], user=user)
    return [hit for hit in hits if hit.uid in allowed]


def count_without(query: PracticeQuery, filters: Mapping[str, tuple[str, ...]]) -> int:
    """How many entries the same search would find under other filters; 0 with the engine down."""
    try:
        return current_engine().count(replace(query, filters=filters))
    except EngineDown:
        return 0
