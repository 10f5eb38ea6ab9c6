"""Hostile requests get an answer or a clear 4xx in the one shape, never an error of ours and never the words of the inside."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.facets import FACET_PARAMS
from search.indexing import rebuild
from tests.factories.making import a_case_study, a_model, with_cohort
from tests.integration.search.conftest import site_engine as site_engine

PATHS = (
    "practice/search", "practice/suggest", "export/practice.csv", "export/practice.jsonl", "vocabularies",
    "vocabularies/cohorts", "authorities", "authorities/wigan", "registers/lantern-house", "gaps", "questions",
)  # fmt: skip
NAMES = (
    "q",
    "like",
    "sort",
    "page",
    "size",
    "words",
    "group",
    "cohort[]",
    "__proto__",
    "",
    "open",
    "within",
    "forecasts",
    *FACET_PARAMS,
)
WORST = (
    b"x" * 10_000,
    b"(" * 3_000,
    b'"' * 301,
    b"\x00",
    b"a\x00b",
    b"\xff\xfe",
    b"\xe0\x80\xaf",
    b"\xed\xa0\x80",
    "ﷺ".encode() * 90,
    "𝒯eenagers дети 子供 أطفال ‮".encode(),
    b"a AND (b OR NOT c) title:d^9999 e~9 [f TO *] /g.*/ \\",
    b"' OR 1=1 --",
    b"{{7*7}}${7*7}<script>alert(1)</script>",
    b"../../etc/passwd",
    b"-1",
    b"1e3",
    b"0x10",
    "１".encode(),
    b"99999999999999999999999999",
    b"NaN",
    b"true",
    b"[]",
    b'{"a":1}',
)
values = st.one_of(st.sampled_from(WORST), st.binary(max_size=60), st.text(max_size=60).map(str.encode))
pairs = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=4)


@pytest.fixture
def library(db: None, site_engine: str) -> None:
    with_cohort(a_model("Lantern house"), "Adolescents")
    a_case_study("Lantern house in Wigan")
    rebuild()


def ask(client: Client, path: str, query: str) -> Any:
    client.raise_request_exception = False
    response = client.get(f"/api/v1/{path}", QUERY_STRING=query)
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    assert response.status_code in (200, 400), (path, query[:200], response.status_code)
    if response.status_code == 400:
        assert response["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert {"type", "title", "status", "detail"} <= problem.keys()
        assert len(problem["detail"]) > 20
        assert len(problem["detail"]) < 600
    for inside in (b"Traceback", b"/search/", b"django", b"tantivy", b"elasticsearch"):
        assert inside not in body.replace(b"/practice/search", b""), inside
    return response


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(PATHS), query=pairs)
@example(path="practice/search", query=[("q", b"a"), ("q", b"b")])
@example(path="practice/search", query=[("page", b"1"), ("page", b"x")])
@example(path="practice/search", query=[("cohort", b"adolescents")] * 41)
@example(path="practice/suggest", query=[("q", b"(" * 3_000)])
def test_whatever_is_sent(library: None, client: Client, path: str, query: list[tuple[str, bytes]]) -> None:
    ask(client, path, "&".join(f"{name}={quote_from_bytes(value)}" for name, value in query))


@pytest.mark.parametrize("value", WORST, ids=lambda value: repr(value[:12]))
def test_the_worst_in_every_parameter_of_a_search(library: None, client: Client, value: bytes) -> None:
    for name in NAMES:
        ask(client, "practice/search", f"{name}={quote_from_bytes(value)}")


@pytest.mark.parametrize(
    "raw", ["&&&", "=", "?", "%", "%zz", "q=%", "q=%E2%82", "é=1", "q=\xff", "a" * 9_000]
)
def test_broken_query_strings(library: None, client: Client, raw: str) -> None:
    ask(client, "practice/search", raw)


def test_thousands_of_parameters(library: None, client: Client) -> None:
    assert ask(client, "practice/search", "&".join(f"p{n}=1" for n in range(12_000))).status_code == 400
    assert ask(client, "practice/search", "&".join(["cohort=adolescents"] * 5_000)).status_code == 200


@pytest.mark.parametrize(
    "identity", ["x" * 5_000, "%00", "%ff", "..%2f..%2fsecret", "1", "null", "0" * 32, "{id}", "search%20"]
)
def test_odd_identities_are_unknown(library: None, client: Client, identity: str) -> None:
    for path in ("practice", "vocabularies", "authorities", "registers"):
        response = client.get(f"/api/v1/{path}/{identity}")
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_nothing_can_be_written(library: None, client: Client, method: str) -> None:
    for path in PATHS:
        response = getattr(client, method)(f"/api/v1/{path}")
        assert response.status_code == 405, path
        assert response["Content-Type"] == "application/problem+json"
        assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "address", ["", "v1", "v1/", "v1/docs", "v1/practice/", "v1/nothing", "v2/practice/search", "cms"]
)
def test_no_page_of_the_site_stands_below_api(library: None, client: Client, address: str) -> None:
    response = client.get(f"/api/{address}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_an_address_of_wagtails_own_api_is_not_there(library: None, client: Client) -> None:
    for address in ("/api/v2/pages/", "/api/v1/pages/", "/cms/api/main/pages/"):
        assert client.get(address).status_code in (302, 404)


def test_a_browser_is_told_nothing_may_run(library: None, client: Client) -> None:
    for path in ("practice/search?q=<script>", "practice/search?page=<script>", "export/practice.csv"):
        response = client.get(f"/api/v1/{path}")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "html" not in response["Content-Type"]
