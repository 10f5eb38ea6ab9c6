"""Several threads on one database and one index, as a site has several processes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections

PATIENCE = 60


@contextmanager
def database_for_threads(folder: Path) -> Iterator[None]:
    """On SQLite the test database is in memory and locks whole tables, so it is copied into a file for this time."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory = connections["default"]
    in_memory.ensure_connection()
    on_disk = folder / "threads.sqlite3"
    with sqlite3.connect(on_disk) as copy:
        in_memory.connection.backup(copy)
    copy.close()
    settings = in_memory.settings_dict
    name = settings["NAME"]
    del connections["default"]
    settings["NAME"] = str(on_disk)
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = name
        connections["default"] = in_memory


class Thread(threading.Thread):
    """Runs a function with connections of its own; `result` waits for it and raises what it raised."""

    def __init__(self, does: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._does, self._error = does, None
        self.start()

    def run(self) -> None:
        try:
            self._does()
        except BaseException as error:
            self._error = error
        finally:
            connections.close_all()

    def result(self) -> None:
        self.join(PATIENCE)
        assert not self.is_alive(), "it waits for something that does not come"
        if self._error is not None:
            raise self._error


class Gate:
    """A place where one thread stops until another lets it go on."""

    def __init__(self) -> None:
        self._reached, self._open = threading.Event(), threading.Event()

    def stop(self) -> None:
        """Called by the thread that stops here."""
        self._reached.set()
        assert self._open.wait(PATIENCE), "nobody opened the gate"

    def wait(self) -> None:
        """Until the thread is here."""
        assert self._reached.wait(PATIENCE), "nobody came to the gate"

    def open(self) -> None:
        self._open.set()
