"""Whole entries, vocabularies, authorities and exports; and what they never give away."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from practice_library.models import Entry
from search.indexing import rebuild
from tests.factories.making import a_case_study, a_model, with_cohort, with_condition, with_trial
from tests.integration.api.conftest import Library
from tests.integration.search.test_visibility import WAYS


def test_an_entry_comes_whole_with_the_sources_of_each_statement(library: Library, read: Any) -> None:
    model, place = library
    data = read(f"practice/{place.uid}")
    assert data["lead"] == {"slug": "wigan", "name": "Wigan"}
    assert data["models"] == [
        {"id": str(model.uid), "title": "Lantern house", "url": "/practice/models/lantern-house/"}
    ]
    assert data["conditions"][0]["present_at_start"] == "no"
    assert data["conditions"][0]["necessity"] is None
    assert data["statements"][0]["sources"] == ["src-report"]
    assert {source["key"] for source in data["sources"]} == {"src-report"}


def test_a_rating_comes_with_every_criterion(library: Library, read: Any) -> None:
    model, _ = library
    data = read(f"practice/{model.uid}")
    (rating,) = data["ratings"]
    assert (rating["strength"], rating["direction"]) == (4, "favourable")
    assert {line["state"] for line in rating["overall"]["criteria"]} <= {"met", "not-met", "not-reported"}
    assert data["studies"][0]["findings"][0]["compared"] is True


def test_an_entry_takes_the_same_number_of_queries_however_large(
    library: Library, client: Client, django_assert_max_num_queries: Any
) -> None:
    model, _ = library
    for number in range(12):
        with_trial(model, outcome=f"Outcome {number}")
        with_condition(model, f"Condition {number}")
    with django_assert_max_num_queries(15):
        client.get(f"/api/v1/practice/{model.uid}")


@pytest.mark.parametrize("uid", ["103bb5d1-6bbd-4cbd-89f6-bec33f27736f", "nonsense", "1", "%00", "../secret"])
def test_an_unknown_entry_is_a_404_problem(library: Library, client: Client, uid: str) -> None:
    response = client.get(f"/api/v1/practice/{uid}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_vocabularies_and_authorities(library: Library, read: Any, client: Client) -> None:
    terms = read("vocabularies/cohorts")["terms"]
    assert [term["slug"] for term in terms] == ["adolescents"]
    assert read("vocabularies/cohort")["terms"] == terms
    assert client.get("/api/v1/vocabularies/people").status_code == 404
    authorities = {each["slug"]: each for each in read("authorities")["authorities"]}
    current = [each for each in authorities.values() if not each["end"]]
    assert len(current) == 153
    assert all(len(each["statistical_neighbours"]) == 10 for each in current)
    assert authorities["cumbria"]["successors"]


def rows_of(client: Client, **params: Any) -> list[dict[str, str]]:
    response = client.get("/api/v1/export/practice.csv", params)
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))  # type: ignore[attr-defined]


def test_exports_carry_licence_status_and_source(library: Library, client: Client) -> None:
    rows = {row["title"]: row for row in rows_of(client)}
    assert rows["Lantern house in Wigan"]["licence"] == "cc-by-4.0"
    assert rows["Lantern house in Wigan"]["status_as_at"] == "2016-03"
    assert "A published report" in rows["Lantern house in Wigan"]["sources"]
    lines = b"".join(client.get("/api/v1/export/practice.jsonl", {"type": "model"}).streaming_content)  # type: ignore[attr-defined]
    (only,) = [json.loads(line) for line in lines.splitlines()]
    assert (only["title"], only["evidence"]["strength"]) == ("Lantern house", 4)


def test_exports_stream_more_than_one_page(library: Library, client: Client) -> None:
    for number in range(120):
        a_model(f"Bulk {number}")
    rebuild()
    assert len({row["id"] for row in rows_of(client, q="bulk")}) == 120


def test_a_cell_is_never_a_formula_and_no_licence_means_no_content(library: Library, client: Client) -> None:
    a_model("=HYPERLINK(1)", slug="formula", summary="+danger", licence="")
    rebuild()
    (row,) = rows_of(client, q="hyperlink")
    assert row["title"] == "'=HYPERLINK(1)"
    assert row["summary"] == ""


CANARY = "zanzibarine"


@pytest.mark.parametrize("stale", [False, True], ids=["fresh index", "stale index"])
@pytest.mark.parametrize("conceal", WAYS, ids=lambda way: way.__name__)
def test_nothing_concealed_leaves_by_any_address(
    library: Library, client: Client, conceal: Callable[[Entry], None], stale: bool
) -> None:
    hidden = a_case_study(f"{CANARY} pods", lead="camden", summary=f"Pods of {CANARY} practitioners.")
    with_condition(hidden, "Time for direct work")
    with_cohort(hidden, "Adolescents")
    if stale:
        rebuild()
    conceal(hidden)
    if not stale:
        rebuild()
    for path in ("practice/search", f"practice/search?q={CANARY}", "practice/search?authority=camden",
                 f"practice/suggest?q={CANARY[:4]}", "export/practice.csv", "export/practice.jsonl", f"practice/{hidden.uid}"):  # fmt: skip
        response = client.get(f"/api/v1/{path}")
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        told = body.decode().replace(f'"query": "{CANARY}"', "").replace(f'"query": "{CANARY[:4]}"', "")
        assert CANARY not in told, path
        assert "camden" not in told.replace('"value": "camden", "label": "Camden", "count": 0', ""), path
    assert client.get(f"/api/v1/practice/{hidden.uid}").status_code == 404


def test_the_control_shows_the_same_entry_while_it_is_published(library: Library, client: Client) -> None:
    shown = a_case_study(f"{CANARY} pods", lead="camden")
    rebuild()
    assert CANARY in client.get("/api/v1/practice/search").content.decode()
    assert client.get(f"/api/v1/practice/{shown.uid}").status_code == 200
