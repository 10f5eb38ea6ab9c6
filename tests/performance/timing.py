"""Fair timing on a noisy machine: the things compared take turns, and medians are told."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

Act = Callable[[], object]


@dataclass(frozen=True)
class Times:
    """Milliseconds: wall clock and processor."""

    p50: float
    p95: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.p50:.1f}/{self.p95:.1f}"


def in_turns(acts: dict[str, Act], *, rounds: int) -> dict[str, Times]:
    """Each act once a round, after two rounds of warming up; never more than `rounds` times."""
    wall: dict[str, list[float]] = {name: [] for name in acts}
    cpu: dict[str, list[float]] = {name: [] for name in acts}
    gc.collect()
    for number in range(rounds + 2):
        for name, act in acts.items():
            began, spent = time.perf_counter(), time.process_time()
            act()
            took, used = time.perf_counter() - began, time.process_time() - spent
            if number >= 2:
                wall[name].append(took * 1000)
                cpu[name].append(used * 1000)
    return {
        name: Times(median(wall[name]), quantiles(wall[name], n=20)[-1], median(cpu[name])) for name in acts
    }
