"""What has to work for the site to serve. Rooms above register their part, so that this room need not know them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

Check = Callable[[], str | None]
"""Gives None or "" when well, else what is wrong in a few words; may raise."""


@dataclass(frozen=True)
class Registered:
    """One part. The site is unready without an essential one, whole without an optional one, and worse without another."""

    name: str
    check: Check
    essential: bool
    optional: bool


@dataclass(frozen=True)
class Finding:
    """How one part is."""

    name: str
    well: bool
    essential: bool
    optional: bool
    problem: str
    took_ms: int


_registered: dict[str, Registered] = {}


def register_check(name: str, check: Check, *, essential: bool = False, optional: bool = False) -> None:
    """Register one part by name. Raises: ValueError for a name that is taken."""
    if name in _registered:
        raise ValueError(f"The health check {name!r} is registered already.")
    _registered[name] = Registered(name, check, essential, optional)


def run_checks() -> list[Finding]:
    """Ask every part. A check that raises is a part that is not well; its words stay in the log."""
    return [_ask(part) for part in _registered.values()]


def _ask(part: Registered) -> Finding:
    began = time.perf_counter()
    try:
        problem = part.check() or ""
    except Exception as error:
        problem = type(error).__name__
    took = round((time.perf_counter() - began) * 1000)
    return Finding(part.name, not problem, part.essential, part.optional, problem, took)
