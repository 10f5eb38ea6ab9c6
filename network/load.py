"""Who is asked a lot: in one place, for search, suggestions and whoever asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, F, Q
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
    recent = Q(asked_at__gte=timezone.now() - LATELY)
    rows = (
        Ask.objects.filter(Q(state__in=TAKES_ROOM) | recent, person__in=list(people))
        .order_by()
        .annotate(capacity=F("person__profile__availability__capacity"))
        .values_list("person", "capacity")
        .annotate(open_now=Count("pk", filter=Q(state__in=TAKES_ROOM)), lately=Count("pk", filter=recent))
    )
    return frozenset(
        person
        for person, capacity, open_now, lately in rows
        if open_now >= (capacity or 1) or lately >= USUAL_TIMES * (capacity or 1)
    )
