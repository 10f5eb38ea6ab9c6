"""What a reader of the evidence map asked for, in the address, or plain sentences about what makes no sense."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from .choices import Direction
from .selectors.term_tree import TermTree

GAPS = "/practice/gaps/"
GAPS_CSV = "/practice/gaps/evidence-map.csv"
GAPS_JSON = "/api/v1/gaps"
ENGLAND, COMPARED, WITHOUT = "england", "compared", "without"
#: Parameters with a closed set of values; each has an empty one that is the same as leaving it out.
CLOSED = {
    "direction": tuple(Direction.values),
    "country": (ENGLAND,),
    "evidence": (COMPARED,),
    "forecasts": (WITHOUT,),
}
LONGEST_SHOWN = 40
Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class MapChoices:
    """`cohort`, `outcome` and `direction` ask for studies; the others shape the map and the studies alike.

    `opened` are groups of cohorts whose members are shown, `within` is the group of outcomes whose members are.
    """

    cohort: str = ""
    outcome: str = ""
    direction: str = ""
    country: str = ""
    evidence: str = ""
    forecasts: str = ""
    opened: tuple[str, ...] = ()
    within: str = ""

    @property
    def is_list(self) -> bool:
        """Studies are asked for, not the map."""
        return bool(self.cohort or self.outcome or self.direction)

    @property
    def is_narrowed(self) -> bool:
        """Not every study counts."""
        return bool(self.country or self.evidence or self.forecasts)

    @property
    def of_map(self) -> MapChoices:
        """The map with the same kind of studies."""
        return replace(self, cohort="", outcome="", direction="")

    def params(self) -> dict[str, Any]:
        """As the address holds them, in a stable order."""
        names = ("cohort", "outcome", "direction", "country", "evidence", "forecasts")
        params: dict[str, Any] = {name: getattr(self, name) for name in names} | {
            "open": self.opened,
            "within": self.within,
        }
        return {name: value for name, value in params.items() if value}

    def url(self, **changes: Any) -> str:
        """The address of these choices with some changed."""
        return _address(GAPS, replace(self, **changes))

    @property
    def csv_url(self) -> str:
        """The same as a table to download."""
        return _address(GAPS_CSV, replace(self, opened=(), within=""))

    @property
    def json_url(self) -> str:
        """The same as data."""
        return _address(GAPS_JSON, self)


def _address(path: str, choices: MapChoices) -> str:
    params = choices.params()
    return f"{path}?{urlencode(params, doseq=True)}" if params else path


def shown_terms(choices: MapChoices, cohorts: TermTree, outcomes: TermTree) -> tuple[list[Any], list[Any]]:
    """The cohorts that are rows and the outcomes that are columns."""
    rows = [
        term
        for group in cohorts.groups
        for term in (group, *(cohorts.within(group.slug) if group.slug in choices.opened else ()))
    ]
    return rows, (outcomes.within(choices.within) if choices.within else []) or outcomes.groups


def read_choices(params: Params, cohorts: TermTree, outcomes: TermTree) -> tuple[MapChoices, list[str]]:
    """The choices that make sense, and a sentence about each that does not."""
    problems: list[str] = []
    chosen: dict[str, Any] = {
        "cohort": _term(params, "cohort", cohorts, "group of children or families", problems),
        "outcome": _term(params, "outcome", outcomes, "outcome", problems),
        "within": _term(params, "within", outcomes, "group of outcomes", problems),
    }
    if chosen["within"] and not outcomes.within(chosen["within"]):
        problems.append(f"{outcomes[chosen['within']].name} is a single outcome: nothing stands within it.")
        chosen["within"] = ""
    for name, allowed in CLOSED.items():
        chosen[name] = value = _single(params, name, problems)
        if value and value not in allowed:
            problems.append(f"{_shown(value)} is not a value of {name}. It takes: {', '.join(allowed)}.")
            chosen[name] = ""
    opened = dict.fromkeys(value.strip() for value in params.get("open", ()) if value.strip())
    problems += [
        f"No group of children or families is called {_shown(value)}."
        for value in opened
        if value not in cohorts
    ][:3]
    chosen["opened"] = tuple(value for value in opened if value in cohorts)
    return MapChoices(**chosen), problems


def _single(params: Params, name: str, problems: list[str]) -> str:
    values = dict.fromkeys(value.strip() for value in params.get(name, ()) if value.strip())
    if len(values) > 1:
        problems.append(f"Choose one {name}: {len(values)} were given.")
        return ""
    return next(iter(values), "")


def _term(params: Params, name: str, tree: TermTree, what: str, problems: list[str]) -> str:
    value = _single(params, name, problems)
    if value and value not in tree:
        problems.append(f"No {what} is called {_shown(value)}.")
        return ""
    return value


def _shown(value: str) -> str:
    """A value as a message may repeat it: short, printable and in quotes."""
    printable = "".join(letter for letter in value if letter.isprintable())
    return f"“{printable[:LONGEST_SHOWN]}{'…' if len(printable) > LONGEST_SHOWN else ''}”"
