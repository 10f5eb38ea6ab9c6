"""Where somebody is signed in, for how long that proves who they are, and the end of it."""

from __future__ import annotations

import time
import uuid
from importlib import import_module
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from website.passages.cutting import texts_in
from website.passages.stores import PassageStore, Removal

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


def must_sign_in_again(request: HttpRequest) -> str:
    """By which single sign-on a person has to prove themselves anew, since they have no password or second step to do it by.

    Empty where they have, where they signed in some minutes ago, or where none of theirs is configured any more.
    """
    person = request.user
    if not person.is_authenticated or get_reauthentication_flows(person):
        return ""
    came = [each["at"] for each in get_authentication_records(request, person)]
    if came and time.time() - came[-1] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        return ""
    configured = [app.provider_id for app in get_adapter().list_apps(request)]
    theirs = SocialAccount.objects.filter(user=person, provider__in=configured)
    return str(theirs.values_list("provider", flat=True).first() or "")


def clear_sessions(*, key: uuid.UUID) -> None:
    """Leave no session that holds the person's key, known to allauth or not. Reads all of them: for erasure only."""
    for session in UserSession.objects.filter(user=key):
        session.end()
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for session in Session.objects.iterator(chunk_size=500):
        if store.decode(session.session_data).get(SESSION_KEY) == str(key):
            session.delete()


def remove_from_sessions(removal: Removal) -> dict[str, int]:
    """End every session in which a passage stands, in a message that waits or a form. Reads all of them: see above."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    number = 0
    for session in Session.objects.iterator(chunk_size=500):
        if any(removal.stands_in(text) for text in texts_in(store.decode(session.session_data))):
            session.delete()
            number += 1
    return {"ended": number} if number else {}


PASSAGES = PassageStore("sessions", remove_from_sessions)
