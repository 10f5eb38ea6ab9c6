"""How near entries are in meaning, where the library has vectors; without them, words and terms decide alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from practice_library.models import Entry
from search.meaning.shelf import current_shelf
from search.meaning.weights import installed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

#: An entry's first part is its name.
NAME = 1


class Likeness:
    """One direction an entry: the mean of its parts, less what all entries have in common, of length 1.

    Everything here is about children's services; what is left says in what an entry differs from the rest.
    """

    def __init__(self, means: Mapping[int, Sequence[float] | Vectors]) -> None:
        import numpy as np

        self._keys = list(means)
        self._row = {pk: row for row, pk in enumerate(self._keys)}
        directions = np.asarray(list(means.values()), dtype=np.float32)
        directions = directions - directions.mean(axis=0)
        length = np.linalg.norm(directions, axis=1, keepdims=True)
        self._directions: Any = directions / np.maximum(length, 1e-9)

    def between(self, one: int, other: int) -> float:
        """From -1 to 1; 0 where one of them has no vectors yet."""
        if one not in self._row or other not in self._row:
            return 0.0
        return float(self._directions[self._row[one]] @ self._directions[self._row[other]])

    def nearest(self, pk: int, most: int) -> list[int]:
        """Those most alike, the nearest first."""
        if pk not in self._row:
            return []
        near = self._directions @ self._directions[self._row[pk]]
        near[self._row[pk]] = -2.0
        return [self._keys[row] for row in (-near).argsort(kind="stable")[:most].tolist()]


def read_likeness() -> Likeness | None:
    """From the shelf of search by meaning; None where that is not installed or most entries have no vectors yet."""
    shelf = current_shelf()
    if not installed() or not shelf.count().serves:
        return None
    keys = {str(uid): pk for uid, pk in Entry.objects.published().values_list("uid", "pk")}
    means = {keys[uid]: _mean(*kept) for uid, *kept in shelf.entries() if uid in keys}
    told = {pk: mean for pk, mean in means.items() if mean is not None}
    return Likeness(told) if told else None


def _mean(studies: bytes, lengths: bytes, content: bytes) -> Vectors | None:
    """Of what was done, long parts counting for more: without the name, which is chosen, and without what studies say."""
    import numpy as np

    from search.meaning.packing import unpacked

    small, scales = unpacked(content)
    weights = np.frombuffer(lengths, dtype=np.uint16) * (np.frombuffer(studies, dtype=np.uint8) == 0)
    weights[:NAME] = 0
    total = weights.sum()
    if not total:
        return None
    mean: Vectors = (small * (scales * weights)[:, None]).sum(axis=0) / total
    return mean
