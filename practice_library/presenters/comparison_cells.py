"""The cells of a comparison: what one entry reports about one thing, or that it does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from website.components.shapes import OutcomeRow

from .. import labels
from ..choices import ModelKind, Section, State
from . import links, rated
from .links import Link
from .sections import CASHABLE, amount_of
from .status import IN_FORCE, status_sentence

if TYPE_CHECKING:
    from ..models import ConditionRow, CostRow, OutcomeRating, Statement
    from ..selectors.comparison import ComparedEntry, Row

UNKNOWN = "not-known"
#: A cell stays a cell: what is more is read on the page of the entry.
MOST_LINES = 4
NO_PLACES = "No place that ran it is known here"


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a cell; `label` says what kind of fact it is, `note` what is known about it, `source` who says so."""

    text: str
    url: str = ""
    note: str = ""
    label: str = ""
    source: Link | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one entry says. `missing` stands where it says nothing; `more` leads to what did not fit."""

    lines: Sequence[Line] = ()
    outcomes: Sequence[OutcomeRow] = ()
    missing: str = ""
    more: str = ""
    more_url: str = ""


def named(entries: Sequence[ComparedEntry], made: Sequence[Cell]) -> list[tuple[str, Cell]]:
    """Each cell with the name of its entry, which it carries where columns do not fit side by side."""
    return [(each.entry["title"], cell) for each, cell in zip(entries, made, strict=True)]


def kind_of(each: ComparedEntry) -> str:
    """What it is, and where."""
    kind = each.entry["kind"]
    if kind:
        return labels.TYPE["model"] if kind == ModelKind.MODEL else f"Model. {ModelKind(kind).label}"
    lead = each.entry["lead"]
    return f"{labels.TYPE['case_study']}. {lead}" if lead else labels.TYPE["case_study"]


def own_status(each: ComparedEntry, today: dt.date) -> str:
    """Whether it runs; of a model only where a source says so."""
    row = each.entry
    if each.is_model and row["status"] == State.NOT_KNOWN:
        return ""
    return status_sentence(row["status"], row["status_as_at"], today)


def happened(each: ComparedEntry, outcome: str) -> Cell:
    """Direction first, as large for a null as for a success."""
    if not outcome:
        rows = rated.worst_and_best(each.ratings, anchors=False)
        return Cell(outcomes=rows or [_nothing_known()])
    rating = _rating(each, outcome)
    if rating is None:
        return Cell(outcomes=[_nothing_known()])
    told = rated.results_of(rating, _countries(each, rating))
    return Cell(
        outcomes=[
            OutcomeRow(part.row.direction, part.row.word, outcome=part.row.outcome, flags=part.row.flags)
            for part in told
        ],
        more="What was found",
        more_url=f"{_page(each)}#result-{outcome}",
    )


def tested(each: ComparedEntry, outcome: str) -> Cell:
    """How hard, in words, with the criteria met, not met and not reported."""
    if not outcome:
        hardest = max((rating.strength for rating in each.ratings), default=0)
        return Cell([Line(labels.STRENGTH[hardest])]) if hardest else Cell(missing=labels.STRENGTH[0])
    rating = _rating(each, outcome)
    if rating is None:
        return Cell(missing=labels.STRENGTH[0])
    told = rated.results_of(rating, _countries(each, rating))
    lines = [
        Line(part.row.tested, note=part.criteria_line, label=_capital(part.row.outcome)) for part in told
    ]
    return Cell(lines, more="How this was rated", more_url=links.rating(rating.uid))


def who_for(each: ComparedEntry) -> Cell:
    """Cohorts, with their ages where a source gives them."""
    return _cell(
        [Line(row["name"], links.search(cohort=row["slug"]), row["ages"]) for row in each.cohorts],
        f"{_page(each)}#about-what",
    )


def staffing(each: ComparedEntry) -> Cell:
    """Who does it: groups of the workforce, and what sources say about who did."""
    groups = [Line(row["name"], links.search(workforce=row["slug"])) for row in each.workforce]
    return _cell(groups + _told(each, Section.WHO_DID_IT), _where_told(each, each.statements, "who-did-it"))


def cost(each: ComparedEntry) -> Cell:
    """Each figure with its price year, what is in it and of a model in which place; pounds a child or family first."""
    ordered = sorted(each.costs, key=lambda row: (not amount_of(row), row.pounds is None))
    return _cell([_cost(each, row) for row in ordered], _where_told(each, each.costs, "costs"))


def _cost(each: ComparedEntry, row: CostRow) -> Line:
    amount = amount_of(row)
    facts = [
        row.unit if row.unit and row.unit not in amount else "",
        f"Prices of {row.price_year}" if row.price_year else "Price year not reported",
        f"Paid by: {row.payer}" if row.payer else "",
        CASHABLE[row.cashable],
    ]
    return Line(
        f"{amount or 'Amount not reported'}: {links.in_sentence(row.what)}",
        note=". ".join(fact for fact in facts if fact),
        label=_place_of(each, row),
        source=source_of(each, row, _page_of(each, row)),
    )


def time_to_result(each: ComparedEntry, outcome: str) -> Cell:
    """Months as reported, of a model in its places; apart from it, when the earliest finding was measured."""
    own = each.entry["months_to_first_result"]
    reported = [(own, "")] if own is not None else []
    reported += [
        (run["months_to_first_result"], run["place"] or run["title"])
        for run in each.runs.values()
        if run["months_to_first_result"] is not None
    ]
    lines = [Line(links.counted(months, "month"), note=where) for months, where in sorted(reported)]
    followed = [
        row["follow_up_months"]
        for row in each.findings
        if row["follow_up_months"] is not None and outcome in ("", row["outcome_slug"])
    ]
    if followed:
        months = f"{float(min(followed)):g}"
        said = f"Earliest finding measured after {months} {'month' if months == '1' else 'months'}"
        return Cell([*lines, Line(said)] if lines else [Line(labels.NOT_REPORTED), Line(said)])
    return _cell(lines, _page(each))


def went_wrong(each: ComparedEntry) -> Cell:
    """Harm first, then what did not work, of a model also in its places, then what sources warn of."""
    harm = dict.fromkeys((row["statement"], row["harm"]) for row in each.findings if row["harm"])
    found = Link("What was found", f"{_page(each)}#found")
    lines = [Line(said, note=what, label="Harm", source=found) for said, what in harm]
    lines += _told(each, Section.WHAT_DID_NOT_WORK)
    lines += _told(each, Section.CAUTION, label="Caution")
    return _cell(lines, _where_told(each, each.statements))


def stopped(each: ComparedEntry, today: dt.date) -> Cell:
    """Whether it ended, where and why: of a model in each of its places that did."""
    row = each.entry
    lines = []
    if row["status"] == State.STOPPED or not each.is_model:
        status = status_sentence(row["status"], row["status_as_at"], today)
        lines.append(Line(status, note=_reason(row) if row["status"] == State.STOPPED else ""))
    if not each.is_model:
        return Cell(lines)
    if not each.runs:
        return Cell(lines, missing=NO_PLACES)
    ended = [run for run in each.runs.values() if run["status"] == State.STOPPED]
    lines.append(_how_many(each, len(ended)))
    lines += [Line(run["place"] or run["title"], links.entry(run["url_path"]), _reason(run)) for run in ended]
    return _cell(lines, _stopped_places(each), most=MOST_LINES + 1)


def _how_many(each: ComparedEntry, ended: int) -> Line:
    number = len(each.runs)
    going = sum(run["status"] in IN_FORCE for run in each.runs.values())
    silent = number - ended - going
    note = f"Not known of {'all ' if silent == number > 1 else ''}{silent}" if silent else ""
    places = links.counted(number, "case study", "case studies")
    if not ended:
        return Line(
            f"None reported in {places}", links.search(model=each.entry["slug"], type="case_study"), note
        )
    return Line(f"{ended} of {places}", _stopped_places(each), note)


def _stopped_places(each: ComparedEntry) -> str:
    return links.search(model=each.entry["slug"], type="case_study", status=State.STOPPED.value)


def _reason(row: Row) -> str:
    return row["stop_reason"] or "Reason not reported"


def _cell(lines: Sequence[Line], more_url: str, *, most: int = MOST_LINES) -> Cell:
    """The first lines, and a way to the rest; one more than fits is shown rather than hidden."""
    if not lines:
        return Cell(missing=labels.NOT_REPORTED)
    if len(lines) <= most + 1:
        return Cell(lines)
    return Cell(lines[:most], more=f"And {len(lines) - most} more", more_url=more_url)


def _told(each: ComparedEntry, section: Section, *, label: str = "") -> list[Line]:
    return [
        Line(row.text, label=label or _place_of(each, row), source=source_of(each, row, _page_of(each, row)))
        for row in each.statements
        if row.section == section
    ]


def source_of(each: ComparedEntry, row: Statement | CostRow | ConditionRow, page: str = "") -> Link:
    """Where a fact was read: its own source, else those of the entry whose page this is, on which it rests as a whole."""
    source = row.source
    page = page or _page(each)
    if source is None:
        return Link("Sources of the entry", f"{page}#sources")
    published = ", ".join(filter(None, [source.publisher, str(source.year) if source.year else "undated"]))
    return Link(published or source.title, source.address or f"{page}#sources", row.at)


def _place_of(each: ComparedEntry, row: CostRow | Statement) -> str:
    """Which of a model's places a row is about; empty where it is about the entry itself."""
    run = each.runs.get(row.entry_id)
    return (run["place"] or run["title"]) if run else ""


def _page_of(each: ComparedEntry, row: CostRow | Statement) -> str:
    return links.entry(each.told_by(row)["url_path"])


def _where_told(each: ComparedEntry, rows: Sequence[CostRow | Statement], anchor: str = "") -> str:
    """Where the rest is read: on the page of the entry, or in the case studies of a model that tell most of it."""
    if any(row.entry_id in each.runs for row in rows):
        return links.search(model=each.entry["slug"], type="case_study")
    return f"{_page(each)}#{anchor}" if anchor else _page(each)


def _rating(each: ComparedEntry, outcome: str) -> OutcomeRating | None:
    return next((r for r in each.ratings if r.outcome is not None and r.outcome.slug == outcome), None)


def _countries(each: ComparedEntry, rating: OutcomeRating) -> list[str]:
    """Of the findings behind a rating; claims name no country."""
    slug = rating.outcome.slug if rating.outcome else ""
    told = [row["country"] for row in each.findings if row["outcome_slug"] == slug]
    counted = len(rating.detail.get("overall", {}).get("findings", ()))
    return told + [""] * (counted - len(told))


def _nothing_known() -> OutcomeRow:
    return OutcomeRow(UNKNOWN, labels.DIRECTION[UNKNOWN], tested=labels.STRENGTH[0])


def _page(each: ComparedEntry) -> str:
    return links.entry(each.entry["url_path"])


def _capital(words: str) -> str:
    """At the start of a line; names within keep theirs."""
    return words[:1].upper() + words[1:]
