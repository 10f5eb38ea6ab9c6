"""nDCG, recall of the best grade and intervals: small enough to check by hand."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence

DEPTH = 10
BEST_GRADE = 3
ROUNDS = 2000
SEED = 20261124


def gain(grades: Iterable[int], depth: int = DEPTH) -> float:
    """Discounted gain of grades in order: 2^grade - 1, divided by log2 of the place plus one."""
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(list(grades)[:depth]))


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float | None:
    """None where nothing is graded above 0: no order is better than another. Unjudged counts as 0."""
    ideal = gain(sorted(grades.values(), reverse=True), depth)
    return gain((grades.get(key, 0) for key in ranked), depth) / ideal if ideal else None


def best_recall(ranked: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float | None:
    """Share of the grade-3 entries in the first `depth`, of as many as fit there. None where there are none."""
    best = {key for key, grade in grades.items() if grade == BEST_GRADE}
    return len(best.intersection(ranked[:depth])) / min(len(best), depth) if best else None


def judged_share(ranked: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float | None:
    """Share of the first results that somebody graded. None where nothing was found."""
    shown = ranked[:depth]
    return sum(key in grades for key in shown) / len(shown) if shown else None


def by_group(ranked: Iterable[str], groups: Mapping[str, str]) -> list[str]:
    """Each group at the place of its first member."""
    return list(dict.fromkeys(groups.get(key, key) for key in ranked))


def group_grades(grades: Mapping[str, int], groups: Mapping[str, str]) -> dict[str, int]:
    """The grade of a group is its best member's."""
    best: dict[str, int] = {}
    for key, grade in grades.items():
        group = groups.get(key, key)
        best[group] = max(grade, best.get(group, 0))
    return best


def mean(values: Iterable[float | None]) -> float:
    """Of those that are defined; 0 where none is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else 0.0


def interval(values: Iterable[float | None]) -> tuple[float, float]:
    """95 per cent bootstrap interval of the mean over questions, the same for the same values."""
    known = [value for value in values if value is not None]
    if not known:
        return (0.0, 0.0)
    draw = random.Random(SEED)
    means = sorted(sum(draw.choices(known, k=len(known))) / len(known) for _ in range(ROUNDS))
    return (means[int(ROUNDS * 0.025)], means[int(ROUNDS * 0.975) - 1])


def differences(values: Sequence[float | None], base: Sequence[float | None]) -> list[float]:
    """Question by question, where both are defined."""
    return [a - b for a, b in zip(values, base, strict=True) if a is not None and b is not None]
