"""Answers that are forged, stolen or broken: each is one twist away from the round trip that works."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from website.accounts.models import User
from website.places.models import Organisation
from website.settings.single_sign_on import providers

from tests.integration.accounts.openid_provider import CLIENT_ID, Provider, environment, provider
from tests.integration.accounts.single_sign_on.conftest import (
    LEAVE,
    holder,
    made,
    turned_away,
    way_back,
)

pytestmark = pytest.mark.django_db

FORGERIES: dict[str, dict[str, Any]] = {
    "signed by somebody else": {"signed_with": "theirs"},
    "signed with an unknown key": {"kid": "two"},
    "not signed": {"algorithm": "none"},
    "signed with the public key as a secret": {"algorithm": "HS256"},
    "for another client": {"token": {"aud": "somebody-else"}},
    "for another client as well": {"token": {"aud": [CLIENT_ID, "somebody-else"]}},
    "by another issuer": {"token": {"iss": "https://evil.example"}},
    "in answer to another browser": {"token": {"nonce": "another"}},
    "in answer to nobody": {"token": {"nonce": None}},
    "worn out": {"token": {"exp": 1}},
    "without an end": {"token": {"exp": None}},
    "about nobody": {"token": {"sub": ""}},
    "about a number": {"token": {"sub": 7}},
    "with a subject without end": {"token": {"sub": "x" * 300}},
    "discovered as another issuer": {"discovery": {"issuer": "https://evil.example"}},
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_answer_lets_nobody_in(forgery: str, client: Client, there: Provider, north: Organisation):
    back = way_back(client)
    for name, value in FORGERIES[forgery].items():
        setattr(there, name, value)
    before = made()
    answer = client.get(back)
    assert (answer.status_code, holder(client)) == (400, None)
    assert "not one that we can accept" in answer.content.decode()
    assert made() == before


def test_only_the_browser_that_left_comes_back_and_only_once(there: Provider, north: Organisation):
    client, other = Client(), Client()
    back = way_back(client)
    wrong = back.replace("state=", "state=x")
    for browser, path in ((other, back), (client, wrong), (client, back.partition("?")[0])):
        answer = browser.get(path)
        assert (answer.status_code, holder(browser)) == (400, None)
        assert "Begin again" in answer.content.decode()
    assert not User.objects.exists()
    assert client.get(back).status_code == 302, "the control"
    assert Client().get(back).status_code == 400
    assert client.get(back).status_code == 400, "a state is used once"


def test_a_code_of_another_browser_is_refused(there: Provider, north: Organisation):
    """Somebody slips the code of their own sign-in under the state of another."""
    victim, attacker = Client(), Client()
    states = [parse_qs(urlsplit(way_back(each)).query) for each in (victim, attacker)]
    query = f"code={states[1]['code'][0]}&state={states[0]['state'][0]}"
    answer = victim.get(f"{LEAVE}callback/?{query}")
    assert (answer.status_code, holder(victim)) == (400, None)


@pytest.mark.parametrize("broken", ["/token", "/keys", "/.well-known/openid-configuration"])
def test_a_provider_that_breaks_down_is_said_plainly(
    broken: str, client: Client, there: Provider, north: Organisation
):
    back = way_back(client)
    there.broken = {broken}
    answer = client.get(back)
    assert answer.status_code == (400 if broken == "/token" else 503)
    assert not User.objects.exists()
    assert "You are not signed in by North Council" in answer.content.decode()


def test_a_provider_that_is_away_is_said_plainly(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    cache.clear()
    with provider() as server:
        url = server.url
    settings.SOCIALACCOUNT_PROVIDERS = providers(environment(url))
    answer = client.get(LEAVE)
    assert answer.status_code == 503
    assert "does not answer just now" in answer.content.decode()
    settings.ACCOUNT_RATE_LIMITS = {"single_sign_on": "2/m/ip"}
    assert [client.get(LEAVE).status_code for _ in range(3)] == [503, 503, 429], "nor is it asked without end"


def test_whoever_turns_back_there_is_told_that_nothing_happened(
    client: Client, there: Provider, north: Organisation
):
    there.refuses = "access_denied"
    turned_away(client, "did not sign in there", 200)
    there.refuses = "server_error"
    turned_away(Client(), "not one that we can accept", 400)
