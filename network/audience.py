"""The one rule of who sees what of a profile: once in Python, once as a condition of the database, held together by a test.

A viewer gets at a row only through one of the audiences that admit them. The person sees everything of their own; who has
no place here sees nothing; being somebody's manager gives no more than being a colleague.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from website.accounts import permissions
from website.accounts.models import User

from .choices import Audience

#: Rows of a profile that have an audience each, in the order of reading.
FIELDS = (
    "name",
    "role",
    "organisation",
    "region",
    "about",
    "skills",
    "blockages",
    "availability",
    "learning",
    "languages",
    "working_pattern",
    "registration",
    "photo",
)
#: What is left under the safety flag, and still only for its audience.
SAFE = frozenset({"role", "region"})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks. `parties`: people with whom they arrange something now."""

    person: uuid.UUID | None = None
    member: bool = False
    organisation: int | None = None
    region: str = ""
    parties: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Home:
    """Whose profile it is, and where they work."""

    person: uuid.UUID
    organisation: int | None
    region: str


NOBODY = Viewer()


def viewer_of(user: User | AnonymousUser) -> Viewer:
    """The viewer that a signed-in person is. Six small queries at most."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    place = permissions.membership_of(user)
    if place is not None:
        parties = parties_of(user)
        return Viewer(user.pk, True, place.organisation_id, place.organisation.region, parties)
    return Viewer(user.pk, permissions.is_member_by_role(user))


def parties_of(user: User) -> frozenset[uuid.UUID]:
    """With whom a person arranges something now: a yes was given and nothing has ended. One query."""
    from .models import Ask

    sides = Ask.objects.under_way().of_party(user).values_list("person", "request__asker")
    return frozenset(key for pair in sides for key in pair) - {user.pk}


def as_colleague(home: Home) -> Viewer:
    """Somebody of the same organisation; the line manager is one."""
    return Viewer(uuid.UUID(int=0), True, home.organisation, home.region)


def as_member_elsewhere(home: Home) -> Viewer:
    """A member of another organisation in another region."""
    return Viewer(uuid.UUID(int=0), True, 0, "")


def admits(viewer: Viewer, home: Home) -> frozenset[Audience]:
    """The audiences that the viewer belongs to, seen from this profile."""
    if viewer.person is not None and viewer.person == home.person:
        return frozenset(Audience)
    if not viewer.member:
        return frozenset()
    found = {Audience.NETWORK}
    colleague = viewer.organisation is not None and viewer.organisation == home.organisation
    found |= {Audience.ORGANISATION, Audience.REGION} if colleague else {Audience.ELSEWHERE}
    if viewer.region and viewer.region == home.region:
        found.add(Audience.REGION)
    if home.person in viewer.parties:
        found.add(Audience.EXCHANGE)
    return frozenset(found)


def allowing(viewer: Viewer, field: str) -> Q:
    """The same rule for one row, as a condition on profiles with where they work (ProfileQuerySet.at_home)."""
    column = f"audience_{field}"
    nobody = Q(pk__in=[])
    own = Q(person=viewer.person) if viewer.person is not None else nobody
    if not viewer.member:
        return own
    colleague = Q(home_organisation=viewer.organisation) if viewer.organisation is not None else nobody
    allowed = (
        Q(**{column: Audience.NETWORK})
        | (colleague & Q(**{f"{column}__in": [Audience.ORGANISATION, Audience.REGION]}))
        | (~colleague & Q(**{column: Audience.ELSEWHERE}))
        | (Q(person__in=viewer.parties) & Q(**{column: Audience.EXCHANGE}))
    )
    if viewer.region:
        allowed |= Q(home_region=viewer.region) & Q(**{column: Audience.REGION})
    if field not in SAFE:
        allowed &= Q(safety_flag=False)
    return own | allowed
