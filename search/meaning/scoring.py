"""Three scorers, standardised over the same candidates and added: words, parts, and the question piece by piece.

Pure arithmetic. Equal weights: the judged questions are too few to fit any.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from search.meaning.encoder import Vectors
from search.meaning.packing import unpacked

Scores = NDArray[np.float64]
#: What a place takes of its model's score.
FROM_MODEL = 0.5


def standardised(values: Vectors | Scores) -> Scores:
    """Mean 0 and deviation 1; all 0 where all are equal. What is not known (nan) is taken as the mean."""
    known = values[~np.isnan(values)]
    if not len(known) or (deviation := float(known.std())) < 1e-9:
        return np.zeros(len(values))
    found: Scores = np.nan_to_num((values.astype(np.float64) - known.mean()) / deviation)
    return found


def piece_by_piece(question: Vectors, studies: bytes, lengths: bytes, tokens: bytes) -> tuple[float, float]:
    """For each piece of the question the nearest piece of an entry, averaged; with and without what studies say."""
    small, scales = unpacked(tokens)
    if not len(small) or not len(question):
        return float("nan"), float("nan")
    near = (small.astype(np.float32) @ question.T) * scales[:, None]
    of_study = np.repeat(np.frombuffer(studies, dtype=np.uint8), np.frombuffer(lengths, dtype=np.uint16))
    every = float(near.max(axis=0).mean())
    told = near[of_study == 0] if of_study.any() else near
    return every, float(told.max(axis=0).mean()) if len(told) else every


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
