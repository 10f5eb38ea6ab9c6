"""Named cases of national programmes: real facts, copied out, and what a sensible reader expects of them."""

from __future__ import annotations

from practice_library.evidence import (
    ClaimedBy,
    Country,
    Design,
    Direction,
    Strength,
    StudyFacts,
    explain,
    rate,
    rate_entry,
)
from practice_library.evidence.criteria import State
from tests.unit.evidence.facts_for_tests import says

# Signs of Safety in English pilots

SIGNS_OF_SAFETY = StudyFacts(
    id="st-sos-did-2020",
    design=Design.DIFFERENCE,
    country="England",
    administrative_outcomes=True,
    independent=True,
    implementation_only=False,
    same_sample_as=frozenset({"st-sos-2017", "st-sos-2020-kings", "st-sos-mtm-action-research"}),
)


def test_signs_of_safety_is_too_little_to_tell_because_power_is_not_reported_and_kin_placement_is_worse():
    entry = rate_entry(
        [
            says(
                "re-referral", SIGNS_OF_SAFETY, Direction.NO_EFFECT, outcome="repeat-referral", compared=True
            ),
            says("plans", SIGNS_OF_SAFETY, Direction.NO_EFFECT, outcome="escalation", compared=True),
            says(
                "kin",
                SIGNS_OF_SAFETY,
                Direction.ADVERSE,
                outcome="placement",
                compared=True,
                harm=True,
                harm_looked_for=True,
            ),
        ]
    )
    rows = {row.outcome: (row.strength, row.direction, row.harm_flag) for row in entry.rows}
    assert rows == {
        "repeat-referral": (Strength.COMPARED, Direction.INCONCLUSIVE, False),
        "escalation": (Strength.COMPARED, Direction.INCONCLUSIVE, False),
        "placement": (Strength.COMPARED, Direction.ADVERSE, True),
    }
    assert entry.headline.outcome == "placement"
    assert entry.contrast is not None
    assert entry.contrast.direction is Direction.INCONCLUSIVE


# Social Workers in Schools

SWIS = StudyFacts(
    id="st-swis-trial",
    design=Design.CLUSTER_RANDOMISED,
    country="England",
    follow_up=136,
    comparison_follow_up=132,
    as_allocated=True,
    administrative_outcomes=True,
    independent=True,
    implementation_only=False,
    same_sample_as=frozenset({"st-swis-followup"}),
)
SWIS_PILOTS = StudyFacts(
    id="st-swis-pilots",
    design=Design.MATCHED,
    country="England",
    administrative_outcomes=True,
    independent=True,
    implementation_only=False,
)


def test_social_workers_in_schools_made_no_difference_compared():
    rating = rate(
        [
            says("s47", SWIS, Direction.NO_EFFECT, compared=True, powered=True, follow_up_months=23),
            says("tentative", SWIS_PILOTS, Direction.INCONCLUSIVE, compared=None, powered=False),
        ]
    )
    assert (rating.strength, rating.direction, rating.clause) == (
        Strength.COMPARED,
        Direction.NO_EFFECT,
        "c",
    )


# Family Nurse Partnership in England

BUILDING_BLOCKS = StudyFacts(
    id="st-fnp-bb02",
    design=Design.RANDOMISED,
    country="England",
    baseline=823,
    comparison_baseline=822,
    as_allocated=True,
    administrative_outcomes=True,
    independent=True,
    peer_reviewed=True,
    implementation_only=False,
    same_sample_as=frozenset({"st-fnp-bb02-economic", "st-fnp-bb26"}),
)
TO_AGE_SEVEN = StudyFacts(
    id="st-fnp-bb26",
    design=Design.RANDOMISED,
    country="England",
    administrative_outcomes=True,
    independent=True,
    peer_reviewed=True,
    implementation_only=False,
    same_sample_as=frozenset({"st-fnp-bb02", "st-fnp-bb02-economic"}),
)
LINKED_RECORDS = StudyFacts(
    id="st-fnp-linkage-england",
    design=Design.MATCHED,
    country="England",
    baseline=26290,
    administrative_outcomes=True,
    independent=True,
    peer_reviewed=True,
    implementation_only=False,
)
AUTHOR = ClaimedBy.AUTHOR


def test_family_nurse_partnership_made_no_difference_to_wellbeing_in_england():
    """The trial was large enough for its primary outcomes; small effects on a few others do not outweigh that."""
    rating = rate(
        [
            says("primary", BUILDING_BLOCKS, Direction.NO_EFFECT, AUTHOR, compared=True, powered=True),
            says("secondary", BUILDING_BLOCKS, Direction.MIXED, AUTHOR, compared=True),
        ],
        country=Country.ENGLAND,
    )
    assert (rating.strength, rating.direction) == (Strength.COMPARED, Direction.NO_EFFECT)


def test_family_nurse_partnership_helped_school_readiness_in_england_on_one_sample():
    rating = rate(
        [
            says(
                "language", BUILDING_BLOCKS, Direction.FAVOURABLE, AUTHOR, compared=True, follow_up_months=24
            ),
            says("reception", TO_AGE_SEVEN, Direction.FAVOURABLE, AUTHOR, compared=True, follow_up_months=84),
            says("entry", LINKED_RECORDS, Direction.FAVOURABLE, AUTHOR, compared=True, follow_up_months=60),
            says("abstract", LINKED_RECORDS, Direction.MIXED, AUTHOR, compared=True),
        ],
        country=Country.ENGLAND,
    )
    assert (rating.strength, rating.direction) == (Strength.COMPARED, Direction.FAVOURABLE)
    samples = {line.id: line.state for line in explain(rating)}["separate-samples"]
    assert samples is State.NOT_REPORTED, "the linked records may hold the mothers of the trial"


def test_family_nurse_partnership_safety_is_too_little_to_tell_with_a_flag():
    """14 % against 8 % known to social services: perhaps closer watching; the page does not say."""
    rating = rate(
        [
            says("involved", BUILDING_BLOCKS, Direction.NOT_KNOWN, AUTHOR, compared=True, harm=True),
            says("in-need", TO_AGE_SEVEN, Direction.NO_EFFECT, AUTHOR, compared=True, follow_up_months=84),
            says(
                "admissions", LINKED_RECORDS, Direction.NO_EFFECT, AUTHOR, compared=True, follow_up_months=24
            ),
        ],
        country=Country.ENGLAND,
    )
    assert (rating.strength, rating.direction, rating.harm_flag) == (
        Strength.COMPARED,
        Direction.INCONCLUSIVE,
        True,
    )
