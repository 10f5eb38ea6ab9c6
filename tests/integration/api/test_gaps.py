"""`/api/v1/gaps`: the cells of the map and the studies of each, by the rules and parameters of its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from practice_library.evidence.standard import STANDARD_VERSION
from practice_library.models import Entry
from tests.factories.entries import case_study, practice_model
from tests.factories.studies import finding_of, study_of
from tests.factories.vocabularies import CohortFactory, outcome

pytestmark = pytest.mark.django_db
Read = Callable[..., dict[str, Any]]


@pytest.fixture
def studied(db: None) -> None:
    """One group of cohorts and one of outcomes, three studies of a model and a place that nobody tested."""
    ages, care = CohortFactory(name="By age"), outcome("Care")
    CohortFactory(name="Teenagers", broader=ages)
    CohortFactory(name="Babies", broader=ages)
    for name in ("Entry to care", "Repeat removals"):
        outcome(name, broader=care)
    outcome("Wellbeing")
    pods = practice_model("Pods").with_cohort("Teenagers")
    both = study_of(pods.page, key="st-both", title="Both outcomes")
    finding_of(both, "Entry to care", direction="favourable")
    finding_of(both, "Repeat removals", direction="adverse")
    abroad = study_of(pods.page, key="st-abroad", title="Abroad", country="Norway", design="before-and-after")
    finding_of(abroad, "Entry to care", direction="no-effect", compared=None)
    hoped = study_of(pods.page, key="st-hoped", title="Hoped for")
    finding_of(hoped, "Entry to care", direction="favourable", forecast=True)
    case_study("Nest", lead="kent", status="running").with_cohort("Babies").with_claim("Wellbeing")


def cell(answer: dict[str, Any], cohort: str, outcome: str) -> dict[str, Any]:
    cells = answer["map"]["cells"]
    return next(each for each in cells if (each["cohort"], each["outcome"]) == (cohort, outcome))


def keys(answer: dict[str, Any]) -> list[str]:
    return [study["key"] for study in answer["studies"]["studies"]]


def test_a_cell_counts_studies_by_direction_with_the_hardest_test(read: Read, studied: None) -> None:
    answer = read("gaps")
    tested = cell(answer, "by-age", "care")
    assert tested["studies"] == 3
    assert {name: count for name, count in tested["directions"].items() if count} == {
        "favourable": 1,
        "no-effect": 1,
        "adverse": 1,
        "not-known": 1,
    }
    assert tested["hardest_test"] == {"strength": 4, "label": "Compared with a similar group"}
    assert tested["url"] == "/practice/gaps/?cohort=by-age&outcome=care"
    gap = cell(answer, "by-age", "wellbeing")
    assert (gap["studies"], gap["hardest_test"], gap["url"]) == (0, None, None)
    assert (gap["places"]["number"], gap["places"]["label"]) == (1, "1 place is doing it")
    assert answer["standard_version"] == STANDARD_VERSION
    assert (answer["studies"], len(answer["map"]["cells"])) == (None, 2)


def test_groups_open_as_on_the_page(read: Read, studied: None) -> None:
    answer = read("gaps", open="by-age", within="care")
    assert [each["term"] for each in answer["map"]["cohorts"]] == ["by-age", "babies", "teenagers"]
    assert [each["term"] for each in answer["map"]["outcomes"]] == ["entry-to-care", "repeat-removals"]
    assert cell(answer, "teenagers", "repeat-removals")["directions"]["adverse"] == 1
    assert answer["map"]["cohorts"][2]["group"] == "by-age"


def test_a_cell_gives_exactly_its_studies(read: Read, studied: None) -> None:
    answer = read("gaps", cohort="teenagers", outcome="care")
    assert sorted(keys(answer)) == ["st-abroad", "st-both", "st-hoped"]
    assert answer["map"] is None
    first = answer["studies"]["studies"][0]
    assert first["key"] == "st-both"
    assert {(row["outcome"], row["direction"], row["strength"]) for row in first["results"]} == {
        ("entry-to-care", "favourable", 4),
        ("repeat-removals", "adverse", 4),
    }
    assert first["entries"][0]["id"] == str(Entry.objects.get(title="Pods").uid)
    assert keys(read("gaps", cohort="teenagers", outcome="care", direction="adverse")) == ["st-both"]
    assert sorted(keys(read("gaps", cohort="teenagers", forecasts="without"))) == ["st-abroad", "st-both"]
    assert keys(read("gaps", cohort="teenagers", evidence="compared")) == ["st-both"]
    assert "st-abroad" not in keys(read("gaps", cohort="teenagers", country="england"))
    paged = read("gaps", cohort="teenagers", size=2, page=2)
    assert (paged["studies"]["total"], len(keys(paged))) == (3, 1)


@pytest.mark.parametrize(
    ("asked", "param", "said"),
    [
        ({"cohort": "nobody"}, "cohort", "No group of children or families is called “nobody”."),
        ({"cohort": "babies", "country": "wales"}, "country", "“wales” is not a value of country."),
        ({"open": ["by-age", "x"]}, "open", "No group of children or families is called “x”."),
        ({"within": "wellbeing"}, "within", "nothing stands within it"),
        ({"cohrt": "babies"}, "cohrt", "Did you mean “cohort”?"),
    ],
)
def test_what_makes_no_sense_is_refused(
    client: Client, studied: None, asked: dict[str, Any], param: str, said: str
) -> None:
    answer = client.get("/api/v1/gaps", asked)
    assert (answer.status_code, answer.json()["param"]) == (400, param)
    assert said in answer.json()["detail"]


def test_nothing_hidden_counts(read: Read, studied: None) -> None:
    Entry.objects.update(hidden_at=timezone.now())
    assert keys(read("gaps", cohort="teenagers")) == []
    for each in read("gaps")["map"]["cells"]:
        assert (each["studies"], each["places"]) == (0, None)


def test_map_and_studies_lead_to_it(client: Client, studied: None) -> None:
    page = client.get("/practice/gaps/", {"open": "by-age", "country": "england"}).content.decode()
    assert 'href="/api/v1/gaps?country=england&amp;open=by-age"' in page
    page = client.get("/practice/gaps/", {"cohort": "teenagers"}).content.decode()
    assert 'href="/api/v1/gaps?cohort=teenagers"' in page
