"""Rows of an entry: England first, the headline and its contrast (rules 2, 5 and 7)."""

from __future__ import annotations

import json

import pytest

from practice_library.evidence import Direction, Strength, as_data, rate, rate_entry
from practice_library.evidence.criteria import CRITERIA
from practice_library.evidence.england import speaks_about_england
from practice_library.evidence.guides import EIF, MARYLAND
from tests.unit.evidence.facts_for_tests import TRIAL, claim, finding, other

ABROAD = other(TRIAL, "abroad", country="Netherlands")


def test_an_entry_without_an_outcome_row_has_one_row_with_no_outcome():
    process = finding("p", "favourable", other(TRIAL, "process", implementation_only=True))
    entry = rate_entry([process])
    (row,) = entry.rows
    assert (row.outcome, row.strength, row.direction) == (None, Strength.NOT_TESTED, Direction.NOT_KNOWN)
    assert entry.put_in_place == ("p",)
    assert entry.headline is row
    assert entry.contrast is None


def test_a_process_study_beside_an_outcome_adds_no_row():
    process = finding(
        "p", "favourable", other(TRIAL, "process", implementation_only=True), outcome="caseload"
    )
    entry = rate_entry([process, finding("f", "favourable")])
    assert [row.outcome for row in entry.rows] == ["entry-to-care"]


def test_englands_result_comes_first_and_the_overall_one_where_it_differs():
    row = rate_entry([finding("f", "favourable"), finding("g", "adverse", ABROAD)]).headline
    england, overall = row.shown
    assert (england.direction, england.harm_flag) == (Direction.FAVOURABLE, False)
    assert (overall.direction, overall.harm_flag) == (Direction.MIXED, True)
    assert row.differs
    assert row.leading is england
    assert row.harm_flag, "harm found abroad is not hidden by a better result in England"


def test_where_england_and_overall_agree_the_result_is_shown_once():
    row = rate_entry([finding("f", "favourable"), finding("g", "favourable", ABROAD)]).headline
    assert len(row.shown) == 1
    assert not row.differs


def test_a_story_from_england_does_not_stand_in_front_of_a_trial_from_abroad():
    row = rate_entry([claim("c", "favourable", country="England"), finding("g", "adverse", ABROAD)]).headline
    assert [rating.direction for rating in row.shown] == [Direction.FAVOURABLE, Direction.ADVERSE]
    assert (row.strength, row.direction) == (Strength.COMPARED, Direction.ADVERSE)


def test_a_result_from_abroad_only_is_overall_only():
    row = rate_entry([finding("g", "favourable", ABROAD)]).headline
    assert row.england is None
    assert row.shown == (row.overall,)


@pytest.mark.parametrize(
    ("country", "sites_in_england", "counts"),
    [
        ("England", None, True),
        ("England and Wales", None, True),
        ("England and Northern Ireland", None, True),
        ("Wales", True, False),
        ("United Kingdom", True, True),
        ("United Kingdom", None, False),
        ("United Kingdom", False, False),
        ("International", True, False),
        ("several countries", True, False),
        ("New England", None, False),
        (None, True, False),
        ("", None, False),
    ],
)
def test_what_counts_as_england(country, sites_in_england, counts):
    study = other(TRIAL, "s", country=country, sites_in_england=sites_in_england)
    assert speaks_about_england(finding("f", "favourable", study)) is counts


def test_a_claim_speaks_about_the_country_of_its_own():
    assert speaks_about_england(claim("c", "favourable", country="England"))
    assert not speaks_about_england(claim("c", "favourable"))


def test_the_headline_is_the_strongest_row_whatever_its_direction():
    entry = rate_entry(
        [
            finding("f", "no-effect", powered=True),
            claim("c", "favourable", outcome="wellbeing"),
            claim("d", "adverse", outcome="caseload"),
        ]
    )
    assert entry.headline.outcome == "entry-to-care"
    assert entry.headline.direction is Direction.NO_EFFECT


def test_on_a_tie_the_headline_calls_for_most_care_and_the_contrast_is_the_other_end():
    said = {
        "better": "favourable",
        "unknown": "not-known",
        "open": "inconclusive",
        "both": "mixed",
        "worse": "adverse",
    }
    everything = [finding(outcome, word, outcome=outcome) for outcome, word in said.items()]
    headlines = []
    while everything:
        entry = rate_entry(everything)
        headlines.append(entry.headline.outcome)
        if len(everything) > 1:
            assert entry.contrast is not None
            assert entry.contrast.outcome == "better"
        everything = [f for f in everything if f.outcome != entry.headline.outcome]
    assert headlines == ["worse", "both", "open", "unknown", "better"]


def test_a_rating_can_be_kept_as_plain_data_with_every_criterion():
    kept = json.loads(json.dumps(as_data(rate([finding("f", "favourable", follow_up_months=12)]))))
    assert (kept["evidence"], kept["direction"], kept["standard_version"]) == (
        "compared",
        "favourable",
        "2026-11",
    )
    by_id = {line["id"]: line["state"] for line in kept["criteria"]}
    assert by_id["compared"] == "met"
    assert by_id["equivalence"] == "not-reported"
    assert by_id["two-studies"] == "not-met"
    assert set(by_id) <= set(CRITERIA)


def test_other_scales_are_read_for_every_level():
    assert set(EIF) == set(MARYLAND) == set(Strength)
