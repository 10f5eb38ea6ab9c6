"""Odd, hostile and unlucky requests get a page that helps."""

from __future__ import annotations

import html
import re

import pytest
from django.utils import timezone

from practice_library.models import Entry
from search.current import current_engine
from search.engine import EngineDown
from search.indexing import rebuild
from search.service import DEGRADED
from tests.factories.making import a_case_study, a_model

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE search_demand; --",
    "(" * 300,
    "pods\u202e</title>",
    "{{ 7 }}{% now 'Y' %}",
    "😀 pods ✕ ",
]


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"evidence": "nonsense"}, "“nonsense” is not a value of evidence"),
        ({"cohort": "Not A Slug"}, "“Not A Slug” is not a value of cohort"),
        ({"page": "0"}, "“0” is not a page number from 1 to 500"),
        ({"page": "999999999"}, "is not a page number"),
        ({"year": "20x6"}, "is not a year of four digits"),
        ({"like": "atlantis"}, "“atlantis” is not an authority"),
        ({"sort": "random"}, "“random” is not a value of sort"),
        ({"cohort": [f"c{n}" for n in range(50)]}, "Too many values for cohort"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_told_and_the_words_are_kept(ask, params, told):
    page = ask(q="pods in teams", stage="early-help", **params)
    assert page.status == 400
    assert told in page.text
    assert 'name="q" id="q" value="pods in teams"' in page.html
    assert '<input type="hidden" name="stage" value="early-help">' in page.html
    assert "/practice/?q=pods+in+teams&amp;stage=early-help" in page.html
    assert "noindex" in page.html


def test_several_problems_are_told_at_once(ask):
    page = ask(q="pods", evidence="nonsense", sort="random")
    assert "“nonsense”" in page.text
    assert "“random”" in page.text


def test_a_text_that_is_too_long_stays_in_the_box(ask):
    page = ask(q="pods " * 100)
    assert page.status == 400
    assert "too long" in page.text
    assert "pods pods pods" in re.search(r'id="q" value="([^"]*)"', page.html)[1]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words(ask, text):
    page = ask(q=text, view="<b>", group="none")
    assert page.status in (200, 400)
    for poison in ("<script>alert", "<img src=x", "</title></title>", "7 2026"):
        assert poison not in page.html
    if page.status == 200:
        assert html.unescape(re.search(r'id="q" value="([^"]*)"', page.html)[1]) == " ".join(text.split())


def test_a_hostile_entry_is_escaped_where_it_matches(ask):
    a_model("Evil & <b>bold</b> lantern", summary="<img src=x onerror=alert(1)> lantern")
    rebuild()
    page = ask(q="lantern")
    assert "<img src=x" not in page.html
    assert "<b>bold" not in page.html
    assert "&lt;img src=x onerror=alert(1)&gt;" in page.html


def test_bytes_that_are_no_text_do_no_harm(client):
    for raw in ("%ED%A0%BD", "%FF%FE", "%00", "a%00b", "%C0%AF", "&q=&q[]=x&=&&"):
        assert client.get(f"/practice/?q={raw}").status_code in (200, 400), raw


def test_nobody_changes_anything_by_searching(client):
    assert client.post("/practice/", {"q": "pods"}).status_code == 405
    assert client.head("/practice/?q=pods").status_code == 200


def test_what_nobody_may_read_is_in_no_part_of_the_page(ask):
    for conceal in ({"live": False}, {"withdrawn_at": timezone.now()}, {"hidden_at": timezone.now()}):
        hidden = a_case_study(f"Zanzibarine pods {len(conceal)}{next(iter(conceal))}", lead="camden")
        rebuild()
        assert "Zanzibarine" in ask(q="pods", group="none").text  # the control: the index holds it
        Entry.objects.filter(pk=hidden.pk).update(**conceal)
        for params in (
            {"q": "pods"},
            {"q": "zanzibarine"},
            {"authority": "camden"},
            {"q": "pods", "view": "table"},
        ):
            page = ask(**params)
            shown = page.text.replace("zanzibarine", "")
            assert "Zanzibarine" not in shown
        assert ask().counts("type") == {"model": 2, "case_study": 5}


@pytest.fixture
def fifty(library) -> None:
    for number in range(50):
        a_model(f"Lantern {number:02}", summary="A lantern among fifty.")
    rebuild()


def test_pages_hold_twenty_each_and_miss_none(ask, fifty):
    seen = [title for number in (1, 2, 3) for title in ask(q="lantern", page=number).titles]
    assert len(seen) == len(set(seen)) == 50
    first = ask(q="lantern")
    assert len(first.titles) == 20
    assert 'href="/practice/?q=lantern&amp;page=2" rel="next"' in first.html
    assert "page=4" not in first.html
    assert "Previous" not in first.text
    assert 'href="/practice/?q=lantern" rel="prev"' in ask(q="lantern", page=2).html


def test_beyond_the_last_page_there_is_a_way_back(ask, fifty):
    page = ask(q="lantern", page=9)
    assert page.status == 200
    assert "There are no results this far down the list" in page.text
    assert "50 results" in page.text
    assert (
        '<a class="govuk-link" href="/practice/?q=lantern">Go to the first page of results</a>' in page.html
    )


def test_what_was_looked_for_besides_is_said_and_can_be_switched_off(ask):
    from practice_library.models import Cohort
    from search import vocabulary

    Cohort.objects.filter(slug="mothers").update(synonyms=["mums"])
    vocabulary.forget()
    page = ask(q="mums")
    assert "We also looked for mothers . Search only my words" in page.text
    assert page.titles == ["Night court"]
    mine = ask(q="mums", words="mine")
    assert mine.titles == []
    assert "Searching only your words." in mine.text


def test_a_typing_error_is_offered_corrected(ask):
    assert "Did you mean licensed therapy ?" in ask(q="licenced therapy").text


def test_without_its_engine_the_page_answers_plainly(ask, monkeypatch):
    def down(*args, **kwargs):
        raise EngineDown("stopped")

    monkeypatch.setattr(type(current_engine()), "search", down)
    page = ask(q="pods", cohort="children-on-the-edge-of-care")
    assert page.status == 200
    assert DEGRADED in page.text
    assert "Harbour pods" in page.titles
    assert "Narrow down" not in page.text
    assert page.counts("cohort") == {}
    assert '<input type="hidden" name="cohort" value="children-on-the-edge-of-care">' in page.html
    assert "In order of name" in page.text
    assert ask(q="nothing like it").status == 200
