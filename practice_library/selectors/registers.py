"""Who runs a model: its published case studies and the authorities of today, in five queries whatever their number."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from website.places.choices import AUTHORITY_KINDS
from website.places.models import Organisation

from ..models import Partner, PracticeModelPage
from .runs import PartnerAuthority, PlaceRun, address_of, run_facts, runs_of


@dataclass(frozen=True, slots=True)
class Cell:
    """An authority of today with its cell of the hexagon map, if it has one."""

    pk: int
    slug: str
    name: str
    region: str
    column: int | None
    row: int | None


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """A model with who ran it. `alike` is None unless the reader asked for areas like an authority that exists."""

    uid: uuid.UUID
    slug: str
    title: str
    url: str
    runs: Sequence[PlaceRun]
    authorities: Sequence[Cell]
    like: str
    alike: frozenset[int] | None


def register_at(slug: str, *, like: str = "", user: Any = None) -> RegisterFacts | None:
    """The register of a model, or None where this person may read no such model."""
    model = (
        PracticeModelPage.objects.readable_by(user)
        .filter(slug=slug)
        .only("uid", "title", "slug", "url_path")
        .first()
    )
    if model is None:
        return None
    authorities = [
        Cell(*row)
        for row in Organisation.objects.authorities()
        .current()
        .order_by("short_name", "slug")
        .values_list("pk", "slug", "short_name", "region", "hex_q", "hex_r")
    ]
    alike = None
    if any(cell.slug == like for cell in authorities):
        alike = frozenset(Organisation.objects.areas_like(like).order_by().values_list("pk", flat=True))
    return RegisterFacts(
        uid=model.uid,
        slug=model.slug,
        title=model.title,
        url=address_of(model.url_path),
        runs=_with_partners(model.pk),
        authorities=authorities,
        like=like if alike is not None else "",
        alike=alike,
    )


def _with_partners(model_id: int) -> list[PlaceRun]:
    """The case studies of a model, each with the authorities that took part beside its lead."""
    rows = (
        Partner.objects.filter(case_study__in=run_facts(model_id), organisation__kind__in=AUTHORITY_KINDS)
        .order_by("organisation__short_name", "pk")
        .values_list(
            "case_study",
            "organisation",
            "organisation__short_name",
            "organisation__slug",
            "organisation__kind",
            "organisation__region",
        )
    )
    partners: dict[int, dict[int, PartnerAuthority]] = defaultdict(dict)
    for run, *who in rows:
        partners[run].setdefault(who[0], PartnerAuthority(*who))
    return [
        replace(run, partners=tuple(who for pk, who in partners[run.pk].items() if pk != run.lead_id))
        if run.pk in partners
        else run
        for run in runs_of(model_id)
    ]
