"""Pages of a condition and of an outcome: what it is, and the entries that name it, each number a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from website.components.shapes import OutcomeRow

from .. import labels
from ..choices import Role
from ..evidence.criteria import HARM_FLAG_WORDS
from . import links
from .links import Count, Link
from .lists import EntryItem, entry_item

if TYPE_CHECKING:
    from ..models import OpenQuestion, Outcome, SystemCondition
    from ..selectors.terms import ConditionUse, OutcomeUse

MOST = 25
ROLES = {Role.ENABLER: "As help", Role.BARRIER: "As obstacle"}


@dataclass(frozen=True, slots=True)
class Use:
    """One entry under a term, with what it says of it."""

    entry: EntryItem
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The entries with one role or one direction. `counts`: how many of each presence or strength."""

    anchor: str
    heading: str
    direction: str
    total: Count
    counts: Sequence[Count]
    uses: Sequence[Use]

    @property
    def left_out(self) -> int:
        return self.total.number - len(self.uses)


@dataclass(slots=True)
class TermView:
    """A term in words."""

    name: str
    kicker: str
    scope_note: str
    other_words: str
    broader: Link | None
    narrower: Sequence[Link]
    number: int
    search_url: str
    narrower_url: str
    groups: Sequence[Group]
    questions: Sequence[Link] = ()
    level: str = ""


def condition_view(condition: SystemCondition, uses: Sequence[ConditionUse]) -> TermView:
    """What has to be in place: named as help or as obstacle, and whether it was there at the start."""
    slug = condition.slug
    return TermView(
        **_common(condition, links.condition, "condition"),
        kicker="What has to be in place",
        number=len({use.entry.pk for use in uses}),
        search_url=links.search(condition=slug),
        groups=[_role(slug, role, uses) for role in ROLES],
        level=condition.get_level_display() if condition.level else "",
    )


def _role(slug: str, role: Role, uses: Sequence[ConditionUse]) -> Group:
    of_role = [use for use in uses if use.role == role]
    entries: dict[int, Use] = {}
    for use in of_role:
        entries.setdefault(use.entry.pk, Use(entry_item(use.entry), use.note))
    return Group(
        anchor=role.value,
        heading=ROLES[role],
        direction="",
        total=Count(len(entries), links.search(condition=slug, role=role.value)),
        counts=[
            Count(
                len({use.entry.pk for use in of_role if use.presence == presence}),
                links.search(condition=slug, role=role.value, presence=presence),
                words,
            )
            for presence, words in labels.PRESENCE.items()
        ],
        uses=list(entries.values())[:MOST],
    )


def outcome_view(outcome: Outcome, uses: Sequence[OutcomeUse], questions: Iterable[OpenQuestion]) -> TermView:
    """What was found about an outcome, a group for every direction, nulls and harm as large as successes."""
    return TermView(
        **_common(outcome, links.outcome, "outcome"),
        kicker="Outcome",
        number=len(uses),
        search_url=links.search(outcome=outcome.slug),
        groups=[_direction(outcome, direction, uses) for direction in labels.DIRECTION],
        questions=[
            Link(each.title, links.question(each.slug), each.get_state_display()) for each in questions
        ],
    )


def _direction(outcome: Outcome, direction: str, uses: Sequence[OutcomeUse]) -> Group:
    found = [use for use in uses if use.direction == direction]
    levels = sorted({use.strength for use in found}, reverse=True)
    slugs = list(labels.EVIDENCE)
    return Group(
        anchor=direction,
        heading=labels.DIRECTION[direction],
        direction=direction,
        total=Count(len(found), links.search(outcome=outcome.slug, direction=direction)),
        counts=[
            Count(
                sum(use.strength == level for use in found),
                links.search(outcome=outcome.slug, direction=direction, evidence=slugs[level]),
                labels.STRENGTH[level],
            )
            for level in levels
        ],
        uses=[Use(_with_result(use)) for use in found[:MOST]],
    )


def _with_result(use: OutcomeUse) -> EntryItem:
    """The result for this outcome, not the headline of the entry."""
    item = entry_item(use.entry)
    row = OutcomeRow(
        use.direction,
        labels.DIRECTION[use.direction],
        tested=labels.STRENGTH[use.strength],
        flags=[HARM_FLAG_WORDS] if use.harm_flag else [],
    )
    return EntryItem(item.title, item.url, item.about, item.summary, row)


def _common(term: Any, address: Any, facet: str) -> dict[str, Any]:
    narrower = list(term.narrower.all())
    return {
        "name": term.name,
        "scope_note": term.scope_note,
        "other_words": links.named(term.synonyms, most=12),
        "broader": Link(term.broader.name, address(term.broader.slug)) if term.broader else None,
        "narrower": [Link(each.name, address(each.slug)) for each in narrower],
        "narrower_url": links.search(**{facet: [each.slug for each in narrower]}),
    }
