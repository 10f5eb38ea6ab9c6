"""How a place itself draws its lines: ages, thresholds and exclusions that its own entries state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from ..models import CohortRow
from .runs import address_of


@dataclass(frozen=True, slots=True)
class Definition:
    """One group of people as an entry draws its line. Empty parts were not reported."""

    term: str
    ages: str
    threshold: str
    exclusions: str
    whose: str
    title: str
    url: str
    source: str


def definitions_of(entries: Iterable[int]) -> list[Definition]:
    """Those that these entries state, by term."""
    nothing = Q(ages="", threshold="", exclusions="", defined_by="")
    rows = (
        CohortRow.objects.filter(content_object__in=list(entries))
        .exclude(nothing)
        .select_related("tag", "source", "content_object")
        .order_by("tag__name", "content_object__title", "pk")
    )
    return [
        Definition(
            term=row.tag.name,
            ages=row.ages,
            threshold=row.threshold,
            exclusions=row.exclusions,
            whose=row.defined_by,
            title=row.content_object.title,
            url=address_of(row.content_object.url_path),
            source=str(row.source) if row.source else "",
        )
        for row in rows
    ]
