"""A place to measure in: a database and an index of its own, filled step by step."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

Seconds = float


def say(words: str) -> None:
    """Progress, apart from the tables."""
    import sys

    print(f">> {words}", file=sys.stderr, flush=True)


@contextmanager
def timed() -> Iterator[list[Seconds]]:
    """Seconds of the block, as the only item of a list."""
    taken: list[Seconds] = []
    began = time.perf_counter()
    yield taken
    taken.append(time.perf_counter() - began)


def set_up(folder: Path) -> None:
    """Set Django up for what `folder` keeps."""
    os.environ["BENCH_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.performance.settings"
    import django

    django.setup()


def open_stage(smaller: Path | None = None) -> None:
    """The database that is there, or a new one with the models of the library.

    A new one starts as a copy of the one that `smaller` keeps, so that each thousand is seeded once.
    """
    from django.core.management import call_command

    from practice_library.models import Entry
    from tests.performance.ground import load_models

    make_database(smaller)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    if not Entry.objects.exists():
        with indexing_held():
            load_models()


def make_database(smaller: Path | None) -> None:
    """Make the database of this stage unless it is there."""
    from django.db import connection

    if connection.vendor == "sqlite":
        mine = Path(connection.settings_dict["NAME"])
        if smaller and not mine.exists():
            copied = mine.with_suffix(".copying")
            copied.unlink(missing_ok=True)
            with (
                closing(sqlite3.connect(smaller / mine.name)) as source,
                closing(sqlite3.connect(copied)) as copy,
            ):
                source.backup(copy)
            copied.rename(mine)
        return
    name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            copied_from = f" TEMPLATE {connection.ops.quote_name(database_of(smaller))}" if smaller else ""
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}{copied_from}")


def database_of(folder: Path) -> str:
    """What the database of that stage is called on a server."""
    return re.sub(r"[^a-z0-9]+", "_", f"bench_{folder.name}".lower())


def close_stage() -> None:
    """Drop what servers keep. Files below the folder are the caller's."""
    from django.db import connection

    if "elastic" in engines():
        with engine_of("elastic") as engine:
            engine.drop()
    if connection.vendor != "sqlite":
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")


@contextmanager
def indexing_held() -> Iterator[None]:
    """Changes are not told one by one: the index is built anew afterwards."""
    from django.test import override_settings
    from django.utils import timezone
    from website.outbox.models import Change

    with override_settings(SEARCH_INDEXING="worker"):
        yield
    Change.objects.pending().update(done_at=timezone.now())


def grow(entries: int, corpus: Path | None) -> tuple[int, Seconds]:
    """Add case studies until the library has so many entries; gives how many were added in how many seconds."""
    from django.db import connection

    from practice_library.models import Entry
    from practice_library.services.scale import seed_case_studies
    from practice_library.services.scale_text import passages_of

    passages = passages_of(corpus)
    missing = entries - Entry.objects.count()
    with timed() as seconds:
        if missing > 0:
            seed_case_studies(number=missing, passages=passages, say=say)
    if connection.vendor == "postgresql":  # which would do it by itself within minutes; SQLite never does
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return max(missing, 0), seconds[0]


@contextmanager
def engine_of(name: str) -> Iterator[Any]:
    """The engine of that name, used by everything inside."""
    from django.conf import settings
    from django.test import override_settings

    from search.current import current_engine, forget_engine

    url = settings.ELASTICSEARCH_AT if name == "elastic" else ""
    with override_settings(ELASTICSEARCH_URL=url):
        yield current_engine()
        forget_engine()


def engines() -> list[str]:
    """Embedded always; Elasticsearch only where its address is set."""
    from django.conf import settings

    return ["embedded", *(["elastic"] if settings.ELASTICSEARCH_AT else [])]
