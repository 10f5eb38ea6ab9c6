"""One login for site and CMS; nobody opens an account alone; guessing is slowed; editors prove themselves twice."""

from __future__ import annotations

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from website.accounts.models import User
from website.accounts.services.demo import DEMO_PASSWORD, ensure_demo_logins

from tests.security.access_world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    ensure_demo_logins()
    return User.objects.get(email="edda.editor@demo.example")


def _sign_in(client: Client, email: str, password: str = DEMO_PASSWORD, to: str = "/cms/") -> object:
    return client.post(f"/accounts/login/?next={to}", {"login": email, "password": password, "next": to})


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/cms/", "/accounts/login/?next=/cms/"),
        ("/cms/login/", "/accounts/login/?next=%2Fcms%2F"),
        ("/cms/login/?next=/cms/pages/", "/accounts/login/?next=%2Fcms%2Fpages%2F"),
        ("/cms/login/?next=https://evil.example/", "/accounts/login/?next=%2Fcms%2F"),
        ("/_util/login/?next=/practice/", "/accounts/login/?next=%2Fpractice%2F"),
        ("/_util/login/?next=//evil.example", "/accounts/login/?next=%2F"),
        ("/cms/password_reset/", "/accounts/password/reset/"),
    ],
)
def test_every_door_leads_to_the_one_login(client: Client, asked: str, led_to: str) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (302, led_to)


def test_an_editor_signs_in_once_for_site_and_cms(client: Client, editor: User) -> None:
    answer = _sign_in(client, editor.email.upper())
    assert (answer.status_code, answer["Location"]) == (302, "/cms/")
    assert client.get("/cms/").status_code == 200


def test_signing_out_of_the_cms_signs_out_everywhere(editor: User) -> None:
    client = Client()
    client.force_login(editor)
    answer = client.post(reverse("wagtailadmin_logout"), follow=True)
    assert answer.redirect_chain[0] == ("/accounts/logout/", 307)
    assert "_auth_user_id" not in client.session
    assert client.get("/cms/")["Location"].startswith("/accounts/login/")


def test_signing_out_needs_the_csrf_token(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(reverse("wagtailadmin_logout")).status_code == 403
    assert "_auth_user_id" in client.session


def test_wagtails_own_password_pages_are_off(client: Client, editor: User) -> None:
    client.force_login(editor)
    account = client.get("/cms/account/").content.decode()
    assert "old_password" not in account
    for path in (
        "/cms/password_reset/done/",
        "/cms/password_reset/complete/",
        "/cms/password_reset/confirm/x/y/",
    ):
        assert client.get(path).status_code == 404


def test_nobody_opens_an_account_before_the_address_is_proved(client: Client) -> None:
    form = {"email": "sam@council.example", "password1": DEMO_PASSWORD, "password2": DEMO_PASSWORD}
    for path in ("/accounts/signup/", "/accounts/signup/open/"):
        client.post(path, form)
    assert not User.objects.exists()


def test_guessing_a_password_is_stopped(client: Client, editor: User) -> None:
    for _ in range(5):
        assert _sign_in(client, editor.email, "wrong-password-here").status_code == 200
    refused = _sign_in(client, editor.email)
    assert "_auth_user_id" not in client.session, "the right password after five wrong ones is refused too"
    assert refused.status_code in {200, 429}


def test_guessing_the_second_step_is_stopped(client: Client, editor: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(editor, secret)
    _sign_in(client, editor.email)
    for _ in range(5):
        assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" not in client.session, "the right code after five wrong ones is refused too"
    cache.clear()
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.session["_auth_user_id"] == str(editor.pk), "the control"


def test_an_unknown_address_is_answered_like_a_wrong_password(client: Client, editor: User) -> None:
    known = _sign_in(client, editor.email, "wrong-password-here").content.decode()
    unknown = _sign_in(client, "nobody@council.example", "wrong-password-here").content.decode()
    words = "The e-mail address or the password is not right."
    assert words in known
    assert words in unknown


def test_a_role_that_needs_a_second_factor_is_led_to_it(
    client: Client, editor: User, settings: Settings
) -> None:
    client.force_login(editor)
    assert client.get("/cms/").status_code == 200, "the control: not asked for in development"
    settings.REQUIRE_SECOND_FACTOR = True
    for path in ("/cms/", "/", "/cms/pages/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/")
    assert client.get("/accounts/2fa/").status_code == 200
    assert client.get("/healthz").status_code == 200
    RecoveryCodes.activate(editor)
    assert client.get("/cms/")["Location"] == "/accounts/2fa/", "recovery codes alone are no second factor"
    TOTP.activate(editor, generate_totp_secret())
    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize("letter", "MASLORCDE")
def test_the_second_factor_is_required_for_the_roles_that_the_table_of_access_names(
    letter: str, client: Client, settings: Settings
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(World().person(letter))
    led_there = client.get("/me/").status_code == 302
    assert led_there == (letter in "SLORCDE"), "members and authors need none"


def test_with_a_second_factor_the_password_alone_opens_nothing(client: Client, editor: User) -> None:
    TOTP.activate(editor, generate_totp_secret())
    answer = _sign_in(client, editor.email)
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/cms/")["Location"].startswith("/accounts/login/")


def test_people_without_a_role_in_the_cms_need_no_second_factor_and_get_no_cms(
    client: Client, settings: Settings
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(User.objects.create_user("reader@council.example"))
    assert client.get("/accounts/email/").status_code == 200
    assert client.get("/no-such-page/").status_code == 404
    for path in ("/cms/", "/cms/pages/", "/cms/login/"):
        assert client.get(path).status_code == 404, "nothing confirms that a hidden thing exists"
