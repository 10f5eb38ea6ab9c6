"""One production worker of its own: how long until it first answers, what a page costs it, how much memory it holds.

Processor time comes from the system's own count of that process, so nothing else that is measured here stands in it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

REQUESTS = 50
PATIENCE = 60.0
ADDRESSES = {
    "search page": (
        "/practice/?q=children+support",
        "/practice/?q=mental+health&status=running",
        "/practice/?direction=favourable&page=3",
        "/practice/?q=exploitaton",
    ),
    "API search": ("/api/v1/practice/search?q=young+carers", "/api/v1/practice/search?q=mental+health"),
}


@dataclass
class Worker:
    """`resident` is of the worker process alone, in bytes; `mapped` are files in it. None where the system does not tell."""

    seconds_to_first_page: float
    resident: int | None
    resident_before: int | None
    costs: dict[str, Cost] = field(default_factory=dict)
    mapped: int | None = None


@dataclass
class Cost:
    """Of one request to the worker: milliseconds of the processor, those of the system among them, pages of memory."""

    cpu: float
    system: float
    faults: float


def measure(engine: str, entries: Sequence[str]) -> Worker:
    """Start gunicorn with one worker, ask it fifty times for each sort of page, look at it, stop it."""
    port = _free_port()
    environment = {**os.environ, "BENCH_ENGINE": engine}
    began = time.perf_counter()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "website.wsgi",
            "-w",
            "1",
            "-b",
            f"127.0.0.1:{port}",
            "--log-level",
            "error",
        ],
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        asked = {**ADDRESSES, "case study page": tuple(entries)}
        _wait(server, port, asked["search page"][0], began)
        first = time.perf_counter() - began
        before = _resident(server.pid)
        costs = {name: cost for name, some in asked.items() if (cost := _cost(server.pid, port, some))}
        return Worker(first, _resident(server.pid), before, costs, _resident(server.pid, "RssFile"))
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _get(port: int, address: str) -> None:
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{address}", headers={"Host": "localhost"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        answer.read()


def _wait(server: subprocess.Popen[bytes], port: int, address: str, began: float) -> None:
    while time.perf_counter() - began < PATIENCE:
        try:
            _get(port, address)
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"The worker answered {error.code} to {address}.") from error
        except OSError:
            if server.poll() is not None:
                raise RuntimeError("The worker did not start.") from None
            time.sleep(0.02)
        else:
            return
    raise RuntimeError("The worker did not answer within a minute.")


def _cost(master: int, port: int, addresses: Sequence[str]) -> Cost | None:
    for address in addresses:
        _get(port, address)
    before = _counts(master)
    for number in range(REQUESTS):
        _get(port, addresses[number % len(addresses)])
    after = _counts(master)
    if before is None or after is None:
        return None
    faults, user, system = ((now - then) / REQUESTS for now, then in zip(after, before, strict=True))
    tick = 1000 / os.sysconf("SC_CLK_TCK")
    return Cost(cpu=(user + system) * tick, system=system * tick, faults=faults)


def _child(master: int) -> Path | None:
    """What the system tells of the one child of gunicorn's master process."""
    children = Path(f"/proc/{master}/task/{master}/children")
    return Path(f"/proc/{children.read_text().split()[0]}") if children.exists() else None


def _counts(master: int) -> tuple[int, int, int] | None:
    """Minor faults, user and system ticks so far."""
    child = _child(master)
    if child is None:
        return None
    fields = (child / "stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[7]), int(fields[11]), int(fields[12])


def _resident(master: int, what: str = "VmRSS") -> int | None:
    child = _child(master)
    if child is None:
        return None
    status = (child / "status").read_text()
    line = next(line for line in status.splitlines() if line.startswith(f"{what}:"))
    return int(line.split()[1]) * 1024
