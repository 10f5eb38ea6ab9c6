"""A change reaches the index once it is committed, whatever happens in between."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult
from website.outbox.models import Change
from website.outbox.recording import record_change

from practice_library.models import TOPIC
from search.engine import EngineDown, PracticeQuery
from search.indexing import drain
from search.leases import Lease
from search.service import find
from tests.factories.making import a_case_study, a_model

pytestmark = pytest.mark.django_db


def totals(words: str) -> int:
    return find(PracticeQuery(text=words)).result.total


def test_a_recorded_change_is_found_and_told_once(site_engine: str) -> None:
    entry = a_model("Lantern house")
    entry.record_change()
    assert drain().documents == 1
    assert totals("lantern") == 1
    assert not Change.objects.pending().exists()
    assert drain().changes == 0


def test_a_withdrawn_entry_becomes_a_tombstone(site_engine: str) -> None:
    entry = a_model("Lantern house")
    entry.record_change()
    drain()
    entry.live = False
    entry.save()
    entry.record_change()
    assert drain().removed == 1
    assert totals("lantern") == 0


def test_a_deleted_entry_is_removed(site_engine: str) -> None:
    entry = a_model("Lantern house")
    entry.record_change()
    drain()
    uid = entry.uid
    entry.delete()
    record_change(topic=TOPIC, uid=uid)
    assert drain().removed == 1


def test_changes_of_one_entry_are_told_together(site_engine: str) -> None:
    entry = a_model("Lantern house")
    for _ in range(5):
        entry.record_change()
    done = drain()
    assert (done.changes, done.documents) == (5, 1)


def test_a_new_place_changes_the_card_of_its_model(site_engine: str) -> None:
    model = a_model("Lantern house")
    model.record_change()
    drain()
    a_case_study("Lantern house in Wigan", models=(model,)).record_change()
    drain()
    hits = find(PracticeQuery(text="lantern", filters={"type": ("model",)})).result.hits
    assert hits[0].fields["run_in"]["places"] == 1


def test_with_the_engine_down_nothing_is_lost(site_engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = a_model("Lantern house")
    entry.record_change()

    def refuse(*args: object) -> None:
        raise EngineDown("no answer")

    with monkeypatch.context() as down:
        down.setattr("search.current._engines.library.apply", refuse)
        with pytest.raises(EngineDown):
            drain()
    assert Change.objects.pending().get().last_error == "no answer"
    drain()
    assert totals("lantern") == 1


def test_a_second_worker_leaves_the_queue_to_the_first(site_engine: str) -> None:
    a_model("Lantern house").record_change()
    first = Lease()
    assert first.acquire()
    assert drain().busy
    first.release()
    assert drain().documents == 1


def test_a_worker_that_slept_through_its_lease_cannot_write(site_engine: str) -> None:
    first, second = Lease(), Lease()
    assert first.acquire()
    before = first.draw()
    from search.models import IndexLease

    IndexLease.objects.update(expires_at="2020-01-01T00:00Z")
    assert second.acquire()
    after = second.draw()
    assert before is not None
    assert after is not None
    assert after > before
    assert first.draw() is None


def test_a_change_outside_a_transaction_is_refused(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record_change(topic=TOPIC, uid=a_model("Lantern house").uid)


def test_the_worker_gets_one_task_for_many_changes(
    settings: object, site_engine: str, django_capture_on_commit_callbacks: object
) -> None:
    settings.SEARCH_INDEXING = "worker"  # type: ignore[attr-defined]
    entry = a_model("Lantern house")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        for _ in range(20):
            entry.record_change()
    assert DBTaskResult.objects.count() == 1
    assert totals("lantern") == 0


def test_inline_the_change_is_found_after_the_commit(
    site_engine: str, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        a_model("Lantern house").record_change()
    assert totals("lantern") == 1
