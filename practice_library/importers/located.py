"""YAML that remembers its lines, so that every refusal can name one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, order=True)
class Refusal:
    """Why one place of one file cannot be loaded."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class Refused(Exception):
    """Nothing was loaded; every reason is listed."""

    def __init__(self, refusals: list[Refusal]) -> None:
        self.refusals = sorted(set(refusals))
        super().__init__("\n".join(str(refusal) for refusal in self.refusals))


@dataclass
class Located:
    """A mapping of a YAML file with the lines it and its keys stand on."""

    file: str
    line: int
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """The line of a key, or of the mapping where the key is missing."""
        return self.lines.get(key, self.line)

    def plain(self) -> dict[str, Any]:
        """The same without lines, for fingerprints."""
        return {key: _plain(value) for key, value in self.values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Located):
        return value.plain()
    return [_plain(item) for item in value] if isinstance(value, list) else value


def read(path: Path, root: Path) -> Any:
    """The content of one file: Located mappings, lists and plain values.

    Raises: Refused for what is no UTF-8, no YAML, or holds a key twice.
    """
    name = path.relative_to(root).as_posix()
    try:
        loader = Loader(path.read_text(encoding="utf-8"))
        try:
            node = loader.get_single_node()
            return _build(node, loader, name) if node is not None else None
        finally:
            loader.dispose()
    except UnicodeDecodeError as error:
        raise Refused([Refusal(name, 1, f"This is not UTF-8: {error.reason}.")]) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Refused([Refusal(name, line, f"This is not YAML: {error.problem}.")]) from error
    except yaml.YAMLError as error:
        raise Refused([Refusal(name, 1, f"This is not YAML: {error}.")]) from error


def _build(node: yaml.Node, loader: Any, file: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        located = Located(file, node.start_mark.line + 1)
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in located.values:
                raise Refused([Refusal(file, line, f"“{key}” stands here twice.")])
            located.values[key] = _build(value_node, loader, file)
            located.lines[key] = line
        return located
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, loader, file) for item in node.value]
    return loader.construct_object(node)


def files_below(folder: Path) -> Iterator[Path]:
    """The YAML files of a folder, in a fixed order."""
    return iter(sorted(folder.rglob("*.yaml")))
