"""Who the other side is, as far as they let the reader see. Somebody who is hidden is "A member" here too."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from .audience import Viewer
from .models import Profile
from .models.profile import HIDDEN_AFTER
from .shown import IN_A_LIST, shown


@dataclass(frozen=True, slots=True)
class Party:
    """One person in words. `url` leads to their page where the reader may open it."""

    title: str = "A member"
    line: str = ""
    url: str = ""


UNSEEN = Party()


def parties(people: Iterable[uuid.UUID], viewer: Viewer) -> dict[uuid.UUID, Party]:
    """Each of the people as the viewer sees them; whoever is hidden, gone or out of date is not in it. Two queries."""
    wanted = set(people)
    if not wanted or not viewer.member:
        return {}
    everybody: Any = Profile.objects.at_home()
    there = everybody.filter(
        person__in=wanted,
        home_organisation__isnull=False,
        person__is_active=True,
        hidden_at=None,
        withheld_at=None,
        confirmed_at__gt=timezone.now() - HIDDEN_AFTER,
    )
    found = list(there)
    open_pages = set(
        Profile.objects.visible_to(viewer).filter(person__in=wanted).values_list("person", flat=True)
    )
    return {
        profile.person_id: Party(
            each.title, each.line, each.url if profile.person_id in open_pages and each.rows else ""
        )
        for profile, each in zip(found, shown(found, viewer, only=IN_A_LIST), strict=True)
    }
