"""Which engine this site uses: Elasticsearch where its address is set, the embedded index otherwise.

The library and people have an index each; nothing of people is ever in that of the library.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from django.conf import settings

from search.engine import SearchEngine
from search.people.query import PeopleEngine


@dataclass(frozen=True, slots=True)
class _Engines:
    library: SearchEngine
    people: PeopleEngine

    def close(self) -> None:
        self.library.close()
        self.people.close()


_lock = Lock()
_engines: _Engines | None = None
_made_for: tuple[object, ...] | None = None


def current_engine() -> SearchEngine:
    """The engine of this process, made once; made anew where the settings name another (tests)."""
    return _current().library


def current_people() -> PeopleEngine:
    """The engine of people, likewise."""
    return _current().people


def _current() -> _Engines:
    global _engines, _made_for
    wanted = (
        settings.ELASTICSEARCH_URL,
        settings.ELASTICSEARCH_REPLICAS,
        settings.ELASTICSEARCH_PATIENCE,
        str(settings.SEARCH_INDEX_DIR),
        settings.SEARCH_INDEX_PREFIX,
    )
    with _lock:
        if _engines is None or _made_for != wanted:
            if _engines is not None:
                _engines.close()
            _engines, _made_for = _make(), wanted
        return _engines


def _make() -> _Engines:
    if settings.ELASTICSEARCH_URL:
        from search.engines.elastic import ElasticEngine
        from search.people.elastic import ElasticPeople

        url, prefix = settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_PREFIX
        patience, replicas = settings.ELASTICSEARCH_PATIENCE, settings.ELASTICSEARCH_REPLICAS
        return _Engines(
            ElasticEngine(url, prefix=prefix, patience=patience, replicas=replicas),
            ElasticPeople(url, prefix=f"{prefix}-people", patience=patience, replicas=replicas),
        )
    from search.engines.embedded import EmbeddedEngine
    from search.people.embedded import EmbeddedPeople

    folder = Path(settings.SEARCH_INDEX_DIR)
    return _Engines(EmbeddedEngine(folder), EmbeddedPeople(folder.with_name(f"{folder.name}-people")))


def forget_engine() -> None:
    """Close the engines; the next use makes them anew (tests)."""
    global _engines
    with _lock:
        if _engines is not None:
            _engines.close()
        _engines = None
