"""Filters and counts, against a count by hand: every value, own selection ignored, one row and one match."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.documents.schema import PracticeDocument
from search.engine import PracticeQuery, SearchEngine, SearchResult
from search.facets import FACET_PARAMS
from tests.search import brute_force
from tests.search.conftest import NewEngine
from tests.search.corpus import document, fixed_library, libraries, selections

LIBRARY = fixed_library()
GENERATED = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FEW = settings(GENERATED, max_examples=8)


def counted(result: SearchResult, param: str) -> dict[str, int]:
    return {value.value: value.count for value in result.facets[param] if value.count}


def check_against_hand(engine: SearchEngine, documents: list[PracticeDocument], query: PracticeQuery) -> None:
    matching = [d for d in documents if brute_force.holds_words(d, query.text)]
    result = engine.search(query)
    assert result.total == sum(brute_force.holds_filters(d, query.filters) for d in matching)
    for param in FACET_PARAMS:
        assert counted(result, param) == brute_force.counts(matching, query.filters, param), param


@GENERATED
@given(chosen=selections())
def test_totals_and_counts_are_true_for_any_selection(library: SearchEngine, chosen: dict) -> None:
    check_against_hand(library, LIBRARY, PracticeQuery(filters=chosen))


@settings(GENERATED, max_examples=30)
@given(
    chosen=selections(), text=st.sampled_from(["kinship care", "résilience", "women", "housing police court"])
)
def test_counts_are_true_within_the_words_typed(library: SearchEngine, chosen: dict, text: str) -> None:
    check_against_hand(library, LIBRARY, PracticeQuery(text, filters=chosen, words_mine=True))


@FEW
@given(documents=libraries(), chosen=selections())
def test_totals_and_counts_are_true_for_any_library(
    new_engine: NewEngine, documents: list[PracticeDocument], chosen: dict
) -> None:
    engine = new_engine()
    engine.rebuild(documents)
    check_against_hand(engine, documents, PracticeQuery(filters=chosen))


def test_every_value_is_listed_not_the_first_ten(library: SearchEngine) -> None:
    result = library.search(PracticeQuery())
    assert len(result.facets["authority"]) == 24
    assert len(result.facets["theme"]) == 16
    assert len(result.facets["outcome"]) == 12


def test_two_different_rows_never_match_together(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document(
                "trap",
                outcome_rows=[
                    ("entry-to-care", "compared", "no-effect"),
                    ("wellbeing", "reported", "favourable"),
                ],
                condition_rows=[("leadership", "enabler", "no"), ("funding", "barrier", "yes")],
            )
        ]
    )

    def total(**chosen: str) -> int:
        return engine.search(
            PracticeQuery(filters={param: (value,) for param, value in chosen.items()})
        ).total

    assert total(evidence="compared", direction="favourable") == 0
    assert total(evidence="compared", direction="no-effect") == 1
    assert total(outcome="wellbeing", evidence="compared", direction="no-effect") == 0
    assert total(outcome="entry-to-care", evidence="compared", direction="no-effect") == 1
    assert total(condition="leadership", presence="yes") == 0
    assert total(condition="leadership", presence="no") == 1
    assert total(role="barrier", presence="no") == 0
    assert total(role="barrier", presence="yes") == 1


def test_an_entry_with_two_matching_rows_counts_once(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document("twice", outcome_rows=[("a", "compared", "mixed"), ("b", "compared", "mixed")]),
            document("none"),
        ]
    )
    result = engine.search(PracticeQuery(filters={"outcome": ("a", "b")}))
    assert counted(result, "evidence") == {"compared": 1}
    assert counted(result, "direction") == {"mixed": 1}


def test_an_unrated_entry_counts_as_not_tested(engine: SearchEngine) -> None:
    engine.rebuild([document("unrated")])
    result = engine.search(PracticeQuery(filters={"evidence": ("not-tested",), "direction": ("not-known",)}))
    assert result.total == 1
    assert counted(result, "outcome") == {}


def test_a_chosen_value_stays_listed_when_nothing_has_it(library: SearchEngine) -> None:
    result = library.search(PracticeQuery(filters={"cohort": ("no-such-cohort",)}))
    assert result.total == 0
    assert [(v.value, v.count) for v in result.facets["cohort"] if v.selected] == [("no-such-cohort", 0)]
    assert sum(value.count for value in result.facets["cohort"]) > 0


def test_like_narrows_to_an_authority_and_its_neighbours(library: SearchEngine) -> None:
    like = ("authority-1", "authority-7")
    expected = [d for d in LIBRARY if set(like) & set(d["facets"]["authority"])]
    result = library.search(PracticeQuery(like=like))
    assert result.total == len(expected)
    assert counted(result, "stage") == brute_force.counts(expected, {}, "stage")


@pytest.mark.parametrize("facets", [(), ("cohort",), ("evidence", "year")])
def test_only_the_facets_asked_for_are_counted(library: SearchEngine, facets: tuple[str, ...]) -> None:
    assert tuple(library.search(PracticeQuery(facets=facets)).facets) == facets
