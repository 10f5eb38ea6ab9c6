"""An authority in its context: neighbours by closeness and never by value, what is not published said, no rating."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from website.places.indicators import CONTEXT_INDICATORS
from website.places.models import Judgement

from practice_library.presenters.area import period_end
from tests.factories.entries import case_study
from tests.factories.places import AuthorityFactory, figure, neighbours

pytestmark = pytest.mark.django_db
URL = "/authorities/northbridge/"


@pytest.fixture
def here():
    return AuthorityFactory(slug="northbridge", name="Northbridge")


@pytest.fixture
def alike(here):
    places = [AuthorityFactory(slug=slug, name=slug.title()) for slug in ("zeal", "abbey", "kite")]
    neighbours(here, *places)
    return places


def dots(html: str) -> list[str]:
    return re.findall(r"<title>(.*?)</title>", html.split('class="pc-strips"')[1])


def test_dots_and_table_stand_in_order_of_closeness_not_of_value(here, alike, read, words):
    for place, value in zip([here, *alike], ("50.0", "90.0", "10.0", "70.0"), strict=True):
        figure(place, value)
    html = read(URL)
    assert dots(html) == ["Northbridge: 50.0", "Zeal: 90.0", "Abbey: 10.0", "Kite: 70.0"]
    assert (
        'aria-label="Northbridge: 50.0. Its neighbours: 10.0 to 90.0. The table below says the same."' in html
    )
    table = html.split("The same figures")[1]
    assert table.index("50.0") < table.index("90.0") < table.index("10.0") < table.index("70.0")
    heights = re.findall(r'<circle[^>]*cx="(\d+)" cy="([\d.]+)"', html)
    assert heights == [("52", "60.0"), ("76", "20.0"), ("100", "100.0"), ("124", "40.0")]
    assert "Rate per 10,000, 2025" in words(URL)
    assert "Source: DfE, table 1" in words(URL)
    assert "no figure here says better or worse" in words(URL)


def test_the_source_is_told_without_the_file_it_was_taken_from(here, words):
    figure(here, "50.0", source="DfE LAIT (bds_long_0.parquet @2e30e39)")
    assert "Source: Department for Education, Local Authority Interactive Tool The same figures" in words(URL)


def test_what_is_not_published_is_said_and_has_no_dot(here, alike, read, words):
    figure(here, "50.0")
    figure(alike[0], "c", status="suppressed")
    figure(alike[1], "not_available", status="not-available")
    assert dots(read(URL)) == [
        "Northbridge: 50.0", "Zeal: Suppressed, so that nobody can be recognised (printed as c)",
        "Abbey: Not published (missing or suppressed)", "Kite: Not in the table of this period",
    ]  # fmt: skip
    assert read(URL).count("<circle") == 1
    assert "the official table does not say which" in words(URL)


def test_an_absurd_value_is_shown_with_its_note(here, alike, read, words):
    figure(here, "50.0")
    figure(alike[0], "2083.0", caution="far-out")
    assert "2083.0 note 1" in words(URL)
    assert "Note 1. Further from the middle half of all authorities" in words(URL)
    assert read(URL).count("pc-strip__caution") == 1
    assert "its dot is hollow with a broken outline" in words(URL)


def test_the_dot_of_the_place_itself_has_the_mark_that_the_note_speaks_of(here, alike, read, words):
    figure(here, "100.0", caution="few-children")
    figure(alike[0], "50.0")
    assert read(URL).count('class="pc-strip__here pc-strip__caution"') == 1
    assert "its dot is hollow with a broken outline" in words(URL)


def test_the_newest_period_counts_whatever_way_it_is_printed(here, words):
    figure(here, "1.0", period="2023")
    figure(here, "2.0", period="2024-25 (OT)")
    figure(here, "3.0", period="2024")
    assert "2.0 Rate per 10,000, 2024-25 (OT)" in words(URL)
    assert [period_end(each) for each in ("2025", "2024/25", "2024-25 (OT)", "1999/00", "mid")] == [
        2025, 2025, 2025, 1900, 0,
    ]  # fmt: skip


def test_without_neighbours_and_without_figures_the_page_says_so(here, words):
    assert "No official figures of Northbridge are held here." in words(URL)
    assert "No judgement of Northbridge is held here." in words(URL)
    assert "manage.py" not in words(URL)  # readers cannot run commands; docs/operations.md names them
    figure(here, "0.0")
    assert "No statistical neighbours of Northbridge are known here." in words(URL)


def test_the_latest_judgement_is_at_the_foot_and_no_evidence(here, alike, words):
    figure(here, "1.0")
    Judgement.objects.create(
        organisation=here, framework="ILACS", published=dt.date(2020, 1, 1), leaders="inadequate"
    )
    Judgement.objects.create(
        organisation=here, framework="ILACS", published=dt.date(2026, 1, 28), leaders="good",
        care_leavers="inspection_pre_dates_judgement", report_url="https://example.org/report",
    )  # fmt: skip
    said = words(URL)
    foot = said.split("Latest inspection judgement")[1]
    assert "no evidence about any practice here" in foot
    assert "Overall effectiveness Not given in the official list The impact of leaders Good" in foot
    assert "Not judged: the inspection was before this judgement was made" in foot
    assert "Report published 28 January 2026" in foot
    assert "Inadequate" not in said
    assert (
        said.index("The area in figures")
        < said.index("Its own definitions")
        < said.index("Latest inspection")
    )


def test_its_own_definitions_come_from_work_that_it_leads(here, words):
    assert "No definition of its own is known here" in words(URL)
    case_study("Harbour pods").with_cohort(
        "Families in early help", threshold="Two or more needs", ages="0 to 11"
    )
    case_study("Kite pods", lead="kiteham").with_partner("Northbridge", known=True).with_cohort(
        "Young carers", threshold="Kiteham's own rule"
    )
    case_study("Plain pods").with_cohort("Children in need")
    said = words(URL).split("Its own definitions")[1]
    assert "Families in early help Threshold: Two or more needs Ages: 0 to 11 From Harbour pods" in said
    assert "Kiteham's own rule" not in said
    assert "Children in need" not in said


def test_figures_take_as_many_queries_as_none(here, alike, client):
    case_study("Harbour pods").with_cohort("Families in early help", threshold="Two needs")

    def asked() -> int:
        client.get(URL)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        return len(queries)

    before = asked()
    for key in CONTEXT_INDICATORS:
        for place in [here, *alike]:
            figure(place, "10.0", key=key)
    assert asked() == before <= 14
