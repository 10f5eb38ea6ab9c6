"""`make bench`: speed and weight at 1,000 and 10,000 entries on both engines, as ratios of one run.

    python -m tests.performance.bench [--sizes 1000,10000] [--rounds 5] [--corpus FILE] [--folder DIR]

Everything happens in a folder of its own (a new one, or BENCH_DIR), on SQLite or on a new database beside the one that
DATABASE_URL names. Text comes from CORPUS, a gzipped file of JSON lines with a `text` each; without it words are made
up. Elasticsearch is measured where ELASTICSEARCH_URL is set (tools/elasticsearch start).
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from tests.performance.stage import close_stage, engine_of, engines, grow, open_stage, say

PUBLISHED = 20


def main() -> None:
    """Measure, print tables in Markdown. Raises: whatever a step raises."""
    options = _options()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="practice-commons-bench-") as passing:
        folder = Path(options.folder or passing).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        say(f"setting up in {folder}")
        open_stage(folder)
        try:
            _measure(options)
        finally:
            close_stage()
    print(f"\nWhole run: {time.monotonic() - began:.0f} s.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="1000,10000", help="numbers of entries, in ascending order")
    parser.add_argument("--rounds", type=int, default=5, help="how often each question is asked each way")
    parser.add_argument("--corpus", type=Path, default=os.environ.get("CORPUS") or None)
    parser.add_argument("--folder", default=os.environ.get("BENCH_DIR") or None, help="kept afterwards")
    options = parser.parse_args()
    options.sizes = sorted(int(size) for size in options.sizes.split(","))
    options.corpus = Path(options.corpus) if options.corpus else None
    return options


def _measure(options: argparse.Namespace) -> None:
    from django.conf import settings
    from django.db import connection

    from tests.performance import freshness, latency, pages, report, worker

    text = options.corpus.name if options.corpus else "made-up words (no CORPUS)"
    print(f"{report.machine()}. Database: {connection.vendor}. Text: {text}.")
    print("Shared machine: the ratios hold better than the milliseconds, which are p50 / p95.")
    if "elastic" not in engines():
        print("Elasticsearch: not measured, since ELASTICSEARCH_URL is not set.")
    missed = []
    for size in options.sizes:
        added, seconds = grow(size, options.corpus)
        print(f"\n## {size:,} entries\n\n{added} seeded in {seconds:.0f} s ({added / seconds:.0f} a second).")
        for name in engines():
            with engine_of(name) as engine:
                say(f"{size} entries, {name}: building the index")
                built = freshness.build(engine)
                say(f"{size} entries, {name}: questions")
                rows = latency.measure(engine, settings.ELASTICSEARCH_AT, options.rounds)
                say(f"{size} entries, {name}: pages")
                costs = pages.measure(options.rounds)
                say(f"{size} entries, {name}: publishing, and a worker")
                published = freshness.publish(PUBLISHED)
                served = worker.measure(name, pages.sorts_of_pages()["case study"])
                print(f"\n### {name}\n\n{report.latency_table(rows)}\n")
                print(*report.engine_lines(name, built, published, served), sep="\n")
                print(f"\n{report.page_table(costs)}", flush=True)
                missed += report.misses(name, size, rows, costs, built, served)
    print("\n## Misses\n")
    print(*(missed or ["None."]), sep="\n")


if __name__ == "__main__":
    main()
