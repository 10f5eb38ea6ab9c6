"""The one place that stores ratings: what the evidence standard computes from the facts at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..evidence.entry import EntryRating, OutcomeRow, rate_entry
from ..evidence.explain import as_data
from ..models import Outcome, OutcomeRating
from .facts import facts_by_entry


@transaction.atomic
def rate_entries(*, entry_ids: Iterable[int]) -> int:
    """Rate entries anew; a rating that stays the same keeps its date, one that changes is superseded, never erased.

    Gives the number of entries whose ratings changed.
    """
    wanted = set(entry_ids)
    outcomes = dict(Outcome.objects.values_list("slug", "pk"))
    stored: dict[int, dict[int | None, OutcomeRating]] = defaultdict(dict)
    for rating in OutcomeRating.objects.current().filter(entry_id__in=wanted):
        stored[rating.entry_id][rating.outcome_id] = rating
    now, fresh, superseded, moved = timezone.now(), [], [], []
    changed = set()
    for entry_id, findings in facts_by_entry(wanted).items():
        before = stored[entry_id]
        for computed in _computed(rate_entry(findings), outcomes):
            current = before.pop(computed["outcome_id"], None)
            if current is not None and _same(current, computed):
                if current.position != computed["position"] or current.is_headline != computed["is_headline"]:
                    current.position, current.is_headline = computed["position"], computed["is_headline"]
                    moved.append(current)
                continue
            if current is not None:
                superseded.append(current.pk)
            fresh.append(OutcomeRating(entry_id=entry_id, rated_at=now, **computed))
            changed.add(entry_id)
        superseded += [rating.pk for rating in before.values()]
        changed |= {entry_id} if before else set()
    OutcomeRating.objects.filter(pk__in=superseded).update(superseded_at=now)
    OutcomeRating.objects.bulk_create(fresh, batch_size=500)
    OutcomeRating.objects.bulk_update(moved, ["position", "is_headline"], batch_size=500)
    return len(changed)


def _computed(rating: EntryRating, outcomes: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "outcome_id": outcomes[row.outcome] if row.outcome else None,
            "position": position,
            "strength": int(row.strength),
            "direction": row.direction.value,
            "harm_flag": row.harm_flag,
            "is_headline": position == 0,
            "detail": _detail(row),
            "standard_version": rating.standard_version,
        }
        for position, row in enumerate(rating.rows)
    ]


def _detail(row: OutcomeRow) -> dict[str, Any]:
    return {
        "england": as_data(row.england) if row.england else None,
        "overall": as_data(row.overall),
        "differs": row.differs,
    }


def _same(stored: OutcomeRating, computed: dict[str, Any]) -> bool:
    facts = ("strength", "direction", "harm_flag", "detail", "standard_version")
    return all(getattr(stored, name) == computed[name] for name in facts)
