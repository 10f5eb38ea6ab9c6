"""With the clock set back two hours, changes are told at once all the same: nothing waits for an hour to come again."""

from __future__ import annotations

import pytest

from tests.faults.processes import Process, Site

pytestmark = pytest.mark.django_db

BACK = -2.0


def renamed_after_the_clock_went_back(site: Site, *guards_away: str) -> Process:
    process = site.start()
    for guard in guards_away:
        process.ask(guard)
    process.ask("publish", titles=["Kite club"])
    process.ask("rebuild")
    process.ask("rename", title="Kite club", to="Lantern club")
    process.ask("drain")
    process.ask("set_clock", hours=BACK)
    process.ask("rename", title="Lantern club", to="Comet club")
    process.ask("drain")
    return process


def test_the_newest_state_wins(site: Site) -> None:
    process = renamed_after_the_clock_went_back(site)
    assert process.ask("search", words="club")["titles"] == ["Comet club"]
    assert process.ask("rebuild") == 1
    assert process.ask("search", words="club")["titles"] == ["Comet club"]
    assert process.ask("drift") == {"missing": 0, "ghost": 0, "stale": 0}


def test_control_with_versions_by_the_clock_the_older_state_stays(site: Site) -> None:
    process = renamed_after_the_clock_went_back(site, "versions_by_the_clock")
    assert process.ask("search", words="club")["titles"] == ["Lantern club"]
    assert process.ask("drift")["stale"] == 1


def after_a_worker_died_with_the_lease(site: Site, *guards_away: str) -> Process:
    victim = site.start()
    victim.ask("rebuild")
    victim.ask("publish", titles=["Lantern house"])
    victim.ask("die_before_applying")
    victim.tell("drain")
    victim.dies()
    process = site.start()
    process.ask("set_clock", hours=BACK)
    for guard in guards_away:
        process.ask(guard)
    return process


def test_the_lease_of_a_dead_worker_does_not_last_for_hours(site: Site) -> None:
    process = after_a_worker_died_with_the_lease(site)
    assert process.ask("drain")["documents"] == 1
    assert process.ask("search", words="lantern")["titles"] == ["Lantern house"]


def test_control_where_leases_only_run_out_the_outbox_stays_shut(site: Site) -> None:
    process = after_a_worker_died_with_the_lease(site, "leases_only_run_out")
    assert process.ask("drain")["busy"]
    assert process.ask("pending") > 0


def after_the_engine_was_away(site: Site, *guards_away: str) -> Process:
    worker = site.start()
    worker.ask("rebuild")
    worker.ask("publish", titles=["Lantern house"])
    for guard in (*guards_away, "engine_down"):
        worker.ask(guard)
    worker.ask("work_once")
    worker.end()
    process = site.start()
    process.ask("set_clock", hours=BACK)
    process.ask("work")
    return process


def test_what_could_not_be_told_is_tried_again_at_once(site: Site) -> None:
    process = after_the_engine_was_away(site)
    assert process.ask("search", words="lantern")["titles"] == ["Lantern house"]
    assert process.ask("pending") == 0


def test_control_retried_by_the_clock_it_waits(site: Site) -> None:
    process = after_the_engine_was_away(site, "retries_by_the_clock")
    assert process.ask("pending") > 0
