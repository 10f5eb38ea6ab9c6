"""What a card says, and in which order the page says it."""

from __future__ import annotations

import pytest
import time_machine

from practice_library.models import Entry
from search.indexing import rebuild
from tests.factories.making import with_condition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24", tick=False):
        yield


def test_the_count_says_what_was_found_and_in_which_order(ask):
    page = ask(q="pods")
    assert "6 results 1 model , 5 case studies . Best match first, by words alone" in page.text
    assert "<title>pods: 6 results - Practice Commons</title>" in page.html
    assert page.html.count("<h1") == 1


def test_places_of_a_model_stand_under_it(ask):
    page = ask(q="harbour pods")
    assert page.titles[0] == "Harbour pods"
    assert "Harbour pods in Kent" not in page.titles
    card = page.card("Harbour pods")
    assert "and 4 places" in card
    assert "Harbour pods in Kent" in card


def test_every_place_can_be_listed_by_itself(ask):
    page = ask(q="harbour pods", group="none")
    assert {"Harbour pods", "Harbour pods in Kent", "Harbour pods in Wigan"} <= set(page.titles)


def test_a_query_that_names_a_place_shows_that_place(ask):
    page = ask(q="harbour pods Wigan")
    assert page.titles[0] == "Harbour pods in Wigan"


def test_a_model_says_where_it_was_run_and_where_a_recent_report_confirms_it(ask):
    assert "Programme. Run in 4 places, 1 confirmed since 2024" in ask(q="pods").card("Harbour pods")
    assert "Model. No place that ran it is known here" in ask(q="kite").card("Kite therapy")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("Wigan", "Case study. Wigan. Running when last reported (March 2016), not confirmed since"),
        ("Camden", "Case study. Camden. Running, confirmed May 2026"),
        ("Leeds", "Case study. Leeds. Stopped (reported 2019)"),
        ("Kent", "Case study. Kent. Not known whether it is still running"),
    ],
)
def test_a_place_says_how_old_its_status_is(ask, place, words):
    assert words in ask(q="pods", group="none").card(f"Harbour pods in {place}")


def test_direction_comes_before_strength_and_a_null_is_as_large_as_a_success(ask):
    card = ask(q="pods").card("Harbour pods")
    assert "No difference entry to care Compared with a similar group" in card
    assert "Better wellbeing Reported by practitioners" in card


def test_harm_is_said_in_words(ask):
    card = ask(q="night court").card("Night court")
    assert "Worse wellbeing Compared with a similar group Harm was reported" in card


def test_where_nothing_is_known_the_card_says_so(ask):
    assert "Not known Not tested yet" in ask(q="kite").card("Kite therapy")


def test_a_card_says_what_it_needs_and_not_what_stood_in_the_way(ask):
    card = ask(q="pods").card("Harbour pods")
    assert "Needs time for direct work" in card
    assert "turnover" not in card


def test_what_two_sources_name_is_needed_once(ask):
    pods = Entry.objects.get(title="Harbour pods")
    with_condition(pods, "Time for direct work")
    rebuild()
    assert ask(q="pods").card("Harbour pods").lower().count("time for direct work") == 1


def test_the_row_that_a_filter_asks_for_is_the_one_shown_first(ask):
    card = ask(q="pods", direction="favourable").card("Harbour pods")
    assert card.index("Better wellbeing") < card.index("No difference entry to care")


def test_why_an_entry_matched_is_said_in_readers_words(ask):
    card = ask(q="edge of care").card("Harbour pods")
    assert (
        "Matched Children on the edge of care in Who it is for" in card
        or "Matched edge of care in Who" in card
    )


def test_a_match_in_a_text_that_the_card_does_not_show_is_quoted(ask):
    assert "heard at night in every" in ask(q="heard mothers").card("Night court")


def test_the_table_holds_the_same_results(ask):
    page = ask(q="pods", view="table")
    assert page.titles == []
    assert 'data-label="Where and whether it runs">Run in 4 places, 1 confirmed since 2024' in page.html
    assert "No difference" in page.text
    assert "6 results" in page.text


def test_newest_is_another_order(ask):
    page = ask(q="pods", sort="newest")
    assert "Newest first" in page.text
    assert '<strong aria-current="true">newest</strong>' in page.html


def test_without_words_the_hardest_tested_come_first(ask):
    page = ask()
    assert set(page.titles[:2]) == {"Harbour pods", "Night court"}
    assert page.titles[-1] == "Kite therapy"
    assert "Hardest tested first" in page.text
    assert "best match" not in page.text
