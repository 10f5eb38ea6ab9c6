"""Sizes beside each other: how much slower, how many queries, and which aims are missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tests.performance.tables import Figures, span, table

WAYS = ("bare", "service", "API", "page")
MOST_GROWTH = 4.0
MOST_TIMES_BARE = 1.2
MOST_PAGE_CPU = 35.0
MOST_KB, MOST_REQUESTS = 60.0, 6
LEAST_REBUILT = 600.0
MOST_TO_SEARCHABLE, MOST_TO_START = 2_000.0, 4.0
MOST_MEMORY = 200.0


def growth(measured: Sequence[Figures]) -> str:
    """p95 of each question and page at every size, the last over the first, and the rest by size."""
    return "\n\n".join(_growth(name, some) for name, some in by_engine(measured))


def by_engine(measured: Sequence[Figures]) -> Iterator[tuple[str, list[Figures]]]:
    """The figures of each engine in ascending size."""
    ordered = sorted(measured, key=lambda each: (each["engine"] != "embedded", each["size"]))
    for name, some in groupby(ordered, key=lambda each: str(each["engine"])):
        yield name, list(some)


def _growth(name: str, some: Sequence[Figures]) -> str:
    sizes = [f"{each['size']:,}" for each in some]
    kinds = [
        [kind, *(_grown([each["p95"][kind].get(way) for each in some]) for way in WAYS)]
        for kind in some[0]["p95"]
    ]
    pages = [
        [
            page,
            " / ".join(f"{each['page CPU'][page]:.0f}" for each in some),
            _grown([each["page p95"][page] for each in some]),
            " / ".join(span(each["SQL"][page]) for each in some),
        ]
        for page in some[0]["page CPU"]
    ]
    rest = [
        ["rebuild, entries a second", *(_number(each["rebuild"]) for each in some)],
        ["publish to searchable, p95 in ms", *(_number(each["published"]) for each in some)],
        ["memory of a worker, MB", *(_number(each["memory"]) for each in some)],
        ["cold start, s", *(f"{each['cold start']:.1f}" for each in some)],
    ]
    return "\n\n".join(
        (
            f"### {name}: p95 in ms at {' / '.join(sizes)}, and the last over the first",
            table(("question", *WAYS), kinds),
            table(("page", "CPU ms", "p95 ms", "SQL"), pages),
            table(("", *sizes), rest),
        )
    )


def _grown(values: Sequence[float | None]) -> str:
    there = [value for value in values if value is not None]
    if len(there) < len(values):
        return "–"
    return f"{' / '.join(f'{value:.1f}' for value in there)} (× {there[-1] / there[0]:.1f})"


def _number(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.0f}"


def misses(measured: Sequence[Figures]) -> list[str]:
    """Where the aims are not met, in words."""
    return [
        f"- {name}: {words}"
        for name, some in by_engine(measured)
        for words in (
            *_grown_too_much(some),
            *_other_queries(some),
            *(w for each in some for w in _of_one(each)),
        )
    ]


def _grown_too_much(some: Sequence[Figures]) -> Iterator[str]:
    first, last = some[0], some[-1]
    for kind, ways in last["p95"].items():
        for way, p95 in ways.items():
            times = p95 / first["p95"][kind][way]
            if times >= MOST_GROWTH:
                yield f"{kind}, {way}: p95 × {times:.1f} from {first['size']:,} to {last['size']:,} (aim below {MOST_GROWTH:.0f})"
    for page, p95 in last["page p95"].items():
        if (times := p95 / first["page p95"][page]) >= MOST_GROWTH:
            yield f"{page}: p95 × {times:.1f} from {first['size']:,} to {last['size']:,} (aim below {MOST_GROWTH:.0f})"


def _other_queries(some: Sequence[Figures]) -> Iterator[str]:
    for page in some[0]["SQL"]:
        counts = [span(each["SQL"][page]) for each in some]
        if len(set(counts)) > 1:
            yield f"{page}: {' / '.join(counts)} queries (aim: the same at every size)"


def _of_one(each: Figures) -> Iterator[str]:
    at = f"at {each['size']:,}"
    for kind, times in each["service"].items():
        if times > MOST_TIMES_BARE:
            adds = each["service adds"][kind]
            yield f"{kind} {at}: service {times:.2f} × bare engine in CPU (aim {MOST_TIMES_BARE}), {adds:.1f} ms more"
    for page, cpu in (
        *each["page CPU"].items(),
        *((f"{s}, in a worker", c) for s, c in each["worker CPU"].items()),
    ):
        if cpu > MOST_PAGE_CPU:
            yield f"{page} {at}: {cpu:.0f} ms CPU (aim {MOST_PAGE_CPU:.0f})"
    for page, sent in each["heaviest"].items():
        if sent > MOST_KB:
            yield f"{page} {at}: {sent:.0f} KB (aim {MOST_KB:.0f})"
        if each["requests"][page] > MOST_REQUESTS:
            yield f"{page} {at}: {each['requests'][page]} requests (aim {MOST_REQUESTS})"
    if each["rebuild"] is not None and each["rebuild"] < LEAST_REBUILT:
        yield f"rebuild {at}: {each['rebuild']:.0f} entries a second (aim {LEAST_REBUILT:.0f})"
    if each["published"] > MOST_TO_SEARCHABLE:
        yield f"publish to searchable {at}: {each['published']:.0f} ms (aim {MOST_TO_SEARCHABLE:.0f})"
    if each["memory"] is not None and each["memory"] > MOST_MEMORY:
        yield f"memory of a worker {at}: {each['memory']:.0f} MB (aim {MOST_MEMORY:.0f})"
    if each["cold start"] > MOST_TO_START:
        yield f"cold start {at}: {each['cold start']:.1f} s (aim {MOST_TO_START:.0f})"
