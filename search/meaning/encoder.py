"""Text as vectors: one a word piece, of length 1, and their mean for the text as a whole.

One thread, no spinning and no arena: a web process that answers a question in 3 ms must not keep a core or memory for it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from search.meaning.pieces import WordPieces, word_pieces
from search.meaning.weights import MODEL_SHA256, checked, model_file

Vectors = NDArray[np.float32]
WIDTH = 384
#: Pieces of one text; what is longer is cut by who divides entries into parts.
LONGEST = 254
#: Texts of about the same length are encoded together, at most so many pieces at once.
PIECES_AT_ONCE = 2048


class Encoder:
    """Thread-safe, as sessions of onnxruntime are."""

    def __init__(self, model: bytes, pieces: WordPieces) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._pieces = pieces

    def question(self, text: str) -> tuple[Vectors, Vectors]:
        """What a reader asks: the vector of the whole, and one for each of its pieces. 3 ms."""
        [(whole, tokens)] = self._encode([text])
        return whole, tokens

    def entry(self, texts: list[str]) -> list[tuple[Vectors, Vectors]]:
        """The same for every part of an entry. Slow: for the worker and for commands, never in a request."""
        return list(self._encode(texts))

    def _encode(self, texts: list[str]) -> Iterator[tuple[Vectors, Vectors]]:
        numbers = [self._pieces.numbers(text)[:LONGEST] for text in texts]
        found: dict[int, tuple[Vectors, Vectors]] = {}
        for batch in _batches(sorted(range(len(texts)), key=lambda at: len(numbers[at])), numbers):
            for at, states in zip(batch, self._states([numbers[at] for at in batch]), strict=True):
                found[at] = (_of_length_one(states.mean(axis=0)), _of_length_one(states[1:-1]))
        yield from (found[at] for at in range(len(texts)))

    def _states(self, batch: list[list[int]]) -> Iterator[Vectors]:
        width = max(map(len, batch)) + 2
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, numbers in enumerate(batch):
            whole = [self._pieces.start, *numbers, self._pieces.end]
            ids[row, : len(whole)] = whole
            mask[row, : len(whole)] = 1
        given: dict[str, Any] = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(ids),
        }
        [states] = self._session.run(["last_hidden_state"], given)
        for row, numbers in enumerate(batch):
            yield states[row, : len(numbers) + 2]


def _batches(order: Iterable[int], numbers: list[list[int]]) -> Iterator[list[int]]:
    batch: list[int] = []
    for at in order:
        if batch and (len(batch) + 1) * (len(numbers[at]) + 2) > PIECES_AT_ONCE:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _of_length_one(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.maximum(length, 1e-9)).astype(np.float32)


@cache
def encoder() -> Encoder:
    """Loaded at the first use. Raises: UnknownWeights."""
    made = Encoder(checked(model_file(), MODEL_SHA256), word_pieces())
    with suppress(OSError, AttributeError):  # glibc keeps 70 MB of what loading has freed
        ctypes.CDLL(None).malloc_trim(0)
    return made
