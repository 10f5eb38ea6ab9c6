"""The factories make what they say: pages of every other test rest on them."""

import pytest

from practice_library.models import Entry, OutcomeRating
from tests.factories.entries import case_study, practice_model

pytestmark = pytest.mark.django_db


def test_a_case_study_stands_under_its_lead_and_is_published():
    study = case_study("Harbour pods", lead="northbridge").with_condition("Trust").with_cohort("Teenagers")
    assert study.url == "/practice/northbridge/harbour-pods/"
    assert Entry.objects.readable_by(None).filter(pk=study.pk).exists()
    assert [row.tag.name for row in study.page.condition_rows.all()] == ["Trust"]


def test_ratings_follow_from_facts():
    model = practice_model("Lantern House")
    model.with_outcome("Entry to care", direction="no-effect", powered=True).with_claim("Wellbeing")
    found = OutcomeRating.objects.current().filter(entry=model.pk)
    assert [(row.outcome.name, row.strength, row.direction) for row in found] == [
        ("Entry to care", 4, "no-effect"),
        ("Wellbeing", 1, "favourable"),
    ]
