"""The real library in a scratch database, and each engine in turn with a scratch index of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


def open_stage(folder: Path) -> None:
    """Set Django up on a database of its own in `folder`, which is filled if it is new."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="website.settings.dev",
        DATABASE_URL=f"sqlite:///{folder / 'relevance.sqlite3'}",
        VAR_DIR=str(folder),
        SEARCH_INDEX_DIR=str(folder / "index"),
        SEARCH_INDEX_PREFIX="relevance",
        SEARCH_INDEXING="worker",
    )
    asked = os.environ.pop("ELASTICSEARCH_URL", "")
    os.environ["RELEVANCE_ELASTICSEARCH_URL"] = asked
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import django

    django.setup()
    from django.core.management import call_command

    from practice_library.models import Entry
    from search.meaning.weights import installed

    with open(os.devnull, "w") as nowhere:
        call_command("migrate", interactive=False, verbosity=0, stdout=nowhere)
        if not Entry.objects.exists():
            call_command("load_library", stdout=nowhere)
        if installed():
            call_command("search_meaning", stdout=nowhere)


@contextmanager
def engine_at(url: str) -> Iterator[None]:
    """Searches go to Elasticsearch at `url`, or with "" to the embedded engine, with a new index."""
    from django.test import override_settings

    from search.current import current_engine, forget_engine
    from search.engines.elastic import ElasticEngine
    from search.indexing import rebuild

    # A server that has only just started may be slow, and a time-out is not an answer.
    own = {"SEARCH_INDEX_PREFIX": "relevance", "ELASTICSEARCH_PATIENCE": 60} if url else {}
    with override_settings(ELASTICSEARCH_URL=url, **own):
        try:
            rebuild()
            yield
        finally:
            engine = current_engine()
            if isinstance(engine, ElasticEngine):
                engine.drop()
            forget_engine()


@contextmanager
def elasticsearch(folder: Path) -> Iterator[str]:
    """The address that ELASTICSEARCH_URL named, or of a server started for this; "" where that fails."""
    if asked := os.environ["RELEVANCE_ELASTICSEARCH_URL"]:
        yield asked
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    tool = str(ROOT / "tools" / "elasticsearch")
    environment = {**os.environ, "ES_HTTP_PORT": str(port), "ES_RUN_DIR": f"/var/tmp/relevance-es-{port}"}
    try:
        started = subprocess.run([tool, "start"], env=environment, stdout=subprocess.DEVNULL, check=False)
        yield f"http://127.0.0.1:{port}" if started.returncode == 0 else ""
    finally:
        subprocess.run([tool, "stop"], env=environment, stdout=subprocess.DEVNULL, check=False)
