"""Opens accounts for people with an address of a known organisation; none is made before the address is proved.

Whoever asks gets the same answer at the same cost; what it means is said in a letter to the address alone.
"""

from __future__ import annotations

from cryptography.fernet import InvalidToken
from django.db import transaction

from website.audit.recording import record
from website.places.models import Organisation

from ..mail import post_account_exists, post_open_account, post_unknown_domain
from ..models import User
from .addresses import vouch_for_address
from .keys import LINK_HOLDS, locksmith
from .memberships import ask_to_join, may_ask_to_join

PURPOSE = "sign_up"


class LinkWornOut(ValueError):
    """The link is too old, was used already, or is not ours."""


@transaction.atomic
def answer_sign_up(*, email: str) -> None:
    """Write to whoever has the address: there is an account, here is the link to open one, or why there is none.

    Two questions to the database and one letter in each case, which waits for the worker.
    """
    email = email.lower()
    known = User.objects.filter(email=email).exists()
    organisation = Organisation.objects.current().with_addresses_at(email.rpartition("@")[2]).first()
    if known:
        post_account_exists(to=email)
    elif organisation is None:
        post_unknown_domain(to=email)
    else:
        post_open_account(to=email, key=key_for(email))


def key_for(email: str) -> str:
    """What proves the address. It cannot be read, so that no log or history tells whose it is."""
    return locksmith(PURPOSE).encrypt(email.encode()).decode()


def address_of(key: str) -> str:
    """The address that a key proves. Raises: LinkWornOut."""
    try:
        email = locksmith(PURPOSE).decrypt(key.encode(), ttl=LINK_HOLDS).decode()
    except InvalidToken as error:
        raise LinkWornOut from error
    if User.objects.filter(email=email).exists():
        raise LinkWornOut
    return email


@transaction.atomic
def open_account(*, key: str, name: str, password: str) -> User:
    """Make the account of the address that a link proves. Raises: LinkWornOut."""
    return make_account(email=address_of(key), name=name, password=password)


@transaction.atomic
def make_account(*, email: str, name: str, password: str | None) -> User:
    """The account of an address that is proved; its one organisation is asked whether the person works there.

    Where several have the domain the person chooses at "My place".
    """
    person = User.objects.create_user(email, password, name=name)
    vouch_for_address(user=person)
    record("account.opened", person, by=person)
    places = may_ask_to_join(person)
    if len(places) == 1:
        ask_to_join(person=person, organisation=places[0])
    return person
