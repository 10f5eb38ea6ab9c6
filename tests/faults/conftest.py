"""Sites on copies of the test database as migrations made it: a file of SQLite, or a database beside it on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page

from tests.faults.processes import Site, copied

DATABASE = "site.sqlite3"


@pytest.fixture(scope="session")
def ground(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a copy is kept of the database with all tables and what migrations put there."""
    with django_db_blocker.unblock():
        emptied = not Page.objects.exists()  # as a transactional test leaves it
        if emptied:
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
        if connection.vendor == "sqlite":
            kept = str(tmp_path_factory.mktemp("ground") / DATABASE)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [kept])
        else:
            connection.close()  # nobody may be connected to what is copied
            kept = _copied_on_the_server(str(connection.settings_dict["NAME"]))
        if emptied:
            call_command("flush", verbosity=0, interactive=False)
    return kept


@pytest.fixture
def site(ground: str, django_db_blocker: Any, tmp_path: Path) -> Iterator[Site]:
    """A site of this test's own, with an empty index."""
    if connection.vendor == "sqlite":
        name = str(tmp_path / DATABASE)
        copied(Path(ground), Path(name))
    else:
        with django_db_blocker.unblock():
            name = _copied_on_the_server(ground)
    made = Site(tmp_path, name, django_db_blocker.unblock)
    yield made
    made.close()
    if connection.vendor != "sqlite":
        with django_db_blocker.unblock():
            _on_the_server("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="session", autouse=True)
def _drop_the_ground(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    yield
    if connection.vendor != "sqlite":
        with django_db_blocker.unblock():
            for name in _made:
                _on_the_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


_made: list[str] = []


def _copied_on_the_server(name: str) -> str:
    copy = f"{name}_{uuid4().hex[:8]}"
    _made.append(copy)
    _on_the_server("CREATE DATABASE {} TEMPLATE {}", copy, name)
    return copy


def _on_the_server(words: str, *names: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(words.format(*map(connection.ops.quote_name, names)))
