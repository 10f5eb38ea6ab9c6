"""The project's own facts, in the database or as files that a test may spoil."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from website.places import names
from website.places.services.authorities import FACTS, load_places


@pytest.fixture(autouse=True)
def _no_names_of_another_test():
    names.forget()
    yield
    names.forget()


@pytest.fixture
def places(db):
    return load_places()


@pytest.fixture
def files(tmp_path) -> Path:
    folder = tmp_path / "files"
    shutil.copytree(FACTS, folder)
    return folder


@pytest.fixture
def spoil(files) -> Callable[..., int]:
    """Change one cell of the row that starts with a key; gives the line, so that a test can ask for it."""

    def _spoil(file: str, key: str, column: str, value: str, *, nth: int = 0) -> int:
        path = files / file
        with path.open(encoding="utf-8", newline="") as opened:
            header, *rows = list(csv.reader(opened))
        at = [number for number, row in enumerate(rows) if key in row[:3]][nth]
        rows[at][header.index(column)] = value
        with path.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerows([header, *rows])
        return at + 2

    return _spoil


@pytest.fixture
def add_row(files) -> Callable[..., int]:
    """Append one row; gives its line."""

    def _add(file: str, *cells: str) -> int:
        path = files / file
        with path.open("a", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerow(cells)
        return path.read_text(encoding="utf-8").count("\n")

    return _add


@pytest.fixture
def reasons() -> Callable[..., list[tuple[str, int, str]]]:
    """File, line and reason of every refused row of a report."""
    return lambda report: [(each.file, each.line, each.reason) for each in report.refusals]
