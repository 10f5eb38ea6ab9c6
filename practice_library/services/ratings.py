"""The one place that stores ratings: what the evidence standard computes from the facts at hand, and reviewers' values."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from website.audit.recording import record

from .. import permissions
from ..choices import RatedBecause
from ..evidence.clauses import care
from ..evidence.entry import EntryRating, OutcomeRow, rate_entry
from ..evidence.explain import as_data
from ..evidence.facts import Direction
from ..models import Outcome, OutcomeRating
from ..selectors.organisations import is_work_of
from .facts import facts_by_entry

if TYPE_CHECKING:
    from website.accounts.models import User

NOTHING_LEFT = {"strength": 0, "direction": Direction.NOT_KNOWN.value, "harm_flag": False}


class OverrideRefused(ValueError):
    """What a reviewer asks for cannot stand; the words say why."""


class RatingChanged(OverrideRefused):
    """The rating was replaced while the reviewer looked at it."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A reviewer as they sign: role and organisation are words of that day and stay public; the name does not."""

    user: User
    role: str
    organisation: str


def rate_entries(*, entry_ids: Iterable[int]) -> int:
    """Rate entries anew; a rating that stays the same keeps its date, one that changes is superseded, never erased.

    Gives the number of entries whose ratings changed.
    """
    return len(rate_changed(entry_ids=entry_ids))


@transaction.atomic
def rate_changed(*, entry_ids: Iterable[int]) -> set[int]:
    """The same, and gives the entries whose ratings changed. A reviewer's value stands until a reviewer takes it back."""
    wanted = set(entry_ids)
    outcomes = dict(Outcome.objects.values_list("slug", "pk"))
    stored: dict[int, dict[int | None, OutcomeRating]] = defaultdict(dict)
    for rating in OutcomeRating.objects.current().filter(entry_id__in=wanted):
        stored[rating.entry_id][rating.outcome_id] = rating
    store = _Store(timezone.now())
    for entry_id, findings in facts_by_entry(wanted).items():
        before, known = stored[entry_id], bool(stored[entry_id])
        standing = []
        for computed in _computed(rate_entry(findings), outcomes):
            current = before.pop(computed["outcome_id"], None)
            if current is None or not _same(current, computed):
                current = store.append(_next(current, computed, known), entry_id=entry_id, replaces=current)
            standing.append(current)
        for gone in before.values():
            store.end(gone)
        store.place(standing)
    store.write()
    return store.changed


@transaction.atomic
def override_rating(
    *, rating: OutcomeRating, strength: int, direction: str, reason: str, by: Reviewer
) -> OutcomeRating:
    """Set a reviewer's value beside the computed one.

    The computed value stays public: readers see both and why they differ (evidence standard, rule 6). The harm flag is a
    fact and stays. Raises: NotAllowed, OverrideRefused, RatingChanged.
    """
    current = _in_force(rating, by)
    if strength == 0 and direction != Direction.NOT_KNOWN:
        raise OverrideRefused("What was not tested has the direction “Not known”.")
    if (strength, direction) == (current.computed_strength, current.computed_direction):
        raise OverrideRefused("That is the computed value. To return to it, take the reviewer's value back.")
    if (strength, direction) == (current.strength, current.direction):
        raise OverrideRefused("A reviewer has set this value already.")
    return _review(
        current, by, reason,
        strength=strength, direction=direction, because=RatedBecause.OVERRIDDEN,
        harm_flag=current.harm_flag or direction == Direction.ADVERSE,
    )  # fmt: skip


@transaction.atomic
def lift_override(*, rating: OutcomeRating, reason: str, by: Reviewer) -> OutcomeRating:
    """Take a reviewer's value back, so that the computed one stands again.

    Raises: NotAllowed, OverrideRefused, RatingChanged.
    """
    current = _in_force(rating, by)
    if not current.is_override:
        raise OverrideRefused("No reviewer has set a value here.")
    return _review(
        current, by, reason,
        strength=current.computed_strength, direction=current.computed_direction, because=RatedBecause.LIFTED,
        harm_flag=current.detail["overall"]["harm_flag"],
    )  # fmt: skip


def _in_force(rating: OutcomeRating, by: Reviewer) -> OutcomeRating:
    """The rating, locked."""
    permissions.require(permissions.can_override_rating(by.user, rating))
    if is_work_of(rating.entry_id, by.organisation):
        raise OverrideRefused("Nobody reviews the work of their own organisation.")
    current = OutcomeRating.objects.current().select_for_update().filter(pk=rating.pk).first()
    if current is None:
        raise RatingChanged("This rating was replaced while you looked at it. Look at the new one first.")
    return current


def _review(current: OutcomeRating, by: Reviewer, reason: str, **value: Any) -> OutcomeRating:
    from .telling import models_of, tell

    signed = {
        "reason": reason.strip(),
        "reviewer_role": by.role.strip(),
        "reviewer_organisation": by.organisation.strip(),
    }
    if not all(signed.values()):
        raise OverrideRefused("Give a reason, your role and your organisation: all three stay public.")
    kept = ("outcome_id", "detail", "standard_version", "computed_strength", "computed_direction")
    store = _Store(timezone.now())
    others = OutcomeRating.objects.current().filter(entry_id=current.entry_id).exclude(pk=current.pk)
    facts = {name: getattr(current, name) for name in kept}
    new = store.append(
        {**facts, **value, **signed, "reviewed_on": timezone.localdate(store.now)},
        entry_id=current.entry_id,
        replaces=current,
    )
    store.place([new, *others])
    store.write()
    record(
        f"rating.{new.because}", new, by=by.user, role=new.reviewer_role, organisation=new.reviewer_organisation,
        detail={"reason": new.reason, "strength": new.strength, "direction": new.direction, "rating": str(new.uid)},
    )  # fmt: skip
    tell({current.entry_id, *models_of([current.entry_id])})
    return new


class _Store:
    """Gathers what is appended, ended and moved, and writes it at once."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.changed: set[int] = set()
        self._fresh: list[OutcomeRating] = []
        self._superseded: list[int] = []
        self._moved: list[OutcomeRating] = []

    def append(
        self, values: Mapping[str, Any], *, entry_id: int, replaces: OutcomeRating | None
    ) -> OutcomeRating:
        """A new row; what it replaces ends."""
        rating = OutcomeRating(
            entry_id=entry_id,
            position=0,
            rated_at=self.now,
            rated_on=timezone.localdate(self.now),
            replaces=replaces,
            **values,
        )
        if replaces is not None:
            self._superseded.append(replaces.pk)
        self._fresh.append(rating)
        self.changed.add(entry_id)
        return rating

    def end(self, gone: OutcomeRating) -> None:
        """An outcome of which nothing is left says so in a last row, so that its history does not just stop."""
        if gone.outcome_id is None:
            self._superseded.append(gone.pk)
            self.changed.add(gone.entry_id)
            return
        computed = {f"computed_{name}": NOTHING_LEFT[name] for name in ("strength", "direction")}
        last = {"detail": {"england": None, "overall": None, "differs": False}, "because": RatedBecause.ENDED}
        values = {**NOTHING_LEFT, **computed, **last, "standard_version": gone.standard_version}
        rating = self.append({**values, "outcome_id": gone.outcome_id}, entry_id=gone.entry_id, replaces=gone)
        rating.superseded_at = self.now

    def place(self, standing: list[OutcomeRating]) -> None:
        """Where each stands: the strongest first, on a tie the one that calls for most care (rule 7), as readers see it."""
        for position, rating in enumerate(sorted(standing, key=_headline_order)):
            if (rating.position, rating.is_headline) != (position, position == 0):
                rating.position, rating.is_headline = position, position == 0
                if rating.pk:
                    self._moved.append(rating)

    def write(self) -> None:
        OutcomeRating.objects.filter(pk__in=self._superseded).supersede(at=self.now)
        OutcomeRating.objects.bulk_create(self._fresh, batch_size=500)
        OutcomeRating.objects.bulk_update(self._moved, ["position", "is_headline"], batch_size=500)


def _headline_order(rating: OutcomeRating) -> tuple[int, int, bool, str]:
    name = (rating.detail["overall"] or {}).get("outcome") or ""
    return -rating.strength, care(Direction(rating.direction)), not rating.harm_flag, name


def _computed(rating: EntryRating, outcomes: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "outcome_id": outcomes[row.outcome] if row.outcome else None,
            "computed_strength": int(row.strength),
            "computed_direction": row.direction.value,
            "harm_flag": row.harm_flag,
            "detail": _detail(row),
            "standard_version": rating.standard_version,
        }
        for row in rating.rows
    ]


def _next(current: OutcomeRating | None, computed: Mapping[str, Any], known: bool) -> dict[str, Any]:
    """The row that follows, with a reviewer's value where one stands and still says something else."""
    value = {"strength": computed["computed_strength"], "direction": computed["computed_direction"]}
    if current is None:
        return {**computed, **value, "because": RatedBecause.FACTS if known else RatedBecause.FIRST}
    newer = current.standard_version != computed["standard_version"]
    because = RatedBecause.STANDARD if newer else RatedBecause.FACTS
    if current.is_override and (current.strength, current.direction) != (
        value["strength"],
        value["direction"],
    ):
        signed = ("strength", "direction", "reason", "reviewer_role", "reviewer_organisation", "reviewed_on")
        value = {name: getattr(current, name) for name in signed}
        computed = {**computed, "harm_flag": computed["harm_flag"] or current.direction == Direction.ADVERSE}
    return {**computed, **value, "because": because}


def _detail(row: OutcomeRow) -> dict[str, Any]:
    return {
        "england": as_data(row.england) if row.england else None,
        "overall": as_data(row.overall),
        "differs": row.differs,
    }


def _same(stored: OutcomeRating, computed: dict[str, Any]) -> bool:
    facts = ("computed_strength", "computed_direction", "detail", "standard_version")
    return all(getattr(stored, name) == computed[name] for name in facts)
