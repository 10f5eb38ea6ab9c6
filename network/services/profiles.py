"""A member's own profile: written, hidden, shown again, confirmed. Nobody else writes it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from website.accounts.models import User
from website.accounts.permissions import require
from website.audit.recording import record

from .. import permissions
from ..models import Profile
from ..telling import tell


@transaction.atomic
def save_profile(*, person: User, fields: dict[str, Any]) -> Profile:
    """Keep what the person says of themselves and who may see it; saving it confirms it. Raises: NotAllowed."""
    require(permissions.can_keep_profile(person))
    profile = Profile.objects.select_for_update().filter(person=person).first() or Profile(person=person)
    for name, value in fields.items():
        setattr(profile, name, value)
    profile.confirmed_at, profile.reminded_at = timezone.now(), None
    profile.save()
    record("profile.saved", profile, by=person)
    return profile


@transaction.atomic
def hide_profile(*, person: User) -> None:
    """Take oneself out of every page, list and count at once."""
    _set(person, "profile.hidden", hidden_at=timezone.now())


@transaction.atomic
def show_profile(*, person: User) -> None:
    """Be there again, for the same audiences as before."""
    _set(person, "profile.shown", hidden_at=None)


@transaction.atomic
def confirm_profile(*, person: User) -> None:
    """Say that all is still true."""
    _set(person, "profile.confirmed", confirmed_at=timezone.now(), reminded_at=None)


def _set(person: User, action: str, **fields: Any) -> None:
    profile = Profile.objects.select_for_update().get(person=person)
    Profile.objects.filter(pk=profile.pk).update(**fields)
    tell([profile.pk])
    record(action, profile, by=person)
