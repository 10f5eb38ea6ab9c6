"""What the first page counts, each number that of the search it leads to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from website.places.models import Organisation

from ..models import Entry, HomePage, OutcomeRating, Stage, StageTag, Study
from .places import numbers_of_entries


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """Numbers of entries of some kind, all of them published."""

    introduction: str
    models: int
    case_studies: int
    studies: int
    authorities: int
    all_authorities: int
    stopped: int
    directions: dict[str, int]
    stages: list[tuple[Stage, int]]


def home_facts(*, user: Any = None) -> HomeFacts:
    readable = Entry.objects.readable_by(user)
    pks = readable.order_by().values("pk")
    rated = OutcomeRating.objects.current().filter(entry__in=pks).order_by()
    directions = Counter(direction for _, direction in set(rated.values_list("entry_id", "direction")))
    tags = set(StageTag.objects.filter(content_object__in=pks).values_list("tag_id", "content_object_id"))
    stages = Counter(stage for stage, _ in tags)
    current = set(Organisation.objects.authorities().current().values_list("pk", flat=True))
    numbers = readable.order_by().aggregate(
        models=Count("practicemodelpage"),
        case_studies=Count("casestudypage"),
        stopped=Count("pk", filter=Q(status="stopped")),
    )
    return HomeFacts(
        introduction=HomePage.objects.values_list("introduction", flat=True).first() or "",
        **numbers,
        studies=Study.objects.published().count(),
        authorities=len(current & set(numbers_of_entries(user=user))),
        all_authorities=len(current),
        directions=dict(directions),
        stages=[(stage, stages[stage.pk]) for stage in Stage.objects.order_by("position", "name")],
    )
