"""`/api/v1/practice/search` and `/suggest`: the documented shape, true counts, clear errors."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice_library.models import Cohort
from search import vocabulary
from search.facets import FACETS
from search.indexing import rebuild
from tests.factories.making import with_trial
from tests.integration.api.conftest import Library

SHAPE = {"query", "understood", "total", "page", "results", "facets", "took_ms"}
RESULT = {
    "id", "type", "title", "url", "summary", "authorities", "status", "score", "evidence", "outcomes", "why", "made_from",
}  # fmt: skip


def test_the_answer_has_the_documented_shape(library: Library, read: Any) -> None:
    answer = read("practice/search", q="lantern")
    assert answer.keys() >= SHAPE
    assert answer["total"] == 2
    assert set(answer["facets"]) == set(FACETS)
    by_title = {result["title"]: result for result in answer["results"]}
    place = by_title["Lantern house in Wigan"]
    assert place.keys() >= RESULT
    assert place["authorities"] == ["wigan"]
    assert place["status"] == {"state": "running", "as_at": "2016-03"}
    assert place["evidence"] == {"strength": 0, "direction": "not-known"}
    assert by_title["Lantern house"]["evidence"] == {"strength": 4, "direction": "favourable"}
    assert {"value": "wigan", "label": "Wigan", "count": 1, "selected": False} in answer["facets"][
        "authority"
    ]


def test_a_facet_ignores_its_own_selection_and_keeps_the_others(library: Library, read: Any) -> None:
    answer = read("practice/search", type="model", status="running")
    assert answer["total"] == 0
    types = {value["value"]: value["count"] for value in answer["facets"]["type"]}
    assert types == {"model": 0, "case_study": 1}


def test_places_are_listed_one_by_one_unless_grouped(library: Library, read: Any) -> None:
    assert len(read("practice/search", q="lantern")["results"]) == 2
    grouped = read("practice/search", q="lantern", group="model")
    assert grouped["total"] == 2
    assert [result["title"] for result in grouped["results"]] == ["Lantern house"]
    assert grouped["results"][0]["folded"]["results"][0]["title"] == "Lantern house in Wigan"


@pytest.mark.parametrize(
    ("params", "param"),
    [
        ({"q": "x" * 10_000}, "q"),
        ({"q": "a\x00b"}, "q"),
        ({"page": "0"}, "page"),
        ({"page": "-1"}, "page"),
        ({"page": "one"}, "page"),
        ({"page": "1" * 30}, "page"),
        ({"size": "101"}, "size"),
        ({"sort": "random"}, "sort"),
        ({"evidence": "5"}, "evidence"),
        ({"cohort": "<script>"}, "cohort"),
        ({"year": "two"}, "year"),
        ({"like": "atlantis"}, "like"),
        ({"cohrt": "adolescents"}, "cohrt"),
        ({"page": "101", "size": "100"}, "page"),
        ({"cohort": [f"c{n}" for n in range(60)]}, "cohort"),
    ],
)
def test_what_makes_no_sense_is_a_problem_that_names_the_parameter(
    library: Library, client: Client, params: dict[str, Any], param: str
) -> None:
    response = client.get("/api/v1/practice/search", params)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["param"] == param
    assert problem["status"] == 400
    assert len(problem["detail"]) > 20


HOSTILE = st.one_of(
    st.text(max_size=400),
    st.sampled_from(["(" * 3000, '"' * 300, "x" * 10_000, "a OR b AND NOT c", "ﷺ" * 50, "𝒯eenagers дети 子供 أطفال", "%00", "' OR 1=1 --", "*:*", "~~~", "^9999", "\\"]),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    q=HOSTILE, name=st.sampled_from([*FACETS, "like", "sort", "page", "words", "group", "q"]), value=HOSTILE
)
def test_hostile_input_gets_an_answer_or_a_clear_4xx(
    library: Library, client: Client, q: str, name: str, value: str
) -> None:
    params = {"q": q.encode("utf-8", "replace").decode(), name: value.encode("utf-8", "replace").decode()}
    for path in ("search", "suggest"):
        response = client.get(f"/api/v1/practice/{path}", params)
        assert response.status_code in (200, 400)
        if response.status_code == 400:
            assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "raw", ["q=%ff%fe", "q=%00", "q=a&q=b&q=c", "page=1&page=x", "=", "q[]=a", "&&&", "q=%E0%80%AF"]
)
def test_odd_query_strings_never_break_it(library: Library, client: Client, raw: str) -> None:
    response = client.get(f"/api/v1/practice/search?{raw}")
    assert response.status_code in (200, 400)


def test_suggestions_carry_types_and_addresses(library: Library, read: Any, client: Client) -> None:
    found = read("practice/suggest", q="lant")["suggestions"]
    assert [(each["text"], each["type"], each["type_label"]) for each in found] == [
        ("Lantern house", "model", "Model"),
        ("Lantern house in Wigan", "case_study", "Case study"),
    ]
    for each in found:
        page = client.get(each["url"])
        assert (page.status_code, each["text"] in page.content.decode()) == (200, True)
    (term,) = read("practice/suggest", q="adol")["suggestions"]
    assert term["url"] == "/practice/?cohort=adolescents"


def test_other_methods_and_addresses_are_problems_too(library: Library, client: Client) -> None:
    wrong = client.post("/api/v1/practice/search")
    assert (wrong.status_code, wrong["Content-Type"]) == (405, "application/problem+json")
    nothing = client.get("/api/v1/nothing/")
    assert (nothing.status_code, nothing["Content-Type"]) == (404, "application/problem+json")
    head = client.head("/api/v1/practice/search")
    assert (head.status_code, head.content) == (200, b"")


def test_an_error_of_ours_tells_nothing_of_the_inside(
    library: Library, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr("search.api.practice.find", fail)
    client.raise_request_exception = False
    response = client.get("/api/v1/practice/search")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert b"secret" not in response.content


def test_openapi_names_every_facet(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    names = {p["name"] for p in described["paths"]["/api/v1/practice/search"]["get"]["parameters"]}
    assert names >= set(FACETS) | {"q", "like", "sort", "page", "group", "words"}
    assert "/api/v1/export/practice.csv" in described["paths"]


@pytest.mark.parametrize(
    ("param", "value", "nearest"),
    [
        ("cohort", "adolescent", "adolescents"),
        ("condition", "time-for-direct-wrk", "time-for-direct-work"),
        ("outcome", "entry-into-care", "entry-to-care"),
        ("authority", "wigann", "wigan"),
        ("model", "lantern-hose", "lantern-house"),
        ("region", "north-wst", "north-west"),
        ("kind", "programe", "programme"),
        ("country", "englund", "england"),
    ],
)
def test_a_term_nobody_knows_is_refused_with_the_nearest_known_one(
    library: Library, client: Client, param: str, value: str, nearest: str
) -> None:
    response = client.get("/api/v1/practice/search", {param: value})
    assert response.status_code == 400
    problem = response.json()
    assert problem["param"] == param
    assert f"“{nearest}”" in problem["detail"]
    assert client.get("/api/v1/practice/search", {param: nearest}).status_code == 200


def test_a_parameter_is_given_once_and_spelt_right(library: Library, client: Client) -> None:
    twice = client.get("/api/v1/practice/search?q=a&q=b").json()
    assert (twice["param"], twice["detail"]) == ("q", "Give q once: it was given 2 times.")
    brackets = client.get("/api/v1/practice/search?cohort[]=adolescents").json()
    assert "Did you mean “cohort”?" in brackets["detail"]
    assert client.get("/api/v1/authorities?region=london").status_code == 400


def test_harm_stands_in_the_row(library: Library, read: Any) -> None:
    with_trial(library[0], outcome="Safety", direction="inconclusive", harm="Two children were hurt.")
    rebuild()
    (model,) = read("practice/search", type="model")["results"]
    flags = {row["outcome"]: row["harm_flag"] for row in model["outcomes"]}
    assert flags == {"entry-to-care": False, "safety": True}


def test_words_are_understood_unless_only_mine_are_wanted(library: Library, read: Any) -> None:
    Cohort.objects.filter(slug="adolescents").update(synonyms=["teens"])
    vocabulary.forget()
    assert read("practice/search", q="teens")["understood"] == [{"term": "teens", "as": ["Adolescents"]}]
    assert read("practice/search", q="teens", words="mine")["understood"] == []
