"""The export as an Excel workbook: the table of the CSV, streamed, without formulas, without what nobody may read."""

from __future__ import annotations

import csv
import io
import random
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from practice_library.models import Entry
from search import exporting, spreadsheet
from search.exporting import COLUMNS
from search.indexing import rebuild
from search.spreadsheet import as_workbook
from tests.factories.making import a_case_study, a_model, a_source, with_statement
from tests.integration.api.conftest import Library
from tests.integration.search.test_visibility import CANARY, WAYS


def opened(chunks: Iterator[bytes]) -> list[tuple[Any, ...]]:
    sheet = load_workbook(io.BytesIO(b"".join(chunks))).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def table(client: Client, **params: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/export/practice.xlsx", params)
    assert answer.status_code == 200
    head, *rows = opened(iter(answer.streaming_content))  # type: ignore[attr-defined]
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_it_is_the_table_of_the_csv(library: Library, client: Client) -> None:
    answer = client.get("/api/v1/export/practice.csv")
    lines = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert len(rows) == 2
    told = [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in table(client)
    ]
    assert told == rows


def test_a_row_says_licence_date_and_source_of_its_status_and_numbers_are_numbers(
    library: Library, client: Client
) -> None:
    _, place = library
    type(place).objects.filter(pk=place.pk).update(
        status_source=a_source("src-status", title="A council report", publisher="Wigan", year=2019)
    )
    (row,) = table(client, type="case_study")
    assert (row["licence"], row["status_as_at"]) == ("cc-by-4.0", "2016-03")
    assert row["status_source"] == "A council report, Wigan, 2019"
    assert row["sources"] == "A published report, 2016; A council report, Wigan, 2019"
    (row,) = table(client, type="model")
    assert row["evidence_strength"] == 4


def test_it_is_sent_as_a_workbook_and_says_no_more_to_head(library: Library, client: Client) -> None:
    for ask in (client.get, client.head):
        answer = ask("/api/v1/export/practice.xlsx")
        assert answer["Content-Type"] == spreadsheet.MEDIA
        assert answer["Content-Disposition"] == 'attachment; filename="practice.xlsx"'
    assert b"".join(answer.streaming_content) == b""  # type: ignore[attr-defined]
    assert client.get("/api/v1/export/practice.xlsx", {"cohrt": "x"}).status_code == 400


def test_no_cell_is_a_formula_and_odd_characters_pass(library: Library, client: Client) -> None:
    odd = 'Tea & <cake> "now" _x000D_ caf\u00e9 \U0001f600'
    a_model(
        "=cmd|' /C calc'!A0",
        slug="formula",
        summary="@SUM(1)",
        other_names=["+1"],
        country="-1",
        start="2016",
    )
    entry = a_model("Odd", summary=odd + "\x0b")
    with_statement(entry, "first\nsecond")
    rebuild()
    answer = client.get("/api/v1/export/practice.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("'=cmd") for cell in cells)
    assert any(cell.value == "'@SUM(1)" for cell in cells)
    (row,) = table(client, q="odd cake")
    assert row["summary"].replace("_x005F_", "_") == odd
    assert row["what_changed"] == "first\nsecond"


def test_a_cell_and_a_sheet_end_where_excel_says(monkeypatch: pytest.MonkeyPatch) -> None:
    (_, (cell, *_)) = opened(as_workbook(["a"], [["\U0001f600" * 20_000]]))
    assert len(cell.encode("utf-16-le")) // 2 <= spreadsheet.LONGEST_CELL
    assert cell.endswith(spreadsheet.CUT)
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 4)
    rows = opened(as_workbook(["a"], [[number] for number in range(9)]))
    assert rows == [("a",), (0,), (1,), (spreadsheet.TOO_MANY,)]


def test_rows_leave_while_others_are_still_to_come() -> None:
    made, dice = 0, random.Random(1)

    def rows() -> Iterator[list[str]]:
        nonlocal made
        for number in range(40_000):
            made = number
            yield [dice.randbytes(100).hex()]

    tracemalloc.start()
    chunks = as_workbook(["a"], rows())
    next(chunks)
    assert made < 10_000, "the first bytes wait for no last row"
    rest = sum(len(chunk) for chunk in chunks)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert made == 39_999
    assert rest > 2_000_000
    assert most < 1_000_000, "what was sent is forgotten"


@pytest.mark.parametrize("conceal", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_what_nobody_may_read_is_in_no_export(
    library: Library, client: Client, kind: str, conceal: Any
) -> None:
    hidden = a_case_study(f"{CANARY} pods", lead="camden", summary=f"Lantern of {CANARY}.")
    rebuild()

    def words(**params: Any) -> str:
        content = b"".join(client.get(f"/api/v1/export/practice.{kind}", params).streaming_content)  # type: ignore[attr-defined]
        return repr(opened(iter([content]))) if kind == "xlsx" else content.decode()

    assert CANARY in words()
    conceal(hidden)
    assert [CANARY in words(**params) for params in ({}, {"q": "lantern"}, {"authority": "camden"})] == [
        False
    ] * 3


def test_what_is_concealed_while_it_is_sent_is_left_out(
    library: Library, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH", 1)
    monkeypatch.setattr(spreadsheet, "CHUNK", 1)
    stream = iter(client.get("/api/v1/export/practice.xlsx", {"sort": "tested"}).streaming_content)  # type: ignore[attr-defined]
    first = next(stream)
    Entry.objects.filter(pk=library[1].pk).update(live=False)
    rows = opened(iter([first, *stream]))
    assert rows[0] == COLUMNS
    assert library[1].title not in repr(rows)
