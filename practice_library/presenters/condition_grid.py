"""Conditions by places: what each place that ran a model says was there, where it worked and where it did not.

What a place does not say is never counted as missing. Only a result that a place found about itself puts it on a side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ..choices import Direction, Presence, Role
from . import links
from .links import Count, Link

if TYPE_CHECKING:
    from ..selectors.runs import PlaceRun, RunCondition

#: Below this many conditions named by places there is nothing to compare.
FEWEST_CONDITIONS = 2
#: So many places on each side, each with a finding of its own, must say whether it was there before a warning stands.
FEWEST_FOR_A_WARNING = 3
MOST_NAMED = 6

WORKED, FAILED, OTHER = "worked", "failed", "other"
SIDES = {WORKED: "Where it worked", FAILED: "Where it did not", OTHER: "Other places"}
SIDE_OF = {
    Direction.FAVOURABLE: WORKED,
    Direction.NO_EFFECT: FAILED,
    Direction.ADVERSE: FAILED,
}

PRESENT, PARTLY, ABSENT, BLOCKED, HELPED, BOTH = "present", "partly", "absent", "blocked", "helped", "both"
#: Where accounts of several places stand that have no lead: none of them is one place.
SEVERAL = "several-places"
WORDS = {
    PRESENT: "In place",
    PARTLY: "Partly in place",
    ABSENT: "Not in place",
    BLOCKED: "Stood in the way",
    HELPED: "Named as help",
    BOTH: "Said both ways",
}
STATES: Mapping[str, str] = {Presence.YES: PRESENT, Presence.PARTLY: PARTLY, Presence.NO: ABSENT}
#: How far each state counts as being in place; the others count on neither side of the scale.
IN_PLACE = {PRESENT: Fraction(1), PARTLY: Fraction(1, 2), ABSENT: Fraction(0), BLOCKED: Fraction(0)}


@dataclass(frozen=True, slots=True)
class SaidBy:
    """A state in words with the places that say so. `more` leads to those that are not named here."""

    word: str
    places: Sequence[Link]
    more: Link | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """What the places of one side say of one condition. `silent` is what is not said, in words."""

    heading: str
    said: Sequence[SaidBy]
    silent: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """One condition over all places."""

    name: str
    url: str
    helped: Count
    hindered: Count
    cells: Sequence[GridCell]
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ConditionGrid:
    """The grid, its columns and what must be known to read it."""

    headings: Sequence[str]
    rows: Sequence[GridRow]
    note: str


@dataclass(frozen=True, slots=True)
class _Sides:
    """The runs in their order, the side of each, and how many stand on it."""

    runs: Mapping[int, PlaceRun]
    of: Mapping[int, str]
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one condition is, by the run that says it, in the order of the runs."""

    name: str
    slug: str
    states: Mapping[int, str]
    roles: Mapping[str, Collection[int]]


def condition_grid(
    runs: Sequence[PlaceRun], rows: Iterable[RunCondition], model: dict[str, str]
) -> ConditionGrid | None:
    """Conditions that places named, those first that most differ between places where it worked and where not."""
    of = {run.pk: _side(run) for run in runs}
    sides = _Sides({run.pk: run for run in runs}, of, Counter(of.values()))
    order = {pk: number for number, pk in enumerate(of)}
    named = _by_condition(sorted((row for row in rows if row.run in order), key=lambda row: order[row.run]))
    if len(named) < FEWEST_CONDITIONS:
        return None
    named.sort(key=lambda each: (*_rank(each, sides), each.name))
    shown = [side for side in SIDES if sides.numbers[side]]
    return ConditionGrid(
        headings=[SIDES[side] for side in shown],
        rows=[_row(condition, shown, sides, model) for condition in named],
        note=_note(runs, of),
    )


def _side(run: PlaceRun) -> str:
    """By a finding about that place alone, else on neither side."""
    headline = run.headline
    if headline is None or not headline.outcome or run.url.split("/")[2] == SEVERAL:
        return OTHER
    return SIDE_OF.get(Direction(headline.direction), OTHER)


def _by_condition(rows: Iterable[RunCondition]) -> list[_Said]:
    """A place that names a condition twice says one thing of it, or says it both ways."""
    found: dict[tuple[str, str], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    roles: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        key = (row.name, row.slug)
        found[key][row.run].add(_state(row))
        roles[key][row.role].add(row.run)
    return [
        _Said(*key, {run: _together(states) for run, states in by_run.items()}, roles[key])
        for key, by_run in found.items()
    ]


def _state(row: RunCondition) -> str:
    if row.role == Role.BARRIER:
        return BLOCKED
    return STATES.get(row.presence, HELPED)


def _together(states: set[str]) -> str:
    told = states if BLOCKED in states else states - {HELPED} or states
    return next(iter(told)) if len(told) == 1 else BOTH


def in_words(rows: Iterable[RunCondition]) -> dict[int, list[str]]:
    """For each run what it says of conditions: "In place: A; B"."""
    told: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for condition in _by_condition(rows):
        for run, state in condition.states.items():
            told[run][state].append(condition.name)
    return {
        run: [f"{WORDS[state]}: {'; '.join(by_state[state])}" for state in WORDS if state in by_state]
        for run, by_state in told.items()
    }


def _shares(said: _Said, sides: _Sides) -> dict[str, list[Fraction]]:
    """How far it was in place, for each place of a side that says so. A place counts once, or not if it differs."""
    told: dict[str, dict[str, set[Fraction]]] = {WORKED: {}, FAILED: {}}
    for run, state in said.states.items():
        if sides.of[run] in told and state in IN_PLACE:
            told[sides.of[run]].setdefault(place_key(sides.runs[run]), set()).add(IN_PLACE[state])
    on_both = told[WORKED].keys() & told[FAILED].keys()
    return {
        side: [
            next(iter(shares)) for key, shares in by_place.items() if key not in on_both and len(shares) == 1
        ]
        for side, by_place in told.items()
    }


def place_key(run: PlaceRun) -> str:
    """Two accounts of one authority are one place; without a lead each account stands for itself."""
    return f"lead {run.lead_id}" if run.lead_id is not None else f"run {run.pk}"


def _rank(said: _Said, sides: _Sides) -> tuple[int, Fraction, int]:
    """The greatest difference first, where both sides say anything; then what most places name."""
    shares = _shares(said, sides)
    if not (shares[WORKED] and shares[FAILED]):
        return (1, Fraction(0), -len(said.states))
    return (0, -abs(_mean(shares[WORKED]) - _mean(shares[FAILED])), -len(said.states))


def _mean(shares: Sequence[Fraction]) -> Fraction:
    return sum(shares, Fraction(0)) / len(shares)


def _warning(said: _Said, sides: _Sides) -> str:
    """Only where three places on each side say so, and more of those where it worked had it."""
    shares = _shares(said, sides)
    worked, failed = shares[WORKED], shares[FAILED]
    if min(len(worked), len(failed)) < FEWEST_FOR_A_WARNING or _mean(worked) <= _mean(failed):
        return ""
    had = [sum(share > 0 for share in side) for side in (worked, failed)]
    return (
        f"Take care where this is missing. It was in place, at least partly, in {had[0]} of {len(worked)} places where "
        f"it worked, and in {had[1]} of {len(failed)} where it did not. So few places prove nothing."
    )


def _row(said: _Said, shown: Sequence[str], sides: _Sides, model: dict[str, str]) -> GridRow:
    helped, hindered = (
        Count(len(said.roles.get(role, ())), links.search(**model, condition=said.slug, role=role))
        for role in (Role.ENABLER, Role.BARRIER)
    )
    return GridRow(
        name=said.name,
        url=links.condition(said.slug),
        helped=helped,
        hindered=hindered,
        cells=[_cell(said, side, sides, model) for side in shown],
        warning=_warning(said, sides),
    )


def _cell(said: _Said, side: str, sides: _Sides, model: dict[str, str]) -> GridCell:
    by_state: dict[str, list[PlaceRun]] = defaultdict(list)
    for run, state in said.states.items():
        if sides.of[run] == side:
            by_state[state].append(sides.runs[run])
    told = []
    for state, word in WORDS.items():
        saying = by_state.get(state, ())
        if saying:
            rest = len(saying) - MOST_NAMED
            told.append(
                SaidBy(
                    word,
                    [Link(run.place or run.title, run.url) for run in saying[:MOST_NAMED]],
                    Link(f"{rest} more", links.search(**model, condition=said.slug)) if rest > 0 else None,
                )
            )
    silent = sides.numbers[side] - sum(len(saying) for saying in by_state.values())
    words = "" if not silent else "Not said by the others" if told else "Not said"
    return GridCell(SIDES[side], told, words)


def _note(runs: Sequence[PlaceRun], sides: Mapping[int, str]) -> str:
    """Why no warning can stand, where too few places have a finding of their own."""
    numbers = {
        side: len({place_key(run) for run in runs if sides[run.pk] == side}) for side in (WORKED, FAILED)
    }
    if min(numbers.values()) >= FEWEST_FOR_A_WARNING:
        return ""
    return (
        f"Places with a finding of their own: better in {numbers[WORKED]}, no difference or worse in {numbers[FAILED]}. "
        "Too few to say what a place cannot do without: that takes three on each side."
    )
