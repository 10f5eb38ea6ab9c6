"""Parameters: what gets through, what is refused, and in which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import DEEPEST_ROW
from search.facets import FACET_PARAMS
from search.queries import BadQuery, parse, to_params

NEIGHBOURS = {"wigan": ["bolton", "bury"]}


def test_parameters_become_a_query() -> None:
    query = parse(
        {
            "q": ["  edge   of care "],
            "cohort": ["care-leavers", "care-leavers", ""],
            "evidence": ["compared", "monitored"],
            "year": ["2016"],
            "like": ["wigan"],
            "sort": ["tested"],
            "page": ["3"],
            "words": ["mine"],
            "group": ["model"],
            "utm_source": ["newsletter"],
        },
        neighbours=NEIGHBOURS.get,
        exclude=("hidden",),
    )
    assert query.text == "edge of care"
    assert query.filters == {
        "cohort": ("care-leavers",),
        "evidence": ("compared", "monitored"),
        "year": ("2016",),
    }
    assert query.like == ("wigan", "bolton", "bury")
    assert (query.sort, query.page, query.words_mine, query.group) == ("tested", 3, True, True)
    assert query.exclude == ("hidden",)


@pytest.mark.parametrize(
    ("param", "value", "part"),
    [
        ("q", "x" * 301, "at most 300 characters"),
        ("q", "a\x00b", "cannot be searched for"),
        ("evidence", "proven", "“proven” is not a value of evidence. It takes: not-tested"),
        ("cohort", "Care Leavers", "is not a value of cohort"),
        ("cohort", "a|b", "is not a value of cohort"),
        ("year", "201", "four digits"),
        ("year", "२०१६", "four digits"),
        ("sort", "random", "It takes: best, newest, tested"),
        ("page", "0", "from 1 to 500"),
        ("page", "-1", "from 1 to 500"),
        ("page", "501", "from 1 to 500"),
        ("page", "9" * 9_999, "from 1 to 500"),
        ("page", "²", "from 1 to 500"),
        ("like", "atlantis", "is not an authority"),
        ("like", "../etc", "is not an authority"),
        ("words", "yours", "is not a value of words"),
        ("group", "place", "is not a value of group"),
        ("size", "101", "from 1 to 100"),
    ],
)
def test_what_means_nothing_is_refused_in_a_sentence(param: str, value: str, part: str) -> None:
    with pytest.raises(BadQuery) as refusal:
        parse({param: [value]}, neighbours=NEIGHBOURS.get)
    assert refusal.value.param == param
    assert part in refusal.value.problem
    assert len(refusal.value.problem) < 300


def test_too_many_values_are_refused() -> None:
    with pytest.raises(BadQuery, match="at most 40"):
        parse({"cohort": [f"cohort-{n}" for n in range(41)]})


def test_a_query_leads_back_to_its_parameters() -> None:
    params = {"q": ["hubs"], "cohort": ["a", "b"], "sort": ["newest"], "words": ["mine"], "page": ["2"]}
    assert to_params(parse(params)) == params
    assert to_params(parse({})) == {}


@given(
    st.dictionaries(
        st.sampled_from([*FACET_PARAMS, "q", "like", "sort", "page", "size", "words", "group"]),
        st.lists(st.text(max_size=20), max_size=3),
    )
)
def test_anything_is_either_a_query_within_bounds_or_refused(params: dict[str, list[str]]) -> None:
    refused = ""
    try:
        query = parse(params, neighbours=NEIGHBOURS.get)
    except BadQuery as refusal:
        refused, query = refusal.param, parse({})
    assert not refused or refused in params
    assert query.offset + query.size <= DEEPEST_ROW
    assert all(value for values in query.filters.values() for value in values)
