"""Where nothing is found there are ways out, each with the number it leads to."""

from __future__ import annotations

import html
import re

import pytest
from website.places.models import Organisation, StatisticalNeighbour

from search import vocabulary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def ways(page):
    """(address, words, count) of each way out that says what it would find."""
    pattern = r'<li><a class="govuk-link" href="([^"]+)">([^<]+)</a>: ([\d,]+) result'
    found = re.findall(pattern, html.unescape(page.html))
    return {words: (address, int(count)) for address, words, count in found}


def test_each_filter_can_be_dropped_and_finds_what_it_says(ask, client):
    page = ask(q="pods", cohort="mothers", direction="favourable", type="model")
    assert "No entry matches these words and all of these filters." in page.text
    drops = {words: way for words, way in ways(page).items() if words.startswith("Without")}
    assert drops == {"Without “Mothers”": ("/practice/?q=pods&type=model&direction=favourable", 1)}
    for address, count in drops.values():
        answer = client.get(address).content.decode()
        assert f"<h2>{count} result{'' if count == 1 else 's'}</h2>" in answer


def test_the_area_and_the_words_can_be_dropped_too(ask):
    wigan, kent = Organisation.objects.get(slug="wigan"), Organisation.objects.get(slug="kent")
    StatisticalNeighbour.objects.create(
        organisation=wigan, neighbour=kent, rank=1, closeness="very close", model_year=2100
    )
    vocabulary.forget()
    found = ways(ask(q="night court", like="wigan"))
    assert found["Without “Areas like Wigan”"] == ("/practice/?q=night+court", 1)
    assert found["Without “night court”"] == ("/practice/?like=wigan", 2)


def test_terms_near_the_words_are_offered_with_what_they_find(ask):
    found = ways(ask(q="motherhood"))
    assert found["Mothers"] == ("/practice/?cohort=mothers", 1)
    assert ways(ask(q="wellbeign", words="mine"))["Wellbeing"] == ("/practice/?outcome=wellbeing", 2)


def test_there_is_always_somewhere_to_browse(ask):
    page = ask(q="zzxqy")
    assert "No entry in the library holds these words." in page.text
    assert 'href="/practice/?type=model">All practice models' in page.html
    assert 'href="/exchange/new/">Ask other members' in page.html


def test_the_ways_out_cost_no_more_than_the_page_may(ask, django_assert_max_num_queries):
    ask(q="zzxqy")
    with django_assert_max_num_queries(8):
        ask(
            q="zzxqy",
            cohort="mothers",
            direction="favourable",
            evidence="compared",
            condition="time-for-direct-work",
        )
