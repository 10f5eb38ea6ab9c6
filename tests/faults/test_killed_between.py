"""A process killed between publishing and indexing loses nothing: what was committed is pending until the index has it."""

from __future__ import annotations

import pytest

from tests.faults.processes import Site

pytestmark = pytest.mark.django_db

TITLES = ["Lantern house", "Lantern lodge", "Lantern yard"]


@pytest.fixture
def begun(site: Site) -> Site:
    process = site.start()
    process.ask("publish", titles=["Lantern hall"])
    process.ask("rebuild")
    process.end()
    return site


@pytest.mark.parametrize("moment", ["die_before_applying", "die_while_writing", "die_after_applying"])
def test_what_was_published_is_found_after_the_next_drain(begun: Site, moment: str) -> None:
    victim = begun.start("inline")
    victim.ask(moment)
    victim.tell("publish", titles=TITLES)
    victim.dies()

    after = begun.start()
    assert set(after.ask("search", words="lantern")["statuses"]) == {200}
    assert after.ask("pending") > 0
    published = after.ask("published")
    after.ask("expire_lease")
    after.ask("drain")
    found = after.ask("search", words="lantern")
    assert found["titles"] == published
    assert found["shown"]
    assert after.ask("pending") == 0
    assert after.ask("drift") == {"missing": 0, "ghost": 0, "stale": 0}


def test_control_told_before_the_index_has_it_is_lost(begun: Site) -> None:
    victim = begun.start("inline")
    victim.ask("die_before_applying")
    victim.ask("tell_before_applying")
    victim.tell("publish", titles=TITLES)
    victim.dies()

    after = begun.start()
    assert after.ask("pending") == 0
    after.ask("drain")
    assert after.ask("search", words="lantern")["titles"] == ["Lantern hall"]
    assert after.ask("drift")["missing"] == 1
