"""Rule 4, clause by clause, with the harm flag and what happens below level 3."""

from __future__ import annotations

import pytest

from practice_library.evidence import ClaimedBy, Design, Direction, Kind, Strength, explain, rate, remarks
from practice_library.evidence.clauses import MOST_CARE_FIRST
from tests.unit.evidence.facts_for_tests import BEFORE_AND_AFTER, TRIAL, claim, finding, other


def compared(*directions):
    """One trial's findings; "powered" is a null in a study large enough to show a difference."""
    return [
        finding(f"f{n}", "no-effect", powered=True) if word == "powered" else finding(f"f{n}", word)
        for n, word in enumerate(directions)
    ]


@pytest.mark.parametrize(
    ("directions", "result", "clause"),
    [
        (["adverse"], "adverse", "a"),
        (["adverse", "mixed", "inconclusive", "no-effect", "not-known"], "adverse", "a"),
        (["adverse", "favourable"], "mixed", "a-mixed"),
        (["adverse", "powered"], "mixed", "a-mixed"),
        (["favourable", "powered"], "mixed", "b"),
        (["favourable", "powered", "mixed"], "mixed", "b"),
        (["powered"], "no-effect", "c"),
        (["powered", "mixed", "inconclusive"], "no-effect", "c"),
        (["favourable"], "favourable", "d"),
        (["favourable", "mixed", "inconclusive", "no-effect"], "favourable", "d"),
        (["mixed"], "mixed", "e"),
        (["mixed", "inconclusive", "no-effect"], "mixed", "e"),
        (["inconclusive"], "inconclusive", "f"),
        (["no-effect"], "inconclusive", "f"),
        (["not-known", "no-effect"], "inconclusive", "f"),
        (["not-known"], "not-known", "g"),
    ],
)
def test_the_first_clause_that_holds_decides(directions, result, clause):
    rating = rate(compared(*directions))
    assert (rating.strength, rating.direction, rating.clause) == (
        Strength.COMPARED,
        Direction(result),
        clause,
    )
    assert rating.harm_flag is ("adverse" in directions)


@pytest.mark.parametrize("powered", [None, False])
def test_a_null_not_reported_as_large_enough_is_too_little_to_tell(powered):
    assert rate([finding("f", "no-effect", powered=powered)]).direction is Direction.INCONCLUSIVE


def test_at_level_three_a_powered_null_beside_others_counts_and_alone_does_not_say_no_difference():
    def null(name):
        return finding(name, "no-effect", BEFORE_AND_AFTER, compared=False, powered=True)

    def at_three(name, direction):
        return finding(name, direction, BEFORE_AND_AFTER, compared=False)

    assert rate([null("n")]).direction is Direction.INCONCLUSIVE
    assert rate([null("n"), at_three("f", "favourable")]).direction is Direction.MIXED
    assert rate([null("n"), at_three("f", "adverse")]).direction is Direction.MIXED


def test_only_the_highest_level_decides_and_below_it_a_worse_result_sets_the_flag_only():
    below = finding("b", "adverse", BEFORE_AND_AFTER, compared=False)
    rating = rate([finding("f", "favourable"), below])
    assert (rating.direction, rating.harm_flag) == (Direction.FAVOURABLE, True)
    assert rating.deciding == ("f",)
    alone = rate([below])
    assert (alone.strength, alone.direction) == (Strength.BEFORE_AND_AFTER, Direction.ADVERSE)


def test_at_level_five_all_findings_of_level_four_decide():
    """The third trial is not on a sample that is reported to be separate, and still it decides."""
    two = [
        finding("f", "favourable", follow_up_months=12),
        finding("g", "favourable", other(TRIAL, "second")),
    ]
    third = finding("h", "adverse", other(TRIAL, "third", same_sample_as=None))
    assert rate(two).direction is Direction.FAVOURABLE
    rating = rate([*two, third])
    assert (rating.strength, rating.direction) == (Strength.COMPARED_TWICE, Direction.MIXED)


def test_harm_on_a_finding_of_another_direction_sets_the_flag_only():
    rating = rate([finding("f", "favourable", harm=True)])
    assert (rating.direction, rating.harm_flag) == (Direction.FAVOURABLE, True)
    assert remarks(rating) == ["Harm or a worse result was found"]


@pytest.mark.parametrize(
    ("looked", "words"),
    [
        (None, "Not reported whether harm was looked for"),
        (True, "Harm was looked for"),
        (False, "Harm was not looked for"),
    ],
)
def test_silence_about_harm_never_reads_as_no_harm(looked, words):
    said = [line.words for line in explain(rate([finding("f", "favourable", harm_looked_for=looked)]))]
    assert words in said
    assert not any("no harm" in line.lower() for line in said)


@pytest.mark.parametrize(
    ("directions", "result", "differ"),
    [
        (["favourable"], "favourable", False),
        (["no-effect"], "no-effect", False),
        (["adverse"], "adverse", False),
        (["favourable", "adverse"], "mixed", True),
        (["favourable", "no-effect"], "mixed", True),
        (["adverse", "no-effect"], "adverse", False),
        (["favourable", "inconclusive"], "inconclusive", False),
        (["favourable", "mixed"], "mixed", False),
        (["favourable", "not-known"], "favourable", False),
        (["not-known"], "not-known", False),
    ],
)
def test_below_level_three_the_stated_direction_stands_and_opposite_ones_differ(directions, result, differ):
    rating = rate([claim(f"c{n}", direction) for n, direction in enumerate(directions)])
    assert (rating.direction, rating.accounts_differ) == (Direction(result), differ)
    assert ("Accounts differ" in remarks(rating)) is differ


def test_a_monitored_account_outweighs_hearsay_of_the_opposite_but_keeps_its_flag():
    figure = claim("figure", "favourable", count_or_rate=True, period_given=True, source_given=True)
    rating = rate([figure, claim("story", "adverse")])
    assert (rating.strength, rating.direction) == (Strength.MONITORED, Direction.FAVOURABLE)
    assert rating.harm_flag
    assert not rating.accounts_differ


@pytest.mark.parametrize(
    "process", [{"design": Design.PROCESS}, {"implementation_only": True, "design": Design.RANDOMISED}]
)
def test_a_process_study_says_nothing_about_effect(process):
    study = other(TRIAL, "process", **process)
    assert rate([finding("f", "favourable", study)]).result == rate([]).result
    assert (
        rate(
            [
                finding(
                    "f",
                    "favourable",
                    other(study, "effect", design=Design.RANDOMISED, implementation_only=False),
                )
            ]
        ).strength
        is Strength.COMPARED
    )


@pytest.mark.parametrize("kind", [Kind.OUTPUT, Kind.ACTIVITY, None])
def test_only_outcomes_are_rated(kind):
    assert rate([finding("f", "favourable", kind=kind)]).result == rate([]).result


def test_the_order_of_care_is_the_one_that_breaks_ties():
    assert [d.value for d in MOST_CARE_FIRST] == [
        "adverse",
        "mixed",
        "no-effect",
        "inconclusive",
        "not-known",
        "favourable",
    ]


def test_a_provider_beside_an_evaluator_needs_no_caution_alone_it_does():
    provider = finding("p", "favourable", compared=None, claimed_by=ClaimedBy.PROVIDER)
    evaluator = finding("e", "favourable", compared=None)
    assert remarks(rate([provider])) == ["Reported by the provider"]
    assert remarks(rate([provider, evaluator])) == []


def test_different_facts_under_one_name_are_refused():
    with pytest.raises(ValueError, match="called f"):
        rate([finding("f", "favourable"), finding("f", "adverse")])
    with pytest.raises(ValueError, match="called trial"):
        rate([finding("f", "favourable"), finding("g", "adverse", other(TRIAL, "trial", independent=None))])
    with pytest.raises(ValueError, match="several outcomes"):
        rate([finding("f", "favourable"), finding("g", "adverse", outcome="caseload")])
