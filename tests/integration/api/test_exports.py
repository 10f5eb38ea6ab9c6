"""Exports: everything a search finds, whole, under its licence, safe in a spreadsheet, without a last row."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from website.spreadsheets import cell

from search import exporting
from search.indexing import rebuild
from tests.factories.making import a_case_study, a_model, a_source, with_claim, with_statement
from tests.integration.api.conftest import Library


def body(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


def lines(client: Client, **params: Any) -> list[dict[str, Any]]:
    return [
        json.loads(line) for line in body(client.get("/api/v1/export/practice.jsonl", params)).splitlines()
    ]


def table(client: Client, **params: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client.get("/api/v1/export/practice.csv", params)))))


def test_a_line_is_the_entry_as_its_own_address_gives_it(library: Library, client: Client) -> None:
    for line in lines(client):
        entry = client.get(f"/api/v1/practice/{line['id']}").json()
        assert line.pop("url") == "http://testserver" + entry.pop("url")
        assert line == entry


def test_a_row_says_licence_date_of_status_sources_and_records(library: Library, client: Client) -> None:
    model, place = library
    type(place).objects.filter(pk=place.pk).update(made_from=["seed:lantern", "implementation:im-1"])
    (row,) = table(client, type="case_study")
    assert row["licence"] == "cc-by-4.0"
    assert (row["status"], row["status_as_at"]) == ("running", "2016-03")
    assert row["sources"] == "A published report, 2016"
    assert row["made_from"] == "seed:lantern; implementation:im-1"
    assert row["url"] == "http://testserver/practice/wigan/lantern-house-in-wigan/"
    assert row["models"] == model.title
    assert row["conditions"] == "time-for-direct-work (enabler, no)"


def test_harm_is_said_in_a_row(library: Library, client: Client) -> None:
    with_claim(library[0], "Wellbeing", direction="adverse")
    (row,) = table(client, type="model")
    assert "entry-to-care (favourable, strength 4)" in row["outcomes"]
    assert "wellbeing (adverse, strength 1" in row["outcomes"]


def test_the_parameters_and_the_order_are_those_of_the_search(library: Library, client: Client) -> None:
    for params in (
        {"q": "lantern"},
        {"type": "model"},
        {"q": "lantern", "sort": "tested"},
        {"q": "nothing here"},
    ):
        searched = [each["id"] for each in client.get("/api/v1/practice/search", params).json()["results"]]
        assert [line["id"] for line in lines(client, **params)] == searched
    assert client.get("/api/v1/export/practice.csv", {"cohrt": "x"}).status_code == 400


def test_without_a_licence_only_what_leads_to_it(library: Library, client: Client) -> None:
    entry = a_model("Closed house", licence="", summary="Secret of the house.")
    with_statement(entry, "Secret of the house.")
    rebuild()
    (line,) = lines(client, q="closed house")
    assert line == {
        "id": str(entry.uid),
        "title": "Closed house",
        "url": "http://testserver/practice/models/closed-house/",
        "licence": None,
    }
    (row,) = table(client, q="closed house")
    assert {name for name, value in row.items() if value} == {"id", "title", "url"}


def test_batches_of_any_size_cost_the_same_queries(
    library: Library, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH", 10)
    counts = []
    for number in range(1, 29):
        with_statement(a_case_study(f"Lantern {number}", lead="leeds"), "It began.")
        if number in (8, 18, 28):
            rebuild()
            table(client)
            with CaptureQueriesContext(connection) as caught:
                assert len(table(client)) == number + 2
            counts.append(len(caught))
    first, second, third = counts
    assert second - first == third - second <= 12


def test_what_is_concealed_after_the_search_is_left_out_of_later_batches(
    library: Library, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH", 1)
    model, place = library
    stream = client.get("/api/v1/export/practice.jsonl", {"sort": "tested"}).streaming_content  # type: ignore[attr-defined]
    assert json.loads(next(stream))["id"] == str(model.uid)
    type(place).objects.filter(pk=place.pk).update(live=False)
    assert list(stream) == []


def test_head_reads_no_entry(library: Library, client: Client) -> None:
    response = client.head("/api/v1/export/practice.csv")
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert response["Content-Disposition"] == 'attachment; filename="practice.csv"'
    assert body(response) == ""


def test_without_the_index_it_says_to_come_again(library: Library, client: Client, tmp_path: Path) -> None:
    with override_settings(SEARCH_INDEX_DIR=tmp_path / "nothing", SEARCH_INDEX_PREFIX="nothing"):
        response = client.get("/api/v1/export/practice.csv")
        answer = client.get("/api/v1/practice/search", {"q": "lantern"})
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert answer.status_code == 200
    assert "without its index" in answer.json()["notice"]
    assert answer.json()["total"] == 2
    assert all(values == [] for values in answer.json()["facets"].values())


@pytest.mark.parametrize("dangerous", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1"])
def test_no_cell_is_a_formula(dangerous: str) -> None:
    assert cell(dangerous) == f"'{dangerous}"
    assert cell("plain - text = 1") == "plain - text = 1"


def test_no_column_of_a_real_row_is_a_formula(library: Library, client: Client) -> None:
    a_source("src-formula", title="=HYPERLINK(1)")
    a_model(
        "=cmd|' /C calc'!A0",
        slug="formula",
        summary="@SUM(1)",
        other_names=["+1"],
        country="-1",
        start="2016",
    )
    rebuild()
    rows = table(client)
    assert any(row["title"].startswith("'=") for row in rows)
    assert not [
        value for row in rows for value in row.values() if value.startswith(("=", "+", "-", "@", "\t"))
    ]
