"""What is offered and when, with a break at any time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from website.accounts.models import User

from network.models import Availability
from tests.factories.people import profile
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


def test_what_is_offered_is_saved_shown_and_paused(holder: User, viewers: dict[str, Any]):
    held = profile(holder)
    client = browser_of(holder)
    said = {"kinds": ["call", "visit"], "days": ["2", "4"], "capacity": "3", "starts_on": "2026-01-05"}
    client.post("/me/profile/availability/", said)
    page = browser_of(viewers["elsewhere"]).get(f"/people/{held.pk}/").content.decode()
    assert "A call" in page
    assert "Tuesday, Thursday. From 5 January 2026" in page
    client.post("/me/profile/availability/", {**said, "paused": "on", "paused_until": "2099-02-01"})
    page = browser_of(viewers["elsewhere"]).get(f"/people/{held.pk}/").content.decode()
    assert "Takes a break until 1 February 2099" in page
    wrong = client.post("/me/profile/availability/", {**said, "ends_on": "2025-01-01"})
    assert b"must not come before the first" in wrong.content


def test_a_break_with_a_last_day_ends_by_itself():
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    assert Availability(paused=True).is_paused()
    assert Availability(paused=True, paused_until=today).is_paused()
    assert not Availability(paused=True, paused_until=today - day).is_paused()
    assert not Availability(paused=False, paused_until=today + day).is_paused()
