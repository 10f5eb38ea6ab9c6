"""A backup put back: an index older than the database, or newer. Nothing concealed shows, and the check mends the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from tests.faults.conftest import DATABASE
from tests.faults.processes import Process, Refused, Site, copied

pytestmark = pytest.mark.django_db

WHOLE = {"missing": 0, "ghost": 0, "stale": 0}


def life_goes_on(process: Process) -> None:
    process.ask("publish", titles=["Lantern lodge"])
    process.ask("rename", title="Lantern hall", to="Lantern court")
    process.ask("withdraw", title="Lantern house")
    process.ask("drain")


@pytest.fixture
def begun(site: Site) -> Site:
    process = site.start()
    process.ask("publish", titles=["Lantern hall", "Lantern house", "Lantern yard"])
    process.ask("command", name="search_index", rebuild=True)
    process.end()
    return site


@pytest.fixture
def older_index(begun: Site, tmp_path: Path) -> Site:
    """The index is of before, the database of now, and every change counts as told."""
    copied(begun.index, tmp_path / "backup")
    process = begun.start()
    life_goes_on(process)
    assert process.ask("pending") == 0
    process.end()
    copied(tmp_path / "backup", begun.index)
    return begun


@pytest.fixture
def newer_index(begun: Site, tmp_path: Path) -> Site:
    """The database (a file here) is of before; the index knows what has never happened, under numbers not yet drawn."""
    if connection.vendor != "sqlite":
        pytest.skip("a database is put back as a file")
    copied(tmp_path / DATABASE, tmp_path / "backup.sqlite3")
    process = begun.start()
    life_goes_on(process)
    process.end()
    copied(tmp_path / "backup.sqlite3", tmp_path / DATABASE)
    return begun


def test_an_older_index_shows_nothing_withdrawn_and_is_mended(older_index: Site) -> None:
    process = older_index.start()
    found = process.ask("search", words="lantern")
    assert found["statuses"] == [200, 200, 200]
    assert "Lantern house" not in found["titles"]
    with pytest.raises(Refused, match="differs"):
        process.ask("command", name="search_check")
    process.ask("command", name="search_check", repair=True)
    assert process.ask("drift") == WHOLE
    assert process.ask("search", words="lantern")["titles"] == process.ask("published")


def test_control_without_the_check_an_older_index_stays_old(older_index: Site) -> None:
    process = older_index.start()
    process.ask("drain")
    assert process.ask("drift") == {"missing": 1, "ghost": 1, "stale": 1}


def test_control_without_the_database_deciding_what_was_withdrawn_shows(older_index: Site) -> None:
    process = older_index.start()
    process.ask("without_the_database_deciding")
    assert "Lantern house" in process.ask("search", words="lantern")["titles"]


def test_a_newer_index_shows_nothing_unknown_and_is_mended(newer_index: Site) -> None:
    process = newer_index.start()
    found = process.ask("search", words="lantern")
    assert found["statuses"] == [200, 200, 200]
    assert "Lantern lodge" not in found["titles"]
    process.ask("command", name="search_check", repair=True)
    assert process.ask("drift") == WHOLE
    assert process.ask("search", words="lantern")["titles"] == [
        "Lantern hall",
        "Lantern house",
        "Lantern yard",
    ]


def test_what_is_published_on_a_restored_database_is_found_at_once(newer_index: Site) -> None:
    process = newer_index.start()
    process.ask("rename", title="Lantern house", to="Lantern mews")
    process.ask("rename", title="Lantern hall", to="Lantern barn")
    process.ask("drain")
    assert process.ask("search", words="mews")["titles"] == ["Lantern mews"]
    assert process.ask("search", words="barn")["titles"] == ["Lantern barn"]
    assert process.ask("pending") == 0


def test_control_without_the_database_deciding_what_it_never_knew_shows(newer_index: Site) -> None:
    process = newer_index.start()
    process.ask("without_the_database_deciding")
    assert "Lantern lodge" in process.ask("search", words="lantern")["titles"]
