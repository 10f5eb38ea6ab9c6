"""Single sign-on in a real browser, past the policies that hold it to this site: there, back, and where one wanted to go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect
from website.settings.single_sign_on import providers

from tests.browser.library import WORLDS
from tests.browser.people import MEMBER_EMAIL
from tests.browser.standing import filled, served
from tests.browser.states import BARE
from tests.integration.accounts.openid_provider import environment, provider

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
