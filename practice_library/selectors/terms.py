"""A condition or an outcome with the entries that name it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from ..models import ConditionRow, Entry, OpenQuestion, Outcome, OutcomeRating, SystemCondition
from .lists import EntryRow, entry_rows


@dataclass(frozen=True, slots=True)
class ConditionUse:
    """How one entry names a condition."""

    entry: EntryRow
    role: str
    presence: str
    note: str


@dataclass(frozen=True, slots=True)
class OutcomeUse:
    """The result of one entry for an outcome."""

    entry: EntryRow
    direction: str
    strength: int
    harm_flag: bool


def condition_at(slug: str) -> SystemCondition | None:
    return SystemCondition.objects.filter(slug=slug).select_related("broader").first()


def outcome_at(slug: str) -> Outcome | None:
    return Outcome.objects.filter(slug=slug).select_related("broader").first()


def uses_of_condition(condition: SystemCondition, *, user: Any = None) -> list[ConditionUse]:
    """Every way in which a readable entry names it, by entry."""
    rows = ConditionRow.objects.filter(tag=condition)
    entries = {
        entry.pk: entry
        for entry in entry_rows(Entry.objects.readable_by(user).filter(pk__in=rows.values("content_object")))
    }
    uses = rows.order_by("sort_order", "pk").values_list(
        "content_object_id", "role", "present_at_start", "note"
    )
    found = [
        ConditionUse(entries[entry], role, presence or "not-known", note)
        for entry, role, presence, note in uses
        if entry in entries
    ]
    return sorted(found, key=lambda use: (not use.entry.is_model, use.entry.title, use.entry.lead))


def uses_of_outcome(outcome: Outcome, *, user: Any = None) -> list[OutcomeUse]:
    """Every readable entry with a result for it, the hardest tested first."""
    rated = OutcomeRating.objects.current().filter(outcome=outcome)
    entries = {
        entry.pk: entry
        for entry in entry_rows(
            Entry.objects.readable_by(user).filter(pk__in=rated.order_by().values("entry"))
        )
    }
    found = [
        OutcomeUse(entries[entry], direction, strength, harm)
        for entry, direction, strength, harm in rated.values_list(
            "entry_id", "direction", "strength", "harm_flag"
        )
        if entry in entries
    ]
    return sorted(found, key=lambda use: (-use.strength, use.entry.title, use.entry.lead))


def questions_about(outcome: Outcome) -> list[OpenQuestion]:
    return list(OpenQuestion.objects.shown().filter(outcome=outcome))


def conditions_with_numbers(*, user: Any = None) -> list[tuple[SystemCondition, int]]:
    """Every condition with the number of readable entries that name it, the most named first."""
    named = ConditionRow.objects.filter(
        content_object__in=Entry.objects.readable_by(user).order_by().values("pk")
    )
    return _numbered(SystemCondition, named.values_list("tag_id", "content_object_id"))


def outcomes_with_numbers(*, user: Any = None) -> list[tuple[Outcome, int]]:
    """Every outcome with the number of readable entries that have a result for it, the most first."""
    rated = OutcomeRating.objects.current().filter(
        entry__in=Entry.objects.readable_by(user).order_by().values("pk")
    )
    return _numbered(Outcome, rated.exclude(outcome=None).values_list("outcome_id", "entry_id"))


def _numbered(terms: Any, pairs: Any) -> list[Any]:
    numbers = Counter(term for term, _ in set(pairs.order_by()))
    found = [(term, numbers[term.pk]) for term in terms.objects.all() if numbers[term.pk]]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].name))
