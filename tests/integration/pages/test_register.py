"""The register: what is confirmed apart from history, narrowed by region and likeness, nothing concealed counted."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from website.places.models import Organisation

from practice_library.models import CaseStudyPage, Entry, Partner
from practice_library.status_words import is_recent
from tests.factories.entries import Written, case_study, practice_model
from tests.factories.places import AuthorityFactory, neighbours

pytestmark = pytest.mark.django_db
URL = "/practice/registers/lantern-house/"


@pytest.fixture
def lantern(time_machine_at):
    """Four places by standing, and an authority where nothing is known."""
    time_machine_at("2026-03-10")
    for number, (slug, region) in enumerate(
        (
            ("northbridge", "north-west"),
            ("kiteham", "london"),
            ("southwick", "london"),
            ("emptyshire", "london"),
        )
    ):
        AuthorityFactory(slug=slug, name=slug.title(), region=region, hex_q=number, hex_r=number)
    neighbours(*(Organisation.objects.get(slug=slug) for slug in ("emptyshire", "kiteham")))
    model = practice_model("Lantern House")
    case_study("In Northbridge", status="running", status_as_at="2025-06", start="2019").running(model)
    case_study("In Kiteham", lead="kiteham").running(model).set(
        status="stopped", status_as_at="2025-01", stop_reason="The grant ended."
    )
    case_study(
        "In Southwick", lead="southwick", status="running", status_as_at="2016-03", variant="Two teams."
    ).running(model)
    case_study("In Oslo", lead="place-not-named", country="Norway").running(model)
    return model


def groups(page: str) -> dict[str, str]:
    """The markup of each group by its name."""
    found = re.findall(r'<section class="pc-section" id="(\w+)">(.*?)</section>', page, re.DOTALL)
    return dict(found)


def test_what_is_confirmed_stands_apart_from_history(read, lantern):
    found = groups(read(URL))
    assert list(found) == ["confirmed", "historical", "stopped"]
    assert "In Northbridge" in found["confirmed"]
    assert "2019" in found["confirmed"]
    assert "In Southwick" in found["historical"]
    assert "Two teams." in found["historical"]
    assert "In Oslo" in found["historical"]
    assert "Norway" in found["historical"]
    assert "In Kiteham" in found["stopped"]
    assert "The grant ended." in found["stopped"]


def test_a_report_ages_into_history_by_itself(read, lantern, time_machine_at):
    time_machine_at("2027-06-01")
    assert "In Northbridge" in groups(read(URL))["confirmed"]
    time_machine_at("2027-06-02")
    assert "In Northbridge" in groups(read(URL))["historical"]


@pytest.mark.parametrize(("as_at", "confirmed"), [
    ("2024-03-10", True), ("2024-03-09", False), ("2024-03", False), ("2024-04", True), ("2024", False), ("2025", True), ("", False),
])  # fmt: skip
def test_register_model_page_and_search_ask_one_rule_of_dates(read, words, lantern, as_at, confirmed):
    Entry.objects.filter(title="In Northbridge").update(status_as_at=as_at)
    CaseStudyPage.objects.filter(title="In Northbridge").update(status="running")
    assert ("In Northbridge" in groups(read(URL)).get("confirmed", "")) is confirmed
    assert ("Running, confirmed in" in words(lantern.url)) is confirmed
    assert is_recent(as_at, timezone.localdate()) is confirmed


def test_history_never_counts_as_running_whatever_it_said(read, lantern):
    for state in ("running", "scaled", "testing", "planned", "proposed", "not-known"):
        Entry.objects.filter(title="In Southwick").update(status=state, status_as_at="2016-03")
        found = groups(read(URL))
        assert "In Southwick" in found["historical"], state
        assert "In Southwick" not in found["confirmed"], state


@pytest.fixture
def shared(lantern):
    """Northbridge leads, Emptyshire delivers with it; so does a charity, which is no authority."""
    page = CaseStudyPage.objects.get(title="In Northbridge")
    Written(page).with_partner("Emptyshire", known=True).with_partner("Kite Trust", known=True)
    Partner.objects.create(case_study=page, organisation=page.lead_organisation, sort_order=9)
    return page


def test_an_authority_that_delivered_it_with_another_is_listed_and_mapped(read, words, lantern, shared):
    page = read(URL)
    assert "Emptyshire: confirmed in the last 24 months" in page
    assert "4 authorities marked" in page
    assert "Kite Trust" not in page
    said = words(URL)
    assert "Emptyshire London Delivered with Northbridge" in said
    assert said.count("Northbridge North West") == 1
    assert "4 case studies." in said


def test_an_authority_stands_once_however_many_it_delivered_it_with(words, lantern, shared):
    for lead in ("southwick", "kiteham"):
        page = case_study(f"Again in {lead}", lead=lead, status="running", status_as_at="2025-06").running(
            lantern
        )
        page.with_partner("Emptyshire", known=True).with_partner("Northbridge", known=True)
    said = words(URL)
    assert said.count("Emptyshire London") == said.count("Northbridge North West") == 1
    assert said.count("Also delivered with Kiteham, Southwick.") == 1
    assert said.count("Also delivered with") == 2


def test_a_filter_keeps_the_partner_without_its_lead(read, words, lantern, shared):
    assert "3 of 4 case studies: London." in words(URL, region="london")
    page = read(URL, region="london")
    assert "Emptyshire: confirmed in the last 24 months" in page
    assert "Northbridge: nothing known here" in page
    assert "Delivered with Northbridge" in words(URL, like="emptyshire")


def test_who_took_part_without_a_lead_is_said(words, lantern):
    oslo = CaseStudyPage.objects.get(title="In Oslo")
    Written(oslo).with_partner("Emptyshire", known=True)
    assert "Emptyshire London Took part; no lead is named" in words(URL)


def test_a_hidden_case_study_shows_no_partner(read, lantern, shared):
    Entry.objects.filter(pk=shared.pk).update(hidden_at=timezone.now())
    assert "Emptyshire: nothing known here" in read(URL)
    assert "Delivered with" not in groups(read(URL))["historical"]


def test_a_region_narrows_list_counts_and_map(read, words, lantern):
    page = read(URL, region="london")
    assert "In Northbridge" not in page
    assert "In Kiteham" in page
    assert "In Oslo" not in page
    assert "2 of 4 case studies: London." in words(URL, region="london")
    assert "Northbridge: nothing known here" in page
    assert "noindex" in page


def test_areas_like_one_are_it_and_its_neighbours(words, lantern):
    said = words(URL, like="emptyshire")
    assert "1 of 4 case studies: areas like Emptyshire." in said
    assert "In Kiteham" in said
    assert "In Southwick" not in said
    nobody = words(URL, like="emptyshire", region="north-west")
    assert "No place among those chosen is known to have run it." in nobody


@pytest.mark.parametrize("asked", [{"region": "the-moon"}, {"like": "atlantis"}, {"like": "a\x00b"}])
def test_what_is_no_region_or_area_narrows_nothing(words, lantern, asked):
    assert "4 case studies." in words(URL, **asked)


def test_the_map_marks_each_authority_in_words(read, lantern):
    page = read(URL)
    titles = re.findall(r"<title>([^<]*)</title><use", page)
    assert titles == [
        "Emptyshire: nothing known here",
        "Kiteham: stopped",
        "Northbridge: confirmed in the last 24 months",
        "Southwick: historical account, not confirmed since",
    ]
    assert "3 authorities marked" in page
    assert "style=" not in page[page.index("<svg") : page.index("</svg>")]


def test_north_is_up(read, lantern):
    cells = re.findall(r'translate\(([\d.]+) (\d+)\)"><title>(\w+)', read(URL))
    height = {name: int(y) for _, y, name in cells}
    assert height["Emptyshire"] < height["Southwick"] < height["Kiteham"] < height["Northbridge"]


def test_no_map_without_cells(read):
    practice_model("Lantern House")
    page = read(URL)
    assert "pc-hexmap" not in page
    assert "No place that ran it is known here." in page


def test_nothing_concealed_is_counted(words, read, lantern):
    concealing = (
        ("In Northbridge", {"hidden_at": timezone.now()}),
        ("In Kiteham", {"withdrawn_at": timezone.now()}),
        ("In Southwick", {"live": False}),
    )
    for title, how in concealing:
        Entry.objects.filter(title=title).update(**how)
        assert title not in words(URL), how
    assert "1 case study." in words(URL)
    assert "0 authorities marked" in read(URL)


def test_a_hidden_model_has_no_register(read, lantern):
    Entry.objects.filter(pk=lantern.pk).update(hidden_at=timezone.now())
    read(URL, status=404)
    read("/practice/registers/no-such-model/", status=404)


def test_the_model_leads_to_its_register(read, lantern):
    assert f'href="{URL}"' in read(lantern.url)


def test_the_number_of_queries_does_not_grow(client, lantern):
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(URL, {"like": "emptyshire"}).status_code == 200
        return len(caught)

    cost()
    before = cost()
    for number in range(12):
        case_study(f"More {number}", lead=f"more-{number}").running(lantern)
    assert cost() == before <= 8
