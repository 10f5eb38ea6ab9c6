"""Sites that are made once with their migrations, and copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.processes import Site, copied

DATABASE = "site.sqlite3"


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and an empty tree."""
    folder = tmp_path_factory.mktemp("ground")
    made = Site(folder, f"sqlite:///{folder / DATABASE}")
    try:
        made.start().ask("prepare")
    finally:
        made.close()
    return folder / DATABASE


@pytest.fixture
def site(ground: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of this test's own, with an empty index."""
    copied(ground, tmp_path / DATABASE)
    made = Site(tmp_path, f"sqlite:///{tmp_path / DATABASE}")
    yield made
    made.close()
