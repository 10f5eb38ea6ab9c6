"""While an index is built, editors publish and readers search: nobody waits, nothing is lost, nothing is mixed.

Each guard is shown to be needed: without it the same run leaves the index different from the database.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from website.outbox.models import Change

from practice_library.models import Entry, PracticeModelPage
from search import building, indexing
from search.building import Building
from search.checks import find_drift
from search.current import current_engine
from search.documents import changes
from search.engine import PracticeQuery, RebuildBusy
from search.indexing import drain, rebuild
from search.leases import Lease
from search.models import IndexLease
from search.service import find
from tests.factories.making import a_case_study, a_model
from tests.side_by_side import PATIENCE, Gate, Thread, database_for_threads

pytestmark = pytest.mark.django_db(transaction=True)
STEADY = 6


@pytest.fixture(autouse=True)
def _ground(transactional_db: None, site_engine: str, tmp_path: Path) -> Iterator[None]:
    """A steady library that is indexed, on a database that threads can share."""
    with database_for_threads(tmp_path):
        for number in range(STEADY):
            a_model(f"Lantern house {number}")
        rebuild()
        yield


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (building, changes, indexing):
        monkeypatch.setattr(room, "BATCH", 4)


def publish(title: str) -> Entry:
    entry = a_model(title)
    entry.save_revision().publish()
    return entry


def total(words: str) -> int:
    found = find(PracticeQuery(text=words))
    assert not found.notice
    return found.result.total


class Writer:
    """Publishes, edits, hides and unpublishes until told to stop, as long as search keeps up."""

    def __init__(self) -> None:
        self.done = 0
        self._moved = threading.Condition()
        self._stop = threading.Event()
        self.thread = Thread(self._write)

    def _write(self) -> None:
        models: list[Entry] = []
        while not self._stop.is_set():
            entry = publish(f"Harbour pods {len(models)}")
            models.append(entry)
            place = a_case_study(f"Harbour pods in Wigan {len(models)}", models=(entry,))
            place.save_revision().publish()
            self._step()
            older = models[len(models) // 2]
            older.refresh_from_db()
            if len(models) % 3 == 0:
                older.unpublish()
            elif older.live:
                older.summary = f"Changed {len(models)} times."
                older.save_revision().publish()
            self._step()
            while Change.objects.pending().count() > 4 and not self._stop.is_set():
                self._stop.wait(0.01)

    def _step(self) -> None:
        with self._moved:
            self.done += 1
            self._moved.notify_all()

    def goes_on(self, *_: object) -> None:
        """Until it has done something more: called from the rebuild, so it proves that the writer does not wait."""
        with self._moved:
            before = self.done
            assert self._moved.wait_for(lambda: self.done > before or not self.thread.is_alive(), PATIENCE)

    def stop(self) -> None:
        self._stop.set()
        self.thread.result()


class Reader:
    """Searches until told to stop, and looks at each answer."""

    def __init__(self) -> None:
        self.answers = 0
        self._stop = threading.Event()
        self.thread = Thread(self._read)

    def _read(self) -> None:
        while not self._stop.is_set():
            assert total("lantern house") >= STEADY, "a part of the library is gone"
            whole = current_engine().search(PracticeQuery(size=500, facets=("type",)))
            kinds = {each.value: each.count for each in whole.facets["type"]}
            listed = [hit.fields["type"] for hit in whole.hits]
            assert whole.total == len(listed) == len({hit.uid for hit in whole.hits})
            assert kinds == {kind: listed.count(kind) for kind in set(listed)}, "list and counts differ"
            folded = current_engine().search(PracticeQuery(text="harbour lantern", group=True, size=100))
            assert all(hit.fields["title"] for hit in folded.hits)
            self.answers += 1

    def stop(self) -> None:
        self._stop.set()
        self.thread.result()


def differs() -> bool:
    """Whether index and database differ once everything that waits is told."""
    assert not drain().busy
    return bool(find_drift())


def test_editors_and_readers_go_on_and_nothing_is_lost(small_batches: None) -> None:
    writer, reader = Writer(), Reader()
    try:
        for _ in range(2):
            rebuild(say=writer.goes_on)
            writer.goes_on()
    finally:
        writer.stop()
        reader.stop()
    assert writer.done > 6
    assert reader.answers
    assert not differs()
    assert total("lantern house") == STEADY
    assert find_drift().checked == current_engine().count() == Entry.objects.published().count()


def changed_in_the_middle() -> None:
    """A rebuild during which one entry comes behind the reader, one goes, and one is another."""
    first, second = PracticeModelPage.objects.order_by("pk")[:2]

    def meanwhile(done: int, of: int) -> None:
        if done == of and not Entry.objects.filter(title="Comet clinic").exists():
            Thread(lambda: publish("Comet clinic")).result()
            Thread(first.unpublish).result()
            second.summary = "Something else by now."
            Thread(lambda: second.save_revision().publish()).result()
            assert total("comet") == 1, "readers find it in the index in use"

    rebuild(say=meanwhile)


def test_what_was_told_to_the_old_index_is_told_to_the_new_one() -> None:
    changed_in_the_middle()
    assert not differs()


def test_control_without_telling_it_again_it_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Building, "replay", lambda self: iter(()))
    changed_in_the_middle()
    drift = find_drift()
    assert [len(kind) for kind in (drift.missing, drift.ghost, drift.stale)] == [1, 1, 1]


def drained_across_the_switch(
    monkeypatch: pytest.MonkeyPatch, *, when: Callable[[Thread, threading.Event], None]
) -> None:
    """A worker has told the index in use and stops before it says so; a rebuild comes to its switch meanwhile."""
    told, asked = Gate(), threading.Event()
    mark, wait = indexing._mark, Lease.wait

    def stop_before_the_mark(*arguments: object) -> bool:
        monkeypatch.setattr(indexing, "_mark", mark)
        told.stop()
        return mark(*arguments)  # type: ignore[arg-type]

    def note_that_it_waits(lease: Lease, *arguments: float) -> bool:
        asked.set()
        return wait(lease, *arguments)

    def build_to_the_end() -> None:
        rebuild(say=lambda done, of: start_the_worker() if done == of else None)

    def start_the_worker() -> None:
        monkeypatch.setattr(indexing, "_mark", stop_before_the_mark)
        workers.append(Thread(lambda: publish("Comet clinic")))
        told.wait()

    workers: list[Thread] = []
    monkeypatch.setattr(Lease, "wait", note_that_it_waits)
    builder = Thread(build_to_the_end)
    told.wait()
    when(builder, asked)
    told.open()
    for each in (*workers, builder):
        each.result()


def test_the_switch_waits_for_a_worker_that_tells_the_old_index(monkeypatch: pytest.MonkeyPatch) -> None:
    drained_across_the_switch(monkeypatch, when=lambda builder, asked: asked.wait(PATIENCE))
    assert not differs()


def test_control_a_switch_that_does_not_wait_loses_what_is_told_then(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def at_once(self: Building) -> Iterator[None]:
        yield

    monkeypatch.setattr(Building, "switching", at_once)
    drained_across_the_switch(monkeypatch, when=lambda builder, asked: builder.result())
    assert len(find_drift().missing) == 1


def test_publishing_during_the_switch_does_not_wait_and_is_told_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate, switching = Gate(), Building.switching

    @contextmanager
    def stopped(self: Building) -> Iterator[None]:
        with switching(self):
            gate.stop()
            yield

    monkeypatch.setattr(Building, "switching", stopped)
    builder = Thread(rebuild)
    gate.wait()
    publish("Comet clinic")
    assert Change.objects.pending().exists()
    assert total("comet") == 0
    assert total("lantern house") == STEADY
    gate.open()
    builder.result()
    assert total("comet") == 1
    assert not Change.objects.pending().exists()


def slept_through_the_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rebuild is stopped between its last round and the switch until its lease is over and another worker drains."""
    replay = Building.replay

    def then_sleep(self: Building) -> Iterator[object]:
        yield from replay(self)
        if self._lease and not Entry.objects.filter(title="Comet clinic").exists():
            IndexLease.objects.update(expires_at="2020-01-01T00:00Z")
            Thread(lambda: publish("Comet clinic")).result()
            assert total("comet") == 1

    monkeypatch.setattr(Building, "replay", then_sleep)
    rebuild()


def test_a_rebuild_that_slept_through_its_lease_tells_again_what_it_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept_through_the_switch(monkeypatch)
    assert not differs()


def test_control_if_it_did_not_notice_the_change_would_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        Building, "overslept", property(lambda self: False, lambda self, value: None), raising=False
    )
    slept_through_the_switch(monkeypatch)
    assert len(find_drift().missing) == 1


def told_by_one_whose_lease_was_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker tells the old index and sleeps; a rebuild takes over and switches; then the worker wakes up."""

    def take_over(builder: Thread, asked: threading.Event) -> None:
        monkeypatch.setattr(indexing, "drain", lambda: None)  # nobody else tells it at the end of the rebuild
        IndexLease.objects.update(expires_at="2020-01-01T00:00Z")
        builder.result()

    drained_across_the_switch(monkeypatch, when=take_over)


def test_a_worker_that_slept_through_its_lease_does_not_say_that_it_has_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told_by_one_whose_lease_was_over(monkeypatch)
    assert not differs()


def test_control_if_it_said_so_the_change_would_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as guard_off:
        guard_off.setattr(Lease, "renew", lambda self: True)
        told_by_one_whose_lease_was_over(monkeypatch)
    assert not Change.objects.pending().exists()
    assert len(find_drift().missing) == 1


@pytest.mark.postgres
def test_a_change_with_a_lower_number_that_is_committed_later_is_not_missed(small_batches: None) -> None:
    begun = Gate()
    entry = publish("Comet clinic")

    def slow_editor() -> None:
        with transaction.atomic():
            entry.record_change()
            Entry.objects.filter(pk=entry.pk).update(title="Kite clinic")
            begun.stop()

    editor = Thread(slow_editor)
    begun.wait()
    publish("Harbour pods")

    def meanwhile(done: int, of: int) -> None:
        if done >= of and editor.is_alive():
            begun.open()
            editor.result()
            assert total("kite") == 1

    rebuild(say=meanwhile)
    assert not differs()


def test_a_rebuild_gives_up_when_it_never_gets_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lease, "wait", lambda self: False)
    before = set(current_engine().snapshot())
    with pytest.raises(RebuildBusy):
        rebuild()
    assert set(current_engine().snapshot()) == before
    monkeypatch.undo()
    rebuild()
    assert not differs()


def test_one_who_waits_gets_the_lease_from_one_who_always_has_more(
    small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a long queue would keep a rebuild from its switch."""
    monkeypatch.setattr(indexing, "BATCHES_A_TURN", 1)
    entry, stop = Entry.objects.first(), threading.Event()
    assert entry is not None

    def endless() -> None:
        while not stop.is_set():
            with transaction.atomic():
                Change.objects.bulk_create([Change(topic="entry", object_uid=entry.uid) for _ in range(12)])
            drain()

    worker = Thread(endless)
    try:
        assert Lease().wait(PATIENCE)
    finally:
        stop.set()
        worker.result()
