"""The page of people search: for members, thirty at most, not too often, and nobody by an address or a number."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.cache import cache
from django.test import Client
from website.accounts.models import User
from website.places.models import Organisation

from network.choices import Help, SkillLevel
from network.models import Ask, HelpRequest
from network.services.claims import claim_skill, offer_help, tell_blockage
from practice_library.models import CaseStudyPage
from search.indexed import PEOPLE
from search.indexing import rebuild
from search.models import Demand
from search.people.asking import LongSelect
from search.people.identifiers import NOBODY, identifies
from tests.factories.entries import case_study
from tests.factories.people import a_person, member, profile
from tests.factories.vocabularies import condition
from tests.search.people.making import a_skill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_searched_yet() -> None:
    cache.clear()


@pytest.fixture
def client_of(seekers: dict[str, User]) -> Client:
    client = Client()
    client.force_login(seekers["elsewhere"])
    return client


def people_with_everything(place: Organisation, number: int, first: int = 0) -> None:
    study = CaseStudyPage.objects.filter(slug="work").first() or case_study("Work", lead=place.slug).page
    for n in range(first, first + number):
        person = member(f"Full {n}", of=place)
        profile(person, about="Lanternword")
        claim_skill(person=person, skill=a_skill("Supervision"), level=SkillLevel.LED, case_study=study)
        tell_blockage(person=person, condition=condition("Police engagement"), how="Lanternword")
        offer_help(person=person, kinds=[Help.CALL, Help.LOAN], days=[1], capacity=1)


def test_for_members_only(seekers: dict[str, User], site_engine: str):
    assert Client().get("/people/?q=a").status_code == 302
    outsider = Client()
    outsider.force_login(a_person("With Out"))
    assert outsider.get("/people/").status_code == 404
    for person in seekers.values():
        client = Client()
        client.force_login(person)
        answer = client.get("/people/")
        assert answer.status_code == 200
        assert "noindex" in answer.content.decode()
        assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


@pytest.mark.parametrize(
    "text",
    ["jo.bloggs@wigan.gov.uk", "@wigan", "wigan.gov.uk", "0161 496 0123", "(0161) 496-0123", "+44 7700 900123",
     "SW123456", "sw 12345", "12A3456E", "1234567", "12/34567"],
)  # fmt: skip
def test_an_address_or_number_is_recognised(text: str):
    assert identifies(text)
    assert identifies(f"who is {text} please")


@pytest.mark.parametrize(
    "text",
    ["since 2019", "2019-2023", "2019/20", "section 20", "11 to 17 year olds", "s113 loans", "0-5", ""],
)
def test_years_ages_and_sections_are_no_numbers_of_somebody(text: str):
    assert not identifies(text)


def test_nobody_is_found_by_address_or_number(client_of: Client, north: Organisation, site_engine: str):
    profile(member("Hol Der", of=north), about="Call 0161 496 0123 or write to jo@north.example")
    rebuild(PEOPLE)
    for field in ("q", "role"):
        for text in ("0161 496 0123", "jo@north.example"):
            answer = client_of.get("/people/", {field: text})
            assert answer.status_code == 400
            assert NOBODY in answer.content.decode()
            assert "Hol Der" not in answer.content.decode()
    assert "Hol Der" in client_of.get("/people/", {"q": "write"}).content.decode(), "the control"


def test_unknown_values_are_refused_and_nothing_asked_shows_nobody(
    client_of: Client, north: Organisation, site_engine: str
):
    people_with_everything(north, 1)
    rebuild(PEOPLE)
    assert client_of.get("/people/?skill=juggling").status_code == 400
    assert client_of.get("/people/?free=1999-01").status_code == 400
    assert client_of.get("/people/?level=9").status_code == 400
    for nothing in ("", "?q=", "?q=++", "?level=3", "?page=2"):
        assert "Full 0" not in client_of.get(f"/people/{nothing}").content.decode(), nothing


def test_too_many_searches_are_told_to_wait(
    client_of: Client, north: Organisation, settings: Any, site_engine: str
):
    people_with_everything(north, 1)
    rebuild(PEOPLE)
    settings.PEOPLE_SEARCH_LIMITS = ((100, 60), (3, 86_400))
    answers = [client_of.get("/people/?q=lanternword") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[3].headers["Retry-After"]) <= 86_401
    assert "Full 0" not in answers[3].content.decode()
    assert client_of.get("/people/").status_code == 200, "looking at the form is no search"
    other = Client()
    other.force_login(member("Oth Er", of=north))
    assert other.get("/people/?q=lanternword").status_code == 200, "each person has their own limit"


def test_nothing_is_kept_of_what_was_asked(client_of: Client, site_engine: str):
    rebuild(PEOPLE)
    assert client_of.get("/people/?q=supervision+nobody+has").status_code == 200
    assert not Demand.objects.exists()


def test_who_is_asked_a_lot_comes_last_and_says_so(
    client_of: Client, north: Organisation, south: Organisation, site_engine: str
):
    people_with_everything(north, 3)
    asker = member("As Ker", of=south)
    busy = User.objects.get(name="Full 0")
    request = HelpRequest.objects.create(asker=asker, kind=Help.CALL, problem="Lanterns", state="open")
    rebuild(PEOPLE)
    before = client_of.get("/people/?q=lanternword").content.decode()
    assert "Asked a lot just now" not in before, "the control"
    Ask.objects.create(request=request, person=busy)
    text = client_of.get("/people/?q=lanternword").content.decode()
    assert text.index("Full 0") > max(text.index("Full 1"), text.index("Full 2"))
    assert text.count("Asked a lot just now") == 1
    assert "2 others fit" in text


@pytest.mark.parametrize("chosen", ["", None, "b&b", "3", 3, "gone"])
def test_a_long_list_is_written_as_django_writes_it(chosen: Any):
    choices = [("", "Any"), ("b&b", "Bed & breakfast"), (3, "<Three>")]
    attrs = {"id": "id_one", "class": "govuk-select", "aria-describedby": "hint"}
    ours, theirs = (
        BeautifulSoup(kind(choices=choices).render("one", chosen, attrs), "html.parser").select_one("select")
        for kind in (LongSelect, forms.Select)
    )
    assert ours is not None
    assert theirs is not None
    assert ours.attrs == theirs.attrs
    listed = [
        [(option.attrs, option.get_text(strip=True)) for option in each.select("option")]
        for each in (ours, theirs)
    ]
    assert listed[0] == listed[1]
