"""Where somebody is signed in, and the end of it."""

from __future__ import annotations

import uuid
from importlib import import_module
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

if TYPE_CHECKING:
    from ..models import User


def sessions_of(person: User) -> list[Any]:
    """Those still open, the latest first. Rows of sessions that have ended are cleared away."""
    return sorted(UserSession.objects.purge_and_list(person), key=lambda each: each.created_at, reverse=True)


def end_sessions(*, person: User, only: str = "", besides: str | None = None) -> None:
    """End every session of a person, all but one (`besides`: its key), or `only` one by the id of its row."""
    for session in UserSession.objects.filter(user=person):
        if session.session_key != besides and only in ("", str(session.pk)):
            session.end()


def clear_sessions(*, key: uuid.UUID) -> None:
    """Leave no session that holds the person's key, known to allauth or not. Reads all of them: for erasure only."""
    for session in UserSession.objects.filter(user=key):
        session.end()
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for session in Session.objects.iterator(chunk_size=500):
        if store.decode(session.session_data).get(SESSION_KEY) == str(key):
            session.delete()
