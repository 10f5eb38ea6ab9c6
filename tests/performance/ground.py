"""The terms that load data needs, a few of each vocabulary."""

from __future__ import annotations

from tests.factories import vocabularies


def some_terms(each: int = 4) -> None:
    """Make a few terms of every vocabulary."""
    for kind in ("Cohort", "Condition", "Outcome", "Theme", "Stage", "Workforce"):
        getattr(vocabularies, f"{kind}Factory").create_batch(each)
