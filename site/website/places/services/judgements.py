"""Take over inspection judgements from the official list."""

from __future__ import annotations

import datetime

from django.db import transaction

from website.places.importers.judgements import JudgementFile
from website.places.importers.report import ImportReport
from website.places.models import Judgement, Organisation
from website.places.services.authority_codes import AuthorityCodes

Report = tuple[int, str, datetime.date]


@transaction.atomic
def import_judgements(*, file: JudgementFile, commit: bool) -> ImportReport:
    """Compare the list with what is held and, when told to, write all of it or nothing.

    A report is known by its authority, framework and day of publication; earlier reports stay, pages show
    the latest. Raises: nothing; what cannot be is refused with its line.
    """
    report = ImportReport(refusals=list(file.refusals), notes=list(file.notes))
    codes = AuthorityCodes()
    held: dict[Report, Judgement] = {
        (each.organisation_id, each.framework, each.published): each for each in Judgement.objects.all()
    }
    lines: dict[Report, int] = {}
    created: list[Judgement] = []
    changed: list[Judgement] = []
    for fact in file.rows:
        authority = codes.find(fact.ons_code, fact.dfe_number)
        if not isinstance(authority, Organisation):
            report.refusals.append(fact.row.refused(authority))
            continue
        key = (authority.pk, fact.framework, fact.published)
        if key in lines:
            report.refusals.append(
                fact.row.refused(f"The report of {authority} is already in line {lines[key]}.")
            )
            continue
        lines[key] = fact.row.line
        label = f"judgement of {authority}, {fact.framework}, published {fact.published}"
        judgement = held.get(key)
        if judgement is None:
            report.created.append(label)
            created.append(
                Judgement(
                    organisation=authority, framework=fact.framework, published=fact.published, **fact.said
                )
            )
            continue
        different = [name for name, value in fact.said.items() if getattr(judgement, name) != value]
        if not different:
            report.unchanged += 1
            continue
        report.updated.append(f"{label}: {', '.join(different)}")
        for name in different:
            setattr(judgement, name, fact.said[name])
        changed.append(judgement)
    if commit and report.is_clean:
        Judgement.objects.bulk_create(created)
        if changed:
            Judgement.objects.bulk_update(changed, list(file.rows[0].said))
        report.committed = True
    return report
