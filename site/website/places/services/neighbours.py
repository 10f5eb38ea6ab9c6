"""Take over statistical neighbours from the official file."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction

from website.places.choices import AliasKind
from website.places.importers.facts import NeighbourFact, NeighbourFile
from website.places.importers.report import ImportReport
from website.places.models import NEIGHBOURS_OF_EACH, Alias, Organisation, StatisticalNeighbour
from website.places.signals import organisations_changed
from website.places.spelling import normalise

Group = tuple[str, int]


@transaction.atomic
def import_neighbours(*, file: NeighbourFile, commit: bool) -> ImportReport:
    """Compare the file with what is held and, when told to, write all of it or nothing.

    Code, DfE number and name of a row must agree, so that look-alikes are never mixed up. Earlier model
    years stay; reads use the newest.
    """
    report = ImportReport(refusals=list(file.refusals), notes=list(file.notes))
    directory = _Directory()
    groups = _groups(file, directory, report)
    held = _held({year for _, year in groups})
    replaced: list[list[StatisticalNeighbour]] = []
    for (code, year), rows in groups.items():
        before = held.get((code, year), {})
        label = f"ten neighbours of {directory.by_code[code]} by the model of {year}"
        if before == {row.rank: (row.neighbour_id, row.closeness) for row in rows}:
            report.unchanged += 1
            continue
        (report.updated if before else report.created).append(label)
        replaced.append(rows)
    _note_who_is_missing(groups, directory, report)
    if commit and report.is_clean:
        _write(replaced)
        report.committed = True
    return report


class _Directory:
    """Authorities by every code that they have or had."""

    def __init__(self) -> None:
        self.authorities = list(Organisation.objects.authorities().current())
        self.by_code = {each.ons_code: each for each in self.authorities}
        by_pk = {each.pk: each for each in self.authorities}
        self.former = {each.ons_code: each for each in Organisation.objects.authorities().former()}
        self._names = {
            each.pk: {normalise(name) for name in (each.name, each.short_name, each.official_name)}
            for each in self.authorities
        }
        self._had_code: dict[str, Organisation] = {}
        for alias in Alias.objects.filter(organisation__in=self.authorities):
            self._names[alias.organisation_id].add(alias.normalised)
            if alias.kind == AliasKind.FORMER_CODE:
                self._had_code[alias.alias] = by_pk[alias.organisation_id]

    def find(self, code: str, dfe_number: str, name: str) -> Organisation | str:
        """The authority, or why the three do not name one."""
        authority = self.by_code.get(code) or self._had_code.get(code)
        if authority is None:
            if code in self.former:
                return f"{code} is {self.former[code]}, a former authority."
            return f"{code or 'A blank code'} is not the code of an authority that is held."
        if authority.dfe_number != dfe_number:
            return f"{code} is {authority}, DfE number {authority.dfe_number}; the row gives {dfe_number}."
        if normalise(name) not in self._names[authority.pk]:
            return f'{code} is {authority}; the row names "{name}".'
        return authority


def _groups(
    file: NeighbourFile, directory: _Directory, report: ImportReport
) -> dict[Group, list[StatisticalNeighbour]]:
    groups: dict[Group, list[StatisticalNeighbour]] = defaultdict(list)
    first: dict[Group, NeighbourFact] = {}
    broken: set[Group] = set()
    for fact in file.rows:
        authority = directory.find(fact.ons_code, fact.dfe_number, fact.name)
        neighbour = directory.find(fact.neighbour_ons_code, fact.neighbour_dfe_number, fact.neighbour_name)
        if isinstance(authority, str):
            report.refusals.append(fact.row.refused(authority))
            broken.add((fact.ons_code, fact.model_year))
            continue
        group = (authority.ons_code, fact.model_year)
        first.setdefault(group, fact)
        rows = groups[group]
        reason = neighbour if isinstance(neighbour, str) else _clash(fact, authority, neighbour, rows)
        if isinstance(neighbour, str) or reason:
            report.refusals.append(fact.row.refused(reason))
            broken.add(group)
            continue
        rows.append(
            StatisticalNeighbour(
                organisation=authority,
                neighbour=neighbour,
                rank=fact.rank,
                closeness=fact.closeness,
                model_year=fact.model_year,
            )
        )
    unreadable = {refusal.line for refusal in file.refusals}
    for group, rows in groups.items():
        if len(rows) != NEIGHBOURS_OF_EACH and group not in broken and not unreadable:
            reason = f"{directory.by_code[group[0]]} has {len(rows)} neighbours, not {NEIGHBOURS_OF_EACH}."
            report.refusals.append(first[group].row.refused(reason))
    return groups


def _clash(
    fact: NeighbourFact,
    authority: Organisation,
    neighbour: Organisation,
    rows: list[StatisticalNeighbour],
) -> str:
    if authority == neighbour:
        return f"{authority} cannot be its own neighbour."
    for row in rows:
        if row.rank == fact.rank:
            return f"Rank {fact.rank} of {authority} is already taken by {row.neighbour}."
        if row.neighbour == neighbour:
            return f"{neighbour} is already neighbour {row.rank} of {authority}."
    return ""


def _held(years: set[int]) -> dict[Group, dict[int, tuple[int, str]]]:
    held: dict[Group, dict[int, tuple[int, str]]] = defaultdict(dict)
    rows = StatisticalNeighbour.objects.filter(model_year__in=years).values_list(
        "organisation__ons_code", "model_year", "rank", "neighbour_id", "closeness"
    )
    for code, year, rank, neighbour_id, closeness in rows:
        held[code, year][rank] = (neighbour_id, closeness)
    return held


def _note_who_is_missing(
    groups: dict[Group, list[StatisticalNeighbour]], directory: _Directory, report: ImportReport
) -> None:
    for year in sorted({year for _, year in groups}):
        missing = [str(each) for each in directory.authorities if (each.ons_code, year) not in groups]
        if missing:
            report.notes.append(f"The model of {year} says nothing about: {', '.join(missing)}.")


def _write(groups: list[list[StatisticalNeighbour]]) -> None:
    by_year: dict[int, list[int]] = defaultdict(list)
    for rows in groups:
        by_year[rows[0].model_year].append(rows[0].organisation_id)
    for year, authorities in by_year.items():
        StatisticalNeighbour.objects.filter(model_year=year, organisation__in=authorities).delete()
    StatisticalNeighbour.objects.bulk_create(row for rows in groups for row in rows)
    if groups:
        uids = sorted({rows[0].organisation.uid for rows in groups})
        organisations_changed.send(sender=Organisation, uids=uids)
