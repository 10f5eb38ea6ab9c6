"""Half a year after the last word people are asked, again before a year is over, and told when they are hidden."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from website.accounts.models import Membership, User
from website.places.models import Organisation

from network.audience import viewer_of
from network.models import Profile
from network.services.profiles import confirm_profile
from network.services.reminders import remind_all
from tests.factories.people import member, profile

pytestmark = pytest.mark.django_db

BEGUN = dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)


def letters_after(days: int, callbacks: Any) -> list[str]:
    """The subjects of what goes out on a day, when the command runs twice."""
    mail.outbox.clear()
    with time_machine.travel(BEGUN + dt.timedelta(days=days), tick=False), callbacks(execute=True):
        call_command("remind_profiles")
        call_command("remind_profiles")
    return [letter.subject.rpartition("Commons ")[2] for letter in mail.outbox]


@pytest.fixture
def held(holder: User) -> Profile:
    return profile(holder, confirmed_at=BEGUN, about="Zaboutmark")


def test_one_letter_at_each_stage_and_none_between(held: Profile, django_capture_on_commit_callbacks: Any):
    days = (181, 183, 200, 334, 336, 350, 364, 366, 400)
    sent = {day: letters_after(day, django_capture_on_commit_callbacks) for day in days}
    assert sent == {
        **{day: [] for day in days},
        183: ["still true?"],
        336: ["is hidden in a month"],
        366: ["is hidden now"],
    }


def test_confirming_begins_anew(held: Profile, holder: User, django_capture_on_commit_callbacks: Any):
    assert letters_after(183, django_capture_on_commit_callbacks)
    with time_machine.travel(BEGUN + dt.timedelta(days=184), tick=False):
        confirm_profile(person=holder)
    assert letters_after(336, django_capture_on_commit_callbacks) == []
    assert letters_after(184 + 183, django_capture_on_commit_callbacks) == ["still true?"]


def test_after_a_year_nobody_sees_it_until_it_is_confirmed(
    held: Profile, holder: User, viewers: dict[str, User | None]
):
    colleague = viewer_of(viewers["colleague"])
    with time_machine.travel(BEGUN + dt.timedelta(days=364)):
        assert Profile.objects.visible_to(colleague).exists()
    with time_machine.travel(BEGUN + dt.timedelta(days=366)):
        assert not Profile.objects.visible_to(colleague).exists()
        client = Client()
        client.force_login(holder)
        assert "All of this is still true" in client.get("/me/profile/").content.decode()
        client.post("/me/profile/", {"act": "confirm"})
        assert Profile.objects.visible_to(colleague).exists()


def test_a_letter_says_the_day_and_nothing_of_the_profile(
    held: Profile, django_capture_on_commit_callbacks: Any
):
    letters_after(183, django_capture_on_commit_callbacks)
    letter = mail.outbox[0]
    assert "1 January 2027" in letter.body
    assert "/me/profile/" in letter.body
    assert "Zaboutmark" not in letter.body
    assert held.name not in letter.body


def test_who_is_seen_by_nobody_is_left_in_peace(north: Organisation):
    old = timezone.now() - dt.timedelta(days=200)
    profile(member("Hid Den", of=north), confirmed_at=old, hidden_at=old)
    profile(member("Un Listed", of=north), confirmed_at=old, listed=False)
    left = member("Le Ft", of=north)
    profile(left, confirmed_at=old)
    Membership.objects.filter(person=left).update(state="left", ended_at=old)
    assert remind_all() == 0
    profile(member("The Control", of=north), confirmed_at=old)
    assert remind_all() == 1
