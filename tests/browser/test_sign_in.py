"""Ways to sign in without a password, in a real browser, past the policies that hold it to this site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import override_settings
from playwright.sync_api import Page, expect
from website.settings.single_sign_on import providers

from tests.browser.library import WORLDS
from tests.browser.people import MEMBER_EMAIL, PASSWORD
from tests.browser.standing import filled
from tests.browser.states import BARE
from tests.factories.people import a_person
from tests.integration.accounts.openid_provider import environment, provider

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """People and an empty library."""
    with filled(django_db_blocker, WORLDS[BARE]):
        yield


def with_authenticator(page: Page) -> None:
    """What a telephone or laptop has built in: keeps passkeys and knows its owner."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_signs_in_by_itself(site: str, page: Page):
    person = a_person("Pas Key", password=PASSWORD)
    with_authenticator(page)
    page.goto(f"{site}/accounts/login/")
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{site}/")

    page.goto(f"{site}/accounts/2fa/webauthn/add/")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.locator("[name=name]").fill("My telephone")
    page.locator("[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")
    added = Authenticator.objects.get(user=person, type=Authenticator.Type.WEBAUTHN)
    assert added.wrap().is_passwordless

    page.context.clear_cookies()
    page.goto(f"{site}/me/")
    page.get_by_role("button", name="Sign in with a passkey", exact=True).click()
    expect(page.get_by_role("link", name="Sign out", exact=True)).to_be_visible()
    page.goto(f"{site}/accounts/sessions/")
    expect(page.get_by_role("heading", name="Here, now", exact=True)).to_be_visible()


def test_a_member_signs_in_by_the_organisation_and_goes_on(
    site: str, page: Page, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with provider() as there:
        there.person = {"sub": "subject-1", "email": MEMBER_EMAIL, "email_verified": True}
        told = environment(there.url, OIDC_NORTH_DOMAINS="example.org")
        with override_settings(SOCIALACCOUNT_PROVIDERS=providers(told)):
            page.goto(f"{site}/accounts/sessions/")
            page.get_by_role("button", name="Sign in by North Council", exact=True).click()
            page.wait_for_url(f"{site}/accounts/sessions/")
            expect(page.get_by_role("heading", name="Here, now", exact=True)).to_be_visible()
            page.context.clear_cookies()
            there.person["sub"] = "subject-2"
            page.goto(f"{site}/accounts/login/")
            page.get_by_role("button", name="Sign in by North Council", exact=True).click()
            title = page.get_by_role("heading", name="You are not signed in by North Council", exact=True)
            expect(title).to_be_visible()
