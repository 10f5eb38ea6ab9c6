"""Writes the content folder: one reviewable file an entry, the same bytes for the same data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from .library import Library
from .reading import Row


class _Dumper(yaml.CSafeDumper):
    """Block style without references, long text folded."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Folded(str):
    """Text that the file folds over several lines."""


def _folded(dumper: _Dumper, text: _Folded) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=">")


_Dumper.add_representer(_Folded, _folded)
_LONG = 100


def _fold(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _fold(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_fold(inner) for inner in value]
    if isinstance(value, str) and len(value) > _LONG and " " in value and value == value.strip():
        return _Folded(value)
    return value


def as_yaml(value: Any) -> str:
    """The text of one file."""
    return yaml.dump(_fold(value), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def write_library(library: Library, sources: dict[str, list[Row]], synonyms: str, folder: Path) -> int:
    """Write what changed, remove what is gone; returns the number of files."""
    files: dict[Path, str] = {folder / "vocabularies/synonyms.yaml": synonyms}
    for name, terms in library.vocabularies.items():
        files[folder / f"vocabularies/{name}.yaml"] = as_yaml(terms)
    files[folder / "organisations.yaml"] = as_yaml(library.organisations)
    for topic, rows in sources.items():
        files[folder / f"sources/{topic}.yaml"] = as_yaml(rows)
    for key, study in library.studies.items():
        files[folder / f"studies/{key}.yaml"] = as_yaml(study)
    for key, question in library.questions.items():
        files[folder / f"questions/{key}.yaml"] = as_yaml(question)
    for draft in library.entries.values():
        files[folder / draft.path()] = as_yaml(draft.file())
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    for path in sorted(folder.rglob("*.yaml")):
        if path not in files:
            path.unlink()
    return len(files)
