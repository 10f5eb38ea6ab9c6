"""Load data: thousands of members whom nobody is, to see how the pages about people bear them. Never in production.

Rows go in table by table, many at a time, and nothing is told to the outbox: whoever seeds builds the index of people anew.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from website.accounts.models import Membership, MembershipState, User

from practice_library.services.scale import refuse_in_production

from .scale_pool import Pool
from .scale_rows import asks_of, offers_of, profile_of, rows_of

BATCH = 1_000
#: Nothing is ever delivered below this domain (RFC 2606).
DOMAIN = "load-data.invalid"
SHARE_SUSPENDED, SHARE_WHO_LEFT = 0.02, 0.02


def seeded_members() -> int:
    """How many there are already."""
    return User.objects.filter(email__endswith=f"@{DOMAIN}").count()


def seed_members(
    *, number: int, passages: Sequence[str], say: Callable[[str], None] = lambda words: None
) -> int:
    """Make that many members of the authorities there are, with all that they say of themselves; gives how many.

    Each thousand is one transaction. Numbers go on from the last run, so a second run adds to the first. Nobody can sign
    in as any of them.
    Raises: ScaleRefused.
    """
    refuse_in_production()
    pool = Pool.read(passages)
    newest = User.objects.filter(email__endswith=f"@{DOMAIN}").order_by("-email").first()
    first = int(newest.email.partition("@")[0].rpartition("-")[2]) + 1 if newest else 1
    for start in range(first, first + number, BATCH):
        numbers = range(start, min(start + BATCH, first + number))
        _seed_batch(numbers, pool)
        say(f"{numbers.stop - first} of {number} members")
    return number


@transaction.atomic
def _seed_batch(numbers: range, pool: Pool) -> None:
    chance = random.Random(numbers.start)
    people = User.objects.bulk_create(_person(number, chance) for number in numbers)
    homes = [chance.choice(pool.authorities) for _ in people]
    Membership.objects.bulk_create(_membership(*pair, chance) for pair in zip(people, homes, strict=True))
    profiles = _save(profile_of(person, pool, chance) for person in people)
    helped = asks_of(people, chance, save=_save)
    _save(
        row
        for profile, home in zip(profiles, homes, strict=True)
        for row in rows_of(profile, home, pool, chance, helped=helped.get(profile.person_id))
    )
    offers_of(profiles, chance, save=_save)


def _save(rows: Any) -> list[Any]:
    """Rows of one kind at a time, in the order in which kinds first come."""
    kinds: dict[type[Any], list[Any]] = {}
    for row in rows:
        kinds.setdefault(type(row), []).append(row)
    return [row for model, some in kinds.items() for row in model._default_manager.bulk_create(some)]


def _person(number: int, chance: random.Random) -> User:
    return User(
        pk=uuid.UUID(int=chance.getrandbits(128), version=4),
        email=f"member-{number:07d}@{DOMAIN}",
        name=f"Member {number} (load data)",
        password=make_password(None),
    )


def _membership(person: User, home: int, chance: random.Random) -> Membership:
    drawn, now = chance.random(), timezone.now()
    state = MembershipState.ACTIVE
    if drawn < SHARE_SUSPENDED:
        state = MembershipState.SUSPENDED
    elif drawn < SHARE_SUSPENDED + SHARE_WHO_LEFT:
        state = MembershipState.LEFT
    ended_at = now if state == MembershipState.LEFT else None
    return Membership(person=person, organisation_id=home, state=state, joined_at=now, ended_at=ended_at)
