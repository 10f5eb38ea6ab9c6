"""Opens accounts for people with an address of a known organisation; none is made before the address is proved.

Whoever asks gets the same answer at the same cost; what it means is said in a letter to the address alone.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction

from website.audit.recording import record
from website.places.models import Organisation

from ..mail import send_account_exists, send_open_account, send_unknown_domain
from ..models import User
from .addresses import vouch_for_address
from .memberships import ask_to_join, may_ask_to_join

LINK_HOLDS = 3 * 24 * 60 * 60  # seconds


class LinkWornOut(ValueError):
    """The link is too old, was used already, or is not ours."""


def answer_sign_up(*, email: str) -> None:
    """Write to whoever has the address: there is an account, here is the link to open one, or why there is none.

    Two questions to the database and one letter in each case.
    """
    email = email.lower()
    known = User.objects.filter(email=email).exists()
    organisation = Organisation.objects.current().with_addresses_at(email.rpartition("@")[2]).first()
    if known:
        send_account_exists(to=email)
    elif organisation is None:
        send_unknown_domain(to=email)
    else:
        send_open_account(to=email, key=key_for(email))


def key_for(email: str) -> str:
    """What proves the address. It cannot be read, so that no log or history tells whose it is."""
    return _locksmith().encrypt(email.encode()).decode()


def address_of(key: str) -> str:
    """The address that a key proves. Raises: LinkWornOut."""
    try:
        email = _locksmith().decrypt(key.encode(), ttl=LINK_HOLDS).decode()
    except InvalidToken as error:
        raise LinkWornOut from error
    if User.objects.filter(email=email).exists():
        raise LinkWornOut
    return email


@transaction.atomic
def open_account(*, key: str, name: str, password: str) -> User:
    """Make the account of a proved address, and ask the one organisation that the address belongs to.

    Where several have the domain the person chooses at "My place". Raises: LinkWornOut.
    """
    person = User.objects.create_user(address_of(key), password, name=name)
    vouch_for_address(user=person)
    record("account.opened", person, by=person)
    places = may_ask_to_join(person)
    if len(places) == 1:
        ask_to_join(person=person, organisation=places[0])
    return person


def _locksmith() -> Fernet:
    secret = hashlib.sha256(b"website.accounts.sign_up" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
