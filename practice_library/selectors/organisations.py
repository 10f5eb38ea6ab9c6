"""Whose work an entry is."""

from __future__ import annotations

from website.places.models import Organisation
from website.places.spelling import normalise

from ..models import CaseStudyPage
from ..models.case_study import Partner


def is_work_of(entry_id: int, organisation: str) -> bool:
    """Whether an organisation, in any spelling or name that is known, leads or takes part in a case study."""
    name = normalise(organisation)
    if not name:
        return False
    partners = Partner.objects.filter(case_study=entry_id)
    if any(normalise(printed) == name for printed in partners.values_list("name", flat=True)):
        return True
    known = Organisation.objects.by_name().get(name)
    if known is None:
        return False
    leads = CaseStudyPage.objects.filter(pk=entry_id, lead_organisation=known)
    return leads.exists() or partners.filter(organisation=known).exists()
