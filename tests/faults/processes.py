"""Processes of one site that a test starts, orders about, stops and kills for real."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

PATIENCE = 300.0


class Refused(Exception):
    """The process raised; the message begins with the name of what it raised."""


class Process:
    """One process of the site."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.log = log
        self._unread = b""
        with log.open("ab") as errors:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.acting"],
                cwd=settings.BASE_DIR,
                env={**os.environ, **environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )

    def ask(self, act: str, **options: Any) -> Any:
        """Have something done and wait for what it gives. Raises: Refused; AssertionError if it died or is silent."""
        self.tell(act, **options)
        return self.hear()

    def tell(self, act: str, **options: Any) -> None:
        """Have something done without waiting."""
        assert self.popen.stdin
        self.popen.stdin.write(json.dumps({"act": act, **options}).encode() + b"\n")
        self.popen.stdin.flush()

    def hear(self) -> Any:
        """What the oldest order gave."""
        assert self.popen.stdout
        ends = time.monotonic() + PATIENCE
        while b"\n" not in self._unread:
            ready, _, _ = select.select([self.popen.stdout], [], [], max(ends - time.monotonic(), 0))
            assert ready, f"The process is silent. Its log ends: {self._tail()}"
            some = os.read(self.popen.stdout.fileno(), 65536)
            assert some, f"The process died with {self.popen.wait()}. Its log ends: {self._tail()}"
            self._unread += some
        line, _, self._unread = self._unread.partition(b"\n")
        answer = json.loads(line)
        if "raised" in answer:
            raise Refused(f"{answer['raised']}: {answer['said']}")
        return answer["gave"]

    def dies(self) -> None:
        """Wait until SIGKILL has taken it."""
        assert self.popen.wait(timeout=PATIENCE) == -signal.SIGKILL, self._tail()

    def signal(self, number: int) -> None:
        """Stop it, let it go on, kill it."""
        self.popen.send_signal(number)

    def end(self) -> None:
        """Kill it if it lives, and close what it was spoken to through."""
        if self.popen.poll() is None:
            self.popen.kill()
            self.popen.wait()
        for pipe in (self.popen.stdin, self.popen.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()

    def _tail(self) -> str:
        return self.log.read_text(errors="replace")[-2000:]


@dataclass
class Site:
    """A database and an index that outlive the processes on them."""

    folder: Path
    database_url: str
    elasticsearch_url: str = ""
    prefix: str = "fault"
    index: Path = Path()
    processes: list[Process] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The index stands beside the database unless a test says where."""
        self.index = self.folder / "index"

    def start(self, **environment: str) -> Process:
        """One more process of this site."""
        scratch = self.folder / "scratch"
        scratch.mkdir(exist_ok=True)
        process = Process(
            {
                "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
                "DATABASE_URL": self.database_url,
                "ELASTICSEARCH_URL": self.elasticsearch_url,
                "FAULT_INDEX_DIR": str(self.index),
                "FAULT_INDEX_PREFIX": self.prefix,
                "TMPDIR": str(scratch),
                **environment,
            },
            self.folder / "log",
        )
        self.processes.append(process)
        return process

    def close(self) -> None:
        """End every process."""
        for process in self.processes:
            process.end()


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
