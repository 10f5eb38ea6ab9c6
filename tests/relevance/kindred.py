"""How many of the judged kindred pairs stand among the first five of each other, and how many traps stand anywhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import yaml

from tests.relevance.judged import HALVES, HERE

FIRST = 5
HEAD = """| half | found by | partners of anchors | those of grade 2 | pairs of grade 2 | pairs of grade 1 | same form, different result | traps shown |
|---|---|---|---|---|---|---|---|"""


@dataclass
class Tally:
    """Found and looked for, by what was looked for; and the traps that were shown, each with its kind."""

    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    shown: list[tuple[str, str, str]] = field(default_factory=list)

    def count(self, what: str, found: bool) -> None:
        self.wanted[what] += 1
        self.found[what] += found

    def share(self, what: str) -> float:
        return self.found[what] / max(self.wanted[what], 1)


def tally(half: str) -> Tally:
    """Of the pairs in the database. Traps count wherever they are shown, not among the first five alone."""
    from practice_library.choices import KindredRelation
    from practice_library.models import Entry, KindredPair

    keys = dict(Entry.objects.values_list("pk", "content_key"))
    listed: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    pairs = KindredPair.objects.shown().order_by("-score", "pk")
    for left, right, relation in pairs.values_list("left_id", "right_id", "relation"):
        listed[keys[left]][relation].append(keys[right])
        listed[keys[right]][relation].append(keys[left])

    def first(key: str, *relations: str) -> set[str]:
        return {other for relation in relations for other in listed[key][relation][:FIRST]}

    def meet(one: str, other: str, *relations: str) -> bool:
        return other in first(one, *relations) or one in first(other, *relations)

    told = Tally()
    judged = _judged()
    for anchor in (each for each in judged["anchors"] if each["half"] == half):
        near = first(anchor["anchor"], *KindredRelation.values)
        for need in anchor["partners"]:
            met = not near.isdisjoint(need["any_of"])
            told.count("partners", met)
            if need["grade"] == 2:
                told.count("best partners", met)
    for pair in (each for each in judged["pairs"] if each["half"] == half):
        one, other = pair["left"], pair["right"]
        if pair["relation"] == "trap":
            everything = {key for found in listed[one].values() for key in found}
            told.count("traps", other in everything)
            if other in everything:
                told.shown.append((pair["trap"], one, other))
        elif pair["relation"] == "differs":
            told.count("differs", meet(one, other, KindredRelation.DIFFERS))
        else:
            told.count(f"grade {pair['grade']}", meet(one, other, *KindredRelation.values))
    return told


def line(half: str, by: str) -> str:
    """A row of the table."""
    told = tally(half)
    cells = [half, by]
    for what in ("partners", "best partners", "grade 2", "grade 1", "differs", "traps"):
        cells.append(f"{told.found[what]} of {told.wanted[what]} ({told.share(what):.2f})")
    return f"| {' | '.join(cells)} |"


def table() -> str:
    """Both halves, by words and terms alone and, where the library has vectors, by meaning as well."""
    from search.kindred.finding import find_kindred
    from search.kindred.likeness import read_likeness

    lines = [HEAD]
    find_kindred(by_meaning=False)
    lines += [line(half, "words and terms") for half in HALVES]
    if read_likeness() is None:
        return "\n".join([*lines, "\nNot measured by meaning: the library has no vectors here."])
    find_kindred()
    lines += [line(half, "and meaning") for half in HALVES]
    return "\n".join(lines)


def _judged() -> dict[str, Any]:
    path = HERE / "kindred_pairs.yaml"
    found: dict[str, Any] = yaml.load(
        path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return found
