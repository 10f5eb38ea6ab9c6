"""The official layout of inspection judgements: the latest report of an authority a line."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from website.places.choices import Grade
from website.places.importers.rows import Refusal, Row, read_table
from website.places.judgements import JUDGED

FILE_NAME = "ofsted_judgements.csv"
DATES = ("inspection_start", "inspection_end", "published")
TEXTS = ("framework", "inspection_type", "ofsted_urn", "report_url")
COLUMNS = ("gss_code", "dfe_number", *TEXTS, *DATES, *JUDGED)
ADDRESS = re.compile(r"https?://[^\s\"<>]{1,190}")
LONGEST = {"framework": 40, "inspection_type": 40, "ofsted_urn": 12}


@dataclass(frozen=True)
class JudgementFact:
    row: Row
    ons_code: str
    dfe_number: str
    framework: str
    published: datetime.date
    #: Everything else that the report says, by the names of the columns.
    said: dict[str, Any]


@dataclass
class JudgementFile:
    rows: list[JudgementFact] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_judgement_file(path: Path) -> JudgementFile:
    """Read the file, or the file of that name in a folder."""
    table = read_table(path / FILE_NAME if path.is_dir() else path)
    table.require(COLUMNS)
    file = JudgementFile(refusals=table.refusals, notes=table.notes)
    for row in table:
        fact = _fact(row)
        if isinstance(fact, str):
            file.refusals.append(row.refused(fact))
            continue
        file.rows.append(fact)
        ended = fact.said["inspection_end"]
        if ended and fact.published < ended:
            file.notes.append(f"{row.file}:{row.line}: published before the inspection ended; kept as it is.")
    return file


def _fact(row: Row) -> JudgementFact | str:
    """What the line says, or why it cannot be."""
    dates: dict[str, datetime.date | None] = {}
    for column in DATES:
        try:
            dates[column] = datetime.date.fromisoformat(row[column]) if row[column] else None
        except ValueError:
            return f'{column} "{row[column]}" is not a date as in 2026-01-28.'
    published = dates.pop("published")
    if published is None:
        return "The day of publication is missing: nobody could say which judgement is the latest."
    if (
        dates["inspection_start"]
        and dates["inspection_end"]
        and dates["inspection_end"] < dates["inspection_start"]
    ):
        return "The inspection ends before it starts."
    reason = _wrong_words(row)
    if reason:
        return reason
    return JudgementFact(
        row=row,
        ons_code=row["gss_code"],
        dfe_number=row["dfe_number"],
        framework=row["framework"],
        published=published,
        said={
            **dates,
            **{column: row[column].casefold() for column in JUDGED},
            **{column: row[column] for column in TEXTS if column != "framework"},
        },
    )


def _wrong_words(row: Row) -> str:
    if not row["framework"]:
        return "The framework is missing."
    for column, longest in LONGEST.items():
        if len(row[column]) > longest:
            return f"{column} is longer than {longest} characters."
    if row["report_url"] and not ADDRESS.fullmatch(row["report_url"]):
        return f'report_url "{row["report_url"][:60]}" is not a web address.'
    for column in JUDGED:
        if row[column] and row[column].casefold() not in Grade.values:
            return f'{column} "{row[column][:40]}" is not one of: {", ".join(Grade.values)}.'
    return ""
