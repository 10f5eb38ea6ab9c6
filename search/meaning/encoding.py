"""Parts as what is kept of them. Slow: whoever imports this is a worker or a command."""

from __future__ import annotations

import numpy as np

from search.meaning.encoder import WIDTH, encoder
from search.meaning.packing import packed
from search.meaning.parts import Parts
from search.meaning.shelf import Kept


def encoded(parts: Parts) -> Kept:
    """About 20 parts a second on one core. Raises: UnknownWeights."""
    vectors = encoder().entry([part.text for part in parts.parts])
    none = np.zeros((0, WIDTH), dtype=np.float32)
    return Kept(
        uid=parts.uid,
        hash=parts.hash,
        model=parts.model,
        is_term=parts.is_term,
        studies=bytes(part.study for part in parts.parts),
        lengths=np.array([len(tokens) for _, tokens in vectors], dtype=np.uint16).tobytes(),
        parts=packed(np.stack([whole for whole, _ in vectors])) if vectors else b"",
        tokens=b"" if parts.is_term else packed(np.concatenate([none, *(tokens for _, tokens in vectors)])),
    )
