"""Who is asked a lot: in one place, for search, suggestions and whoever asks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from .choices import AskState
from .models import Ask

LATELY = dt.timedelta(days=30)
#: As many askings a month as somebody takes on at a time are usual; beyond so many times that, others should be asked.
USUAL_TIMES = 3
TAKES_ROOM = (AskState.ASKED, AskState.ACCEPTED)


def asked_a_lot(people: Iterable[UUID]) -> frozenset[UUID]:
    """Those whose capacity is full, or who were asked unusually often lately, whatever they answered. One query.

    Whoever offers nothing has room for one.
    """
    since = timezone.now() - LATELY
    open_now, lately, capacity = Counter[UUID](), Counter[UUID](), dict[UUID, int]()
    asks = Ask.objects.filter(Q(state__in=TAKES_ROOM) | Q(asked_at__gte=since), person__in=list(people))
    rows = asks.order_by().values_list(
        "person", "state", "asked_at", "person__profile__availability__capacity"
    )
    for person, state, asked_at, at_a_time in rows:
        open_now[person] += state in TAKES_ROOM
        lately[person] += asked_at >= since
        capacity[person] = at_a_time or 1
    return frozenset(
        person
        for person, room in capacity.items()
        if open_now[person] >= room or lately[person] >= USUAL_TIMES * room
    )
