"""The register: what is confirmed apart from history, narrowed by region and likeness, nothing concealed counted."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from website.places.models import Organisation

from practice_library.models import Entry
from tests.factories.entries import case_study, practice_model
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
    time_machine_at("2027-06-30")
    assert "In Northbridge" in groups(read(URL))["confirmed"]
    time_machine_at("2027-07-01")
    assert "In Northbridge" in groups(read(URL))["historical"]


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
