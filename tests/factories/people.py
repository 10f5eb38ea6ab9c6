"""People with a place and a role, made by name: `member("Mel Member", of=wigan)`."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from website.accounts.models import Membership, MembershipState, Role, RoleHeld, User
from website.accounts.services.addresses import vouch_for_address
from website.accounts.services.groups import editors, follow_roles
from website.places.models import Organisation

from network.audience import FIELDS
from network.choices import Audience
from network.models import Profile

_numbers = count(1)


def a_person(name: str = "", **fields: Any) -> User:
    """Somebody who can sign in and works nowhere yet."""
    number = next(_numbers)
    name = name or f"Person {number}"
    person = User.objects.create_user(f"{slugify(name)}-{number}@people.example", name=name, **fields)
    vouch_for_address(user=person)
    return person


def membership(
    person: User, of: Organisation, state: str = MembershipState.ACTIVE, **fields: Any
) -> Membership:
    """Their place in an organisation."""
    now = timezone.now()
    joined = now if state not in (MembershipState.INVITED, MembershipState.ASKED) else None
    ended = now if state == MembershipState.LEFT else None
    return Membership.objects.create(
        person=person,
        organisation=of,
        **{"state": state, "joined_at": joined, "ended_at": ended, "invited_as": person.name, **fields},
    )


def member(name: str = "", *, of: Organisation, **fields: Any) -> User:
    """Somebody who works there."""
    person = a_person(name)
    membership(person, of, **fields)
    return person


def give(person: User, role: Role, *, of: Organisation | None = None, region: str = "") -> RoleHeld:
    """A role, whoever gave it."""
    held = RoleHeld.objects.create(person=person, role=role, organisation=of, region=region)
    follow_roles(person=person)
    return held


def administrator(name: str = "", *, of: Organisation) -> User:
    """Somebody who manages the members of the place where they work."""
    person = member(name, of=of)
    give(person, Role.ORGANISATION_ADMINISTRATOR, of=of)
    return person


def an_editor(name: str = "Edda Editor") -> User:
    """Somebody who edits the library."""
    person = a_person(name)
    person.groups.add(editors())
    return person


def profile(person: User, audience: Audience | str = Audience.NETWORK, **fields: Any) -> Profile:
    """What somebody says of themselves, listed, every row for one audience unless told otherwise."""
    fields = {
        "name": person.name,
        "role": "Team manager",
        "listed": True,
        **{f"audience_{field}": audience for field in FIELDS},
        **fields,
    }
    return Profile.objects.create(person=person, **fields)
