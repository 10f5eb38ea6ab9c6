"""One library of one size, measured on every engine: what `bench` starts for each size.

A process of its own, so that memory, prepared queries and open files of one size do not stand in another's figures.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from tests.performance import people
from tests.performance.people import grow_people
from tests.performance.stage import close_stage, engine_of, engines, grow, open_stage, say, set_up

PUBLISHED = 20


def main() -> None:
    """Make the library unless it is there, measure it, write `report.md` and `figures.json` as they come."""
    options = _options()
    folder: Path = options.folder
    set_up(folder)
    if options.drop:
        close_stage()
        return
    open_stage(options.smaller)
    added, seconds = grow(options.entries, options.corpus)
    if options.people:
        added, seconds = grow_people(options.people, options.corpus)
    seeded = (
        f"{added} seeded in {seconds:.0f} s ({added / seconds:.0f} a second)." if added else "Seeded before."
    )
    if options.seed_only:
        say(seeded)
        return
    shown, figures = folder / "report.md", folder / "figures.json"
    for old in (shown, figures):
        old.unlink(missing_ok=True)
    measured: list[dict[str, Any]] = []
    _tell(shown, f"\n## {_what(options)}\n\n{seeded}")
    for name in engines():
        part, some = people.measure(name, options) if options.people else _measure(name, options)
        measured.append(some)
        figures.write_text(json.dumps(measured, indent=1))
        _tell(shown, part)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=1_000)
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--smaller", type=Path)
    parser.add_argument("--corpus", type=Path)
    for switch in ("--reuse-index", "--seed-only", "--drop"):
        parser.add_argument(switch, action="store_true")
    return parser.parse_args()


def _what(options: argparse.Namespace) -> str:
    return f"{options.people:,} people" if options.people else f"{options.entries:,} entries"


def _tell(shown: Path, words: str) -> None:
    print(words, flush=True)
    with shown.open("a") as file:
        file.write(f"{words}\n")


def _measure(name: str, options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    from django.conf import settings

    from tests.performance import freshness, latency, pages, report, worker

    size = options.entries
    with engine_of(name) as engine:
        reused = options.reuse_index and freshness.is_whole(engine)
        say(f"{size} entries, {name}: {'the index is there' if reused else 'building the index'}")
        built = None if reused else freshness.build(engine)
        say(f"{size} entries, {name}: questions")
        rows = latency.measure(engine, settings.ELASTICSEARCH_AT, options.rounds)
        say(f"{size} entries, {name}: pages")
        costs = pages.measure(options.rounds)
        say(f"{size} entries, {name}: publishing, and a worker")
        published = freshness.publish(PUBLISHED)
        served = worker.measure(name, pages.sorts_of_pages()["case study"])
    lines = "\n".join(report.engine_lines(name, built, published, served))
    tables = f"\n### {name}\n\n{report.latency_table(rows)}\n\n{lines}\n\n{report.page_table(costs)}"
    return tables, report.figures(name, size, rows, costs, built, published, served)


if __name__ == "__main__":
    main()
