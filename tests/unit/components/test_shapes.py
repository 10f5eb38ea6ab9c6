"""What is shown at once, what is folded, and how pages and bars are laid out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from website.components.entry_shapes import Reach, Table
from website.components.shapes import FacetGroup, FacetValue, Pagination, Why

values = st.lists(st.tuples(st.integers(0, 50), st.booleans()), max_size=40).map(
    lambda rows: [
        FacetValue(f"v{number}", f"Value {number}", count, selected)
        for number, (count, selected) in enumerate(rows)
    ]
)


@given(values=values, limit=st.integers(1, 8))
def test_no_value_of_a_filter_is_lost_and_a_chosen_one_is_never_folded(values, limit):
    group = FacetGroup.of(name="cohort", label="Who it is for", values=values, limit=limit)
    assert sorted(value.value for value in [*group.first, *group.more]) == sorted(v.value for v in values)
    assert not any(value.selected for value in group.more)
    assert len(group.more) != 1 or any(value.selected for value in values), "one value is not worth folding"


def test_values_beyond_the_limit_are_folded():
    group = FacetGroup.of(
        name="cohort", label="Who it is for", values=[FacetValue(f"v{n}", "x", 1) for n in range(10)], limit=6
    )
    assert (len(group.first), len(group.more)) == (6, 4)


@given(last=st.integers(1, 300), data=st.data())
def test_pages_lead_to_the_first_the_last_and_the_neighbours(last, data):
    page = data.draw(st.integers(1, last))
    pages = Pagination.of(page=page, last=last, url_for=lambda number: f"?page={number}")
    numbers = [item.number for item in pages.items if item.number]
    assert {1, last, page} <= set(numbers)
    assert numbers == sorted(set(numbers))
    assert [item.number for item in pages.items if item.current] == [page]
    assert bool(pages.previous) == (page > 1)
    assert bool(pages.next) == (page < last)
    for before, after in zip(pages.items, pages.items[1:], strict=False):
        if before.number and after.number:
            assert after.number == before.number + 1, "a gap between pages is shown as a gap"


def test_reach_is_drawn_to_the_largest_known_count_and_never_invents_one():
    reach = Reach.of(
        caption="Reach",
        steps=[("Eligible", 400, ""), ("Started", 100, ""), ("Finished", None, ""), ("Left", 0, "")],
    )
    assert [step.width for step in reach.steps] == [400, 100, 0, 0]
    assert [step.count for step in reach.steps] == [400, 100, None, 0]


def test_reach_without_any_count_has_no_bars():
    assert [step.width for step in Reach.of(caption="Reach", steps=[("Eligible", None, "")]).steps] == [0]


def test_every_cell_names_its_column():
    table = Table.of(caption="Costs", head=["What", "Pounds"], rows=[["Staff", "120"]], numbers=["Pounds"])
    assert [(cell.label, cell.text, cell.number) for cell in table.rows[0]] == [
        ("What", "Staff", False),
        ("Pounds", "120", True),
    ]


def test_a_row_that_does_not_fit_its_head_is_refused():
    with pytest.raises(ValueError, match="zip"):
        Table.of(caption="Costs", head=["What", "Pounds"], rows=[["Staff"]])


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        ("on the <mark>edge</mark> of <mark>care</mark>, at home", "<mark>edge of care</mark>"),
        (
            "<mark>teenagers</mark> whose families know <mark>care</mark>",
            "<mark>teenagers</mark>, <mark>care</mark>",
        ),
        ("<mark>Care</mark> one. <mark>Care</mark> two", "<mark>Care</mark>"),
        (
            "<mark>multi</mark>-<mark>agency</mark> &lt;b&gt; <mark>A&amp;E</mark>",
            "<mark>multi-agency</mark>, <mark>A&amp;E</mark>",
        ),
        ("nothing marked", ""),
    ],
)
def test_a_match_is_told_in_the_words_that_matched(passage, said):
    why = Why.of(html=passage, where="the summary")
    assert why.html == said
    assert why.passage == ""
    assert Why.of(html=passage, where="the summary", with_passage=True).passage == passage
