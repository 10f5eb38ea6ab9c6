"""A real provider on a port, and the way there and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from website.accounts.models import Membership, User
from website.audit.models import AuditEntry
from website.outgoing.models import Letter
from website.settings.single_sign_on import providers

from tests.integration.accounts.openid_provider import Provider, environment, provider

SAM = {"sub": "subject-1", "email": "Sam@north.example", "email_verified": True, "name": "Sam Example"}
LEAVE = "/accounts/oidc/north/login/"


@pytest.fixture
def there(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The provider of North, configured."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    settings.MAIL_SENDING = "worker"
    cache.clear()
    with provider() as server:
        server.person = dict(SAM)
        settings.SOCIALACCOUNT_PROVIDERS = providers(environment(server.url))
        yield server


def way_back(client: Client, leave: str = LEAVE) -> str:
    """Where the provider sends the browser back to."""
    leaving = client.get(leave)
    assert leaving.status_code == 302, leaving.content.decode()
    back = requests.get(leaving["Location"], allow_redirects=False, timeout=5)
    at = urlsplit(back.headers["Location"])
    assert at.netloc == "testserver"
    return f"{at.path}?{at.query}"


def arrive(client: Client, leave: str = LEAVE) -> Any:
    return client.get(way_back(client, leave))


def holder(client: Client) -> str | None:
    """Who is signed in."""
    return client.session.get("_auth_user_id")


def made() -> tuple[int, ...]:
    """What must not grow when somebody is turned away."""
    kinds = (User, EmailAddress, SocialAccount, Membership, Letter, AuditEntry)
    return tuple(kind.objects.count() for kind in kinds)


def turned_away(client: Client, words: str, status: int, leave: str = LEAVE) -> None:
    before = made()
    answer = arrive(client, leave)
    assert (answer.status_code, holder(client)) == (status, None)
    assert words in answer.content.decode().replace("&#x27;", "'")
    assert made() == before


def configure(there: Provider, **more: str) -> None:
    from django.conf import settings

    settings.SOCIALACCOUNT_PROVIDERS = providers(environment(there.url, **more))
