"""Tables of people search, and what they miss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tests.performance.comparing import MOST_GROWTH, by_engine
from tests.performance.sampling import Times, cpu_ratio, ratio
from tests.performance.tables import Figures, span, table

WAYS = ("engine", "bare", "service", "page")
MOST_SQL = 15
#: The largest ratios of practice search in `docs/performance.md`: service over bare engine, in processor time.
MOST_TIMES_BARE = {"embedded": 4.0, "elastic": 9.2}

Rows = Mapping[str, Mapping[str, Times]]
Pages = Mapping[str, tuple[Times, Sequence[int]]]
Built = tuple[int, float] | None


def engine_tables(name: str, rows: Rows, pages: Pages, built: Built) -> str:
    """p50 / p95 in ms by way, ratios, and what pages cost."""
    heads = (
        "question",
        "engine alone",
        "with the rows",
        "service",
        "page",
        "service ÷ bare",
        "the same in CPU",
        "page CPU ms",
    )
    lines = [
        [
            kind,
            *(_pair(times[way]) for way in WAYS),
            f"{ratio(times['service'], times['bare']):.2f}",
            f"{cpu_ratio(times['service'], times['bare']):.2f}",
            f"{times['page'].cpu_p50:.1f}",
        ]
        for kind, times in rows.items()
    ]  # fmt: skip
    costs = [
        [page, f"{times.cpu_p50:.1f}", _pair(times), span(queries)]
        for page, (times, queries) in pages.items()
    ]
    told = "not measured, the index was there"
    if built:
        told = f"{built[0]} people in {built[1]:.1f} s, **{built[0] / built[1]:.0f} a second**"
    return "\n\n".join(
        (
            f"\n### {name}",
            table(heads, lines),
            f"- rebuild: {told}",
            table(("page", "CPU ms", "p50 / p95 ms", "SQL"), costs),
        )
    )


def engine_figures(name: str, size: int, rows: Rows, pages: Pages, built: Built) -> Figures:
    """What sizes are compared by, as plain values."""
    return {
        "engine": name,
        "size": size,
        "p95": {kind: {way: times[way].p95 for way in WAYS} for kind, times in rows.items()},
        "service": {kind: cpu_ratio(times["service"], times["bare"]) for kind, times in rows.items()},
        "page p95": {page: times.p95 for page, (times, _) in pages.items()},
        "page CPU": {page: times.cpu_p50 for page, (times, _) in pages.items()},
        "SQL": {page: [min(queries), max(queries)] for page, (_, queries) in pages.items()},
        "rebuild": built[0] / built[1] if built else None,
    }


def growth(measured: Sequence[Figures]) -> str:
    """p95 of each question and page at every size, and the last over the first."""
    return "\n\n".join(_growth(name, some) for name, some in by_engine(measured))


def _growth(name: str, some: Sequence[Figures]) -> str:
    sizes = " / ".join(f"{each['size']:,}" for each in some)
    kinds = [
        [kind, *(_grown([each["p95"][kind][way] for each in some]) for way in WAYS)]
        for kind in some[0]["p95"]
    ]
    pages = [
        [
            page,
            " / ".join(f"{each['page CPU'][page]:.0f}" for each in some),
            _grown([each["page p95"][page] for each in some]),
            " / ".join(span(each["SQL"][page]) for each in some),
        ]
        for page in some[0]["page p95"]
    ]
    return "\n\n".join(
        (
            f"### {name}: p95 in ms at {sizes}, and the last over the first",
            table(("question", "engine alone", "with the rows", "service", "page"), kinds),
            table(("page", "CPU ms", "p95 ms", "SQL"), pages),
        )
    )


def misses(measured: Sequence[Figures]) -> list[str]:
    """Where the aims are not met, in words."""
    return [f"- {name}: {words}" for name, some in by_engine(measured) for words in _missed(some)]


def _missed(some: Sequence[Figures]) -> Iterator[str]:
    first, last = some[0], some[-1]
    for kind, ways in last["p95"].items():
        for way in ("service", "page"):
            if (times := ways[way] / first["p95"][kind][way]) >= MOST_GROWTH:
                yield f"{kind}, {way}: p95 × {times:.1f} (aim below {MOST_GROWTH:.0f})"
    for page, p95 in last["page p95"].items():
        if (times := p95 / first["page p95"][page]) >= MOST_GROWTH:
            yield f"{page}: p95 × {times:.1f} (aim below {MOST_GROWTH:.0f})"
    for page in first["SQL"]:
        counts = [span(each["SQL"][page]) for each in some]
        if len(set(counts)) > 1 or max(each["SQL"][page][1] for each in some) > MOST_SQL:
            yield f"{page}: {' / '.join(counts)} queries (aim: the same at every size, {MOST_SQL} at most)"
    for each in some:
        most = MOST_TIMES_BARE[each["engine"]]
        for kind, times in each["service"].items():
            if times > most:
                yield f"{kind} at {each['size']:,}: service {times:.2f} × bare in CPU (practice search: {most} at most)"


def _pair(times: Times) -> str:
    return f"{times.p50:.1f} / {times.p95:.1f}"


def _grown(values: Sequence[float]) -> str:
    return f"{' / '.join(f'{value:.1f}' for value in values)} (× {values[-1] / values[0]:.1f})"
