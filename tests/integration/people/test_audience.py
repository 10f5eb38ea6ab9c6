"""Who sees which row: one rule, the same in Python and in the database, for every audience and every viewer."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone
from website.accounts.models import Membership, MembershipState, Role, User

from network.audience import FIELDS, SAFE, Home, Viewer, admits, viewer_of
from network.choices import Audience
from network.models import Profile
from network.shown import as_seen_by, person_at
from tests.factories.people import give, profile
from tests.integration.people.conftest import ADMITTED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("whom", ADMITTED)
def test_python_and_the_database_agree_with_the_table(whom: str, viewers: dict[str, User], holder: User):
    viewer = viewer_of(viewers[whom]) if viewers[whom] else Viewer()
    held = profile(holder)
    for audience in Audience:
        Profile.objects.update(**{f"audience_{field}": audience for field in FIELDS})
        held = Profile.objects.at_home().get(pk=held.pk)
        expected = audience in ADMITTED[whom]
        assert (audience in admits(viewer, held.home)) is expected, audience
        for field in FIELDS:
            assert (field in held.rows_for(viewer)) is expected, (audience, field)
            assert Profile.objects.shown_to(viewer, field).exists() is (expected and viewer.member), audience


def test_parties_to_an_exchange_see_what_is_for_them_and_no_more(holder: User, viewers: dict[str, Any]):
    held = profile(holder, Audience.EXCHANGE)
    stranger = viewer_of(viewers["elsewhere"])
    party = Viewer(stranger.person, True, stranger.organisation, stranger.region, frozenset({holder.pk}))
    for viewer, sees in ((party, True), (stranger, False)):
        assert Profile.objects.shown_to(viewer, "about").exists() is sees
        assert bool(Profile.objects.at_home().get(pk=held.pk).rows_for(viewer)) is sees
    Profile.objects.update(audience_about=Audience.ME)
    assert not Profile.objects.shown_to(party, "about").exists()


def test_whoever_is_suspended_where_they_work_sees_nobody_by_another_role_either(viewers: dict[str, Any]):
    suspended = viewers["suspended"]
    give(suspended, Role.EVIDENCE_REVIEWER)
    assert not viewer_of(suspended).member
    Membership.objects.filter(person=suspended).update(state=MembershipState.ACTIVE)
    assert viewer_of(suspended).member, "the control"


def test_two_people_without_a_place_are_not_colleagues():
    nowhere = Home(uuid.uuid4(), None, "")
    assert Audience.ORGANISATION not in admits(Viewer(uuid.uuid4(), True, None, ""), nowhere)
    assert Audience.REGION not in admits(Viewer(uuid.uuid4(), True, None, ""), nowhere)


GONE: dict[str, dict[str, Any]] = {
    "not listed": {"listed": False},
    "hidden": {"hidden_at": timezone.now()},
    "a year old": {"confirmed_at": timezone.now() - dt.timedelta(days=366)},
}


@pytest.mark.parametrize("how", [*GONE, "left", "suspended", "account closed"])
def test_whoever_is_not_there_is_not_there_for_anybody_else(
    how: str, holder: User, viewers: dict[str, Any], north: Any
):
    held = profile(holder)
    colleague = viewer_of(viewers["colleague"])
    assert person_at(held.pk, colleague) is not None, "the control"
    if how in GONE:
        Profile.objects.update(**GONE[how])
    elif how == "account closed":
        User.objects.filter(pk=holder.pk).update(is_active=False)
    else:
        state = MembershipState.LEFT if how == "left" else MembershipState.SUSPENDED
        ended = timezone.now() if how == "left" else None
        Membership.objects.filter(person=holder).update(state=state, ended_at=ended)
    assert person_at(held.pk, colleague) is None
    assert as_seen_by(Profile.objects.at_home().get(pk=held.pk), colleague) is None
    for field in FIELDS:
        assert not Profile.objects.shown_to(colleague, field).exists()


def test_eleven_months_are_not_too_long(holder: User, viewers: dict[str, Any]):
    held = profile(holder, confirmed_at=timezone.now() - dt.timedelta(days=360))
    assert person_at(held.pk, viewer_of(viewers["colleague"])) is not None
    assert held.to_be_confirmed


def test_the_safety_flag_leaves_job_title_and_region_for_their_audience(
    holder: User, viewers: dict[str, Any]
):
    held = profile(holder, safety_flag=True)
    for whom in ("colleague", "manager", "same region", "elsewhere", "editor"):
        viewer = viewer_of(viewers[whom])
        seen = person_at(held.pk, viewer)
        assert seen is not None
        assert seen.rows == SAFE
        assert (seen.title, seen.role, seen.region) == ("Team manager", "Team manager", "North West")
        assert not Profile.objects.shown_to(viewer, "skills").exists()
    Profile.objects.update(audience_region=Audience.ME)
    assert person_at(held.pk, viewer).region == ""


def test_defaults_are_those_of_the_design(holder: User):
    fresh = Profile(person=holder)
    network = {field for field in FIELDS if getattr(fresh, f"audience_{field}") == Audience.NETWORK}
    assert network == {"name", "role", "organisation", "skills"}
    assert {getattr(fresh, f"audience_{field}") for field in FIELDS if field not in network} == {Audience.ME}
    assert not any((fresh.listed, fresh.borrowable, fresh.introductions, fresh.named_on_case_studies))
