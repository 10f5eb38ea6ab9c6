"""Letters about accounts and membership. They name an organisation and no person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from website.outgoing.posting import post
from website.places.models import Organisation

if TYPE_CHECKING:
    from .models import User

SIGN_UP = "Your account at Practice Commons"


def post_invitation(*, to: User, organisation: Organisation) -> None:
    """The same letter whether or not the address had an account: it leads to setting a password, or to signing in."""
    name = organisation.short_name
    letter = _letter("invitation", organisation=name)
    post(to=to, subject=f"{name} invites you to Practice Commons", body=letter)


def post_somebody_asks(*, to: User, organisation: Organisation) -> None:
    """To an administrator: somebody waits to be let in."""
    name = organisation.short_name
    letter = _letter(
        "somebody_asks", organisation=name, members=_address("organisation_members", organisation.slug)
    )
    post(to=to, subject=f"Somebody asks to join {name} on Practice Commons", body=letter)


def send_account_exists(*, to: str) -> None:
    """To whoever asked for an account and has one."""
    _send(to, _letter("account_exists"))


def send_unknown_domain(*, to: str) -> None:
    """To whoever asked for an account with an address that belongs to no organisation here."""
    _send(to, _letter("unknown_domain"))


def send_open_account(*, to: str, key: str) -> None:
    """The link that opens an account."""
    _send(to, _letter("open_account", link=f"{_address('account_open')}?{urlencode({'key': key})}"))


def _send(to: str, letter: str) -> None:
    """At once, to an address: nothing is kept of people who have no account. Raises: OSError, SMTPException."""
    send_mail(SIGN_UP, letter, None, [to])


def _address(name: str, *args: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=args)}"


def _letter(name: str, **words: Any) -> str:
    links = {
        "sign_in": _address("account_login"),
        "set_password": _address("account_reset_password"),
        "me": _address("me"),
    }
    return render_to_string(f"website/accounts/letters/{name}.txt", {**links, **words})
