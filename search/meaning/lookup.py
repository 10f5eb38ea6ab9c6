"""The vectors of parts and terms in memory, read anew when the shelf has changed. About 1.5 KB an entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from search.meaning.encoder import WIDTH, Vectors
from search.meaning.packing import ROWS_AT_ONCE, Small, unpacked
from search.meaning.shelf import Shelf

NO_PART = -1.0


@dataclass(frozen=True)
class Lookup:
    """One reading of the shelf. Entries are numbered in the order of `uids`; `starts` is the first part of each."""

    version: int
    uids: list[str]
    models: list[str]
    starts: NDArray[np.intp]
    studies: NDArray[np.bool_]
    parts: tuple[Small, Vectors]
    terms: list[str]
    term_vectors: tuple[Small, Vectors]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Of each uid."""
        return {uid: number for number, uid in enumerate(self.uids)}

    def nearness(self, question: Vectors) -> tuple[Vectors, Vectors]:
        """How near each entry is, with and without what studies say: the mean of its three best parts."""
        near = products(self.parts, question)
        every = _best_three(near, self.starts)
        without = _best_three(np.where(self.studies, NO_PART, near), self.starts)
        return every, np.where(without <= NO_PART, every, without)

    def terms_near(self, question: Vectors, most: int) -> list[str]:
        """The names of vocabulary terms nearest to a question, `param:slug`."""
        near = products(self.term_vectors, question)
        return [self.terms[at] for at in np.argsort(-near, kind="stable")[:most]]


def products(packed: tuple[Small, Vectors], question: Vectors) -> Vectors:
    """How near each vector is to one."""
    small, scales = packed
    found = np.empty(len(small), dtype=np.float32)
    for start in range(0, len(small), ROWS_AT_ONCE):
        some = slice(start, start + ROWS_AT_ONCE)
        found[some] = small[some].astype(np.float32) @ question
    return found * scales


def _best_three(near: Vectors, starts: NDArray[np.intp]) -> Vectors:
    """Their mean, of as many as there are; NO_PART where there is none."""
    if not len(starts):
        return np.zeros(0, dtype=np.float32)
    rest, total, counted = near.copy(), np.zeros(len(starts)), np.zeros(len(starts))
    owners = np.repeat(np.arange(len(starts)), np.diff([*starts, len(near)]))
    for _ in range(3):
        best = np.maximum.reduceat(rest, starts)
        there = best > NO_PART
        total[there] += best[there]
        counted += there
        at = np.flatnonzero(rest == best[owners])
        _, first = np.unique(owners[at], return_index=True)
        rest[at[first]] = NO_PART
    mean = np.where(counted > 0, total / np.maximum(counted, 1), NO_PART)
    return mean.astype(np.float32)


_lock = Lock()
_current: tuple[str, Lookup] | None = None


def current_lookup(shelf: Shelf, version: int) -> Lookup:
    """This state of the shelf, or a later one."""
    global _current
    with _lock:
        if _current is None or _current[0] != str(shelf.path) or _current[1].version != version:
            _current = str(shelf.path), read_lookup(shelf, version)
        return _current[1]


def read_lookup(shelf: Shelf, version: int) -> Lookup:
    """Everything but the vectors of pieces."""
    uids, models, lengths, studies = [], [], [], []
    parts: list[tuple[Small, Vectors]] = []
    terms: list[str] = []
    term_vectors: list[tuple[Small, Vectors]] = []
    for uid, model, is_term, of_studies, content in shelf.everything():
        if is_term:
            terms.append(uid)
            term_vectors.append(unpacked(content))
        elif of_studies:
            uids.append(uid)
            models.append(model)
            lengths.append(len(of_studies))
            studies.append(of_studies)
            parts.append(unpacked(content))
    return Lookup(
        version=version,
        uids=uids,
        models=models,
        starts=np.cumsum([0, *lengths[:-1]], dtype=np.intp) if lengths else np.zeros(0, dtype=np.intp),
        studies=np.frombuffer(b"".join(studies), dtype=np.uint8).astype(np.bool_),
        parts=_together(parts),
        terms=terms,
        term_vectors=_together(term_vectors),
    )


def _together(packed: Sequence[tuple[Small, Vectors]]) -> tuple[Small, Vectors]:
    none = np.zeros((0, WIDTH), dtype=np.int8), np.zeros(0, dtype=np.float32)
    return (
        np.concatenate([none[0], *(small for small, _ in packed)]),
        np.concatenate([none[1], *(scales for _, scales in packed)]),
    )
