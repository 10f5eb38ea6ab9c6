"""The project can be set up from what is committed, by the commands that the README opens with."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LOCKS = ["base", "dev", "node"]


def _committed(*patterns: str) -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def _pinned(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ \\]+)", text, flags=re.M))


def test_the_readme_opens_with_run_and_test() -> None:
    opening = (ROOT / "README.md").read_text().split("##")[0]
    assert opening.index("make run") < opening.index("make test")
    assert "docs/images/search.png" in opening


def test_every_target_that_is_told_of_exists() -> None:
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.M))
    told = set(re.findall(r"`make ([a-z]+)`", (ROOT / "README.md").read_text()))
    assert told | {"run", "test", "check", "lint", "types", "bench", "screenshots"} <= made


def test_ci_is_what_make_check_does_and_runs_the_readmes_test_command() -> None:
    assert re.search(r"^check:.*\n\t@bash \.ci/run$", (ROOT / "Makefile").read_text(), flags=re.M)
    assert "make --no-print-directory test" in (ROOT / ".ci" / "run").read_text()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?://", text)


def test_the_locks_hold_every_dependency_and_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    base, dev = _pinned("base"), _pinned("dev")
    for wanted, lock in ((project["dependencies"], base), (project["optional-dependencies"]["dev"], dev)):
        names = [re.match(r"[a-z0-9._-]+", line.lower()).group() for line in wanted]  # type: ignore[union-attr]
        assert [name for name in names if name not in lock] == []
    assert {name: version for name, version in base.items() if dev.get(name) != version} == {}


def test_the_npm_lock_records_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in packages.items() if name)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
def test_no_file_names_a_place_of_one_machine() -> None:
    """A path of the machine that something was written on works nowhere else."""
    place = re.compile(r"(?<![\w.-])/(?:work|root|home/\w+)/(?!\.)")
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in _committed(
            "*.py", "*.toml", "*.sh", "*.html", "*.md", "*.json", "Makefile", ".ci/run", "tools/*"
        )
        if path != Path(__file__)
        for match in place.finditer(path.read_text(errors="replace"))
    ]
    assert found == []
