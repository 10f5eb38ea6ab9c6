"""The states of sign-in and of one's own account: allauth's pages in our frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.test import Client
from website.accounts.models import User
from website.accounts.services.rights_for_others import key_for as key_for_data
from website.accounts.services.sign_up import key_for

from tests.browser.people import MEMBER_EMAIL
from tests.browser.states import (
    CAREFUL,
    FILE,
    HALFWAY,
    JSON,
    MEMBER,
    NEWCOMER,
    NO_INPUT,
    ONE_LENGTH,
    REDIRECT,
    TEXT,
    Screen,
    State,
    screen,
)

OF_THE_PERSON = "It shows what belongs to the person; there is always somebody."
ONE_FORM = "A form of one or two fields."
SAME = {"empty": OF_THE_PERSON, "long": ONE_LENGTH}
LEADS_AWAY = {
    "normal": "It leads away from the site or into it; test_sign_in.py goes the whole way.",
    "empty": ONE_FORM,
    "long": ONE_LENGTH,
}
WRONG_PASSWORD = {"oldpassword": "wrong", "password1": "short", "password2": "other"}


def _new_address() -> Mapping[str, str]:
    """The link that an e-mail with a new address would hold."""
    person = User.objects.get(email="newcomer@example.org")
    address, _ = EmailAddress.objects.get_or_create(user=person, email="new@example.org")
    EmailAddress.objects.filter(pk=address.pk).update(verified=False)
    return {"key": EmailConfirmationHMAC(address).key}


def _sign_up_link() -> str:
    """The link that opens an account, as its letter holds it."""
    return f"?key={key_for('sam.new@wigan.gov.uk')}"


def _link_to_data() -> str:
    """The link that an editor has sent to somebody who asked."""
    return f"?key={key_for_data(User.objects.get(email=MEMBER_EMAIL))}"


def _somewhere_else() -> Mapping[str, str]:
    """The member is signed in on a telephone as well."""
    person = User.objects.get(email=MEMBER_EMAIL)
    phone = Client(headers={"user-agent": "Mozilla/5.0 (a telephone) " + "x" * 120})
    phone.force_login(person)
    return {}


def _reset_link() -> Mapping[str, str]:
    """The link of a forgotten password, after its first redirect."""
    person = User.objects.get(email=MEMBER_EMAIL)
    return {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}


def _passkey() -> Mapping[str, Any]:
    return {"pk": Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk}


SCREENS: tuple[Screen, ...] = (
    screen(
        "account_login",
        State("normal"),
        State("error: wrong password", sends={"login": MEMBER_EMAIL, "password": "wrong"}),
        State("empty: nothing typed", sends={"login": "", "password": ""}),
        State(
            "long: a very long address", sends={"login": "x" * 200 + "@example.org", "password": "y" * 200}
        ),
    ),
    screen("account_logout", State("normal", reader=MEMBER), error=NO_INPUT, **SAME),
    screen("account_inactive", State("normal"), error=NO_INPUT, empty=ONE_FORM, long=ONE_LENGTH),
    screen(
        "account_signup",
        State("normal"),
        State("error: no address", sends={"email": "nobody"}),
        empty=ONE_FORM,
        long=ONE_LENGTH,
    ),
    screen(
        "account_open",
        State("normal", query=_sign_up_link),
        State(
            "error: no name, short password",
            query=_sign_up_link,
            sends={"name": "", "password": "short"},
        ),
        State("error: an old link", query="?key=worn-out", status=410),
        empty=ONE_FORM,
        long=ONE_LENGTH,
    ),
    screen(
        "usersessions_list",
        State("normal, elsewhere too", _somewhere_else, reader=MEMBER),
        State("empty: nowhere else", reader=CAREFUL),
        error=NO_INPUT,
        long="One line a session of one person.",
    ),
    screen("my_data", State("normal", reader=MEMBER), error=NO_INPUT, **SAME),
    screen("my_data_json", State("normal", reader=MEMBER, answers=JSON), error=NO_INPUT, **SAME),
    screen("my_data_archive", State("normal", reader=MEMBER, answers=FILE), error=NO_INPUT, **SAME),
    screen(
        "erase_me",
        State("normal", reader=MEMBER),
        State("error: no yes", reader=MEMBER, sends={"act": "erase"}),
        **SAME,
    ),
    screen(
        "data_handed_over",
        State("normal", query=_link_to_data),
        State("error: an old link", query="?key=worn-out", status=410),
        empty=ONE_FORM,
        long=ONE_LENGTH,
    ),
    screen(
        "openid_connect_login",
        State("error: it does not answer", {"provider_id": "example"}, status=503),
        **LEADS_AWAY,
    ),
    screen(
        "openid_connect_callback",
        State("error: begun in another browser", {"provider_id": "example"}, status=400),
        **LEADS_AWAY,
    ),
    screen(
        "account_reauthenticate",
        State("normal", reader=MEMBER),
        State("error: wrong password", reader=MEMBER, sends={"password": "wrong"}),
        **SAME,
    ),
    screen(
        "account_email",
        State("normal", reader=MEMBER),
        State("error: no address", reader=MEMBER, sends={"email": "nobody", "action_add": ""}),
        **SAME,
    ),
    screen(
        "account_email_verification_sent", State("normal"), error=NO_INPUT, empty=ONE_FORM, long=ONE_LENGTH
    ),
    screen(
        "account_change_password",
        State("normal", reader=MEMBER),
        State("error: three mistakes", reader=MEMBER, sends=WRONG_PASSWORD),
        **SAME,
    ),
    screen(
        "account_set_password",
        State("normal", reader=NEWCOMER),
        State("error: too short", reader=NEWCOMER, sends={"password1": "short", "password2": "other"}),
        **SAME,
    ),
    screen(
        "account_reset_password",
        State("normal"),
        State("error: no address", sends={"email": "nobody"}),
        empty=ONE_FORM,
        long=ONE_LENGTH,
    ),
    screen("account_reset_password_done", State("normal"), error=NO_INPUT, empty=ONE_FORM, long=ONE_LENGTH),
    screen(
        "account_reset_password_from_key",
        State("normal", _reset_link),
        State("error: an old link", {"uidb36": "1", "key": "set-password"}),
        empty=ONE_FORM,
        long=ONE_LENGTH,
    ),
    screen(
        "account_reset_password_from_key_done",
        State("normal"),
        error=NO_INPUT,
        empty=ONE_FORM,
        long=ONE_LENGTH,
    ),
    screen(
        "account_confirm_email",
        State("normal", _new_address),
        State("error: an old link", {"key": "worn-out"}),
        empty=ONE_FORM,
        long=ONE_LENGTH,
    ),
    screen(
        "account_confirm_login_code",
        State("error: no code was asked for", status=302, answers=REDIRECT),
        normal="Nobody signs in by a code alone here.",
        empty=ONE_FORM,
        long=ONE_LENGTH,
    ),
    screen(
        "mfa_index",
        State("normal", reader=CAREFUL),
        State("empty: no second step", reader=MEMBER),
        error=NO_INPUT,
        long=ONE_LENGTH,
    ),
    screen(
        "mfa_authenticate",
        State("normal", reader=HALFWAY),
        State("error: wrong code", reader=HALFWAY, sends={"code": "000000"}),
        **SAME,
    ),
    screen(
        "mfa_reauthenticate",
        State("normal", reader=CAREFUL),
        State("error: wrong code", reader=CAREFUL, sends={"code": "000000"}),
        **SAME,
    ),
    screen(
        "mfa_activate_totp",
        State("normal", reader=MEMBER),
        State("error: wrong code", reader=MEMBER, sends={"code": "000000"}),
        **SAME,
    ),
    screen("mfa_deactivate_totp", State("normal", reader=CAREFUL), error=NO_INPUT, **SAME),
    screen("mfa_view_recovery_codes", State("normal", reader=CAREFUL), error=NO_INPUT, **SAME),
    screen("mfa_generate_recovery_codes", State("normal", reader=CAREFUL), error=NO_INPUT, **SAME),
    screen(
        "mfa_download_recovery_codes", State("normal", reader=CAREFUL, answers=TEXT), error=NO_INPUT, **SAME
    ),
    screen(
        "mfa_list_webauthn",
        State("normal", reader=CAREFUL),
        State("empty: no key", reader=MEMBER),
        error=NO_INPUT,
        long=ONE_LENGTH,
    ),
    screen(
        "mfa_add_webauthn", State("normal", reader=MEMBER), error="The browser refuses, not the page.", **SAME
    ),
    screen(
        "mfa_reauthenticate_webauthn",
        State("normal", reader=CAREFUL),
        error="A wrong key leads back to sign-in.",
        **SAME,
    ),
    screen(
        "mfa_login_webauthn",
        State("normal", status=302, answers=REDIRECT),
        error="A key that is not known leads back to sign-in.",
        empty=ONE_FORM,
        long=ONE_LENGTH,
    ),
    screen("mfa_remove_webauthn", State("normal", _passkey, reader=CAREFUL), error=NO_INPUT, **SAME),
    screen("mfa_edit_webauthn", State("normal", _passkey, reader=CAREFUL), error=NO_INPUT, **SAME),
)
