"""What a search engine promises, in plain values, whichever engine answers.

Engines know no models and no requests: they take dicts in the shape of `search.documents.schema` and a
`PracticeQuery`. The same contract suite (`tests/search`) runs against every engine, so a page never has to
know which one it talks to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.documents.schema import PracticeDocument
from search.facets import FACET_PARAMS
from search.understanding import Understanding

PAGE_SIZE = 20
DEEPEST_ROW = 10_000


class EngineDown(Exception):
    """The engine cannot answer now; callers fall back to the database and say so."""


class RebuildBusy(Exception):
    """Another rebuild of the same index is running."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """What meaning says of a search: entries in `order`, the best first, whichever of them the search finds; and those that
    are `added` to what words find. Names, places and their mentions still come first.
    """

    order: tuple[str, ...]
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best entries by words alone: any word counts, no name or place lifts.

    `text` is what was typed with mistyped words put right; `unknown` that no entry holds any of its words.
    """

    scores: Mapping[str, float]
    text: str = ""
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class PracticeQuery:
    """One search. `filters` maps facet params to chosen slugs: values within one are OR, facets are AND.

    `like` holds the slugs of an authority and its statistical neighbours, already resolved. `exclude` lists
    uids the database says may not be seen although the index may still hold them. `expansions` is what
    `SynonymBook.understand` made of the text; without it the text is taken word by word. `nearness` belongs to
    the text too: whoever changes the text must take it away.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    like: tuple[str, ...] = ()
    sort: str = "best"
    page: int = 1
    size: int = PAGE_SIZE
    words_mine: bool = False
    expansions: Understanding | None = None
    nearness: Nearness | None = None
    facets: tuple[str, ...] = FACET_PARAMS
    group: bool = False
    exclude: tuple[str, ...] = ()
    highlight: bool = True

    @property
    def offset(self) -> int:
        return min((max(self.page, 1) - 1) * self.size, DEEPEST_ROW - self.size)


@dataclass(frozen=True, slots=True)
class Why:
    """A place in the entry that matched: the part's name and escaped HTML with `<mark>` around the words."""

    field: str
    html: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry. `fields` are the stored card fields; `folded` are places of the same model that stand under it."""

    uid: str
    score: float
    fields: Mapping[str, Any]
    why: tuple[Why, ...] = ()
    folded: tuple[Hit, ...] = ()
    folded_total: int = 0


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`total` counts entries, `groups` what is listed when places are folded under their model.

    `relaxed` says that no entry holds enough of the words, so entries holding any of them are listed.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    took_ms: float = 0.0
    did_you_mean: str | None = None
    relaxed: bool = False
    groups: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A typed completion: `type` is `model`, `case_study`, or a facet param such as `cohort` or `authority`.

    `url` is the page of an entry; terms and places lead to searches, which the engine knows nothing about.
    """

    text: str
    type: str
    value: str
    count: int = 1
    url: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """The state of one entry or person at one version; without a document it is a tombstone."""

    uid: str
    version: int
    document: Any = None


@dataclass(frozen=True, slots=True)
class Applied:
    """How many changes took hold; `stale` were at or below the version the index already knows."""

    written: int = 0
    removed: int = 0
    stale: int = 0


@dataclass(frozen=True, slots=True)
class Rebuilt:
    documents: int
    replayed: int
    generation: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Health:
    ok: bool
    engine: str
    detail: str
    documents: int = 0


Replay = Callable[[], Iterable[Change]]
Switching = Callable[[], AbstractContextManager[None]]


class SearchEngine(Protocol):
    """Every method may raise EngineDown. Reads see every change applied before them in this process."""

    name: str

    def search(self, query: PracticeQuery) -> SearchResult: ...

    def count(self, query: PracticeQuery | None = None) -> int:
        """Entries matching the query, or all live entries."""
        ...

    def uids(self, query: PracticeQuery) -> Iterable[str]:
        """Every entry that the same search lists, in its order, however many: pages end at DEEPEST_ROW."""
        ...

    def candidates(self, query: PracticeQuery, *, hints: Sequence[str] = (), most: int) -> Candidates:
        """What meaning compares: the best by words under the filters. `hints` are stems that count a little."""
        ...

    def suggest(self, prefix: str, *, limit: int = 8, exclude: Iterable[str] = ()) -> list[Suggestion]:
        """Entries whose title or alias has words starting as typed."""
        ...

    def related(self, uid: str, *, limit: int = 6, exclude: Iterable[str] = ()) -> list[Hit]:
        """Entries nearest to this one by the words of name, summary and terms."""
        ...

    def did_you_mean(self, text: str, *, exclude: Iterable[str] = ()) -> str | None:
        """The text with unknown words replaced by near known ones, if that finds anything visible."""
        ...

    def apply(self, changes: Iterable[Change]) -> Applied:
        """Write changes so that the highest version wins, in whatever order and however often they come."""
        ...

    def rebuild(
        self,
        documents: Iterable[PracticeDocument],
        replay: Replay = lambda: (),
        switching: Switching = nullcontext,
    ) -> Rebuilt:
        """Build a new index beside the one in use and switch at once; readers see the one or the other.

        `replay` yields what was applied to the index in use since the documents were read. It is called while others go
        on applying, and again inside `switching`, which keeps them from it, before the switch. It may repeat itself:
        versions make that harmless. What a rebuild that died has left behind is removed by the next one, and the
        index that was in use stays until then, for those who still read it.
        """
        ...

    def snapshot(self) -> Iterable[tuple[str, int]]:
        """(uid, version) of every live entry, for `search_check`."""
        ...

    def fingerprints(self) -> Iterable[tuple[str, str]]:
        """(uid, `fingerprint` of its card) of every live entry, for `search_check`; empty where a card has none."""
        ...

    def newest_version(self) -> int:
        """The highest version that any entry has here, alive or dead; 0 in an empty index."""
        ...

    def health(self) -> Health: ...

    def close(self) -> None: ...
