"""The judged questions and the model under which an entry is counted, from the committed files alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "practice_library" / "content"
HALVES = ("tune", "held")


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    persona: str
    kind: str
    words: str
    need: str
    grades: dict[str, int]


def questions(half: str) -> list[Question]:
    """Those of one half, in the order of the file."""
    return [Question(**each) for each in _read(HERE / f"{half}.yaml")]


def groups() -> dict[str, str]:
    """Key of each entry to its group: a place of a model is counted under its first, all others under themselves."""
    found = {}
    for folder in ("models", "case-studies"):
        for path in sorted((CONTENT / folder).rglob("*.yaml")):
            entry = _read(path)
            found[entry["key"]] = (entry.get("models") or [entry["key"]])[0]
    return found


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
