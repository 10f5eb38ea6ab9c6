"""`make relevance`: how well search answers our judged questions, plain and understood, on both engines.

    python -m tests.relevance.measure [--folder DIR] [--engines embedded,elastic]

Prints Markdown. Everything happens in a folder of its own (a new one, or --folder, which is kept).
Elasticsearch is the one at ELASTICSEARCH_URL, or started for the run by tools/elasticsearch.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tests.relevance import kindred, metrics
from tests.relevance.judged import HALVES, Question, groups, questions
from tests.relevance.stage import elasticsearch, engine_at, open_stage

if TYPE_CHECKING:
    from tests.relevance.systems import System

HEAD = """| half | counted as | system | nDCG@10 | difference from plain | grade-3 recall@10 | difference from plain | judged of top 10 |
|---|---|---|---|---|---|---|---|"""
Scores = dict[str, list[float | None]]


def main() -> None:
    """Measure and print. Raises: whatever a step raises."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--folder", help="kept afterwards")
    parser.add_argument("--engines", default="embedded,elastic")
    parser.add_argument("--kindred", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="practice-commons-relevance-") as passing:
        folder = Path(options.folder or passing).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        open_stage(folder)
        for name in options.engines.split(","):
            print(f"\n## {name}\n")
            if name == "embedded":
                with engine_at(""):
                    print(table())
                continue
            with elasticsearch(folder) as url:
                if not url:
                    print("Not measured: Elasticsearch did not start.")
                    continue
                with engine_at(url):
                    print(table())
    if options.kindred:
        print(f"\n## Kindred work\n\n{kindred.table()}")
    print(f"\nWhole run: {time.monotonic() - began:.0f} s.")


def table() -> str:
    """Every half, way of counting and system on the engine in use."""
    from practice_library.models import Entry
    from tests.relevance.systems import systems

    keys = {str(uid): key for uid, key in Entry.objects.values_list("uid", "content_key")}
    group_of, measured = groups(), systems()
    lines = [HEAD]
    for half in HALVES:
        asked = questions(half)
        ranked = {each.name: _rankings(each, asked, keys) for each in measured if each.rank}
        for counted in ("entries", "groups"):
            under = group_of if counted == "groups" else {}
            scores = {name: _scores(found, asked, under) for name, found in ranked.items()}
            plain = scores[measured[0].name]
            lines += [
                _line(half, counted, name, score, plain, first=score is plain)
                for name, score in scores.items()
            ]
    lines += [f"\nNot measured: {each.name}, {each.missing}." for each in measured if not each.rank]
    return "\n".join(lines)


def _rankings(system: System, asked: list[Question], keys: Mapping[str, str]) -> list[list[str]]:
    assert system.rank is not None
    return [[keys[uid] for uid in system.rank(question.words)] for question in asked]


def _scores(found: list[list[str]], asked: list[Question], under: Mapping[str, str]) -> Scores:
    scores: Scores = {"ndcg": [], "recall": [], "judged": []}
    for ranked, question in zip(found, asked, strict=True):
        shown, grades = metrics.by_group(ranked, under), metrics.group_grades(question.grades, under)
        scores["ndcg"].append(metrics.ndcg(shown, grades))
        scores["recall"].append(metrics.best_recall(shown, grades))
        scores["judged"].append(metrics.judged_share(shown, grades))
    return scores


def _line(half: str, counted: str, name: str, scores: Scores, plain: Scores, *, first: bool) -> str:
    cells = [half, counted, name]
    for what in ("ndcg", "recall"):
        cells.append(_shown(scores[what], "{:.3f}"))
        cells.append("" if first else _shown(metrics.differences(scores[what], plain[what]), "{:+.3f}"))
    cells.append(f"{metrics.mean(scores['judged']):.0%}")
    return f"| {' | '.join(cells)} |"


def _shown(values: list[float | None] | list[float], form: str) -> str:
    low, high = metrics.interval(values)
    return f"{form.format(metrics.mean(values))} ({form.format(low)} to {form.format(high)})"


if __name__ == "__main__":
    main()
