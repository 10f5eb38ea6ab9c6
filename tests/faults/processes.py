"""Processes of one site that a test starts, orders about, stops and kills for real.

They are forks of the test's process, since Django needs seconds to start and a test several of them; each opens the
site's database and index for itself.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from tests.faults import acting, guards

PATIENCE = 300.0
READY = (acting, guards)
_inherited: list[Any] = []


class Refused(Exception):
    """The process raised; the message begins with the name of what it raised."""


@dataclass
class Site:
    """A database and an index that outlive the processes on them. `unblock` lets these use a database at all."""

    folder: Path
    database: str
    unblock: Any
    elasticsearch_url: str = ""
    prefix: str = "fault"
    index: Path = Path()
    processes: list[Process] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The index stands beside the database unless a test says where."""
        self.index = self.folder / "index"

    def start(self, indexing: str = "worker") -> Process:
        """One more process of this site."""
        process = Process(self, indexing)
        self.processes.append(process)
        return process

    def close(self) -> None:
        """End every process."""
        for process in self.processes:
            process.end()


class Process:
    """One process of the site."""

    def __init__(self, site: Site, indexing: str) -> None:
        self.log = site.folder / "log"
        self._unread = b""
        orders, self._orders = os.pipe()
        self._answers, answers = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(self._orders)
            os.close(self._answers)
            _live(site, indexing, orders, answers)
        os.close(orders)
        os.close(answers)
        self._ended = False

    def ask(self, act: str, **options: Any) -> Any:
        """Have something done and wait for what it gives. Raises: Refused; AssertionError if it died or is silent."""
        self.tell(act, **options)
        return self.hear()

    def tell(self, act: str, **options: Any) -> None:
        """Have something done without waiting."""
        os.write(self._orders, json.dumps({"act": act, **options}).encode() + b"\n")

    def hear(self) -> Any:
        """What the oldest order gave."""
        ends = time.monotonic() + PATIENCE
        while b"\n" not in self._unread:
            ready, _, _ = select.select([self._answers], [], [], max(ends - time.monotonic(), 0))
            assert ready, f"The process is silent. Its log ends: {self._tail()}"
            some = os.read(self._answers, 65536)
            assert some, f"The process died with {self._wait()}. Its log ends: {self._tail()}"
            self._unread += some
        line, _, self._unread = self._unread.partition(b"\n")
        answer = json.loads(line)
        if "raised" in answer:
            raise Refused(f"{answer['raised']}: {answer['said']}")
        return answer["gave"]

    def dies(self) -> None:
        """Wait until SIGKILL has taken it."""
        assert select.select([self._answers], [], [], PATIENCE)[0], "It lives on."
        assert os.read(self._answers, 1) == b"", "It answered and lives on."
        assert self._wait() == -signal.SIGKILL, self._tail()

    def end(self) -> None:
        """Kill it if it lives, and close what it was spoken to through."""
        with suppress(ProcessLookupError):
            if not self._ended:
                os.kill(self.pid, signal.SIGKILL)
                self._wait()
        for pipe in (self._orders, self._answers):
            with suppress(OSError):
                os.close(pipe)

    def _wait(self) -> int:
        self._ended = True
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _tail(self) -> str:
        return self.log.read_text(errors="replace")[-2000:]


def _live(site: Site, indexing: str, orders: int, answers: int) -> NoReturn:
    """The life of the new process; nothing of the test run is left to it."""
    try:
        log = os.open(site.folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 1)
        os.dup2(log, 2)
        sys.stdout = sys.stderr = os.fdopen(log, "w", buffering=1)
        _move_to(site, indexing)
        with os.fdopen(orders) as told, os.fdopen(answers, "w", buffering=1) as given:
            acting.serve(told, given)
    finally:
        os._exit(0)


def _move_to(site: Site, indexing: str) -> None:
    from django.conf import settings
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import cache
    from django.db import connections

    from search import vocabulary

    site.unblock()
    # Closing the connection of the test run would end it there as well.
    _inherited.append(connections["default"])
    connections.settings["default"]["NAME"] = site.database
    del connections["default"]
    settings.SEARCH_INDEXING = indexing
    settings.SEARCH_INDEX_DIR = site.index
    settings.SEARCH_INDEX_PREFIX = site.prefix
    settings.ELASTICSEARCH_URL = site.elasticsearch_url
    vocabulary.forget()
    ContentType.objects.clear_cache()
    cache.clear()


def copied(source: Path, target: Path) -> None:
    """A file or a folder as a backup holds it, in place of what is there."""
    if source.is_dir():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
        return
    for suffix in ("", "-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
        if Path(f"{source}{suffix}").exists():
            shutil.copy2(f"{source}{suffix}", f"{target}{suffix}")
