"""Conditions by places: silence is never absence, and no warning without three places on each side that tell."""

from __future__ import annotations

import re

import pytest

from tests.factories.entries import Written, case_study, practice_model
from tests.factories.studies import finding_of, study_of

pytestmark = pytest.mark.django_db
WARNING = "Take care where this is missing."


@pytest.fixture
def lantern() -> Written:
    return practice_model("Lantern House")


def places(
    model: Written, number: int, result: str = "", *, start: int = 0, **condition: str
) -> list[Written]:
    """So many places with a result of their own, each of which says the same of trust."""
    made = []
    for n in range(start, start + number):
        place = case_study(f"{result or 'No result'} {n}", lead=f"{result or 'none'}-{n}").running(model)
        if result:
            place.with_outcome("Entry to care", direction=result, powered=True)
        if condition:
            place.with_condition("Trust", **condition)
        made.append(place)
    return made


def row_of(page: str, name: str) -> str:
    """The words of one row of the grid."""
    grid = page[page.index('id="grid"') :]
    grid = grid[: grid.index("</section>")]
    row = next(row for row in grid.split('<tr role="row">') if f">{name}</a>" in row)
    return " ".join(re.sub(r"<[^>]+>", " ", row).split()).replace(" ,", ",")


def test_three_places_on_each_side_that_tell_make_a_warning(read, lantern):
    places(lantern, 3, "favourable", presence="yes")
    places(lantern, 2, "no-effect", presence="no")
    places(lantern, 1, "adverse", role="barrier")
    lantern_other(lantern)
    row = row_of(read(lantern.url), "Trust")
    assert (
        f"{WARNING} It was in place, at least partly, in 3 of 3 places where it worked, and in 0 of 3" in row
    )
    assert "Too few to say" not in read(lantern.url)


def lantern_other(model: Written) -> None:
    """A second condition, without which there is no grid."""
    case_study("Elsewhere", lead="elsewhere").running(model).with_condition("Money", role="barrier")


@pytest.mark.parametrize(("worked", "failed"), [(3, 2), (2, 3), (2, 2), (5, 0)])
def test_two_places_on_a_side_are_too_few(read, lantern, worked, failed):
    places(lantern, worked, "favourable", presence="yes")
    places(lantern, failed, "no-effect", presence="no")
    lantern_other(lantern)
    page = read(lantern.url)
    assert WARNING not in page
    assert f"better in {worked}, no difference or worse in {failed}. Too few" in page


@pytest.mark.parametrize("said", [{}, {"presence": ""}])
def test_what_a_place_does_not_say_is_not_absence(read, lantern, said):
    places(lantern, 3, "favourable", presence="yes")
    places(lantern, 3, "no-effect", **said)
    lantern_other(lantern)
    row = row_of(read(lantern.url), "Trust")
    assert WARNING not in row
    assert "Not in place" not in row
    assert ("Named as help:" if said else "Not said") in row


def test_no_warning_where_it_was_there_as_often_where_it_failed(read, lantern):
    places(lantern, 3, "favourable", presence="yes")
    places(lantern, 3, "adverse", presence="yes")
    lantern_other(lantern)
    assert WARNING not in read(lantern.url)


@pytest.mark.parametrize("result", ["mixed", "inconclusive", "not-known"])
def test_other_results_stand_on_neither_side(read, lantern, result):
    places(lantern, 3, "favourable", presence="yes")
    places(lantern, 3, result, presence="no")
    lantern_other(lantern)
    page = read(lantern.url)
    assert WARNING not in page
    assert "Where it did not</th>" not in page


def test_a_study_of_several_places_gives_none_of_them_a_side(read, words, lantern):
    places(lantern, 3, "favourable", presence="yes")
    made = places(lantern, 3, presence="no")
    finding_of(
        study_of(lantern.page, *(place.page for place in made), key="st-all"),
        "Entry to care",
        direction="adverse",
    )
    lantern_other(lantern)
    page = read(lantern.url)
    assert WARNING not in page
    assert "Where it did not</th>" not in page
    both = words(lantern.url) + words(f"{lantern.url}?page=2")
    assert both.count("Part of a study of several places") == 3
    assert "Worse" in words(lantern.url).split("What was found", 1)[1]  # the model has the result


def test_an_account_of_several_places_is_not_one_of_three(read, lantern):
    places(lantern, 3, "favourable", presence="yes")
    places(lantern, 2, "no-effect", presence="no")
    several = (
        case_study("Many", lead="several-places").running(lantern).with_condition("Trust", presence="no")
    )
    several.with_outcome("Entry to care", direction="no-effect", powered=True)
    lantern_other(lantern)
    assert WARNING not in read(lantern.url)


def test_two_accounts_of_one_authority_are_one_place(read, lantern):
    places(lantern, 3, "favourable", presence="yes")
    places(lantern, 2, "no-effect", presence="no")
    again = case_study("Again", lead="no-effect-0").running(lantern).with_condition("Trust", presence="no")
    again.with_outcome("Entry to care", direction="no-effect", powered=True)
    lantern_other(lantern)
    page = read(lantern.url)
    assert WARNING not in page
    assert "no difference or worse in 2." in page


def test_states_are_said_in_words_with_the_places(read, lantern):
    for lead, said in {
        "yes": [{"presence": "yes"}], "partly": [{"presence": "partly"}], "no": [{"presence": "no"}],
        "blocked": [{"role": "barrier"}], "both": [{"presence": "yes"}, {"role": "barrier"}],
    }.items():  # fmt: skip
        place = case_study(lead, lead=lead).running(lantern)
        for row in said:
            place.with_condition("Trust", **row)
    lantern_other(lantern)
    row = row_of(read(lantern.url), "Trust")
    for words_ in (
        "In place: Yes", "Partly in place: Partly", "Not in place: No", "Stood in the way: Blocked",
        "Said both ways: Both", "Not said by the others",
    ):  # fmt: skip
        assert words_ in row


def test_rows_go_by_the_difference_between_the_sides(read, lantern):
    for place in places(lantern, 2, "favourable", presence="yes"):
        place.with_condition("Money", presence="yes").with_condition("Alike", presence="yes")
    for place in places(lantern, 2, "no-effect", presence="no"):
        place.with_condition("Alike", presence="yes")
    place.with_condition("Money", presence="partly")
    grid = read(lantern.url).split('id="grid"')[1]
    assert grid.index(">Trust</a>") < grid.index(">Money</a>") < grid.index(">Alike</a>")


def test_the_places_table_says_what_was_in_place_and_how_old_the_source_is(words, lantern):
    case_study("Told", lead="told").running(lantern).with_condition("Trust", presence="yes").with_condition(
        "Money", role="barrier"
    )
    case_study("Silent", lead="silent").running(lantern)
    said = words(lantern.url)
    assert "Newest source: 2016" in said
    assert "In place: Trust Stood in the way: Money" in said
    assert "Not reported" in said[said.index("Silent Not known") :][:200]


def test_a_concealed_place_stands_on_no_side(read, lantern):
    places(lantern, 3, "favourable", presence="yes")
    hidden, *_ = places(lantern, 3, "no-effect", presence="no")
    lantern_other(lantern)
    assert WARNING in read(lantern.url)
    hidden.set(live=False)
    assert WARNING not in read(lantern.url)


def test_many_places_stand_on_pages_and_each_is_reached_by_links(read, lantern):
    for n in range(30):
        case_study(f"Run number {n:02}", lead=f"place-{n:02}").running(lantern)
    first = read(lantern.url)
    assert first.count("Run number") < 15
    seen, page = set(), first
    for number in range(1, 7):
        assert number == 1 or f'href="?page={number}#places"' in page
        page = read(lantern.url, page=str(number))
        seen |= set(re.findall(r"Run number \d\d", page))
    assert len(seen) == 30
    assert "?result=not-known&amp;page=2#places" in read(lantern.url, result="not-known")


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "²", "9" * 50, "1\x00"])
def test_what_is_no_page_is_the_first(read, lantern, page):
    case_study("The only one", lead="only").running(lantern)
    assert "The only one" in read(lantern.url, page=page)
