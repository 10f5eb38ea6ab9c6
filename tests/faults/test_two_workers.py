"""Two workers on one outbox: each change is told once, and the newest state wins."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.faults.processes import Process, Site

pytestmark = pytest.mark.django_db


def appears(file: Path) -> None:
    ends = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < ends, f"{file.name} did not come"
        time.sleep(0.02)


def noted(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def test_two_processes_that_drain_while_a_third_publishes(site: Site, tmp_path: Path) -> None:
    publisher, *workers = (site.start() for _ in range(3))
    publisher.ask("publish", titles=["Kite club"])
    publisher.ask("rebuild")
    files = [tmp_path / "first", tmp_path / "second"]
    for worker, file in zip(workers, files, strict=True):
        worker.ask("note_what_is_told", file=str(file))
        worker.tell("drain_until", file=str(tmp_path / "finished"))
    titles = [f"Lantern house {chr(97 + number)}" for number in range(12)]
    for title in titles:
        publisher.ask("publish", titles=[title])
        publisher.ask("rename", title="Kite club", to=f"Kite club {title[-1]}")
        publisher.ask("rename", title=f"Kite club {title[-1]}", to="Kite club")
    publisher.ask("rename", title="Kite club", to="Comet club")
    (tmp_path / "finished").touch()
    assert sum(worker.hear() for worker in workers) > 0
    told = [noted(file) for file in files]
    assert set(told[0]).isdisjoint(told[1])
    everything = sorted(told[0] + told[1])
    assert len(everything) == len(set(everything))
    assert set(everything) <= set(publisher.ask("changes"))
    assert publisher.ask("pending") == 0
    assert publisher.ask("drift") == {"missing": 0, "ghost": 0, "stale": 0}
    assert publisher.ask("search", words="club")["titles"] == ["Comet club"]
    assert publisher.ask("search", words="lantern")["titles"] == titles


def both_reach_the_same_batch(site: Site, tmp_path: Path, *, lease: bool) -> list[list[int]]:
    """What each of two workers told, the second coming while the first holds its batch in hand."""
    first, second = site.start(), site.start()
    first.ask("publish", titles=["Kite club"])
    first.ask("rebuild")
    first.ask("publish", titles=["Lantern house"])
    files = [tmp_path / "first", tmp_path / "second"]
    for worker, file in zip((first, second), files, strict=True):
        worker.ask("note_what_is_told", file=str(file))
        for guard in () if lease else ("without_lease", "without_versions"):
            worker.ask(guard)
    first.ask("wait_before_applying", reached=str(tmp_path / "reached"), until=str(tmp_path / "go"))
    first.tell("drain")
    appears(tmp_path / "reached")
    assert second.ask("drain")["busy"] is lease
    (tmp_path / "go").touch()
    first.hear()
    assert second.ask("pending") == 0
    assert second.ask("search", words="lantern")["titles"] == ["Lantern house"]
    return [noted(file) for file in files]


def test_a_batch_in_hand_is_left_alone(site: Site, tmp_path: Path) -> None:
    first, second = both_reach_the_same_batch(site, tmp_path, lease=True)
    assert first
    assert second == []


def test_control_without_lease_and_versions_changes_are_told_twice(site: Site, tmp_path: Path) -> None:
    first, second = both_reach_the_same_batch(site, tmp_path, lease=False)
    assert set(first) & set(second)


def the_first_sleeps_through_its_lease(site: Site, tmp_path: Path, *guards_away: str) -> Process:
    """The first has read an old name, and writes only after the second has written the new one."""
    first, second = site.start(), site.start()
    first.ask("rebuild")
    first.ask("publish", titles=["Kite club"])
    for worker in (first, second):
        worker.ask("short_lease", seconds=0.2)
    for guard in guards_away:
        first.ask(guard)
    first.ask("wait_before_applying", reached=str(tmp_path / "reached"), until=str(tmp_path / "go"))
    first.tell("drain")
    appears(tmp_path / "reached")
    second.ask("rename", title="Kite club", to="Comet club")
    time.sleep(0.5)
    assert second.ask("drain")["documents"] == 1
    (tmp_path / "go").touch()
    first.hear()
    assert second.ask("pending") == 0
    return second


def test_an_older_reading_that_comes_late_changes_nothing(site: Site, tmp_path: Path) -> None:
    second = the_first_sleeps_through_its_lease(site, tmp_path)
    assert second.ask("search", words="comet")["titles"] == ["Comet club"]
    assert second.ask("drift") == {"missing": 0, "ghost": 0, "stale": 0}


def test_control_without_versions_the_older_reading_stays(site: Site, tmp_path: Path) -> None:
    second = the_first_sleeps_through_its_lease(site, tmp_path, "without_versions")
    assert second.ask("drift")["stale"] == 1
