"""A worker killed in a rebuild: the index in use stays, what is published meanwhile is not lost, the next rebuild tidies."""

from __future__ import annotations

import pytest

from tests.faults.processes import Site

pytestmark = pytest.mark.django_db

WHOLE = {"missing": 0, "ghost": 0, "stale": 0}


@pytest.fixture
def begun(site: Site) -> Site:
    process = site.start()
    process.ask("publish", titles=["Lantern hall", "Lantern house"])
    process.ask("rebuild")
    return site


def indices(site: Site) -> set[str]:
    return {folder.name for folder in site.index.iterdir() if folder.is_dir()}


@pytest.mark.parametrize("moment", ["die_while_filling", "die_in_a_rebuild"])
def test_the_index_in_use_stays_and_nothing_is_lost(begun: Site, moment: str) -> None:
    before = indices(begun)
    victim = begun.start()
    victim.ask(moment)
    victim.tell("rebuild")
    victim.dies()

    after = begun.start()
    found = after.ask("search", words="lantern")
    assert (found["statuses"], found["degraded"]) == ([200, 200, 200], False)
    assert found["titles"] == ["Lantern hall", "Lantern house"]
    after.ask("publish", titles=["Lantern yard"])
    after.ask("drain")
    assert after.ask("search", words="lantern")["titles"] == ["Lantern hall", "Lantern house", "Lantern yard"]
    assert after.ask("drift") == WHOLE
    assert len(indices(begun) - before) == 1, "what the victim left"

    left = indices(begun) - before
    assert after.ask("rebuild") == 3
    assert not left & indices(begun), "the next rebuild tidies"
    assert after.ask("search", words="lantern")["titles"] == ["Lantern hall", "Lantern house", "Lantern yard"]
    assert after.ask("drift") == WHOLE


def test_control_a_rebuild_in_place_leaves_nothing_to_search(begun: Site) -> None:
    victim = begun.start()
    victim.ask("rebuild_in_place")
    victim.ask("die_while_filling")
    victim.tell("rebuild")
    victim.dies()
    after = begun.start()
    assert after.ask("search", words="lantern")["titles"] == []
    assert after.ask("drift")["missing"] == 2
