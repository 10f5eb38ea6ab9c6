"""What is configured and what is not: nothing shown without it, and no start with half of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from website.settings.single_sign_on import providers

from tests.integration.accounts.openid_provider import environment
from tests.integration.accounts.single_sign_on.conftest import (
    LEAVE,
)

pytestmark = pytest.mark.django_db


def test_without_configuration_nothing_is_shown_and_no_address_answers(client: Client, settings: Any):
    settings.SOCIALACCOUNT_PROVIDERS = providers({})
    page = client.get("/accounts/login/").content.decode()
    assert "oidc" not in page
    for path in (LEAVE, f"{LEAVE}callback/", "/accounts/oidc/example/login/"):
        assert client.get(path).status_code == 404
    settings.SOCIALACCOUNT_PROVIDERS = providers(environment("https://login.north.example"))
    page = client.get("/accounts/login/?next=/me/").content.decode()
    assert "Sign in by North Council" in page
    assert "/accounts/oidc/north/login/?next=" in page
    for path in (
        "/accounts/oidc/south/login/",
        "/accounts/oidc/openid_connect/login/",
        "/accounts/3rdparty/",
        "/accounts/3rdparty/signup/",
        "/accounts/social/signup/",
    ):
        assert client.get(path).status_code == 404, (
            "allauth's own ways to open and connect accounts are closed"
        )
    assert client.post(LEAVE).status_code == 405


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"OIDC_NORTH_CLIENT_SECRET": ""}, "OIDC_NORTH_CLIENT_SECRET"),
        ({"OIDC_NORTH_DOMAINS": " , "}, "OIDC_NORTH_DOMAINS"),
        ({"OIDC_NORTH_ISSUER": "http://login.north.example"}, "https"),
        ({"OIDC_NORTH_DOMAINS": "*", "OIDC_NORTH_PROVES_ADDRESSES": "on"}, "nobody proves every address"),
        ({"OIDC_PROVIDERS": "north, South Council"}, "small letters"),
    ],
)
def test_half_a_configuration_and_an_unsafe_one_stop_the_start(wrong: dict[str, str], words: str):
    with pytest.raises(ImproperlyConfigured, match=words):
        providers(environment("https://login.north.example", **wrong))
    assert providers(environment("https://login.north.example"))["openid_connect"]["APPS"], "the control"
