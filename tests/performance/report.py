"""What one size gave: tables in Markdown, and figures to compare with other sizes."""

from __future__ import annotations

from collections.abc import Sequence

from tests.performance.freshness import Built
from tests.performance.latency import Row
from tests.performance.pages import PageCost
from tests.performance.sampling import Times, cpu_ratio, ratio
from tests.performance.tables import Figures, span, table
from tests.performance.worker import Worker

NOT_MEASURED = "not measured"
WAYS = ("bare", "stock snippets", "service", "folded", "API", "page")


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
            [cost.name, f"{cost.times.cpu_p50:.1f}", _pair(cost.times), span(cost.queries), *_weights(cost)]
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
        span([len(weight.requests) for weight in cost.weights]),
    ]


def _kb(size: int) -> str:
    return f"{size / 1024:.0f}"


def engine_lines(name: str, built: Built | None, published: Times, worker: Worker) -> list[str]:
    """What one engine costs besides queries."""
    memory = (
        f"{worker.resident / 1024 / 1024:.0f} MB after {len(worker.costs) * 50} requests"
        f" ({(worker.resident_before or 0) / 1024 / 1024:.0f} MB after the first;"
        f" {(worker.mapped or 0) / 1024 / 1024:.0f} MB are files, of which workers share one copy)"
        if worker.resident
        else NOT_MEASURED
    )
    return [
        f"- rebuild: {_rebuild(built)}",
        f"- publish to found: {published.p50:.0f} / {published.p95:.0f} ms (p50 / p95 of {len(published.clock)})",
        f"- a worker of its own ({name}): first page {worker.seconds_to_first_page:.1f} s after its start, {memory}",
        *(
            f"  - {sort}: **{cost.cpu:.0f} ms CPU**, of it {cost.system:.0f} in the system ({cost.faults:.0f} page faults)"
            for sort, cost in worker.costs.items()
        ),
    ]


def _rebuild(built: Built | None) -> str:
    if built is None:
        return f"{NOT_MEASURED}, the index was there"
    size = f", {built.bytes / 1024 / 1024:.0f} MB on disk" if built.bytes else ""
    return (
        f"{built.documents} entries in {built.seconds:.1f} s, **{built.rate:.0f} a second**"
        f" ({built.preparing / built.seconds:.0%} of it reading documents from the database){size}"
    )


def figures(
    name: str,
    size: int,
    rows: Sequence[Row],
    costs: Sequence[PageCost | str],
    built: Built | None,
    published: Times,
    worker: Worker,
) -> Figures:
    """What sizes are compared by, as plain values: milliseconds, megabytes, entries a second, queries."""
    there = [cost for cost in costs if not isinstance(cost, str)]
    return {
        "engine": name,
        "size": size,
        "p95": {row.kind: {way: times.p95 for way, times in row.times.items()} for row in rows},
        "service": {row.kind: cpu_ratio(row.times["service"], row.times["bare"]) for row in rows},
        "service adds": {row.kind: row.times["service"].cpu_p50 - row.times["bare"].cpu_p50 for row in rows},
        "page CPU": {cost.name: cost.times.cpu_p50 for cost in there},
        "page p95": {cost.name: cost.times.p95 for cost in there},
        "SQL": {cost.name: [min(cost.queries), max(cost.queries)] for cost in there},
        "heaviest": {cost.name: cost.heaviest.sent / 1024 for cost in there if cost.weights},
        "requests": {cost.name: max(len(w.requests) for w in cost.weights) for cost in there if cost.weights},
        "worker CPU": {sort: cost.cpu for sort, cost in worker.costs.items()},
        "rebuild": built.rate if built else None,
        "published": published.p95,
        "memory": worker.resident / 1024 / 1024 if worker.resident else None,
        "cold start": worker.seconds_to_first_page,
    }
