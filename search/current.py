"""Which engine this site uses: Elasticsearch where its address is set, the embedded index otherwise."""

from __future__ import annotations

from threading import Lock

from django.conf import settings

from search.engine import SearchEngine

_lock = Lock()
_engine: SearchEngine | None = None
_made_for: tuple[object, ...] | None = None


def current_engine() -> SearchEngine:
    """The engine of this process, made once; made anew where the settings name another (tests)."""
    global _engine, _made_for
    wanted = (
        settings.ELASTICSEARCH_URL,
        settings.ELASTICSEARCH_REPLICAS,
        settings.ELASTICSEARCH_PATIENCE,
        str(settings.SEARCH_INDEX_DIR),
        settings.SEARCH_INDEX_PREFIX,
    )
    with _lock:
        if _engine is None or _made_for != wanted:
            if _engine is not None:
                _engine.close()
            _engine, _made_for = _make(), wanted
        return _engine


def _make() -> SearchEngine:
    if settings.ELASTICSEARCH_URL:
        from search.engines.elastic import ElasticEngine

        return ElasticEngine(
            settings.ELASTICSEARCH_URL,
            prefix=settings.SEARCH_INDEX_PREFIX,
            patience=settings.ELASTICSEARCH_PATIENCE,
            replicas=settings.ELASTICSEARCH_REPLICAS,
        )
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(settings.SEARCH_INDEX_DIR)


def forget_engine() -> None:
    """Close the engine; the next use makes it anew (tests)."""
    global _engine
    with _lock:
        if _engine is not None:
            _engine.close()
        _engine = None
