"""Tables in Markdown, as they stand in docs/performance.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import date

from tests.performance.freshness import Built
from tests.performance.latency import Row
from tests.performance.pages import PageCost
from tests.performance.sampling import Times, cpu_ratio, ratio
from tests.performance.worker import Worker

NOT_MEASURED = "not measured"
WAYS = ("bare", "stock snippets", "service", "folded", "API", "page")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [list(heads), ["---"] * len(heads), *map(list, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


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


def latency_table(rows: Sequence[Row]) -> str:
    """p50 / p95 in ms by way, and how many times the bare engine the service takes."""
    shown = [way for way in WAYS if any(way in row.times for row in rows)]
    missing = [way for way in ("API", "page") if way not in shown]
    heads = [
        "question",
        *shown,
        *missing,
        "service ÷ bare",
        "the same in CPU",
        "service adds CPU ms",
        "page CPU ms",
    ]
    lines = []
    for row in rows:
        cells = [_pair(row.times.get(way)) for way in shown] + [NOT_MEASURED] * len(missing)
        page = row.times.get("page")
        service, bare = row.times["service"], row.times["bare"]
        lines.append(
            [
                row.kind,
                *cells,
                f"{ratio(service, bare):.2f}",
                f"{cpu_ratio(service, bare):.2f}",
                f"{service.cpu_p50 - bare.cpu_p50:.1f}",
                f"{page.cpu_p50:.1f}" if page else "–",
            ]
        )
    return table(heads, lines)


def _pair(times: Times | None) -> str:
    return f"{times.p50:.1f} / {times.p95:.1f}" if times else "–"


def page_table(costs: Sequence[PageCost | str]) -> str:
    """CPU, time, SQL and weight of each sort of page."""
    heads = (
        "page", "CPU ms", "p50 / p95 ms", "SQL", "HTML KB", "HTML gzip KB", "first visit KB", "heaviest KB", "requests"
    )  # fmt: skip
    lines = []
    for cost in costs:
        if isinstance(cost, str):
            lines.append([cost, NOT_MEASURED, *["–"] * 7])
            continue
        lines.append(
            [cost.name, f"{cost.times.cpu_p50:.1f}", _pair(cost.times), _range(cost.queries), *_weights(cost)]
        )
    return table(heads, lines)


def _weights(cost: PageCost) -> list[str]:
    if not cost.weights:
        return ["–"] * 5
    middle = sorted(cost.weights, key=lambda weight: weight.sent)[len(cost.weights) // 2]
    return [
        _kb(middle.html),
        _kb(middle.html_sent),
        _kb(middle.sent),
        _kb(cost.heaviest.sent),
        _range([len(weight.requests) for weight in cost.weights]),
    ]


def _range(numbers: Sequence[int]) -> str:
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low}–{high}"


def _kb(size: int) -> str:
    return f"{size / 1024:.0f}"


def engine_lines(name: str, built: Built, published: Times, worker: Worker) -> list[str]:
    """What one engine costs besides queries."""
    share = built.preparing / built.seconds
    size = f", {built.bytes / 1024 / 1024:.0f} MB on disk" if built.bytes else ""
    memory = (
        f"{worker.resident / 1024 / 1024:.0f} MB after {len(worker.costs) * 50} requests"
        f" ({(worker.resident_before or 0) / 1024 / 1024:.0f} MB after the first)"
        if worker.resident
        else NOT_MEASURED
    )
    return [
        f"- rebuild: {built.documents} entries in {built.seconds:.1f} s, **{built.rate:.0f} a second**"
        f" ({share:.0%} of it reading documents from the database){size}",
        f"- publish to found: {published.p50:.0f} / {published.p95:.0f} ms (p50 / p95 of {len(published.clock)})",
        f"- a worker of its own ({name}): first page {worker.seconds_to_first_page:.1f} s after its start, {memory}",
        *(
            f"  - {sort}: **{cost.cpu:.0f} ms CPU**, of it {cost.system:.0f} in the system ({cost.faults:.0f} page faults)"
            for sort, cost in worker.costs.items()
        ),
    ]


def misses(
    name: str, size: int, rows: Sequence[Row], costs: Sequence[PageCost | str], built: Built, worker: Worker
) -> list[str]:
    """Where the aims are not met, in words."""
    found = []
    for row in rows:
        times = cpu_ratio(row.times["service"], row.times["bare"])
        if name == "embedded" and times > 1.2:
            adds = row.times["service"].cpu_p50 - row.times["bare"].cpu_p50
            found.append(
                f"{row.kind}: the service takes {times:.2f} × bare tantivy (aim 1.2), {adds:.1f} ms more"
            )
    for sort, served in worker.costs.items():
        if served.cpu > 35:
            found.append(f"{sort}, in a worker: {served.cpu:.0f} ms CPU (aim 35)")
    for cost in costs:
        if isinstance(cost, str):
            continue
        if cost.times.cpu_p50 > 35:
            found.append(f"{cost.name}: {cost.times.cpu_p50:.0f} ms CPU (aim 35)")
        if cost.weights and cost.heaviest.sent > 60 * 1024:
            found.append(f"{cost.name}: {_kb(cost.heaviest.sent)} KB at {cost.heaviest.address} (aim 60)")
        if cost.weights and max(len(weight.requests) for weight in cost.weights) > 6:
            found.append(f"{cost.name}: more than 6 requests")
    if built.rate < 600:
        found.append(f"rebuild: {built.rate:.0f} entries a second (aim 600)")
    return [f"- {name}, {size:,}: {words}" for words in found]
