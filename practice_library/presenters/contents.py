"""What is on a long page, in the order of the page, so that a reader can go to a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .links import Link

if TYPE_CHECKING:
    from .entry import EntryView

#: A page with fewer parts is seen at a glance.
FEWEST = 9


def contents_of(view: EntryView) -> list[Link]:
    """Links to the parts that the page has; none for a short page."""
    parts: list[tuple[object, str, str]] = [
        (getattr(view, "variant", ""), "How it differs here", "variant"),
        (view.found, "What was found", "found"),
        *_of(view.changed, view.did_not_work, view.cautions),
        (view.condition_groups, "What had to be in place", "conditions"),
        (getattr(view, "number_of_places", 0), "Where it was tried", "places"),
        (getattr(view, "grid", None), "What was in place, and where", "grid"),
        *_of(*view.story, *view.how_it_works),
        (view.reach, "How many were reached", "reach"),
        (view.voices, "What people said", "voice"),
        (view.costs, "What it cost", "costs"),
        (view.materials, "Materials to reuse", "materials"),
        *_of(view.advice),
        (view.studies, "Studies", "studies"),
        (view.related, "Related in this library", "related"),
        (view.questions, "Open questions", "questions"),
        (view.sources, "Sources", "sources"),
    ]
    found = [Link(text, f"#{anchor}") for known, text, anchor in parts if known]
    return found if len(found) >= FEWEST else []


def _of(*parts: object) -> list[tuple[object, str, str]]:
    return [(part, part.heading, part.anchor) for part in parts if part is not None]  # type: ignore[attr-defined]
