"""Named cases: real facts about real studies, copied out, and what a sensible reader expects of them.

The facts are those of the library when the standard was written (evidence files, November 2026, with what the
editors read out of each statement). ``tests/integration`` rates the loaded library; here the facts stand beside the
result, so that a reader can follow each case by hand.
"""

from __future__ import annotations

from practice_library.evidence import (
    ClaimedBy,
    Country,
    Design,
    Direction,
    Strength,
    StudyFacts,
    rate,
    rate_entry,
)
from practice_library.evidence.criteria import Qualifier
from tests.unit.evidence.facts_for_tests import says


def england_and_overall(findings):
    return rate(findings, country=Country.ENGLAND), rate(findings)


# Family group conferencing before proceedings: entry to care

FGC_ENGLAND = StudyFacts(
    id="st-fgc-england-trial",
    design=Design.RANDOMISED,
    country="England",
    as_allocated=True,
    administrative_outcomes=True,
    independent=True,
    peer_reviewed=True,
    implementation_only=False,
    same_sample_as=frozenset({"st-fgc-england-cost"}),
)
FGC_COST = StudyFacts(
    id="st-fgc-england-cost",
    design=Design.COST,
    country="England",
    independent=True,
    implementation_only=False,
    same_sample_as=frozenset({"st-fgc-england-trial"}),
)
FGC_AMSTERDAM = StudyFacts(
    id="st-fgc-dijkstra",
    design=Design.RANDOMISED,
    country="Netherlands",
    baseline=229,
    comparison_baseline=99,
    baseline_equivalence=True,
    peer_reviewed=True,
    implementation_only=False,
    same_sample_as=frozenset(),
)
FGC_REVIEW = StudyFacts(
    id="st-fgc-nurmatov",
    design=Design.REVIEW,
    country="International",
    independent=True,
    implementation_only=False,
)
DAYBREAK = StudyFacts(
    id="st-daybreak-followup",
    design=Design.MIXED_METHODS,
    country="England",
    administrative_outcomes=True,
    independent=True,
    implementation_only=False,
)
FGC_ENTRY_TO_CARE = [
    says("looked-after", FGC_ENGLAND, Direction.FAVOURABLE, compared=True, follow_up_months=12),
    says("days-in-care", FGC_ENGLAND, Direction.FAVOURABLE, compared=True, follow_up_months=6),
    says("roll-out", FGC_COST, Direction.FAVOURABLE, compared=False, forecast=True),
    says(
        "placed",
        FGC_AMSTERDAM,
        Direction.ADVERSE,
        compared=True,
        powered=None,
        harm=True,
        harm_looked_for=True,
    ),
    says("review", FGC_REVIEW, Direction.INCONCLUSIVE),
    says("daybreak", DAYBREAK, Direction.INCONCLUSIVE, compared=False),
]


def test_family_group_conferencing_is_better_compared_in_england_and_mixed_with_a_flag_overall():
    england, overall = england_and_overall(FGC_ENTRY_TO_CARE)
    assert (england.strength, england.direction) == (Strength.COMPARED, Direction.FAVOURABLE)
    assert england.deciding == ("days-in-care", "looked-after")
    assert not england.harm_flag
    assert (overall.direction, overall.harm_flag, overall.clause) == (Direction.MIXED, True, "a-mixed")
    # both trials report their samples, the English one is independent and followed families for a year
    assert overall.strength is Strength.COMPARED_TWICE
    (row,) = rate_entry(FGC_ENTRY_TO_CARE).rows
    assert row.leading == england
    assert row.harm_flag


def test_without_a_word_about_the_amsterdam_sample_overall_stays_at_compared():
    silent = [
        says("looked-after", FGC_ENGLAND, Direction.FAVOURABLE, compared=True, follow_up_months=12),
        says(
            "placed",
            StudyFacts(
                id="st-fgc-dijkstra",
                design=Design.RANDOMISED,
                country="Netherlands",
                implementation_only=False,
            ),
            Direction.ADVERSE,
            compared=True,
            harm=True,
        ),
    ]
    overall = rate(silent)
    assert (overall.strength, overall.direction) == (Strength.COMPARED, Direction.MIXED)


# Project Crewe: cases closed, 69 % against 61 %, not significant, small

CREWE = StudyFacts(
    id="st-crewe-trial",
    design=Design.RANDOMISED,
    country="England",
    baseline=88,
    comparison_baseline=44,
    administrative_outcomes=True,
    independent=True,
    implementation_only=False,
)


def test_project_crewe_is_too_little_to_tell_compared_whatever_the_provider_says():
    findings = [
        says("closed", CREWE, Direction.INCONCLUSIVE, compared=True, powered=False),
        says("promising", CREWE, Direction.FAVOURABLE, ClaimedBy.PROVIDER, compared=None),
    ]
    rating = rate(findings)
    assert (rating.strength, rating.direction) == (Strength.COMPARED, Direction.INCONCLUSIVE)
    levels = {r.finding.id: r.level for r in rating.findings}
    assert levels == {"closed": Strength.COMPARED, "promising": Strength.MONITORED}


def test_project_crewe_before_the_trial_was_a_forecast_of_its_provider():
    """The chief executive of 2016: escalation, repeat referrals and cost were expected to fall."""
    claims = [
        says("escalation", None, Direction.NOT_KNOWN, ClaimedBy.PROVIDER, forecast=True, first_hand=True),
        says("referrals", None, Direction.FAVOURABLE, ClaimedBy.PROVIDER, forecast=True, first_hand=True),
    ]
    rating = rate(claims)
    assert (rating.strength, rating.direction) == (Strength.NOT_TESTED, Direction.NOT_KNOWN)
    assert rating.qualifiers == (Qualifier.PROVIDER_REPORTED, Qualifier.FORECAST)


# START: multisystemic therapy, offences at 18 months and convictions at five years


def test_a_trial_whose_offences_rose_without_a_reported_test_is_mixed_with_a_flag():
    facts = {
        "design": Design.RANDOMISED,
        "country": "England",
        "baseline": 342,
        "comparison_baseline": 342,
        "as_allocated": True,
        "administrative_outcomes": True,
        "independent": True,
        "peer_reviewed": True,
        "implementation_only": False,
    }
    start = StudyFacts(id="st-start", same_sample_as=frozenset({"st-start-5yr"}), **facts)
    later = StudyFacts(id="st-start-5yr", same_sample_as=frozenset({"st-start"}), **facts)
    rating = rate(
        [
            says("offences", start, Direction.ADVERSE, compared=True, harm=True, follow_up_months=18),
            says("first-offence", start, Direction.NO_EFFECT, compared=True, follow_up_months=18),
            says("convicted", later, Direction.NO_EFFECT, compared=True, powered=True, follow_up_months=60),
        ]
    )
    assert (rating.strength, rating.direction, rating.harm_flag) == (Strength.COMPARED, Direction.MIXED, True)
    assert rating.deciding == ("convicted", "offences")


# Wigan: statements of the council about its own work


def test_wigan_statements_of_its_chief_executive_never_pass_level_two():
    """The Deal for Children (2016): aims and a description, no result; a figure would need its period and source."""
    stated = says("said", None, Direction.FAVOURABLE, ClaimedBy.PROVIDER, first_hand=True, country="England")
    figure = says(
        "figure",
        None,
        Direction.FAVOURABLE,
        ClaimedBy.PROVIDER,
        first_hand=True,
        country="England",
        count_or_rate=True,
        period_given=True,
    )
    assert rate_entry([]).headline.strength is Strength.NOT_TESTED
    assert rate([stated]).strength is Strength.REPORTED
    best = rate([stated, figure], country=Country.ENGLAND)
    assert (best.strength, best.direction) == (Strength.MONITORED, Direction.FAVOURABLE)
    assert best.qualifiers == (Qualifier.PROVIDER_REPORTED,)


def test_perfect_week_in_wigan_tells_what_might_happen():
    """A week in which rules were suspended; its effects are told as possible, not as seen."""
    rating = rate(
        [says("week", None, Direction.FAVOURABLE, ClaimedBy.PROVIDER, first_hand=True, forecast=True)]
    )
    assert (rating.strength, rating.direction) == (Strength.NOT_TESTED, Direction.NOT_KNOWN)
