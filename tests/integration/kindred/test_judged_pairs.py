"""Pairs judged by reading the shipped entries, not by what the measure found, and how many are in each other's first five."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from practice_library.models import Entry, KindredPair
from practice_library.selectors.kindred import kindred_of
from search.kindred.finding import find_kindred

pytestmark = pytest.mark.django_db

WIGAN, CAMDEN = "wigan/deal-for-children-and-young-people", "camden/resilience-vision"
#: The same idea, by what both do.
KINDRED = (
    (WIGAN, CAMDEN),  # reform built on resilience
    (
        "sheffield/apollo-for-care-leavers",
        "bromley/i-aspire-for-care-leavers",
    ),  # care leavers, paid by results
    ("staffordshire/edge-of-care-service", "cheshire-west-and-chester/edge-of-care-service"),
    ("enfield/family-and-adolescent-support-hub", "ealing/brighter-futures"),  # one team for teenagers
    ("cornwall/gweres-tus-yowynk-adolescent-service", "enfield/family-and-adolescent-support-hub"),
    ("west-berkshire/emotional-health-academy", "cheshire-east/emotionally-healthy-schools"),
    ("birmingham/step-down-programme-social-impact-bond", "derby/dn2-social-impact-bond"),
    (
        "dorset/family-partnership-towns",
        "wigan/integrated-data-and-intelligence",
    ),  # data to find families early
    ("social-research-unit-dartington/multi-agency-data-matching", "wigan/integrated-data-and-intelligence"),
    ("stoke-on-trent/make-a-difference", "camden/model-of-social-work"),  # trained by family therapists
    (
        "surrey/extended-hope",
        "wigan/specialist-health-and-resilient-environment-share",
    ),  # mental health crisis
    (
        "place-not-named/volunteer-led-peer-support",
        "place-not-named/peer-support-for-families-of-disabled-children",
    ),
    ("brighton-and-hove/team-around-the-relationship", "place-not-named/relationship-first-family-support"),
    ("calderdale/referral-panels", "several-places/referral-pathways-yorkshire-and-humber"),
    ("leicestershire/childrens-innovation-partnership", "brent/care-journeys-strategic-partnership"),
    (
        "lincolnshire/caring2learn",
        "barnet/looked-after-children-transition-hub",
    ),  # school of children in care
    (
        "somerset/homes-and-horizons",
        "kingston-upon-thames/better-by-design",
    ),  # homes near by, with foster carers
)
#: Different ideas, the same organisation, or one piece of work told of several partners.
NOT_KINDRED = (
    ("leeds/child-friendly-city", "coventry/law-centre-early-action"),
    ("croydon/integrated-fostering-service-built-with-a-consultancy", "wigan/safeguarding-children-board"),
    ("bradford/zero-based-budgeting", "lincolnshire/caring2learn"),
    ("camden/minding-the-gap", "wigan/three-authority-adoption-service"),
    ("wigan/perfect-week", "bromley/i-aspire-for-care-leavers"),
    ("wigan/perfect-week", "wigan/community-investment-fund"),
    ("camden/north-london-residential-assessment-unit", "enfield/north-london-residential-assessment-unit"),
)
LEAST_RECALL = 0.35


@pytest.fixture
def first_five(db: None) -> dict[str, list[str]]:
    """The five nearest of every judged entry, by its address below `/practice/`."""
    call_command("load_library", stdout=io.StringIO())
    find_kindred()
    judged = {address for pair in (*KINDRED, *NOT_KINDRED) for address in pair}
    entries = {
        page.url_path.split("/practice/")[1].strip("/"): page.pk
        for page in Entry.objects.all()
        if page.depth > 3
    }
    assert judged <= set(entries)
    return {
        address: [
            row.other.url.removeprefix("/practice/").strip("/") for row in kindred_of(entries[address])[:5]
        ]
        for address in judged
    }


def test_judged_pairs_are_found_and_the_others_are_not(first_five):
    found = {pair: (pair[1] in first_five[pair[0]], pair[0] in first_five[pair[1]]) for pair in KINDRED}
    directions = [each for both in found.values() for each in both]
    either = sum(any(both) for both in found.values())
    print(
        f"\nrecall in the top 5: {sum(directions)} of {len(directions)} directions, {either} of {len(KINDRED)} pairs"
    )
    for pair, both in found.items():
        print(f"  {pair[0]} -> {both[0]}, {pair[1]} -> {both[1]}")
    assert found[(WIGAN, CAMDEN)] == (True, True)
    assert either / len(KINDRED) >= LEAST_RECALL
    for one, other in NOT_KINDRED:
        assert other not in first_five[one]
        assert one not in first_five[other]
    assert KindredPair.objects.count() > 1000
