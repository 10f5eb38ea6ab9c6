"""Organisations with the practice they lead or take part in, and what areas like them do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, Q
from website.places.models import IndicatorValue, Judgement, Organisation

from ..models import (
    CaseStudyPage,
    Entry,
    ModelUsed,
    Partner,
    PracticeModelPage,
    Stage,
)
from .definitions import Definition, definitions_of
from .kindred import KindredRow, kindred_of_place
from .lists import EntryRow, entry_rows
from .runs import address_of

#: Case studies of one stage that the page of an authority names; its search has them all.
MOST_OF_A_STAGE = 12
#: Kindred pairs that it names; the list of all has the others.
MOST_KINDRED = 3


@dataclass(slots=True)
class PlaceFacts:
    """An organisation with its practice."""

    organisation: Organisation
    predecessors: list[Organisation]
    successors: list[Organisation]
    practice: Practice
    stages: list[Stage]
    neighbours: list[Organisation]
    entries_of_neighbours: dict[int, int]
    models_of_neighbours: list[ModelNearby]
    definitions: list[Definition]
    figures: list[IndicatorValue]
    judgement: Judgement | None
    kindred: list[KindredRow]


@dataclass(frozen=True, slots=True)
class Practice:
    """The case studies of a place by name: the keys of all, of each stage (None: of no stage), and the rows shown."""

    entries: list[int]
    by_stage: dict[int | None, list[int]]
    rows: dict[int, EntryRow]


@dataclass(frozen=True, slots=True)
class ModelNearby:
    """A model that areas alike run, with where to read of each."""

    title: str
    url: str
    runs: tuple[tuple[str, str], ...]


def lead_at(slug: str) -> Organisation | None:
    """Whoever the case studies at an address are led by, whether or not anything of theirs can be read."""
    return Organisation.objects.filter(slug=slug).first()


def organisation_at(slug: str, *, authority: bool) -> Organisation | None:
    """An authority, former or present, or another organisation."""
    every = Organisation.objects.authorities() if authority else Organisation.objects.other_organisations()
    return every.filter(slug=slug).first()


def place_facts(organisation: Organisation, *, user: Any = None) -> PlaceFacts:
    """What its page says."""
    is_authority = organisation.is_authority
    practice, led = _practice_of(organisation, user=user)
    neighbours = list(Organisation.objects.neighbours_of(organisation)) if is_authority else []
    predecessors, successors = _before_and_after(organisation)
    alike = [organisation.pk, *(each.pk for each in neighbours)]
    return PlaceFacts(
        organisation=organisation,
        predecessors=predecessors,
        successors=successors,
        practice=practice,
        stages=list(Stage.objects.order_by("position", "name")) if is_authority else [],
        neighbours=neighbours,
        entries_of_neighbours=numbers_of_entries([each.pk for each in neighbours], user=user),
        models_of_neighbours=_models_of([each.pk for each in neighbours], user=user),
        definitions=definitions_of(led) if is_authority and led else [],
        figures=list(IndicatorValue.objects.context_of(alike)) if is_authority else [],
        kindred=kindred_of_place(organisation.slug, most=MOST_KINDRED + 1) if is_authority and led else [],
        judgement=organisation.judgements.latest_first().first() if is_authority else None,
    )


def _before_and_after(organisation: Organisation) -> tuple[list[Organisation], list[Organisation]]:
    """Whom it took over from and who took over, asked at once."""
    rows = (
        Organisation.successors.through.objects.filter(
            Q(from_organisation=organisation) | Q(to_organisation=organisation)
        )
        .select_related("from_organisation", "to_organisation")
        .order_by("from_organisation__short_name", "to_organisation__short_name")
    )
    links = [(row.from_organisation, row.to_organisation) for row in rows]
    return (
        [before for before, after in links if after == organisation],
        [after for before, after in links if before == organisation],
    )


def entries_of(organisations: Iterable[int], *, user: Any = None) -> Any:
    """Case studies that one of these organisations leads or takes part in."""
    ids = list(organisations)
    led = CaseStudyPage.objects.filter(lead_organisation__in=ids).order_by().values("pk")
    took_part = Partner.objects.filter(organisation__in=ids).order_by().values("case_study")
    return Entry.objects.readable_by(user).filter(pk__in=led.union(took_part))


def numbers_of_entries(organisations: Iterable[int] | None = None, *, user: Any = None) -> dict[int, int]:
    """How many published case studies each organisation leads or takes part in; of all if none are named."""
    readable = CaseStudyPage.objects.readable_by(user).order_by()
    led = readable.exclude(lead_organisation=None).values_list("lead_organisation_id", "pk")
    shared = Partner.objects.exclude(organisation=None).filter(case_study__in=readable.values("pk"))
    took_part = shared.order_by().values_list("organisation_id", "case_study_id")
    if organisations is not None:
        ids = list(organisations)
        if not ids:
            return {}
        led, took_part = led.filter(lead_organisation__in=ids), took_part.filter(organisation__in=ids)
    entries: dict[int, set[int]] = defaultdict(set)
    for organisation, entry in led.union(took_part):
        entries[organisation].add(entry)
    return {organisation: len(found) for organisation, found in entries.items()}


def authorities(*, region: str = "", named: str = "") -> list[Organisation]:
    """Authorities of today and former ones, by name, narrowed by region and by part of a name."""
    found = Organisation.objects.authorities()
    if region:
        found = found.in_region(region)
    if named:
        found = found.named_like(named)
    return list(found.order_by("short_name"))


def _practice_of(organisation: Organisation, *, user: Any = None) -> tuple[Practice, list[int]]:
    """What it leads or takes part in, and the keys of what it leads.

    Rows of an authority are read for the first of each stage alone: a stage may hold hundreds.
    """
    found = (
        entries_of([organisation.pk], user=user)
        .order_by("title", "pk")
        .values_list("pk", "stage_tags__tag", "casestudypage__lead_organisation")
    )
    by_stage: dict[int | None, list[int]] = defaultdict(list)
    led: dict[int, bool] = {}
    for entry, stage, lead in found:
        by_stage[stage].append(entry)
        led[entry] = lead == organisation.pk
    shown = set(led)
    if organisation.is_authority:
        shown = {entry for entries in by_stage.values() for entry in entries[:MOST_OF_A_STAGE]}
    rows = {row.pk: row for row in entry_rows(Entry.objects.filter(pk__in=shown))}
    return Practice(list(led), dict(by_stage), rows), [entry for entry, is_led in led.items() if is_led]


def _models_of(organisations: list[int], *, user: Any = None) -> list[ModelNearby]:
    """Models that two or more of these organisations run, the most widely run first."""
    if not organisations:
        return []
    used = ModelUsed.objects.filter(
        CaseStudyPage.objects.readable_by(user).named_by("case_study"),
        PracticeModelPage.objects.readable_by(user).named_by("model"),
        case_study__lead_organisation__in=organisations,
    )
    runs: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    place = "case_study__lead_organisation__short_name"
    rows = (
        used.order_by(place)
        .values("model__title", "model__url_path", place)
        .annotate(first=Min("case_study__url_path"))
        .values_list("model__title", "model__url_path", place, "first")
    )
    for title, model_path, place, path in rows:
        runs[title, model_path].setdefault(place, address_of(path))
    nearby = [
        ModelNearby(title, address_of(path), tuple(places.items()))
        for (title, path), places in runs.items()
        if len(places) > 1
    ]
    return sorted(nearby, key=lambda model: (-len(model.runs), model.title))
