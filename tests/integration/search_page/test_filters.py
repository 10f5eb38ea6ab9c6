"""Filters tell the truth: counts, one row one match, chips, areas like mine, and addresses that can be shared."""

from __future__ import annotations

import re

import pytest
from website.places.models import Organisation, StatisticalNeighbour

from search.indexing import rebuild
from search.narrowing import ONE_CONDITION, ONE_RESULT
from tests.factories.making import a_model, with_cohort

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def test_a_filter_ignores_its_own_choice(ask):
    page = ask(cohort="mothers")
    assert page.counts("cohort") == {"mothers": 1, "children-on-the-edge-of-care": 5}
    assert page.chosen("cohort") == ["mothers"]
    assert page.titles == ["Night court"]


@pytest.mark.parametrize(
    "param", ["cohort", "outcome", "direction", "evidence", "condition", "status", "type"]
)
def test_every_count_is_what_choosing_that_value_finds(ask, param):
    counts = ask().counts(param)
    assert counts
    for value, count in counts.items():
        found = f"{count} result{'' if count == 1 else 's'}"
        assert f"<h2>{found}</h2>" in ask(**{param: value}).html, value


def test_values_within_a_filter_are_or_and_filters_are_and(ask):
    assert "<h2>6 results</h2>" in ask(cohort=["mothers", "children-on-the-edge-of-care"]).html
    assert (
        "<h2>1 result</h2>"
        in ask(cohort=["mothers", "children-on-the-edge-of-care"], direction="adverse").html
    )


def test_one_result_must_hold_all_that_is_asked_of_it(ask):
    assert "<h2>1 result</h2>" in ask(evidence="compared", direction="no-effect").html
    assert "<h2>0 results</h2>" in ask(evidence="compared", direction="favourable").html
    assert ONE_RESULT in ask(evidence="compared", direction="no-effect").text
    assert ONE_RESULT not in ask(evidence="compared").text


def test_one_condition_must_hold_all_that_is_asked_of_it(ask):
    assert "<h2>1 result</h2>" in ask(condition="time-for-direct-work", role="enabler").html
    assert "<h2>0 results</h2>" in ask(condition="time-for-direct-work", role="barrier").html
    assert ONE_CONDITION in ask(condition="time-for-direct-work", role="enabler").text


def test_a_chip_takes_its_filter_away_and_keeps_the_rest(ask):
    page = ask(q="pods", cohort="children-on-the-edge-of-care", direction="no-effect")
    chips = dict(re.findall(r'<a class="pc-chip" href="([^"]+)">.*?</span>([^<]+) <', page.html))
    assert chips == {
        "/practice/?q=pods&amp;direction=no-effect": "Children on the edge of care",
        "/practice/?q=pods&amp;cohort=children-on-the-edge-of-care": "Result: No difference",
    }
    assert '<a class="govuk-link" href="/practice/?q=pods">Clear all' in page.html


def test_areas_like_mine_are_an_authority_and_its_neighbours(ask):
    wigan, leeds = Organisation.objects.get(slug="wigan"), Organisation.objects.get(slug="leeds")
    StatisticalNeighbour.objects.filter(organisation=wigan).delete()
    StatisticalNeighbour.objects.create(
        organisation=wigan, neighbour=leeds, rank=1, closeness="extremely close", model_year=2100
    )
    rebuild()
    from search import vocabulary

    vocabulary.forget()
    page = ask(q="pods", like="wigan", group="none")
    assert set(page.titles) == {"Harbour pods in Wigan", "Harbour pods in Leeds", "Night court"}
    assert '<option value="wigan" selected>Wigan</option>' in page.html
    assert "Areas like Wigan" in page.text


def test_a_long_filter_lists_every_value_and_hides_no_choice(ask):
    for number in range(30):
        with_cohort(a_model(f"Model {number}"), f"Group {number:02}")
    rebuild()
    from search import vocabulary

    vocabulary.forget()
    page = ask(cohort="group-29")
    assert len(page.counts("cohort")) == 32
    seen = page.html.split('id="more-cohort"')[0]
    assert 'value="group-29" id="cohort-group-29" checked' in seen
    assert "Show 26 more" in page.text


def test_the_same_search_has_one_address_whatever_the_order_of_its_parameters(client):
    ways = [
        "?cohort=mothers&q=night&sort=newest&cohort=families&utm=1",
        "?sort=newest&q=night&cohort=mothers&cohort=families",
    ]
    canonical = {
        re.search(r'rel="canonical" href="([^"]+)"', client.get(f"/practice/{way}").content.decode())[1]
        for way in ways
    }
    assert canonical == {
        "http://testserver/practice/?q=night&amp;cohort=mothers&amp;cohort=families&amp;sort=newest"
    }


@pytest.mark.parametrize(
    "params", [{"q": "pods"}, {"sort": "newest"}, {"cohort": "mothers"}, {"view": "table"}]
)
def test_crawlers_are_kept_from_searches(ask, params):
    assert '<meta name="robots" content="noindex">' in ask(**params).html


def test_crawlers_may_index_the_page_itself(ask):
    assert "noindex" not in ask().html


def test_how_results_are_shown_is_carried_along_by_the_form(ask):
    page = ask(q="pods", sort="newest", view="table", words="mine", group="none", page="1")
    form = page.html.split('id="filters"')[1].split("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', form))
    assert hidden == {"sort": "newest", "view": "table", "words": "mine", "group": "none"}
