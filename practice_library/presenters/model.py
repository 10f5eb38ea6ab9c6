"""The page of a practice model: what it is, where it was tried, and what came of it in each place."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from website.components.entry_shapes import SixRow
from website.components.shapes import OutcomeRow, Pagination

from .. import labels
from ..choices import ModelKind, Role, Section
from ..evidence.criteria import HARM_FLAG_WORDS
from ..partial_dates import in_words, year_of
from . import entry as of_entry
from . import links, sections
from .condition_grid import ConditionGrid, condition_grid
from .condition_grid import in_words as in_words_by_run
from .first_page import PARTS, first_page
from .references import References
from .status import status_sentence

if TYPE_CHECKING:
    from ..selectors.entries import EntryFacts
    from ..selectors.runs import PlaceRun

UNKNOWN = "not-known"
#: Places on one page; the rest stand on the next, so that the first is light.
PLACES_A_PAGE = 5


@dataclass(frozen=True, slots=True)
class TallyItem:
    """How many places have a result as their strongest one; leads to those places."""

    direction: str
    word: str
    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class RunView:
    """One place that ran the model."""

    place: str
    title: str
    url: str
    variant: str
    when: str
    status: str
    stop_reason: str
    result: OutcomeRow
    note: str
    conditions: Sequence[str]
    sourced: str


@dataclass(slots=True)
class ModelView(of_entry.EntryView):
    """A practice model in words."""

    kind: str = ""
    tally: Sequence[TallyItem] = ()
    number_of_places: int = 0
    all_places_url: str = ""
    register_url: str = ""
    chosen: str = ""
    in_england: Sequence[RunView] = ()
    elsewhere: Sequence[RunView] = ()
    pages: Pagination | None = None
    grid: ConditionGrid | None = None
    grid_more: links.Count | None = None
    found_more: links.Count | None = None
    sources_more: links.Count | None = None
    kindred_more: links.Count | None = None
    other_results: Sequence[tuple[str, OutcomeRow]] = ()
    part: str = ""
    buying: Sequence[sections.Part] = ()


def model_view(
    facts: EntryFacts, *, url: str, today: dt.date, result: str = "", page: str = "", part: str = ""
) -> ModelView:
    """Put a model into words. `result` is a direction: only places with that result are listed, a page at a time.

    `part` is one that the first page may shorten; a view of it holds it whole.
    """
    entry = facts.entry
    references = References(facts)
    present = sections.parts(facts, references)
    values = of_entry.shared(facts, references, url=url, today=today, present=present)
    known = entry.status != UNKNOWN
    chosen = result if result in labels.DIRECTION else ""
    runs = [run for run in facts.runs if not chosen or _direction(run) == chosen]
    shown, pages = _page(runs, page, chosen)
    here = {run.pk for run in shown}
    said = in_words_by_run(row for row in facts.conditions_of_runs if row.run in here)
    model = {"model": entry.slug, "type": "case_study"}
    how = [present[s] for s in (Section.HOW_IT_WORKS, Section.MUST_KEEP, Section.CAN_ADAPT) if s in present]
    status_refs = references.to(entry.status_source_id, where="Status") if entry.status_source_id else ()
    view = ModelView(
        **{**values, "status_refs": status_refs, "sources": references.at_the_foot()},
        kicker="Practice model"
        if entry.kind == ModelKind.MODEL
        else f"Practice model. {entry.get_kind_display()}",
        kicker_links=(),
        kind=entry.get_kind_display(),
        status=status_sentence(entry.status, entry.status_as_at, today) if known else "",
        six=of_entry.six_rows(
            facts, who="Who it is for", ask=_places_row(facts), wrong=_cautions(facts, present)
        ),
        how_it_works=how,
        missing=_missing(facts, present),
        about=of_entry.dates_of(entry, today) if known or entry.start else _short_about(entry, today),
        tally=_tally(facts.runs, chosen),
        number_of_places=len(facts.runs),
        all_places_url=links.search(**model),
        register_url=links.register(entry.slug),
        chosen=labels.DIRECTION.get(chosen, ""),
        in_england=[_run(run, today, said) for run in shown if is_in_england(run)],
        elsewhere=[_run(run, today, said) for run in shown if not is_in_england(run)],
        pages=pages,
        grid=condition_grid(facts.runs, facts.conditions_of_runs, model),
        buying=[present[s] for s in (Section.LICENCE_FEE, Section.SUPPLIER) if s in present],
        part=part if part in PARTS else "",
    )
    if not view.part:
        first_page(view)
    return view


def is_in_england(run: PlaceRun) -> bool:
    return "england" in run.country.lower().replace("new england", "")


def _direction(run: PlaceRun) -> str:
    return run.headline.direction if run.headline else UNKNOWN


def _tally(runs: Iterable[PlaceRun], chosen: str) -> list[TallyItem]:
    """Better 3, mixed 0, no difference 4 ...: each place once, by its strongest result."""
    counted = Counter(_direction(run) for run in runs)
    order = ("favourable", "mixed", "no-effect", "adverse", "inconclusive", UNKNOWN)
    return [
        TallyItem(
            direction=direction,
            word=labels.DIRECTION[direction],
            number=counted[direction],
            url=f"?result={direction}#places",
            current=direction == chosen,
        )
        for direction in order
    ]


def _page(runs: Sequence[PlaceRun], asked: str, chosen: str) -> tuple[Sequence[PlaceRun], Pagination | None]:
    """The places of one page; what is no page of these is the first."""
    last = max(1, -(-len(runs) // PLACES_A_PAGE))
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    number = number if 1 <= number <= last else 1
    here = f"?result={chosen}&page=" if chosen else "?page="
    pages = Pagination.of(page=number, last=last, url_for=lambda n: f"{here}{n}#places") if last > 1 else None
    return runs[(number - 1) * PLACES_A_PAGE : number * PLACES_A_PAGE], pages


def _run(run: PlaceRun, today: dt.date, said: Mapping[int, Sequence[str]]) -> RunView:
    span = [in_words(date) if date else "" for date in (run.start, run.end)]
    if all(span):
        when = f"{span[0]} to {span[1]}" if year_of(run.start) != year_of(run.end) else span[1]
    else:
        when = f"From {span[0]}" if span[0] else f"Until {span[1]}" if span[1] else ""
    headline = run.headline
    known = headline is not None and bool(headline.outcome)
    return RunView(
        place=run.place or "Several places or none named",
        title=run.title,
        url=run.url,
        variant=run.variant,
        when=when,
        status=status_sentence(run.status, run.status_as_at, today),
        stop_reason=run.stop_reason,
        result=OutcomeRow(
            _direction(run),
            labels.DIRECTION[_direction(run)],
            outcome=links.in_sentence(headline.outcome) if headline and known else "",
            tested=labels.STRENGTH[headline.strength] if headline and known else "",
            flags=[HARM_FLAG_WORDS] if headline and headline.harm_flag else [],
        ),
        note="Part of a study of several places" if run.in_study and not known else "",
        conditions=said.get(run.pk, ()),
        sourced=str(run.source_year or ""),
    )


def _places_row(facts: EntryFacts) -> SixRow:
    """In place of "who to ask": people are asked in the places that ran it."""
    number = len(facts.runs)
    if not number:
        return SixRow("Where it was tried", missing="No place that ran it is known here")
    names = list(dict.fromkeys(run.place for run in facts.runs if run.place))
    text = (
        f"{links.counted(number, 'case study', 'case studies')}: {links.named(names, most=3)}."
        if names
        else ""
    )
    return SixRow("Where it was tried", text=text, url="#places", link="See all" if number > 1 else "See it")


def _cautions(facts: EntryFacts, present: dict[str, sections.Part]) -> SixRow:
    part = present.get(Section.WHAT_DID_NOT_WORK) or present.get(Section.CAUTION)
    if part:
        more = len(part.told) - 1
        return SixRow(
            "What went wrong" if Section.WHAT_DID_NOT_WORK in present else "Cautions",
            text=part.told[0].text,
            url=f"#{part.anchor}" if more else "",
            link=f"And {more} more" if more else "",
        )
    barriers = list(dict.fromkeys(row.tag.name for row in facts.conditions if row.role == Role.BARRIER))
    return SixRow("What went wrong", text="; ".join(barriers))


def _short_about(entry: object, today: dt.date) -> list[tuple[str, str]]:
    """A model has dates of its own only where a source gives them."""
    return [row for row in of_entry.dates_of(entry, today) if row[0] not in {"Started", "Status", "Country"}]


def _missing(facts: EntryFacts, present: dict[str, sections.Part]) -> str:
    asked = [
        ("who it is for", facts.links.get("cohort")),
        ("a result for those it is for", any(rating.outcome_id for rating in facts.ratings)),
        ("what has to be in place", facts.conditions),
        ("what must be kept", Section.MUST_KEEP in present),
        ("what can be adapted", Section.CAN_ADAPT in present),
        ("what it costs", facts.costs),
        ("licence, training and supplier", Section.LICENCE_FEE in present or Section.SUPPLIER in present),
        ("places that ran it", facts.runs),
    ]
    return links.named([words for words, known in asked if not known], most=9)
