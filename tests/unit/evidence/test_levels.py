"""Rule 3: each level's own list, and what happens just below each of its lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from practice_library.evidence import ClaimedBy, Design, Direction, Strength, StudyFacts, explain, rate
from practice_library.evidence.criteria import Qualifier, State
from practice_library.evidence.samples import are_separate, follow_chains
from tests.unit.evidence.facts_for_tests import BEFORE_AND_AFTER, TRIAL, claim, finding, other


def level(*findings):
    return rate(findings).strength


def states(rating, level):
    return {line.id: line.state for line in explain(rating) if line.level is level}


# Level 0 and 1


def test_nothing_is_level_zero_and_not_known():
    rating = rate([])
    assert (rating.strength, rating.direction) == (Strength.NOT_TESTED, Direction.NOT_KNOWN)


def test_first_hand_knowledge_makes_level_one_and_hearsay_does_not():
    assert level(claim("seen", "favourable")) is Strength.REPORTED
    assert level(claim("heard", "favourable", first_hand=False)) is Strength.NOT_TESTED
    assert level(claim("silent", "favourable", first_hand=None)) is Strength.NOT_TESTED


def test_a_study_that_is_only_cited_is_second_hand():
    rating = rate([finding("cited", "favourable", StudyFacts(id="cited", country="England"))])
    assert rating.strength is Strength.REPORTED
    assert rating.qualifiers == (Qualifier.SECOND_HAND,)


def test_what_people_told_a_qualitative_study_is_testimony():
    study = other(TRIAL, "interviews", design=Design.QUALITATIVE)
    rating = rate([finding("said", "favourable", study, compared=None)])
    assert rating.strength is Strength.REPORTED
    assert Qualifier.TESTIMONY in rating.qualifiers


def test_a_forecast_has_been_seen_by_nobody():
    """However good its figures: more than 2,000 children a year that could avoid care are not children who did."""
    seen = claim("f", "favourable", count_or_rate=True, period_given=True, source_given=True)
    assert level(seen) is Strength.MONITORED
    forecast = rate([replace(seen, forecast=True)])
    assert (forecast.strength, forecast.direction) == (Strength.NOT_TESTED, Direction.NOT_KNOWN)
    assert forecast.qualifiers == (Qualifier.FORECAST,)


# Level 2


@pytest.mark.parametrize("missing", ["count_or_rate", "period_given", "source_given"])
@pytest.mark.parametrize("how", [None, False])
def test_a_figure_needs_a_count_a_period_and_a_source(missing, how):
    figure = claim("figure", "favourable", count_or_rate=True, period_given=True, source_given=True)
    assert level(figure) is Strength.MONITORED
    assert level(replace(figure, **{missing: how})) is Strength.REPORTED


@pytest.mark.parametrize("by", [ClaimedBy.PROVIDER, ClaimedBy.JOURNALIST, ClaimedBy.INSPECTORATE, None])
def test_a_trial_in_the_mouth_of_the_provider_is_level_two(by):
    assert level(finding("trial", "favourable")) is Strength.COMPARED
    assert level(finding("trial", "favourable", claimed_by=by)) is Strength.MONITORED


def test_a_study_not_reported_to_be_about_results_goes_no_higher_than_a_claim_could():
    assert (
        level(finding("f", "favourable", other(TRIAL, "t", implementation_only=None))) is Strength.MONITORED
    )


@pytest.mark.parametrize("design", [Design.REVIEW, Design.COST, Design.MONITORING, Design.MIXED_METHODS])
def test_studies_that_measure_without_two_groups_of_their_own_miss_level_three(design):
    """A systematic review too: the studies that it gathers count, the review itself tests nothing."""
    assert level(finding("f", "favourable", other(TRIAL, "s", design=design))) is Strength.MONITORED


# Level 3


def test_before_and_after_reaches_level_three_on_the_line():
    assert level(finding("f", "favourable", BEFORE_AND_AFTER, compared=False)) is Strength.BEFORE_AND_AFTER


@pytest.mark.parametrize(
    "facts",
    [
        {"baseline": 19, "follow_up": 19},
        {"baseline": 30, "follow_up": 19},
        {"follow_up": 29},
        {"follow_up": 51},
        {"baseline": None},
        {"follow_up": None},
        {"validated_measures": False},
        {"validated_measures": None},
        {"design": Design.QUALITATIVE},
        {"design": None},
    ],
)
def test_just_below_the_line_level_three_is_missed(facts):
    """19 people, 58 % kept, more after than before (then who was kept?), no validated measure."""
    study = replace(BEFORE_AND_AFTER, **facts)
    assert level(finding("f", "favourable", study, compared=False)) < Strength.BEFORE_AND_AFTER


def test_records_of_a_whole_area_need_no_sample():
    study = StudyFacts(
        id="s",
        design=Design.TIME_SERIES,
        implementation_only=False,
        administrative_outcomes=True,
        whole_area=True,
    )
    assert level(finding("f", "adverse", study)) is Strength.BEFORE_AND_AFTER
    for fact in ("administrative_outcomes", "whole_area"):
        for how in (None, False):
            assert level(finding("f", "adverse", replace(study, **{fact: how}))) is Strength.MONITORED


def test_figures_of_a_whole_area_that_are_not_said_to_be_before_and_after_are_monitoring():
    study = other(
        TRIAL,
        "s",
        design=Design.MONITORING,
        administrative_outcomes=True,
        whole_area=True,
        validated_measures=True,
    )
    assert level(finding("f", "favourable", study, compared=False)) is Strength.MONITORED
    counted_twice = replace(study, baseline=20, follow_up=20)
    assert level(finding("f", "favourable", counted_twice, compared=False)) is Strength.BEFORE_AND_AFTER


def test_a_trial_that_only_tells_how_its_own_group_changed_can_be_before_and_after():
    study = other(TRIAL, "t", baseline=30, follow_up=20, validated_measures=True)
    assert level(finding("f", "favourable", study, compared=False)) is Strength.BEFORE_AND_AFTER


# Level 4


@pytest.mark.parametrize("compared", [None, False])
def test_the_finding_itself_has_to_set_the_groups_side_by_side(compared):
    assert level(finding("f", "favourable", compared=compared)) is Strength.MONITORED


@pytest.mark.parametrize("design", Design)
def test_only_random_matched_or_differenced_groups_compare(design):
    comparing = {
        Design.RANDOMISED,
        Design.CLUSTER_RANDOMISED,
        Design.STEPPED_WEDGE,
        Design.MATCHED,
        Design.DIFFERENCE,
    }
    reached = level(finding("f", "favourable", other(TRIAL, "s", design=design))) is Strength.COMPARED
    assert reached is (design in comparing)


def test_sound_groups_little_loss_and_good_measures_are_listed_beside_and_do_not_move_the_level():
    bare = rate([finding("f", "favourable")])
    full = rate(
        [
            finding(
                "f",
                "favourable",
                other(
                    TRIAL,
                    "t",
                    baseline_equivalence=True,
                    as_allocated=True,
                    attrition_reported=False,
                    validated_measures=False,
                    administrative_outcomes=False,
                ),
            )
        ]
    )
    assert bare.strength is full.strength is Strength.COMPARED
    beside = {line.id: line.state for line in explain(full) if not line.moves_level}
    assert beside == {
        "equivalence": State.MET,
        "as-allocated": State.MET,
        "attrition": State.NOT_MET,
        "measure": State.NOT_MET,
        "harm-looked-for": State.NOT_REPORTED,
    }


@pytest.mark.parametrize(
    ("equivalence", "said"),
    [(None, {Qualifier.SIMILARITY_NOT_REPORTED}), (False, {Qualifier.NOT_SIMILAR}), (True, set())],
)
def test_a_matched_study_without_shown_likeness_says_so(equivalence, said):
    matched = other(TRIAL, "m", design=Design.MATCHED, baseline_equivalence=equivalence)
    assert set(rate([finding("f", "favourable", matched)]).qualifiers) == said
    # beside a trial that found the same, the better result does not rest on it
    assert set(rate([finding("f", "favourable", matched), finding("g", "favourable")]).qualifiers) == set()
    # but where the trial found nothing, it does
    assert set(rate([finding("f", "favourable", matched), finding("g", "no-effect")]).qualifiers) == said


# Level 5


def pair(**second):
    return [
        finding("f", "favourable", follow_up_months=12),
        finding("g", "favourable", other(TRIAL, "second", **second)),
    ]


def test_two_separate_trials_one_independent_one_a_year_long_reach_level_five():
    assert level(*pair()) is Strength.COMPARED_TWICE
    assert level(*pair(independent=False)) is Strength.COMPARED_TWICE


def test_two_findings_of_one_trial_are_one_study():
    twice = [finding("f", "favourable", follow_up_months=12), finding("g", "favourable")]
    assert level(*twice) is Strength.COMPARED


@pytest.mark.parametrize(
    ("sample", "state"), [(None, State.NOT_REPORTED), (frozenset({"trial"}), State.NOT_MET)]
)
def test_the_same_people_again_do_not_count_twice_nor_does_silence(sample, state):
    rating = rate(pair(same_sample_as=sample))
    assert rating.strength is Strength.COMPARED
    assert states(rating, Strength.COMPARED_TWICE)["separate-samples"] is state


def test_a_second_study_below_level_four_does_not_count():
    assert level(*pair(design=Design.BEFORE_AFTER)) is Strength.COMPARED


def test_without_an_independent_study_or_a_years_follow_up_it_stays_at_four():
    for independent in (False, None):
        alone = other(TRIAL, "trial", independent=independent)
        both = [
            finding("f", "favourable", alone, follow_up_months=12),
            finding("g", "favourable", other(alone, "second")),
        ]
        assert level(*both) is Strength.COMPARED
    for months in (11.9, None):
        short = [replace(f, follow_up_months=months) for f in pair()]
        assert level(*short) is Strength.COMPARED


def test_independence_and_a_years_follow_up_are_asked_of_the_studies_on_separate_samples():
    dependent = other(TRIAL, "trial", independent=False)
    both = [
        finding("f", "favourable", dependent, follow_up_months=12),
        finding("g", "favourable", other(dependent, "second")),
    ]
    unplaced = finding("h", "favourable", other(TRIAL, "third", same_sample_as=None), follow_up_months=60)
    rating = rate([*both, unplaced])
    assert rating.strength is Strength.COMPARED
    assert states(rating, Strength.COMPARED_TWICE)["independent"] is State.NOT_MET


def test_studies_that_a_third_has_pooled_stay_separate_and_two_follow_ups_of_one_trial_do_not():
    one, two = other(TRIAL, "one"), other(TRIAL, "two")
    pooled = other(TRIAL, "pooled", same_sample_as=frozenset({"one", "two"}))
    assert are_separate(one, two)
    assert not are_separate(one, pooled)
    later = other(TRIAL, "later", same_sample_as=frozenset({"one"}))
    latest = other(TRIAL, "latest", same_sample_as=frozenset({"one"}))
    assert not are_separate(later, latest)
    assert are_separate(later, two)


def test_shared_samples_are_followed_along_the_chain():
    chain = follow_chains(
        {
            "trial": frozenset(),
            "first": frozenset({"trial"}),
            "second": frozenset({"first"}),
            "silent": None,
            "of-silent": frozenset({"silent"}),
            "of-unknown": frozenset({"elsewhere"}),
        }
    )
    assert chain["second"] == {"first", "trial"}
    assert chain["trial"] == frozenset()
    assert chain["silent"] is chain["of-silent"] is chain["of-unknown"] is None
