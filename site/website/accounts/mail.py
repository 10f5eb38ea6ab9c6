"""Letters about accounts and membership. They name an organisation and no person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from website.outgoing.posting import post, post_to_address
from website.places.models import Organisation

from .models.membership import INVITATION_STAYS_OPEN

if TYPE_CHECKING:
    from .models import User

SIGN_UP = "Your account at Practice Commons"
YOUR_DATA = "Your data at Practice Commons"


def post_invitation(*, to: User, organisation: Organisation) -> None:
    """The same letter whether or not the address had an account: it leads to setting a password, or to signing in."""
    name = organisation.short_name
    letter = _letter("invitation", organisation=name, days=INVITATION_STAYS_OPEN.days)
    post(to=to, subject=f"{name} invites you to Practice Commons", body=letter)


def post_somebody_asks(*, to: User, organisation: Organisation) -> None:
    """To an administrator: somebody waits to be let in."""
    name = organisation.short_name
    letter = _letter(
        "somebody_asks", organisation=name, members=_address("organisation_members", organisation.slug)
    )
    post(to=to, subject=f"Somebody asks to join {name} on Practice Commons", body=letter)


def post_signs_in_by(*, to: User, provider: str) -> None:
    """To the holder of an account that was there before: single sign-on opens it from now on."""
    post(to=to, subject=f"You can now sign in by {provider}", body=_letter("signs_in_by", provider=provider))


def post_account_exists(*, to: str) -> None:
    """To whoever asked for an account and has one."""
    post_to_address(address=to, subject=SIGN_UP, body=_letter("account_exists"))


def post_unknown_domain(*, to: str) -> None:
    """To whoever asked for an account with an address that belongs to no organisation here."""
    post_to_address(address=to, subject=SIGN_UP, body=_letter("unknown_domain"))


def post_open_account(*, to: str, key: str) -> None:
    """The link that opens an account."""
    link = f"{_address('account_open')}?{urlencode({'key': key})}"
    post_to_address(address=to, subject=SIGN_UP, body=_letter("open_account", link=link))


def post_your_data(*, to: User, key: str) -> None:
    """The link to the data of whoever asked by another way than their own page; to closed accounts as well."""
    link = f"{_address('data_handed_over')}?{urlencode({'key': key})}"
    post_to_address(address=to.email, subject=YOUR_DATA, body=_letter("your_data", link=link))


def post_erased(*, to: str) -> None:
    """To the address of an account that is gone, because its holder asked by another way than their own page."""
    post_to_address(address=to, subject=YOUR_DATA, body=_letter("erased"))


def _address(name: str, *args: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=args)}"


def _letter(name: str, **words: Any) -> str:
    links = {
        "sign_in": _address("account_login"),
        "set_password": _address("account_reset_password"),
        "sessions": _address("usersessions_list"),
        "me": _address("me"),
    }
    return render_to_string(f"website/accounts/letters/{name}.txt", {**links, **words})
