"""Places folded under their model: a list must not drown in a hundred near-identical places of one model.

What a query names by place stays by itself. The best-placed member decides where its group stands in the list,
and the model itself, if it matched, is the one shown on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

Ref = TypeVar("Ref")
FOLD_AT_MOST = 3_000
FOLDED_SHOWN = 12


class Candidate(NamedTuple, Generic[Ref]):
    """A matching entry before it is read: where it is, what it folds under, and whether it is that model itself."""

    ref: Ref
    score: float
    group: object
    is_head: bool = False
    stands_alone: bool = False


@dataclass(frozen=True, slots=True)
class Fold(Generic[Ref]):
    head: Candidate[Ref]
    members: tuple[Candidate[Ref], ...]


def fold(candidates: Iterable[Candidate[Ref]]) -> list[list[Candidate[Ref]]]:
    """Groups in the order of their best member; candidates come in the order of the list."""
    groups: dict[object, list[Candidate[Ref]]] = {}
    for position, candidate in enumerate(candidates):
        key: object = ("alone", position) if candidate.stands_alone else candidate.group
        groups.setdefault(key, []).append(candidate)
    return list(groups.values())


def page_of(groups: Sequence[list[Candidate[Ref]]], offset: int, size: int) -> list[Fold[Ref]]:
    """The groups of one page, each with the entry on top and the rest under it."""
    folds = []
    for members in groups[offset : offset + size]:
        head = next((member for member in members if member.is_head), members[0])
        folds.append(Fold(head, tuple(member for member in members if member is not head)))
    return folds
