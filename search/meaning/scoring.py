"""Three scorers, standardised over the same candidates and added: words, parts, and the question piece by piece.

Pure arithmetic. Equal weights: the judged questions are too few to fit any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from search.meaning.encoder import WIDTH, Vectors
from search.meaning.packing import ROWS_AT_ONCE, unpacked

Scores = NDArray[np.float64]
#: What a place takes of its model's score.
FROM_MODEL = 0.5
#: Which parts are of studies, the number of pieces of each part, and the packed vectors of pieces, as the shelf keeps them.
Pieces = tuple[bytes, bytes, bytes]
UNKNOWN, NEVER = float("nan"), -2.0


def standardised(values: Vectors | Scores) -> Scores:
    """Mean 0 and deviation 1; all 0 where all are equal. What is not known (nan) is taken as the mean."""
    known = values[~np.isnan(values)]
    if not len(known) or (deviation := float(known.std())) < 1e-9:
        return np.zeros(len(values))
    found: Scores = np.nan_to_num((values.astype(np.float64) - known.mean()) / deviation)
    return found


def piece_by_piece(question: Vectors, entries: Sequence[Pieces]) -> list[tuple[float, float]]:
    """For each piece of the question the nearest piece of an entry, averaged; with and without what studies say.

    Many entries at once: one product of a hundred thousand numbers takes a quarter of the time of a hundred small ones.
    """
    found = [(UNKNOWN, UNKNOWN)] * len(entries)
    some: list[int] = []
    rows = 0
    for at, (_, _, tokens) in enumerate(entries):
        if tokens and len(question):
            some.append(at)
            rows += len(tokens) // (WIDTH + 4)
        if some and (rows >= ROWS_AT_ONCE or at == len(entries) - 1):
            for number, met in zip(some, _met(question, [entries[each] for each in some]), strict=True):
                found[number] = met
            some, rows = [], 0
    return found


def _met(question: Vectors, entries: Sequence[Pieces]) -> Iterator[tuple[float, float]]:
    unpacked_pieces = [unpacked(tokens) for _, _, tokens in entries]
    small = np.concatenate([numbers for numbers, _ in unpacked_pieces])
    near = small.astype(np.float32) @ question.T
    near *= np.concatenate([scales for _, scales in unpacked_pieces])[:, None]
    of_study = np.concatenate(
        [
            np.repeat(np.frombuffer(studies, dtype=np.uint8), np.frombuffer(lengths, dtype=np.uint16))
            for studies, lengths, _ in entries
        ]
    ).astype(np.bool_)
    starts = np.cumsum([0, *(len(numbers) for numbers, _ in unpacked_pieces)])[:-1]
    every = np.maximum.reduceat(near, starts).mean(axis=1)
    near[of_study] = NEVER
    told = np.maximum.reduceat(near, starts).mean(axis=1)
    for with_studies, without in zip(every.tolist(), told.tolist(), strict=True):
        yield with_studies, without if without > NEVER else with_studies


def added_up(words: Scores, parts: tuple[Scores, Scores], pieces: tuple[Scores, Scores]) -> Scores:
    """With and without studies count half each."""
    return (
        standardised(words)
        + (standardised(parts[0]) + standardised(parts[1])) / 2
        + (standardised(pieces[0]) + standardised(pieces[1])) / 2
    )


def with_models(uids: list[str], scores: Scores, model_of: Mapping[str, str]) -> Scores:
    """A place takes half of its score from its model, where that is among the candidates."""
    at = {uid: number for number, uid in enumerate(uids)}
    models = np.array([at.get(model_of.get(uid, ""), -1) for uid in uids], dtype=np.intp)
    found: Scores = np.where(models >= 0, (1 - FROM_MODEL) * scores + FROM_MODEL * scores[models], scores)
    return found
