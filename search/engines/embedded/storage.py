"""Generations of the index on disk: which one is current, and who may write.

A generation is a folder; the file CURRENT names the one in use and is replaced at once, so readers see the old
index or the new one and nothing between. Readers look at two file dates before each search (0.03 ms): after a
fork tantivy's own reload never sees a commit.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar
from uuid import uuid4
from weakref import WeakSet

import tantivy

from search.engine import EngineDown, RebuildBusy
from search.engines.embedded.fields import PRACTICE, register_analysers
from search.engines.embedded.kind import Kind

WRITER_HEAP = 60_000_000
WRITER_PATIENCE = 20.0
META_LOCK = ".tantivy-meta.lock"
#: How tantivy words an error of the file system, which Python gets as a ValueError.
_OF_THE_DISK = re.compile(r"\bio\b.?error|IoError|io::Error", re.IGNORECASE)
Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")


def answering(method: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """A panic in tantivy becomes EngineDown: as it comes, no `except Exception` of a page would catch it."""

    @wraps(method)
    def answered(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        try:
            return method(*args, **kwargs)
        except BaseException as panic:
            if type(panic).__name__ != "PanicException":
                raise
            raise EngineDown(f"The search index failed: {panic}") from None

    return answered


@contextmanager
def on_disk() -> Iterator[None]:
    """A disk that is full or gone becomes EngineDown, so that what was not written stays pending."""
    try:
        yield
    except (OSError, ValueError) as error:
        if isinstance(error, ValueError) and not _OF_THE_DISK.search(str(error)):
            raise
        raise EngineDown(f"The search index cannot be written: {error}") from error


def _drop_inherited_lock() -> None:
    """Close tantivy's lock file in a fresh fork.

    For half a second after an open a thread of tantivy's looks at the index under this lock. A fork in that moment
    inherits the lock without the thread, and every later open in any process would wait for the child to end.
    """
    try:
        inherited = [int(name) for name in os.listdir("/proc/self/fd")]
    except OSError:
        return
    for number in inherited:
        with suppress(OSError):
            if os.path.basename(os.readlink(f"/proc/self/fd/{number}")) == META_LOCK:
                os.close(number)


class Storage:
    """The folder of one index. Opens lazily, so that a process can start before the first build."""

    def __init__(self, root: Path, kind: Kind = PRACTICE) -> None:
        self.root = root
        self.kind = kind
        self._start()
        _open.add(self)

    def _start(self) -> None:
        self._lock = threading.RLock()
        self._index: tantivy.Index | None = None
        self._searcher: tantivy.Searcher | None = None
        self._generation = ""
        self._stamp: tuple[int, ...] = ()

    def start_anew_after_fork(self) -> None:
        """Leave what the parent opened: a thread that this process does not have may hold its locks for ever.

        It is kept, because tantivy takes the same locks when it is freed.
        """
        _inherited.append((self._index, self._searcher))
        self._start()

    @property
    def pointer(self) -> Path:
        return self.root / "CURRENT"

    def searcher(self) -> tantivy.Searcher:
        """The latest committed state. Raises EngineDown when there is no readable index."""
        return self.searcher_and_stamp()[0]

    def searcher_and_stamp(self) -> tuple[tantivy.Searcher, tuple[int, ...]]:
        try:
            with self._lock:
                stamp = self._look()
                if self._searcher is None or stamp != self._stamp:
                    self._open(stamp)
                assert self._searcher is not None
                return self._searcher, self._stamp
        except (OSError, ValueError) as error:
            self.forget()
            raise EngineDown(f"The search index in {self.root} cannot be read: {error}") from error

    def generation(self) -> str:
        """The name of the current generation; empty before the first."""
        try:
            named = json.loads(self.pointer.read_text())
        except FileNotFoundError:
            return ""
        if named["schema"] != self.kind.fingerprint():
            raise EngineDown("The search index was built by another version: run search_index --rebuild.")
        return str(named["generation"])

    def _look(self) -> tuple[int, ...]:
        pointer = self.pointer.stat()
        if not self._generation or (pointer.st_mtime_ns, pointer.st_ino) != self._stamp[:2]:
            self._generation = self.generation()
            self._index = None
        meta = (self.root / self._generation / "meta.json").stat()
        return (pointer.st_mtime_ns, pointer.st_ino, meta.st_mtime_ns, meta.st_ino)

    def _open(self, stamp: tuple[int, ...]) -> None:
        if self._index is None:
            self._index = open_index(self.root / self._generation)
        self._index.reload()
        self._searcher = self._index.searcher()
        self._stamp = stamp

    def forget(self) -> None:
        with self._lock:
            self._index = self._searcher = None
            self._generation = ""
            self._stamp = ()

    def ensure(self) -> str:
        """The current generation, made empty if there is none yet."""
        if not self.generation():
            self.switch_to(self.new_generation())
        return self.generation()

    def new_generation(self) -> str:
        name = f"{int(time.time() * 1000):013d}-{uuid4().hex[:8]}"
        folder = self.root / name
        folder.mkdir(parents=True)
        try:
            tantivy.Index(self.kind.schema, path=str(folder))
        except BaseException:
            self.discard(name)
            raise
        return name

    def switch_to(self, generation: str) -> None:
        """Point every reader at this generation. The one before stays: somebody may be opening it now."""
        pending = self.pointer.with_name(f"CURRENT.{uuid4().hex[:8]}")
        pending.write_text(json.dumps({"generation": generation, "schema": self.kind.fingerprint()}))
        os.replace(pending, self.pointer)

    def named(self) -> str:
        """What the pointer names, whichever version wrote it; empty where it says nothing."""
        try:
            return str(json.loads(self.pointer.read_text())["generation"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def sweep(self) -> None:
        """Remove what is not in use: the generation before, and whatever a rebuild that died left half made."""
        current = self.named()
        for left in self.root.iterdir():
            if left.is_dir() and left.name != current:
                shutil.rmtree(left, ignore_errors=True)
            elif left.name.startswith("CURRENT."):
                left.unlink(missing_ok=True)

    def discard(self, generation: str) -> None:
        shutil.rmtree(self.root / generation, ignore_errors=True)

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """One rebuild at a time. Raises RebuildBusy."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "rebuild.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise RebuildBusy("The search index is being rebuilt already.") from error
            yield

    @contextmanager
    def writer(
        self, generation: str, *, threads: int = 1
    ) -> Iterator[tuple[tantivy.Index, tantivy.IndexWriter]]:
        """The only writer of a generation. Waits for others; ends with merges done, or files pile up."""
        index = open_index(self.root / generation)
        writer = self._patient_writer(index, threads)
        try:
            yield index, writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()

    def _patient_writer(self, index: tantivy.Index, threads: int) -> tantivy.IndexWriter:
        deadline = time.monotonic() + WRITER_PATIENCE
        while True:
            try:
                return index.writer(heap_size=WRITER_HEAP * threads, num_threads=threads)
            except ValueError as error:
                if "Lock" not in str(error) or time.monotonic() > deadline:
                    raise EngineDown(f"The search index cannot be written: {error}") from error
                time.sleep(0.02)


def open_index(folder: Path) -> tantivy.Index:
    """An index that reloads when told to."""
    try:
        index = tantivy.Index.open(str(folder))
    except ValueError as error:
        raise EngineDown(f"The search index in {folder} cannot be opened: {error}") from error
    register_analysers(index)
    index.config_reader(reload_policy="manual")
    return index


_open: WeakSet[Storage] = WeakSet()
_inherited: list[object] = []


def _after_fork() -> None:
    _drop_inherited_lock()
    for storage in list(_open):
        storage.start_anew_after_fork()


os.register_at_fork(after_in_child=_after_fork)
