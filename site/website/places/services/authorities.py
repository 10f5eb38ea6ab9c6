"""Take over authorities and their other names from official files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import transaction

from website.places.importers.authorities import read_authority_files
from website.places.importers.authority_plan import AuthorityPlan, Held, Target
from website.places.importers.neighbours import read_neighbour_file
from website.places.importers.report import ImportReport, PlacesRefused
from website.places.models import Alias, Organisation
from website.places.services.neighbours import import_neighbours
from website.places.signals import organisations_changed

FACTS = Path(__file__).resolve().parent.parent / "facts"
HEX_COLUMNS = {"hex_q", "hex_r"}


@transaction.atomic
def import_authorities(*, paths: Sequence[Path] = (FACTS,), commit: bool) -> ImportReport:
    """Compare the files with what is held and, when told to, write all of it or nothing.

    Authorities are matched on the DfE number, which outlives a change of boundary; the slug is given once
    and kept. Names and codes in the database that the files do not have stay: editors may have added them.
    """
    plan = AuthorityPlan(read_authority_files(paths), Held.read())
    report = _report(plan)
    if commit and report.is_clean:
        _write(plan)
        report.committed = True
    return report


def load_places() -> ImportReport:
    """Bring the project's own facts into the database: authorities, other names, neighbours.

    Raises: PlacesRefused, with file, line and reason of every row.
    """
    with transaction.atomic():
        total = ImportReport(committed=True)
        for report in (
            import_authorities(commit=True),
            import_neighbours(file=read_neighbour_file(FACTS), commit=True),
        ):
            if not report.is_clean:
                raise PlacesRefused(report)
            total.created += report.created
            total.updated += report.updated
            total.unchanged += report.unchanged
            total.notes += report.notes
    return total


def _report(plan: AuthorityPlan) -> ImportReport:
    report = ImportReport(refusals=plan.refusals, notes=plan.notes)
    for target in plan.targets.values():
        organisation = target.organisation
        what = list(target.changes.values())
        new_successors = _new_successors(plan, target)
        if new_successors:
            what.append("succeeded by " + " and ".join(str(each.organisation) for each in new_successors))
        if target.new_aliases:
            what.append("also known as " + ", ".join(alias.alias for alias in target.new_aliases))
        if target.is_new:
            report.created.append(f"{organisation} ({organisation.ons_code}); " + "; ".join(what))
        elif what:
            report.updated.append(f"{organisation} ({organisation.ons_code}): " + "; ".join(what))
        else:
            report.unchanged += 1
    return report


def _new_successors(plan: AuthorityPlan, target: Target) -> list[Target]:
    held = plan.held.successions
    return [each for each in target.successors if (target.organisation.pk, each.organisation.pk) not in held]


def _write(plan: AuthorityPlan) -> None:
    targets = list(plan.targets.values())
    successions = [(target, each) for target in targets for each in _new_successors(plan, target)]
    changed = [target for target in targets if target.changes and not target.is_new]
    created = [target.organisation for target in targets if target.is_new]
    _clear_cells(changed)
    _update(target for target in changed if target.organisation.end)
    _update(target for target in changed if not target.organisation.end)
    Organisation.objects.bulk_create(created)
    Alias.objects.bulk_create(
        Alias(
            organisation=target.organisation,
            alias=alias.alias,
            normalised=alias.normalised,
            kind=alias.kind,
            source=alias.source,
        )
        for target in targets
        for alias in target.new_aliases
    )
    through = Organisation.successors.through
    through.objects.bulk_create(
        through(from_organisation=former.organisation, to_organisation=successor.organisation)
        for former, successor in successions
    )
    touched = {target.organisation.uid for target in changed}
    touched |= {organisation.uid for organisation in created}
    touched |= {target.organisation.uid for target in targets if target.new_aliases}
    if touched:
        organisations_changed.send(sender=Organisation, uids=sorted(touched))


def _clear_cells(changed: Iterable[Target]) -> None:
    """Two authorities may trade cells of the map: each must leave before the other arrives."""
    moved = [target.organisation.pk for target in changed if HEX_COLUMNS & target.changes.keys()]
    if moved:
        Organisation.objects.filter(pk__in=moved).update(hex_q=None, hex_r=None)


def _update(targets: Iterable[Target]) -> None:
    chosen = list(targets)
    columns = sorted({column for target in chosen for column in target.changes})
    if {"hex_q", "hex_r"} & set(columns):
        columns = sorted({*columns, *HEX_COLUMNS})
    if columns:
        Organisation.objects.bulk_update([target.organisation for target in chosen], columns)
