"""Take over indicators of areas from the official files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from website.places.cautions import cautions
from website.places.choices import ValueStatus
from website.places.importers.indicators import IndicatorFile, ValueFact
from website.places.importers.report import ValuesReport
from website.places.indicators import POPULATION
from website.places.models import Indicator, IndicatorValue, Organisation
from website.places.services.authority_codes import AuthorityCodes

Cell = tuple[int, str, str]
SAID = ("value", "printed", "status", "caution", "source")
BATCH = 1_000


@transaction.atomic
def import_indicators(*, file: IndicatorFile, commit: bool) -> ValuesReport:
    """Compare the files with what is held and, when told to, write all of it or nothing.

    A cell is known by authority, indicator and period; other periods stay. Cautions are judged over all
    authorities of a period, so a new value may change that of one which the file does not name.
    """
    report = ValuesReport(refusals=list(file.refusals), notes=list(file.notes))
    indicators, changed = _indicators(file, report)
    asked = {fact.indicator for fact in file.values}
    held = _held(asked | {POPULATION})
    before = {cell: _said(value) for cell, value in held.items()}
    cells = _cells(file.values, indicators, held, report)
    _judge(cells, touched={(fact.indicator, fact.period) for fact in file.values})
    created, updated = _differences(
        {cell: each for cell, each in cells.items() if cell[1] in asked}, before, report
    )
    if commit and report.is_clean:
        Indicator.objects.bulk_create([each for each in indicators.values() if each.pk is None])
        if changed:
            Indicator.objects.bulk_update(changed, ["label", "unit", "topic", "source"])
        IndicatorValue.objects.bulk_create(created, batch_size=BATCH)
        if updated:
            IndicatorValue.objects.bulk_update(updated, SAID, batch_size=BATCH)
        report.committed = True
    return report


def _indicators(file: IndicatorFile, report: ValuesReport) -> tuple[dict[str, Indicator], list[Indicator]]:
    """All that are held or named by the catalogue, and those held whose names it changes."""
    indicators = {each.key: each for each in Indicator.objects.all()}
    changed, new = [], 0
    for key, fact in file.indicators.items():
        said = {"label": fact.label, "unit": fact.unit, "topic": fact.topic, "source": fact.source}
        known = indicators.get(key)
        if known is None:
            indicators[key] = Indicator(key=key, **said)
            new += 1
        elif any(getattr(known, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(known, name, value)
            changed.append(known)
    if file.indicators:
        report.notes.append(
            f"The catalogue names {len(file.indicators)} indicators: {new} new, {len(changed)} changed."
        )
    return indicators, changed


def _held(keys: set[str]) -> dict[Cell, IndicatorValue]:
    values = IndicatorValue.objects.filter(indicator__key__in=keys).select_related("indicator")
    return {(each.organisation_id, each.indicator.key, each.period): each for each in values}


def _said(value: IndicatorValue) -> tuple[object, ...]:
    return tuple(getattr(value, name) for name in SAID)


def _cells(
    facts: Iterable[ValueFact],
    indicators: dict[str, Indicator],
    held: dict[Cell, IndicatorValue],
    report: ValuesReport,
) -> dict[Cell, IndicatorValue]:
    """What would be held afterwards. Raises: nothing; what cannot be is refused with its line."""
    codes = AuthorityCodes()
    cells = dict(held)
    lines: dict[Cell, int] = {}
    for fact in facts:
        authority = codes.find(fact.ons_code)
        if not isinstance(authority, Organisation):
            report.refusals.append(fact.row.refused(authority))
            continue
        if fact.indicator not in indicators:
            report.refusals.append(fact.row.refused(f'"{fact.indicator}" is in no catalogue that is known.'))
            continue
        cell = (authority.pk, fact.indicator, fact.period)
        if cell in lines:
            reason = f"{fact.indicator} of {authority} for {fact.period} is already in line {lines[cell]}."
            report.refusals.append(fact.row.refused(reason))
            continue
        lines[cell] = fact.row.line
        value = cells.setdefault(
            cell,
            IndicatorValue(organisation=authority, indicator=indicators[fact.indicator], period=fact.period),
        )
        value.value, value.printed, value.status = fact.value, fact.printed, fact.status.value
        value.source = fact.source
    return cells


def _judge(cells: dict[Cell, IndicatorValue], *, touched: set[tuple[str, str]]) -> None:
    """Give each value of these indicators and periods the caution that the rules name, or none."""
    children = _children(cells)
    groups: dict[tuple[str, str], list[IndicatorValue]] = defaultdict(list)
    for (_, key, period), value in cells.items():
        if (key, period) in touched:
            groups[key, period].append(value)
    for (key, _), values in groups.items():
        numbers = {each.organisation_id: each.value for each in values if each.value is not None}
        found = cautions(
            numbers, unit=values[0].indicator.unit, is_share=key.endswith("_pct"), children=children
        )
        for each in values:
            caution = found.get(each.organisation_id)
            each.caution = caution.value if caution else ""


def _children(cells: dict[Cell, IndicatorValue]) -> dict[int, Decimal]:
    """How many children live in each area, by the newest estimate."""
    estimates = sorted(
        (cell[2], cell[0], each.value)
        for cell, each in cells.items()
        if cell[1] == POPULATION and each.value is not None
    )
    return {authority: number for _, authority, number in estimates}


def _differences(
    cells: dict[Cell, IndicatorValue], before: dict[Cell, tuple[object, ...]], report: ValuesReport
) -> tuple[list[IndicatorValue], list[IndicatorValue]]:
    created, updated = [], []
    counted = report.seen
    for cell, value in cells.items():
        key = cell[1]
        if cell not in before:
            created.append(value)
            counted[key]["created"] += 1
        elif before[cell] != _said(value):
            updated.append(value)
            counted[key]["updated"] += 1
        else:
            counted[key]["unchanged"] += 1
        if value.status != ValueStatus.PUBLISHED:
            counted[key]["without a number"] += 1
        if value.caution:
            counted[key]["with a caution"] += 1
    return created, updated
