"""With the disk of the index full, search goes on with what it has, and what is published meanwhile is found afterwards."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import IN_CI
from tests.faults.processes import Refused, Site

pytestmark = pytest.mark.django_db

TITLES = ["Lantern house", "Lantern lodge", "Lantern yard"]
FOUND = ["Lantern hall", *TITLES]
MEGABYTES = 8


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes of its own, unmounted whatever happens."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "practice-commons-test", disk],
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        reason = f"needs to mount a small file system: {mounted.stderr.strip()}"
        if IN_CI and os.geteuid() == 0:
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


@pytest.fixture
def full(site: Site, small_disk: Path) -> Iterator[Site]:
    """A site with one entry in its index, and not a byte left beside it."""
    site.index = small_disk / "index"
    first = site.start()
    first.ask("publish", titles=["Lantern hall"])
    first.ask("rebuild")
    first.end()
    fill(small_disk / "full")
    yield site
    site.close()


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as filled, suppress(OSError):
        while True:
            filled.write(b"x" * 4096)
    assert os.statvfs(file).f_bavail == 0


def test_what_was_published_is_found_once_there_is_room(full: Site) -> None:
    editor = full.start("inline")
    editor.ask("publish", titles=TITLES)
    with pytest.raises(Refused, match="EngineDown"):
        editor.ask("drain")
    meanwhile = full.start().ask("search", words="lantern")
    assert meanwhile["statuses"] == [200, 200, 200]
    assert meanwhile["titles"] == ["Lantern hall"]
    assert editor.ask("search", words="lantern")["titles"] == ["Lantern hall"]
    assert editor.ask("pending") > 0

    (full.index.parent / "full").unlink()
    editor.ask("drain")
    assert editor.ask("search", words="lantern")["titles"] == FOUND
    assert editor.ask("pending") == 0
    assert full.start().ask("drift") == {"missing": 0, "ghost": 0, "stale": 0}


def test_a_rebuild_without_room_leaves_the_index_in_use(full: Site) -> None:
    worker = full.start()
    before = {folder.name for folder in full.index.iterdir() if folder.is_dir()}
    with pytest.raises(Refused, match="EngineDown"):
        worker.ask("rebuild")
    assert {folder.name for folder in full.index.iterdir() if folder.is_dir()} == before
    found = worker.ask("search", words="lantern")
    assert (found["titles"], found["degraded"]) == (["Lantern hall"], False)
    (full.index.parent / "full").unlink()
    assert worker.ask("rebuild") == 1


def test_control_told_although_there_was_no_room_is_lost(full: Site) -> None:
    editor = full.start("inline")
    editor.ask("tell_before_applying")
    editor.ask("publish", titles=TITLES)
    (full.index.parent / "full").unlink()
    editor.ask("drain")
    assert editor.ask("search", words="lantern")["titles"] == ["Lantern hall"]
    assert editor.ask("drift")["missing"] == len(TITLES)
