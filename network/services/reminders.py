"""Asks people to confirm their profile: at half a year, a month before it is hidden, and when it is."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from website.outgoing.posting import post

from ..models import Profile
from ..models.profile import CONFIRM_AFTER, HIDDEN_AFTER, ProfileQuerySet

#: How long after the last confirmation which letter goes out, the latest first: only that one is sent.
STAGES: Final = (
    (HIDDEN_AFTER, "hidden", "Your profile at Practice Commons is hidden now"),
    (HIDDEN_AFTER - dt.timedelta(days=30), "soon", "Your profile at Practice Commons is hidden in a month"),
    (CONFIRM_AFTER, "confirm", "Is your profile at Practice Commons still true?"),
)


def remind_all() -> int:
    """Write to everybody whose turn it is; how many letters. Safe to repeat, also by two at once.

    Nobody sees the profiles of those who are hidden, not listed, or work nowhere, so these are left in peace.
    """
    now, number, later = timezone.now(), 0, None
    for after, letter, subject in STAGES:
        due = _seen_by_others().filter(confirmed_at__lte=now - after)
        if later is not None:
            due = due.filter(confirmed_at__gt=now - later)
        unreminded = due.filter(Q(reminded_at=None) | Q(reminded_at__lt=F("confirmed_at") + after))
        for profile in list(unreminded):
            number += _remind(profile, letter, subject, now)
        later = after
    return number


def _seen_by_others() -> ProfileQuerySet:
    at_home: Any = Profile.objects.at_home()
    found: ProfileQuerySet = at_home.filter(
        home_organisation__isnull=False, person__is_active=True, listed=True, hidden_at=None
    )
    return found


@transaction.atomic
def _remind(profile: Profile, letter: str, subject: str, now: dt.datetime) -> int:
    as_read = Profile.objects.filter(
        pk=profile.pk, reminded_at=profile.reminded_at, confirmed_at=profile.confirmed_at
    )
    if not as_read.update(reminded_at=now):
        return 0
    link = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('my_profile')}"
    hidden_on = profile.confirmed_at + HIDDEN_AFTER
    body = render_to_string(f"network/letters/{letter}.txt", {"my_profile": link, "hidden_on": hidden_on})
    post(to=profile.person, subject=subject, body=body)
    return 1
