"""A site that stands for many tests: filled once, served by one server, emptied at the end.

The fixture `live_server` fills and empties the database for each test, which costs minutes with hundreds of pages.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings
from pytest_django.live_server_helper import LiveServer

from search import vocabulary
from search.current import forget_engine
from tests.browser.library import WORLDS


@contextmanager
def filled(blocker: Any, fill: Callable[[], None]) -> Iterator[None]:
    """A database and an index that hold what `fill` puts there, until the end of the block."""
    with (
        tempfile.TemporaryDirectory(prefix="practice-commons-index-") as folder,
        override_settings(SEARCH_INDEX_DIR=f"{folder}/index", SEARCH_INDEXING="worker", ELASTICSEARCH_URL=""),
        blocker.unblock(),
    ):
        made_by_migrations = _made_by_migrations()
        _forget()
        try:
            fill()
            yield
        finally:
            call_command(
                "flush", verbosity=0, interactive=False, inhibit_post_migrate=True, reset_sequences=False
            )
            connection.creation.deserialize_db_from_string(made_by_migrations)
            _forget()


class Shelves:
    """Holds one library at a time, and changes it only when another is asked for."""

    def __init__(self, blocker: Any) -> None:
        self.blocker, self.held, self.stack = blocker, "", ExitStack()

    def hold(self, library: str) -> None:
        """Fill the site with a library of `WORLDS`, unless it stands already."""
        if library != self.held:
            self.stack.close()
            self.held = ""
            self.stack.enter_context(filled(self.blocker, WORLDS[library]))
            self.held = library


@pytest.fixture(scope="module", name="db")
def shelves(django_db_setup: None, django_db_blocker: Any) -> Iterator[Shelves]:
    """The database of a module that looks at several libraries: filled once for each, not once a test.

    A module imports it. It is called `db` because pytest-django makes a database only where a test asks for one by name.
    """
    shelves = Shelves(django_db_blocker)
    with shelves.stack:
        yield shelves


@contextmanager
def served() -> Iterator[str]:
    """The address of a server of the site as it is filled now."""
    server = LiveServer("localhost")
    try:
        yield server.url
    finally:
        server.stop()


def _made_by_migrations() -> str:
    """Locale, root page, site and groups. Where transactional tests emptied every table, they are brought back."""
    kept: str | None = getattr(connection, "_test_serialized_contents", None)
    if kept is None:
        return connection.creation.serialize_db_to_string()
    connection.creation.deserialize_db_from_string(kept)
    return kept


def _forget() -> None:
    cache.clear()
    forget_engine()
    vocabulary.forget()


@contextmanager
def without_index(broken: bool) -> Iterator[None]:
    """The embedded engine without its files, if asked for; they come back at the end."""
    if not broken:
        yield
        return
    library = Path(settings.SEARCH_INDEX_DIR)
    folders = [each for each in (library, library.with_name(f"{library.name}-people")) if each.exists()]
    for folder in folders:
        folder.rename(folder.with_name(f"{folder.name}-aside"))
    forget_engine()
    try:
        yield
    finally:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
            folder.with_name(f"{folder.name}-aside").rename(folder)
        forget_engine()
