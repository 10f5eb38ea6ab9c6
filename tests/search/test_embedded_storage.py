"""The embedded index on disk: missing, damaged, locked, from another version, opened by several processes."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search.engine import Change, EngineDown, PracticeQuery, RebuildBusy
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.storage import META_LOCK, Storage
from tests.search.corpus import document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(folder: Path) -> EmbeddedEngine:
    made = EmbeddedEngine(folder)
    made.rebuild([document("a", "Kinship care")])
    return made


def test_without_an_index_the_engine_is_down_and_a_change_makes_one(folder: Path) -> None:
    engine = EmbeddedEngine(folder)
    for asked in (lambda: engine.search(PracticeQuery("kinship")), engine.count, lambda: engine.suggest("k")):
        with pytest.raises(EngineDown):
            asked()
    assert not engine.health().ok
    engine.apply([Change("a", 1, document("a", "Kinship care"))])
    assert engine.search(PracticeQuery("kinship")).total == 1


def test_a_removed_index_is_noticed_within_a_second_and_a_rebuild_mends_it(
    engine: EmbeddedEngine, folder: Path
) -> None:
    assert engine.count() == 1
    shutil.rmtree(folder)
    began = time.monotonic()
    with pytest.raises(EngineDown):
        engine.search(PracticeQuery("kinship"))
    assert time.monotonic() - began < 1
    engine.rebuild([document("b", "Kinship again")])
    assert [hit.uid for hit in engine.search(PracticeQuery("kinship")).hits] == ["b"]


def test_a_damaged_index_is_down_not_wrong(engine: EmbeddedEngine, folder: Path) -> None:
    generation = json.loads((folder / "CURRENT").read_text())["generation"]
    (folder / generation / "meta.json").write_text("{")
    with pytest.raises(EngineDown):
        EmbeddedEngine(folder).search(PracticeQuery("kinship"))
    (folder / "CURRENT").write_text("nonsense")
    with pytest.raises(EngineDown):
        EmbeddedEngine(folder).search(PracticeQuery("kinship"))
    with pytest.raises(EngineDown):
        engine.search(PracticeQuery("kinship"))


def test_an_index_of_another_version_is_not_misread(engine: EmbeddedEngine, folder: Path) -> None:
    pointer = json.loads((folder / "CURRENT").read_text())
    (folder / "CURRENT").write_text(json.dumps(pointer | {"schema": "older"}))
    with pytest.raises(EngineDown, match="search_index --rebuild"):
        engine.search(PracticeQuery("kinship"))
    engine.rebuild([document("a", "Kinship care")])
    assert engine.search(PracticeQuery("kinship")).total == 1


def test_a_second_writer_waits_for_the_first(engine: EmbeddedEngine, folder: Path) -> None:
    storage = Storage(folder)
    locked, release = threading.Event(), threading.Event()

    def hold() -> None:
        with storage.writer(storage.generation()):
            locked.set()
            release.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait(10)
    writer = threading.Thread(target=lambda: engine.apply([Change("b", 1, document("b", "Kinship too"))]))
    writer.start()
    writer.join(0.3)
    assert writer.is_alive()
    release.set()
    holder.join(10)
    writer.join(10)
    assert engine.count() == 2


def test_changes_of_another_process_are_seen(engine: EmbeddedEngine, folder: Path) -> None:
    assert engine.search(PracticeQuery("kinship")).total == 1
    script = (
        "import sys; from search.engine import Change; from search.engines.embedded import EmbeddedEngine\n"
        "document = dict(uid='b', version=1, page_id=2, type='model', title='Kinship elsewhere')\n"
        "EmbeddedEngine(sys.argv[1]).apply([Change('b', 1, document)])"
    )
    subprocess.run([sys.executable, "-c", script, str(folder)], check=True, timeout=60)
    assert engine.search(PracticeQuery("kinship")).total == 2


def test_a_forked_reader_sees_later_changes(engine: EmbeddedEngine) -> None:
    engine.count()
    ready, answer = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.read(ready[0], 1)
        os.write(answer[1], str(engine.count()).encode())
        os._exit(0)
    engine.apply([Change("b", 1, document("b"))])
    os.write(ready[1], b"x")
    seen = os.read(answer[0], 10)
    os.waitpid(child, 0)
    assert seen == b"2"


def test_a_fork_reads_whatever_the_threads_of_its_parent_were_doing(engine: EmbeddedEngine) -> None:
    """Their locks come along without them: a child that used the parent's index would wait for ever."""
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            engine._storage.searcher_and_stamp()
            engine._storage._index.reload()  # type: ignore[union-attr]

    engine.count()
    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(20):
            child = os.fork()
            if child == 0:
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.alarm(10)
                os._exit(0 if engine.count() == 1 else 1)
            assert os.waitpid(child, 0)[1] == 0
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _soon_locked(path: Path) -> bool:
    with path.open("w") as lock:
        for _ in range(300):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                time.sleep(0.01)
    return False


def test_a_fork_does_not_inherit_the_lock_of_a_thread_it_has_not(
    engine: EmbeddedEngine, folder: Path
) -> None:
    """Otherwise every open would wait for the child to end."""
    generation = json.loads((folder / "CURRENT").read_text())["generation"]
    release = os.pipe()
    with (folder / generation / META_LOCK).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        child = os.fork()
        if child == 0:
            os.read(release[0], 1)
            os._exit(0)
    try:
        assert _soon_locked(folder / generation / META_LOCK), "the child holds the lock"
    finally:
        os.write(release[1], b"x")
        os.waitpid(child, 0)
    assert engine.count() == 1


def test_a_writer_killed_half_way_leaves_the_last_commit(engine: EmbeddedEngine, folder: Path) -> None:
    script = (
        "import sys, os; from pathlib import Path; from search.engines.embedded.storage import META_LOCK, Storage\n"
        "from search.engines.embedded.fields import written\n"
        "storage = Storage(Path(sys.argv[1]))\n"
        "with storage.writer(storage.generation()) as (index, writer):\n"
        "    writer.add_document(written(dict(uid='b', version=1, page_id=2, type='model', title='Half done')))\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(folder)], timeout=60).returncode == -9
    assert engine.count() == 1
    engine.apply([Change("c", 1, document("c"))])
    assert engine.count() == 2


def test_only_one_rebuild_at_a_time(engine: EmbeddedEngine, folder: Path) -> None:
    with Storage(folder).rebuilding(), pytest.raises(RebuildBusy):
        engine.rebuild([])
    assert engine.count() == 1


def test_old_generations_and_orphan_files_do_not_pile_up(engine: EmbeddedEngine, folder: Path) -> None:
    for round_number in range(5):
        engine.rebuild([document("a", version=round_number)])
        engine.apply([Change("a", 100, document("a", version=100))])
    assert len([entry for entry in folder.iterdir() if entry.is_dir()]) == 2
    for n in range(30):
        engine.apply([Change(f"n{n}", 1, document(f"n{n}"))])
    current = folder / json.loads((folder / "CURRENT").read_text())["generation"]
    assert len(list(current.iterdir())) < 200
    assert engine.count() == 31


def test_what_a_rebuild_that_died_left_is_swept_by_the_next(engine: EmbeddedEngine, folder: Path) -> None:
    """Also when the clock was set back, so that its name is later than that of any generation to come."""
    before = json.loads((folder / "CURRENT").read_text())["generation"]
    (folder / "9999999999999-halfmade").mkdir()
    (folder / "CURRENT.0a1b2c3d").write_text("{")
    engine.rebuild([document("b")])
    after = json.loads((folder / "CURRENT").read_text())["generation"]
    assert {entry.name for entry in folder.iterdir()} == {before, after, "CURRENT", "rebuild.lock"}
    assert list(engine.snapshot()) == [("b", 1)]


def test_a_rebuild_that_cannot_switch_leaves_the_index_in_use(engine: EmbeddedEngine, folder: Path) -> None:
    @contextmanager
    def refused() -> Iterator[None]:
        raise RebuildBusy("not now")
        yield

    with pytest.raises(RebuildBusy):
        engine.rebuild([document("b")], switching=refused)
    assert list(engine.snapshot()) == [("a", 1)]
    assert len([entry for entry in folder.iterdir() if entry.is_dir()]) == 1
