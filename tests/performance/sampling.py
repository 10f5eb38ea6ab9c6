"""Times of several ways to the same answer, taken in turn, so that a noisy neighbour hits all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import TypeVar

MOST_SECONDS = 8.0
Asked = TypeVar("Asked")


@dataclass
class Times:
    """Milliseconds on the clock and of the processor, one pair a call."""

    clock: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        """The median on the clock."""
        return median(self.clock)

    @property
    def p95(self) -> float:
        """What one call in twenty exceeds."""
        return quantiles(self.clock, n=20, method="inclusive")[-1] if len(self.clock) > 1 else self.p50

    @property
    def cpu_p50(self) -> float:
        """The median of processor time."""
        return median(self.cpu)


def interleaved(
    ways: Mapping[str, Callable[[Asked], object]],
    questions: Sequence[Asked],
    *,
    rounds: int,
    most_seconds: float = MOST_SECONDS,
) -> dict[str, Times]:
    """Ask every question by every way, in turn, `rounds` times or until the time is up; the first round warms up."""
    times = {name: Times() for name in ways}
    names = list(ways)
    ends = time.monotonic() + most_seconds
    for turn in range(rounds + 1):
        for number, question in enumerate(questions):
            for name in names[(turn + number) % len(names) :] + names[: (turn + number) % len(names)]:
                wall, cpu = time.perf_counter(), time.process_time()
                ways[name](question)
                wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
                if turn:
                    times[name].clock.append(wall * 1000)
                    times[name].cpu.append(cpu * 1000)
        if turn and time.monotonic() > ends:
            break
    return times


def ratio(upper: Times, lower: Times) -> float:
    """How many times as long: the median of the ratios of calls made one after the other."""
    return median(a / max(b, 0.001) for a, b in zip(upper.clock, lower.clock, strict=True))


def cpu_ratio(upper: Times, lower: Times) -> float:
    """The same of processor time: steadier on a shared machine, but blind to what another process does."""
    return median(a / max(b, 0.001) for a, b in zip(upper.cpu, lower.cpu, strict=True))
