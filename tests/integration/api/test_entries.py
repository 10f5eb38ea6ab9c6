"""Whole entries, vocabularies and authorities."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from practice_library.models import Cohort, EntrySource, Finding, RelatedEntry, Statement, StudySource
from tests.factories.making import a_model, a_source, with_trial
from tests.integration.api.conftest import Library


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
    assert authorities["cumbria"]["successors"] == ["cumberland", "westmorland-and-furness"]
    assert authorities["cumbria"]["statistical_neighbours"] == []
    assert (authorities["wigan"]["ons_code"], authorities["wigan"]["dfe_number"]) == ("E08000010", "359")
    assert sum(len(each["former_ons_codes"]) for each in authorities.values()) > 0


def test_a_vocabulary_says_what_each_term_covers(library: Library, read: Any) -> None:
    broad = Cohort.objects.get(slug="adolescents")
    Cohort.objects.create(
        name="Older teenagers",
        slug="older-teenagers",
        broader=broad,
        scope_note="16 and 17.",
        synonyms=["16 plus"],
    )
    assert read("vocabularies/cohorts")["terms"][-1] == {
        "slug": "older-teenagers",
        "name": "Older teenagers",
        "scope_note": "16 and 17.",
        "synonyms": ["16 plus"],
        "broader": "adolescents",
    }
    listed = {each["name"]: each["facet"] for each in read("vocabularies")["vocabularies"]}
    assert listed.keys() == {"cohorts", "conditions", "outcomes", "themes", "stages", "workforce"}
    for name, facet in listed.items():
        assert read(f"vocabularies/{facet}") == read(f"vocabularies/{name}")


def test_a_row_without_a_source_rests_on_those_of_its_study_or_entry(library: Library, read: Any) -> None:
    model, _ = library
    EntrySource.objects.create(entry=model, source=a_source("src-second", title="Another"))
    Statement.objects.create(
        entry=model, section="advice", text="Begin small.", further_sources=["src-third"]
    )
    Statement.objects.create(entry=model, section="advice", text="Begin late.")
    a_source("src-third")
    finding = with_trial(model, outcome="Wellbeing", key="st-second")
    Finding.objects.filter(pk=finding.pk).update(source=None)
    StudySource.objects.create(study=finding.study, source=a_source("src-study"))
    data = read(f"practice/{model.uid}")
    told = {row["text"]: row["sources"] for row in data["statements"]}
    assert told == {"Begin small.": ["src-third"], "Begin late.": ["src-report", "src-second"]}
    studies = {study["key"]: study for study in data["studies"]}
    assert studies["st-second"]["findings"][0]["sources"] == ["src-study"]
    assert {source["key"] for source in data["sources"]} == {
        "src-report",
        "src-second",
        "src-third",
        "src-study",
    }


def test_an_entry_names_its_places_related_work_and_studies(library: Library, read: Any) -> None:
    model, place = library
    other = a_model("Kite therapy")
    RelatedEntry.objects.create(entry=model, other=other, relation="see-also", sort_order=0)
    RelatedEntry.objects.create(entry=model, relation="not-the-same", note="The other lantern", sort_order=1)
    with_trial(model, place, other, outcome="Wellbeing", key="st-many")
    data = read(f"practice/{model.uid}")
    assert [each["id"] for each in data["places"]] == [str(place.uid)]
    assert [(each["relation"], each["id"], each["note"]) for each in data["related"]] == [
        ("see-also", str(other.uid), None),
        ("not-the-same", None, "The other lantern"),
    ]
    about = next(study for study in data["studies"] if study["key"] == "st-many")["about"]
    assert {each["title"] for each in about} == {"Lantern house", "Lantern house in Wigan", "Kite therapy"}


def test_blocks_of_an_entry_are_told_as_they_are_reported(library: Library, read: Any) -> None:
    model, _ = library
    model.reach = [
        (
            "reach",
            {
                "group": "Everyone",
                "eligible": None,
                "offered": 40,
                "started": 30,
                "finished": None,
                "period": "",
                "source": "",
            },
        )
    ]
    model.materials = [
        (
            "material",
            {
                "title": "Guide",
                "kind": "protocol",
                "address": "https://guide.example/",
                "document": None,
                "licence": "",
            },
        )
    ]
    model.response, model.response_on = "We agree.", dt.date(2026, 1, 2)
    model.save()
    data = read(f"practice/{model.uid}")
    assert data["reach"][0]["offered"] == 40
    assert data["reach"][0]["eligible"] is None
    assert data["materials"] == [
        {"title": "Guide", "kind": "protocol", "address": "https://guide.example/", "licence": None}
    ]
    assert data["response"] == {"text": "We agree.", "on": "2026-01-02"}
