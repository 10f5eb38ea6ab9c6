"""A person's data or erasure, run by an editor for somebody who asked by another way than their own page.

The editor makes sure who is asking; what the data holds goes to the address of the account and to nobody else.
"""

from __future__ import annotations

import uuid

from cryptography.fernet import InvalidToken
from django.db import models, transaction

from website.audit.recording import record

from .. import permissions
from ..mail import post_erased, post_your_data
from ..models import User
from .keys import LINK_HOLDS, locksmith
from .rights import as_archive, erase_person

PURPOSE = "data_handed_over"


class HowAsked(models.TextChoices):
    """How the request came. A choice and no words, since the audit outlives the person."""

    LETTER = "letter", "By letter or e-mail"
    PHONE = "phone", "By telephone"
    IN_PERSON = "in-person", "In person"
    ORGANISATION = "organisation", "Through their organisation"


class LinkWornOut(ValueError):
    """The link is too old, is not ours, or its person is gone."""


@transaction.atomic
def hand_over_data(*, person: User, by: User, asked: HowAsked) -> None:
    """Send a link to the person's own address; the data is gathered when they follow it. Raises: NotAllowed."""
    permissions.require(permissions.can_run_rights_of(by, person))
    record("person.data_sent", person, by=by, detail={"asked": asked.value})
    post_your_data(to=person, key=key_for(person))


@transaction.atomic
def erase_for(*, person: User, by: User, asked: HowAsked) -> None:
    """Erase as the person's own page does, and tell the address. There is no way back. Raises: NotAllowed."""
    permissions.require(permissions.can_run_rights_of(by, person))
    address = person.email
    record("person.erasure_run", person, by=by, detail={"asked": asked.value})
    erase_person(person=person, by=by)
    post_erased(to=address)


def key_for(person: User) -> str:
    """What opens the data of one person for three days."""
    return locksmith(PURPOSE).encrypt(person.pk.bytes).decode()


def person_of(key: str) -> User:
    """Whose data a key opens. Raises: LinkWornOut."""
    try:
        pk = uuid.UUID(bytes=locksmith(PURPOSE).decrypt(key.encode(), ttl=LINK_HOLDS))
    except (InvalidToken, ValueError) as error:
        raise LinkWornOut from error
    person = User.objects.filter(pk=pk).first()
    if person is None:
        raise LinkWornOut
    return person


@transaction.atomic
def collect(*, key: str) -> bytes:
    """The data, gathered now, for whoever came by the link. Raises: LinkWornOut."""
    person = person_of(key)
    record("person.data_collected", person, by=person)
    return as_archive(person)
