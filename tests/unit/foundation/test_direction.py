"""Lower rooms never import upper ones: import-linter reads pyproject.toml, and would notice."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[3]
PYPROJECT = ROOT / "pyproject.toml"


def _layers() -> list[str]:
    contracts = tomllib.loads(PYPROJECT.read_text())["tool"]["importlinter"]["contracts"]
    return next(contract["layers"] for contract in contracts if contract["type"] == "layers")


def test_rooms_import_downwards_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_imports(config_filename=str(PYPROJECT), no_cache=True) == EXIT_STATUS_SUCCESS, (
        capsys.readouterr().out
    )


def test_the_same_rooms_upside_down_are_refused(tmp_path: Path) -> None:
    """The control: if the house were read the other way round, today's imports would break it."""
    upside_down = "\n    ".join(layer for layer in reversed(_layers()))
    config = tmp_path / "upside_down.ini"
    config.write_text(
        "[importlinter]\nroot_packages =\n    website\n    practice_library\n    network\n    search\n"
        f"[importlinter:contract:1]\nname = upside down\ntype = layers\nlayers =\n    {upside_down}\n"
    )
    assert lint_imports(config_filename=str(config), no_cache=True) != EXIT_STATUS_SUCCESS


def test_every_room_has_its_place() -> None:
    """A new package below website that no layer names would be free to import anything."""
    named = {room.strip() for layer in _layers() for room in layer.split("|")}
    below_website = {
        f"website.{folder.name}"
        for folder in (ROOT / "site" / "website").iterdir()
        if (folder / "apps.py").exists()
    }
    assert below_website | {"practice_library", "network", "search"} <= named
