"""How people got round a missing condition: told by them, and led to from the library."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from website.accounts.models import User
from website.places.models import Organisation

from network.models import Profile
from network.services.claims import (
    tell_blockage,
)
from practice_library.panels import notes_on_conditions, panels_of_condition
from practice_library.services.tree import ensure_tree
from tests.factories.entries import case_study
from tests.factories.people import profile
from tests.factories.vocabularies import condition
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


def test_an_entrys_condition_leads_members_to_those_who_got_round_it(
    holder: User, north: Organisation, viewers: dict[str, Any]
):
    ensure_tree()
    entry = case_study("Night court", lead=north.slug).with_condition("Police engagement")
    profile(holder)
    tell_blockage(person=holder, condition=condition("Police engagement"), how="We sat down weekly.")
    page = browser_of(viewers["elsewhere"]).get(entry.url).content.decode()
    assert (
        '<a class="govuk-link" href="/conditions/police-engagement/#people">1 person has got round it</a>'
        in page
    )
    there = browser_of(viewers["elsewhere"]).get("/conditions/police-engagement/").content.decode()
    assert "Hol Der" in there
    assert "We sat down weekly." in there
    for who in (None, viewers["suspended"]):
        for address in (entry.url, "/conditions/police-engagement/"):
            assert "got round" not in browser_of(who).get(address).content.decode()


def test_visitors_pay_nothing_for_what_members_see(north: Organisation, django_assert_num_queries: Any):
    term = condition("Police engagement")
    with django_assert_num_queries(0):
        assert notes_on_conditions([term.slug], AnonymousUser()) == {}
        assert panels_of_condition(term, AnonymousUser()) == []


def test_blockages_are_told_and_taken_back_on_the_page(holder: User):
    profile(holder)
    term = condition("Police engagement")
    client = browser_of(holder)
    client.post("/me/profile/blockages/", {"condition": term.pk, "how": "We sat down weekly."})
    told = Profile.objects.get().blockages.get()
    assert told.how == "We sat down weekly."
    client.post("/me/profile/blockages/", {"drop": str(told.pk)})
    assert not Profile.objects.get().blockages.exists()
