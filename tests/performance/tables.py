"""Tables in Markdown, as they stand in docs/performance.md, and where they were measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

#: What one engine gave at one size, as `report.figures` writes it.
Figures = dict[str, Any]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [list(heads), ["---"] * len(heads), *map(list, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def span(numbers: Sequence[int]) -> str:
    """The lowest and the highest, or the one that they all are."""
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low}–{high}"


def machine() -> str:
    """Where and when, so that numbers are not compared across machines."""
    model = "unknown processor"
    try:
        with open("/proc/cpuinfo") as info:
            model = next((line.split(":")[1].strip() for line in info if "model name" in line), model)
    except OSError:
        pass
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{date.today()}, {os.cpu_count()} × {model}{load}, Python {platform.python_version()}"
