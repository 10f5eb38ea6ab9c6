"""Keeps each case study under its lead organisation, where its web address says it stands."""

from __future__ import annotations

from django.db import transaction
from website.places.models import Organisation

from ..models import CaseStudyPage, PlaceSection
from ..models.tree import UNNAMED
from .tree import section_for


@transaction.atomic
def change_lead(*, case_study: CaseStudyPage, lead: Organisation | None, without_lead: str = "") -> bool:
    """Give a case study its lead and move it below that lead's section; gives whether it moved.

    Without a lead it stays in a section without one, or goes to the one named in `without_lead`; nothing is guessed.
    The page in hand then knows its new address. Old addresses lead on by Wagtail's redirects.
    """
    stored = CaseStudyPage.objects.select_for_update().filter(pk=case_study.pk)
    if case_study.live:
        stored.exclude(lead_organisation=lead).update(lead_organisation=lead)
    section = _section(case_study, lead, without_lead)
    page = stored.get()
    moves = not page.is_child_of(section)
    if moves:
        if section.get_children().filter(slug=page.slug).exists():
            page.slug = _free_slug(section, page.slug)
            stored.update(slug=page.slug)
        page.move(section, pos="last-child")
    page.refresh_from_db()
    for field in ("path", "depth", "url_path", "slug"):
        setattr(case_study, field, getattr(page, field))
    case_study.__dict__.pop("_cached_parent_obj", None)
    return moves


def _section(case_study: CaseStudyPage, lead: Organisation | None, without_lead: str) -> PlaceSection:
    if lead is not None:
        return section_for(lead=lead.slug)
    here = PlaceSection.objects.parent_of(case_study).first()
    if without_lead in UNNAMED:
        return section_for(lead=without_lead)
    return here if here is not None and here.organisation_id is None else section_for(lead="place-not-named")


def _free_slug(section: PlaceSection, slug: str) -> str:
    taken = set(section.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
