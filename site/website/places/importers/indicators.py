"""The official layouts of indicators: one cell of a table a line, and the catalogue that names the measures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from website.places.choices import ValueStatus
from website.places.importers.rows import Refusal, Row, Table, read_table

FILE_NAME, CATALOGUE_NAME = "indicators_latest.csv", "indicator_catalogue.csv"
COLUMNS = ("gss_code", "indicator", "period", "value", "source", "status")
CATALOGUE_COLUMNS = ("indicator", "label", "unit", "topic", "source")
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]+)?|-?[0-9]{1,3}(,[0-9]{3}){1,3}(\.[0-9]+)?")
KEY = re.compile(r"[a-z0-9_]{1,80}")
PLACES = Decimal("0.0001")
LONGEST_PERIOD, LONGEST = 40, 200

#: What government statistics print where there is no number. What x, : and an empty cell hide is not said.
MARKS: dict[str, ValueStatus] = {
    **dict.fromkeys(
        ("", "x", ":", "..", "na", "n/a", "not available", "not_available", "missing"),
        ValueStatus.NOT_AVAILABLE,
    ),
    **dict.fromkeys(("c", "s", "*", "#", "supp", "suppressed", "confidential"), ValueStatus.SUPPRESSED),
    **dict.fromkeys(("low", "k", "~"), ValueStatus.ROUNDS_TO_NOTHING),
    **dict.fromkeys(("z", ".", "not applicable", "not_applicable"), ValueStatus.NOT_APPLICABLE),
    "-": ValueStatus.UNEXPLAINED,
}


@dataclass(frozen=True)
class IndicatorFact:
    row: Row
    key: str
    label: str
    unit: str
    topic: str
    source: str


@dataclass(frozen=True)
class ValueFact:
    row: Row
    ons_code: str
    indicator: str
    period: str
    value: Decimal | None
    printed: str
    status: ValueStatus
    source: str


@dataclass
class IndicatorFile:
    """Both files as read."""

    indicators: dict[str, IndicatorFact] = field(default_factory=dict)
    values: list[ValueFact] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_indicator_file(path: Path) -> IndicatorFile:
    """Read a folder with both files, or a file of values with the catalogue beside it, if one is there."""
    values = path / FILE_NAME if path.is_dir() else path
    file = IndicatorFile()
    catalogue = values.parent / CATALOGUE_NAME
    if catalogue.is_file():
        _read_catalogue(read_table(catalogue), file)
    else:
        file.notes.append(
            f"{CATALOGUE_NAME} is not beside the file: only indicators that are held are known."
        )
    _read_values(read_table(values), file)
    return file


def _read_catalogue(table: Table, file: IndicatorFile) -> None:
    table.require(CATALOGUE_COLUMNS)
    for row in table:
        reason = _wrong_in_catalogue(row, file)
        if reason:
            table.refusals.append(row.refused(reason))
            continue
        cells = {name: " ".join(row[name].split()) for name in CATALOGUE_COLUMNS}
        file.indicators[row["indicator"]] = IndicatorFact(
            row, row["indicator"], cells["label"], cells["unit"], cells["topic"], cells["source"]
        )
    file.refusals += table.refusals
    file.notes += table.notes


def _wrong_in_catalogue(row: Row, file: IndicatorFile) -> str:
    key = row["indicator"]
    if not KEY.fullmatch(key):
        return f'indicator "{key}" is not a name of small letters, figures and underscores.'
    if key in file.indicators:
        return f"{key} is already named in line {file.indicators[key].row.line}."
    for column in ("label", "unit", "source"):
        if not row[column]:
            return f"{key} has no {column}."
        if len(row[column]) > LONGEST:
            return f"The {column} of {key} is longer than {LONGEST} characters."
    return ""


def _read_values(table: Table, file: IndicatorFile) -> None:
    table.require(COLUMNS)
    for row in table:
        read = _cell(row)
        reason = read if isinstance(read, str) else _wrong_around(row)
        if isinstance(read, str) or reason:
            table.refusals.append(row.refused(reason))
            continue
        value, status = read
        file.values.append(
            ValueFact(
                row=row,
                ons_code=row["gss_code"],
                indicator=row["indicator"],
                period=row["period"],
                value=value,
                printed=row["value"] or row["status"],
                status=status,
                source=row["source"],
            )
        )
    file.refusals += table.refusals
    file.notes += table.notes


def _cell(row: Row) -> tuple[Decimal | None, ValueStatus] | str:
    """The number, or why there is none; in words what is wrong if neither can be told."""
    printed, said = row["value"], row["status"].casefold()
    if said not in MARKS and said != "published":
        return f'status "{row["status"]}" is not one that is known.'
    if NUMBER.fullmatch(printed):
        if said not in ("", "published"):
            return f'the value {printed} stands beside the status "{row["status"]}": one of them is wrong.'
        return Decimal(printed.replace(",", "")).quantize(PLACES), ValueStatus.PUBLISHED
    mark = MARKS.get(printed.casefold())
    if mark is None:
        return f'value "{printed[:40]}" is neither a number nor a mark of official statistics.'
    if said == "published":
        return "the status says published, but there is no number."
    if printed and said and MARKS[said] != mark:
        return f'the mark "{printed}" and the status "{row["status"]}" do not agree.'
    return None, MARKS[said] if said else mark


def _wrong_around(row: Row) -> str:
    if not row["period"] or len(row["period"]) > LONGEST_PERIOD:
        return (
            "The period is missing."
            if not row["period"]
            else f'period "{row["period"][:40]}..." is too long.'
        )
    if not row["source"] or len(row["source"]) > LONGEST:
        return "The source is missing." if not row["source"] else "The source is too long."
    return ""
