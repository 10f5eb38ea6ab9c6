"""Calls and coaching of a region in numbers, for its coordinator: no people, no places, and no small numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils import timezone
from website.accounts.models import MembershipState, User
from website.places.choices import Region

from . import permissions
from .choices import TAKES_TIME, AskState, Help
from .models import Ask

YEAR = dt.timedelta(days=365)
#: Below this a number could tell who it was. There are no totals either, from which it could be worked out.
SMALLEST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One kind of help: how often people of the region gave and had it, in words."""

    kind: str
    given: str
    had: str


@dataclass(frozen=True, slots=True)
class RegionInFigures:
    """What came about in the last twelve months."""

    region: str
    figures: Sequence[Figure]


def of_regions(user: User) -> list[RegionInFigures]:
    """The regions that somebody coordinates. Two queries each."""
    names = dict(Region.choices)
    return [RegionInFigures(names[region], _figures(region)) for region in permissions.regions_of(user)]


def _figures(region: str) -> list[Figure]:
    given, had = _counted("person", region), _counted("request__asker", region)
    return [Figure(kind.label, _words(given.get(kind, 0)), _words(had.get(kind, 0))) for kind in TAKES_TIME]


def _counted(party: str, region: str) -> dict[str, int]:
    """How many calls and coachings were agreed, by kind, where this side works in the region."""
    here: dict[str, Any] = {
        f"{party}__memberships__state": MembershipState.ACTIVE,
        f"{party}__memberships__organisation__region": region,
    }
    agreed = Ask.objects.filter(
        state__in=[AskState.ACCEPTED, AskState.ENDED],
        request__kind__in=[Help(kind) for kind in TAKES_TIME],
        answered_at__gt=timezone.now() - YEAR,
        **here,
    )
    return dict(agreed.order_by().values_list("request__kind").annotate(Count("pk")))


def _words(number: int) -> str:
    return str(number) if number >= SMALLEST_TOLD else f"fewer than {SMALLEST_TOLD}"
