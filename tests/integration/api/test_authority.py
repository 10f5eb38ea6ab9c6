"""`/api/v1/authorities/{slug}`: practice by stage, areas like it by closeness, figures as published, judgement as context."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from website.places.models import Judgement, Organisation

from practice_library.models import Entry
from tests.factories.entries import case_study
from tests.factories.places import AuthorityFactory, figure, neighbours
from tests.factories.vocabularies import StageFactory

pytestmark = pytest.mark.django_db
URL = "authorities/northbridge"
Read = Callable[..., dict[str, Any]]


@pytest.fixture
def here() -> Organisation:
    place = AuthorityFactory(slug="northbridge", name="Northbridge", start=dt.date(2009, 4, 1))
    old = AuthorityFactory(slug="old-bridge", name="Old Bridge", end=dt.date(2009, 4, 1))
    old.successors.add(place)
    neighbours(place, *(AuthorityFactory(slug=slug, name=slug.title()) for slug in ("zeal", "abbey")))
    case_study("Early Work", status="running", status_as_at="2024").at_stage("Early help")
    case_study("Late Work", lead="abbey").with_partner("Northbridge", known=True)
    return Organisation.objects.get(pk=place.pk)


def test_who_it_is_what_it_does_and_who_is_like_it(read: Read, here: Organisation) -> None:
    StageFactory(name="Leaving care")
    answer = read(URL)
    assert (answer["ons_code"], answer["dfe_number"]) == (here.ons_code, here.dfe_number)
    assert (answer["start"], answer["end"], answer["predecessors"]) == ("2009-04-01", None, ["old-bridge"])
    practice = answer["practice"]
    assert practice["total"] == 2
    assert {stage["term"]: stage["case_studies"] for stage in practice["stages"]} == {
        "early-help": 1,
        "leaving-care": 0,
    }
    early, late = practice["entries"]
    assert (early["title"], early["stages"], early["role"]) == ("Early Work", ["early-help"], "lead")
    assert early["id"] == str(Entry.objects.get(title="Early Work").uid)
    assert (late["stages"], late["role"], late["url"]) == ([], "partner", "/practice/abbey/late-work/")
    assert [(each["rank"], each["slug"], each["case_studies"]) for each in answer["neighbours"]] == [
        (1, "zeal", 0),
        (2, "abbey", 1),
    ]
    assert [each["title"] for each in read(URL, size=1, page=2)["practice"]["entries"]] == ["Late Work"]
    assert read("authorities/old-bridge")["successors"] == ["northbridge"]


def test_figures_are_as_published_with_their_licence(read: Read, here: Organisation) -> None:
    figure(here, "950.1", period="2025", caution="far-out")
    figure(here, "c", period="2024", status="suppressed")
    figure(Organisation.objects.get(slug="zeal"), "1.0")
    figures = read(URL)["figures"]
    assert [(each["period"], each["value"], each["printed"], each["status"], each["caution"])
            for each in figures["values"]] == [
        ("2024", None, "c", "suppressed", None), ("2025", 950.1, "950.1", "published", "far-out"),
    ]  # fmt: skip
    assert figures["values"][0]["source"] == "DfE, table 1"
    assert figures["licence"]["value"] == "ogl-3.0"
    assert "no figure here says better or worse" in figures["note"]


def test_the_judgement_says_that_it_is_no_evidence(read: Read, here: Organisation) -> None:
    assert read(URL)["judgement"] is None
    for year, overall in ((2019, "good"), (2023, "inadequate")):
        Judgement.objects.create(
            organisation=here, framework="ILACS", published=dt.date(year, 5, 1), overall=overall
        )
    judgement = read(URL)["judgement"]
    assert (judgement["framework"], judgement["published"]) == ("ILACS", "2023-05-01")
    grades = {each["name"]: each["grade"] for each in judgement["judged"]}
    assert (grades["overall"], grades["leaders"]) == ("inadequate", None)
    assert "it is no evidence about any practice here" in judgement["note"]


def test_nothing_concealed_is_counted(client: Client, read: Read, here: Organisation) -> None:
    Entry.objects.filter(title="Late Work").update(hidden_at=timezone.now())
    answer = read(URL)
    assert answer["practice"]["total"] == len(answer["practice"]["entries"]) == 1
    assert [each["case_studies"] for each in answer["neighbours"]] == [0, 0]
    for slug in ("atlantis", "kite-trust"):
        assert client.get(f"/api/v1/authorities/{slug}").status_code == 404


def test_the_page_leads_to_it(client: Client, here: Organisation) -> None:
    assert f'href="/api/v1/{URL}"' in client.get("/authorities/northbridge/").content.decode()
