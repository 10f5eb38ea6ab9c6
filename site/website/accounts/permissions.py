"""Who must prove themselves twice, as sentences that the middleware and tests share."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from .models import User


def works_in_cms(user: User | AnonymousUser) -> bool:
    """May open the Wagtail admin: editors, reviewers and moderators (access.md)."""
    return user.is_active and (user.is_superuser or user.has_perm("wagtailadmin.access_admin"))


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """A role that can change what the public reads, or who may sign in, needs more than a password."""
    return user.is_authenticated and (user.is_staff or works_in_cms(user))
