"""`make bench`: speed and weight at 1,000, 10,000 and 100,000 entries on both engines, as ratios of one run.

    python -m tests.performance.bench [--sizes 1000,10000,100000] [--rounds 5] [--keep DIR] [--reuse-index]
                                      [--corpus FILE] [--seed-only] [--people 1000,10000,100000]

Each size is measured by a process of its own, on SQLite or on a database beside the one that DATABASE_URL names. With
--keep the seeded libraries and their indices stay in DIR and the next run takes them up; without it everything
goes at the end. What a size gave is written at once (`report.md` and `figures.json` in its folder), so a run that
breaks still tells. Text comes from CORPUS, a gzipped file of JSON lines with a `text` each; without it words are made up.
Elasticsearch is measured where ELASTICSEARCH_URL is set (tools/elasticsearch start).

With --people the members' side is measured instead: people search and pages about people at these numbers of members, over
one library of a thousand entries.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.performance import comparing, people_report
from tests.performance.stage import say
from tests.performance.tables import machine

SIZES = "1000,10000,100000"


def main() -> None:
    """Measure, print tables in Markdown. Raises: CalledProcessError where a size could not be measured."""
    options = _options()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="practice-commons-bench-") as passing:
        _measure(options, Path(options.keep or passing).resolve(), begun=began)
    print(f"\nWhole run: {time.monotonic() - began:.0f} s.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default=SIZES, help="numbers of entries")
    parser.add_argument("--people", default="", help="numbers of members, measured instead of entries")
    parser.add_argument("--rounds", type=int, default=5, help="how often each question is asked each way")
    parser.add_argument("--corpus", default=os.environ.get("CORPUS") or None)
    parser.add_argument("--keep", default=os.environ.get("BENCH_DIR") or None, help="where libraries stay")
    parser.add_argument(
        "--reuse-index", action="store_true", help="take a whole index as it is; no rebuild rate"
    )
    parser.add_argument("--seed-only", action="store_true", help="make the libraries, measure nothing")
    options = parser.parse_args()
    options.sizes = sorted(int(size) for size in (options.people or options.sizes).split(","))
    return options


def _measure(options: argparse.Namespace, library: Path, *, begun: float) -> None:
    text = Path(options.corpus).name if options.corpus else "made-up words (no CORPUS)"
    print(f"{machine()}. Text: {text}.")
    print("Shared machine: the ratios hold better than the milliseconds, which are p50 / p95.")
    if not os.environ.get("ELASTICSEARCH_URL"):
        print("Elasticsearch: not measured, since ELASTICSEARCH_URL is not set.")
    figures: list[dict[str, Any]] = []
    folders: list[Path] = []
    try:
        for size in options.sizes:
            what = "people" if options.people else "entries"
            folder = library / f"{what}-{size}"
            folder.mkdir(parents=True, exist_ok=True)
            say(f"{size} {what} in {folder}, {time.monotonic() - begun:.0f} s after the start")
            asked = [f"--{what}", str(size), "--rounds", str(options.rounds)]
            asked += ["--smaller", str(folders[-1])] if folders else []
            asked += ["--corpus", options.corpus] if options.corpus else []
            asked += ["--reuse-index"] if options.reuse_index else []
            asked += ["--seed-only"] if options.seed_only else []
            folders.append(folder)
            _one_size(folder, *asked)
            if not options.seed_only:
                figures += json.loads((folder / "figures.json").read_text())
    finally:
        for folder in folders if not options.keep else []:
            _one_size(folder, "--drop")
    if figures and options.people:
        print(f"\n## From {options.sizes[0]:,} to {options.sizes[-1]:,} people\n")
        print(people_report.growth(figures))
        print("\n## Misses\n")
        print(*(people_report.misses(figures) or ["None."]), sep="\n")
    elif figures:
        print(f"\n## From {options.sizes[0]:,} to {options.sizes[-1]:,} entries\n")
        print(comparing.growth(figures))
        print("\n## Misses\n")
        print(*(comparing.misses(figures) or ["None."]), sep="\n")


def _one_size(folder: Path, *asked: str) -> None:
    sys.stdout.flush()
    subprocess.run([sys.executable, "-m", "tests.performance.one_size", str(folder), *asked], check=True)


if __name__ == "__main__":
    main()
