"""One production worker of its own: how long until it first answers, and how much memory it holds."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

REQUESTS = 50
PATIENCE = 60.0
ADDRESSES = (
    "/practice/?q=children+support",
    "/practice/?q=mental+health&status=running",
    "/practice/?direction=favourable&page=3",
    "/practice/?q=exploitaton",
    "/api/v1/practice/search?q=young+carers",
)


@dataclass
class Worker:
    """`resident` is of the worker process alone, in bytes; None where the system does not tell."""

    seconds_to_first_page: float
    resident: int | None
    resident_before: int | None


def measure(engine: str) -> Worker:
    """Start gunicorn with one worker, ask it fifty times, look at it, stop it."""
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
        _wait(server, port, ADDRESSES[0], began)
        first = time.perf_counter() - began
        before = _resident(server.pid)
        for number in range(REQUESTS):
            _get(port, ADDRESSES[number % len(ADDRESSES)])
        return Worker(first, _resident(server.pid), before)
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


def _resident(master: int) -> int | None:
    """Memory of the one child of gunicorn's master process."""
    children = Path(f"/proc/{master}/task/{master}/children")
    if not children.exists():
        return None
    status = Path(f"/proc/{children.read_text().split()[0]}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024
