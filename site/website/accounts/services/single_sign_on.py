"""Who may come in by the single sign-on of an organisation: whoever could get an account by a letter, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from website.audit.recording import record
from website.places.models import Organisation

from ..mail import post_signs_in_by
from ..models import User
from .addresses import vouch_for_address
from .sessions import end_sessions
from .sign_up import make_account

ANY = "*"


@dataclass(frozen=True)
class Arrival:
    """What a provider says of somebody, once its signature is checked.

    is_verified: None where it does not say. domains: whose addresses it may speak for, as whoever runs the site says.
    proves_addresses: whether its word counts for these where it does not say.
    """

    provider: str
    provider_name: str
    subject: str
    email: str
    is_verified: bool | None
    name: str
    domains: tuple[str, ...]
    proves_addresses: bool

    def speaks_for(self, email: str) -> bool:
        """The address is of a domain of the provider, or of a part of one."""
        domain = email.rpartition("@")[2].lower()
        return any(each in (ANY, domain) or domain.endswith(f".{each}") for each in self.domains)


class NotLetIn(Exception):
    """Why somebody does not come in, in words for them. Nothing was made or changed."""


def let_in(arrival: Arrival) -> User:
    """Find whose account it is; connect or open it by the rules of sign-up. Raises: NotLetIn.

    The subject decides from the second time on, so that a new name at work changes nothing; whoever moved to an address
    that the provider does not speak for cannot be signed in by it any more. Two windows that arrive at once for the
    first time open one account.
    """
    try:
        return _let_in(arrival)
    except IntegrityError:
        return _let_in(arrival)


@transaction.atomic
def _let_in(arrival: Arrival) -> User:
    known = SocialAccount.objects.filter(provider=arrival.provider, uid=arrival.subject)
    if account := known.select_related("user").first():
        return _still_theirs(account.user, arrival)
    _require_proved(arrival)
    person = User.objects.select_for_update().filter(email=arrival.email).first()
    if person is None:
        person = _opened(arrival)
    else:
        _connect(person, arrival)
    SocialAccount.objects.create(user=person, provider=arrival.provider, uid=arrival.subject)
    record("account.connected", person, by=person, detail={"provider": arrival.provider})
    return person


def _still_theirs(person: Any, arrival: Arrival) -> User:
    if not person.is_active:
        raise NotLetIn("The account is closed. Ask an administrator of your organisation.")
    if not arrival.speaks_for(person.email):
        raise NotLetIn(
            f"Your account has moved to an address that {arrival.provider_name} does not look after. "
            "Sign in with your password instead."
        )
    return person


def _require_proved(arrival: Arrival) -> None:
    name = arrival.provider_name
    if not arrival.email:
        raise NotLetIn(f"{name} did not tell us an e-mail address, so we cannot tell where you work.")
    if not arrival.speaks_for(arrival.email):
        raise NotLetIn(f"Your address is not one of those for which we take the word of {name}.")
    if not (arrival.proves_addresses if arrival.is_verified is None else arrival.is_verified):
        raise NotLetIn(f"{name} did not confirm that the e-mail address is yours.")


def _opened(arrival: Arrival) -> User:
    there = Organisation.objects.current().with_addresses_at(arrival.email.rpartition("@")[2])
    if not there.exists():
        raise NotLetIn(
            "We do not know your address as that of an organisation in children's services. A colleague who is an "
            "administrator of your organisation here can invite you."
        )
    return make_account(email=arrival.email, name=arrival.name, password=None)


def _connect(person: User, arrival: Arrival) -> None:
    """An account that is there already, perhaps only invited. Whoever knew a password for an unproved address loses it."""
    if not person.is_active:
        raise NotLetIn("The account is closed. Ask an administrator of your organisation.")
    if SocialAccount.objects.filter(user=person, provider=arrival.provider).exists():
        raise NotLetIn(
            f"Somebody else at {arrival.provider_name} has used this address here. Ask whoever runs this site to "
            "look into it."
        )
    if not EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists():
        person.set_unusable_password()
        person.save(update_fields=["password"])
        end_sessions(person=person)
        vouch_for_address(user=person)
    post_signs_in_by(to=person, provider=arrival.provider_name)
