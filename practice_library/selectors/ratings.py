"""One rating of the past or present, with the statements it was made from."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from ..models import Claim, Entry, Finding, OutcomeRating, Study
from .runs import address_of


@dataclass(slots=True)
class RatingFacts:
    """A rating of a readable entry. `statements` are today's words of its published findings, by the id of each."""

    rating: OutcomeRating
    title: str
    url: str
    newer: uuid.UUID | None
    statements: dict[str, str]


def rating_at(uid: uuid.UUID, *, user: Any = None) -> RatingFacts | None:
    """A rating by its public id, or None where this person may not read its entry."""
    rating = OutcomeRating.objects.filter(uid=uid).select_related("outcome", "entry").first()
    if rating is None:
        return None
    entry = Entry.objects.readable_by(user).filter(pk=rating.entry_id).values("title", "url_path").first()
    if entry is None:
        return None
    newer = None
    if rating.superseded_at:
        current = OutcomeRating.objects.current().filter(entry=rating.entry_id, outcome=rating.outcome_id)
        newer = current.values_list("uid", flat=True).first()
    return RatingFacts(rating, entry["title"], address_of(entry["url_path"]), newer, _statements(rating))


def with_public_history(page: Page) -> list[str]:
    """Titles of the entries at or below a page whose ratings readers could see."""
    rated = OutcomeRating.objects.exclude(outcome=None).order_by().values("entry")
    found = Entry.objects.descendant_of(page, inclusive=True).exclude(first_published_at=None)
    return list(found.filter(pk__in=rated).order_by("title").values_list("title", flat=True))


def _statements(rating: OutcomeRating) -> dict[str, str]:
    """Findings are known to a rating by their key or number, claims by their place in the entry."""
    findings = Finding.objects.filter(
        study__in=Study.objects.published().filter(entry_rows__entry=rating.entry_id),
        outcome=rating.outcome_id,
    )
    said = {
        f"finding:{key or pk}": statement
        for pk, key, statement in findings.values_list("pk", "key", "statement")
    }
    claims = Claim.objects.filter(entry=rating.entry_id, outcome=rating.outcome_id)
    return said | {
        f"claim:{number}": statement for number, statement in claims.values_list("sort_order", "statement")
    }
