"""The page that sets up to four entries side by side. Nothing is ranked, and what is not reported says so in every cell."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from website.components.shapes import Option

from .. import comparing
from . import comparison_cells as cells
from . import links
from .comparison_conditions import SharedCondition, differing, shared

if TYPE_CHECKING:
    from ..comparing import Chosen
    from ..selectors.comparison import ComparedEntry, Row

NOT_HERE = "is not in the library, or no longer"
TOO_MANY = f"At most {comparing.MOST} entries fit side by side. Leave some out to compare the others."
MALFORMED = "Part of the address is not the id of an entry. Check that it was copied whole."
NO_OUTCOME = "There is no outcome of that name here, so the strongest results are shown."
STRONGEST = "The hardest tested result, and one of another direction where there is one"
ALONE = "Named by one alone. Another may have needed the same without a source saying so"
PRICES = "As printed, with the year of the prices"
REPEATED = "An entry that was named twice is shown once."


@dataclass(frozen=True, slots=True)
class ComparedView:
    """An entry as the list above the table shows it. `without` is the same comparison with it left out."""

    title: str
    url: str
    kind: str
    status: str
    without: str


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One thing that is compared, a named cell for each entry in their order. `help` says how to read it."""

    heading: str
    named: Sequence[tuple[str, cells.Cell]]
    help: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """The whole page. `ids` is what a form carries on; `rows` are empty where there is nothing to compare yet."""

    heading: str
    ids: str
    address: str = ""
    problems: Sequence[str] = ()
    notices: Sequence[str] = ()
    entries: Sequence[ComparedView] = ()
    names: Sequence[str] = ()
    outcomes: Sequence[Option] = ()
    first: Sequence[ComparisonRow] = ()
    shared: Sequence[SharedCondition] = ()
    shared_words: str = ""
    rest: Sequence[ComparisonRow] = ()
    can_add: bool = True
    status: int = 200


def nothing_chosen(chosen: Chosen) -> ComparisonView:
    """How to begin; and what is wrong with an address whose ids are none."""
    problems = [MALFORMED] if chosen.malformed else []
    return ComparisonView("Compare practice", "", problems=problems, status=400 if problems else 200)


def too_many(chosen: Chosen, names: Sequence[Row]) -> ComparisonView:
    """Only names, each with the choice to leave it out. Ids that nobody may read stay uncounted and unnamed."""
    ids = [row["uid"] for row in names]
    return ComparisonView(
        "Compare practice",
        "",
        problems=[TOO_MANY, *([MALFORMED] if chosen.malformed else [])],
        entries=[
            ComparedView(row["title"], links.entry(row["url_path"]), "", "", _without(row["uid"], ids))
            for row in names
        ],
        can_add=False,
        status=400,
    )


def comparison_view(
    chosen: Chosen,
    entries: Sequence[ComparedEntry],
    rated: dict[tuple[str, str], int],
    *,
    outcome: str,
    outcome_name: str,
    today: dt.date,
) -> ComparisonView:
    """Put a comparison into words. `outcome` is the slug that was asked for and `outcome_name` its name, if it has one."""
    ids = [each.uid for each in entries]
    slug = outcome if outcome_name else ""
    missing = len(chosen.ids) - len(ids)
    conditions = shared(entries)
    return ComparisonView(
        heading=_heading(entries),
        ids=",".join(str(uid) for uid in ids),
        address=comparing.address(ids, outcome=slug) if ids else "",
        problems=_problems(chosen, missing),
        notices=_notices(chosen, outcome, outcome_name),
        entries=[_entry(each, ids, slug, today) for each in entries],
        names=[each.entry["title"] for each in entries],
        outcomes=_outcomes(rated, slug, outcome_name, len(entries)),
        first=[] if not entries else _first(entries, slug, outcome_name),
        shared=conditions,
        shared_words=_shared_words(entries, conditions),
        rest=[] if not entries else _rest(entries, slug, today),
        can_add=len(ids) < comparing.MOST,
        status=404 if missing else 400 if chosen.malformed else 200,
    )


def _heading(entries: Sequence[ComparedEntry]) -> str:
    names = [each.entry["title"] for each in entries]
    return f"Compare {links.named(names)}" if len(names) > 1 else "Compare practice"


def _problems(chosen: Chosen, missing: int) -> list[str]:
    """The same words for what was never there and for what nobody may read."""
    told = []
    if missing:
        told.append(f"{links.counted(missing, 'entry', 'entries')} asked for {_is_not_here(missing)}.")
    if chosen.malformed:
        told.append(MALFORMED)
    return told


def _is_not_here(number: int) -> str:
    return NOT_HERE if number == 1 else NOT_HERE.replace("is not", "are not", 1)


def _notices(chosen: Chosen, outcome: str, outcome_name: str) -> list[str]:
    return [
        words
        for words, applies in ((REPEATED, chosen.repeated), (NO_OUTCOME, outcome and not outcome_name))
        if applies
    ]


def _without(uid: uuid.UUID, ids: Sequence[uuid.UUID], outcome: str = "") -> str:
    rest = [each for each in ids if each != uid]
    return comparing.address(rest, outcome=outcome) if rest else comparing.COMPARE


def _entry(each: ComparedEntry, ids: Sequence[uuid.UUID], outcome: str, today: dt.date) -> ComparedView:
    return ComparedView(
        title=each.entry["title"],
        url=links.entry(each.entry["url_path"]),
        kind=cells.kind_of(each),
        status=cells.own_status(each, today),
        without=_without(each.uid, ids, outcome),
    )


def _outcomes(rated: dict[tuple[str, str], int], chosen: str, name: str, number: int) -> list[Option]:
    """Those with a result, the ones that most entries share first; the chosen one also where none has a result."""
    told = dict(rated)
    if chosen and (name, chosen) not in told:
        told[name, chosen] = 0
    ordered = sorted(told.items(), key=lambda item: (-item[1], item[0][0].casefold()))
    return [
        Option(slug, f"{label} (a result in {count} of {number})", slug == chosen)
        for (label, slug), count in ordered
    ]


def _row(
    entries: Sequence[ComparedEntry],
    heading: str,
    made: Sequence[cells.Cell],
    help_: str = "",
    anchor: str = "",
) -> ComparisonRow:
    return ComparisonRow(heading, cells.named(entries, made), help_, anchor)


def _first(entries: Sequence[ComparedEntry], outcome: str, name: str) -> list[ComparisonRow]:
    """What is known of the chosen outcome, or of the hardest tested ones, and for whom."""
    happened = [cells.happened(each, outcome) for each in entries]
    tested = [cells.tested(each, outcome) for each in entries]
    if outcome:
        first = _row(entries, f"What happened: {links.in_sentence(name)}", happened, anchor="happened")
        how = _row(entries, "How it was tested", tested)
    else:
        first = _row(entries, "What happened", happened, STRONGEST, "happened")
        how = _row(entries, "How it was tested", tested, "The hardest test of any outcome")
    return [first, how, _row(entries, "Who it is for", [cells.who_for(each) for each in entries])]


def _rest(entries: Sequence[ComparedEntry], outcome: str, today: dt.date) -> list[ComparisonRow]:
    """Conditions that only one names, and what it takes, costs and may go wrong."""
    several = len(entries) > 1
    heading, help_ = ("Conditions that differ", ALONE) if several else ("What has to be in place", "")
    time = [cells.time_to_result(each, outcome) for each in entries]
    return [
        _row(entries, heading, differing(entries), help_, "conditions"),
        _row(entries, "Staffing", [cells.staffing(each) for each in entries]),
        _row(entries, "What it cost", [cells.cost(each) for each in entries], PRICES),
        _row(entries, "Time to first result", time),
        _row(entries, "What went wrong", [cells.went_wrong(each) for each in entries]),
        _row(entries, "Stopped anywhere", [cells.stopped(each, today) for each in entries]),
    ]


def _shared_words(entries: Sequence[ComparedEntry], conditions: Sequence[SharedCondition]) -> str:
    """What to say in place of rows of shared conditions."""
    if len(entries) < 2 or conditions:
        return ""
    return "No condition is named by more than one of these."
