"""A passkey in a real browser: added as second step, and then enough to sign in without address and password."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from tests.browser.library import WORLDS
from tests.browser.people import MEMBER_EMAIL, PASSWORD
from tests.browser.standing import filled, served
from tests.browser.states import BARE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """People and an empty library."""
    with filled(django_db_blocker, WORLDS[BARE]):
        yield


@pytest.fixture(scope="module")
def site(db: None) -> Iterator[str]:
    """The address of the site."""
    with served() as address:
        yield address


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
    with_authenticator(page)
    page.goto(f"{site}/accounts/login/")
    page.locator("[name=login]").fill(MEMBER_EMAIL)
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
    added = Authenticator.objects.get(user__email=MEMBER_EMAIL, type=Authenticator.Type.WEBAUTHN)
    assert added.wrap().is_passwordless

    page.context.clear_cookies()
    page.goto(f"{site}/me/")
    page.get_by_role("button", name="Sign in with a passkey", exact=True).click()
    expect(page.get_by_role("link", name="Sign out", exact=True)).to_be_visible()
    page.goto(f"{site}/accounts/sessions/")
    expect(page.get_by_role("heading", name="Here, now", exact=True)).to_be_visible()
