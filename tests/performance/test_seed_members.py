"""Load data of people: whole members of every kind, found by those alone who may, and never where real people are."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Q
from website.accounts.models import Membership, User
from website.outbox.models import Change
from website.places.models import Organisation
from website.places.services.authorities import load_places

from network.audience import FIELDS, viewer_of
from network.load import asked_a_lot
from network.models import Ask, Availability, Profile, Skill, SkillClaim
from network.services.register import load_skills
from practice_library.services import scale_text
from search.people.asking import PeopleForm
from search.people.service import find
from tests.performance.ground import some_terms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground(settings: Any, monkeypatch: pytest.MonkeyPatch, empty_index: None) -> None:
    settings.ALLOW_SCALE_DATA = True
    monkeypatch.setattr(scale_text, "MADE_UP_PASSAGES", 100)
    load_places()
    some_terms()
    load_skills()


def seed(people: int, **options: Any) -> str:
    """Run the command; gives what it printed."""
    out = StringIO()
    call_command("seed_scale", people=people, stdout=out, **options)
    return out.getvalue()


def test_members_are_whole_and_found_and_a_second_run_adds_to_them():
    told = Change.objects.count()
    said = seed(300, case_studies=40)
    assert "0 members of earlier runs" in said
    assert f"{Profile.objects.present().count()} people indexed" in said
    assert Change.objects.count() == told, "they are indexed in bulk, not one by one"
    assert "300 members of earlier runs" in seed(50)
    everybody = User.objects.filter(email__endswith="@load-data.invalid")
    assert everybody.count() == Profile.objects.count() == Membership.objects.count() == 350
    assert not any(person.has_usable_password() for person in everybody)
    assert all("(load data)" in person.name for person in everybody)
    assert 250 < Profile.objects.present().count() < 350
    for field in FIELDS:
        assert Profile.objects.values(f"audience_{field}").distinct().count() >= 5, field
    rests_on = set(SkillClaim.objects.values_list("rests_on", flat=True))
    assert rests_on == {"nothing", "course", "case-study", "exchange"}
    assert all(
        claim.case_study.lead_organisation_id == claim.profile.person.memberships.get().organisation_id
        for claim in SkillClaim.objects.filter(case_study__isnull=False)
    )
    kinds = Availability.objects.aggregate(
        paused=Count("pk", filter=Q(paused=True)), windows=Count("pk", filter=~Q(starts_on=None))
    )
    assert min(kinds.values()) > 0
    assert asked_a_lot(Ask.objects.values_list("person", flat=True))
    colleague = User.objects.filter(memberships__state="active").first()
    form = PeopleForm({"region": Organisation.objects.get(slug="wigan").region})
    assert form.is_valid()
    assert find(form.asked(), viewer_of(colleague)).hits


def test_it_refuses_where_real_people_are_and_where_there_is_nothing_to_say(settings: Any):
    del settings.ALLOW_SCALE_DATA
    with pytest.raises(CommandError, match="only in development"):
        seed(1)
    settings.DEBUG = True
    Skill.objects.all().delete()
    with pytest.raises(CommandError, match="No skills to choose from"):
        seed(1)
    assert not Profile.objects.exists()
