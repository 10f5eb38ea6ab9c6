"""The page of a case study: one implementation in one place or partnership."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from website.components.entry_shapes import SixRow

from ..choices import Extent, Section
from ..models.tree import UNNAMED
from ..selectors.entries import studies_that_rate
from . import entry as of_entry
from . import links, sections
from .links import Link
from .references import References
from .status import status_sentence
from .studies import StudyView, study_views

if TYPE_CHECKING:
    from ..models import Study
    from ..selectors.entries import EntryFacts


@dataclass(slots=True)
class CaseStudyView(of_entry.EntryView):
    """A case study in words."""

    place: str = ""
    variant: str = ""
    shared_studies: Sequence[StudyView] = ()


def case_study_view(facts: EntryFacts, *, url: str, today: dt.date) -> CaseStudyView:
    """Put a case study into words."""
    entry = facts.entry
    references = References(facts)
    present = sections.parts(facts, references)
    values = of_entry.shared(facts, references, url=url, today=today, present=present)
    alone, shared = _studies(facts, references)
    status_refs = references.to(entry.status_source_id, where="Status") if entry.status_source_id else ()
    how = [present[s] for s in (Section.HOW_IT_WORKS, Section.MUST_KEEP, Section.CAN_ADAPT) if s in present]
    view = CaseStudyView(
        **{**values, "studies": alone, "sources": references.at_the_foot()},
        kicker="Case study",
        kicker_links=[Link(row.title, links.entry(row.address)) for row in facts.links.get("model", ())],
        place=place_line(facts),
        variant=entry.variant,
        status=status_sentence(entry.status, entry.status_as_at, today),
        status_refs=status_refs,
        six=of_entry.six_rows(
            facts, who="Who it was for", ask=_who_to_ask(facts), wrong=_went_wrong(facts, present)
        ),
        how_it_works=how,
        missing="",
        about=_about(facts, today),
        is_brief=entry.extent == Extent.BRIEF,
        shared_studies=shared,
    )
    view.missing = _missing(view)
    return view


def place_line(facts: EntryFacts) -> str:
    """ "Leeds with NHS and police": the lead, then who took part."""
    entry = facts.entry
    lead = entry.lead_organisation.short_name if entry.lead_organisation_id else _without_lead(entry)
    partners = [row.title for row in facts.links.get("partner", ())]
    return f"{lead} with {links.named(partners, most=4)}" if partners else lead


def _without_lead(entry: object) -> str:
    path = getattr(entry, "url_path", "")
    return next((words for slug, words in UNNAMED.items() if f"/{slug}/" in path), UNNAMED["place-not-named"])


def _studies(facts: EntryFacts, references: References) -> tuple[list[StudyView], list[StudyView]]:
    """Studies of this place alone, and those of several, whose results are the model's."""
    alone = studies_that_rate(facts.entry, facts.studies)
    several = [study for study in facts.studies if study not in alone]
    views = study_views(several, references)
    told = [replace(view, note=_of_how_many(study)) for view, study in zip(views, several, strict=True)]
    return study_views(alone, references), told


def _of_how_many(study: Study) -> str:
    number = max(study.number_of_sites or 0, study.places)
    return f"Part of a study of {number} places" if number > 1 else "Part of a study of several places"


def _who_to_ask(facts: EntryFacts) -> SixRow:
    return SixRow("Who to ask", text=facts.entry.contact_role, missing="Nobody is named yet")


def _went_wrong(facts: EntryFacts, present: dict[str, sections.Part]) -> SixRow:
    """What the sources say did not work, else why it stopped, else what stood in the way."""
    part = present.get(Section.WHAT_DID_NOT_WORK)
    if part:
        more = len(part.told) - 1
        return SixRow(
            "What went wrong",
            text=part.told[0].text,
            url=f"#{part.anchor}" if more else "",
            link=f"And {more} more" if more else "",
        )
    if facts.entry.stop_reason:
        return SixRow("What went wrong", text=f"It stopped: {facts.entry.stop_reason}")
    barriers = list(dict.fromkeys(row.tag.name for row in facts.conditions if row.role == "barrier"))
    return SixRow("What went wrong", text="; ".join(barriers))


def _about(facts: EntryFacts, today: dt.date) -> list[tuple[str, str]]:
    entry = facts.entry
    rows = of_entry.dates_of(entry, today)
    for words, months in (
        ("Months to set up", entry.months_to_set_up),
        ("Months to the first result", entry.months_to_first_result),
    ):
        if months is not None:
            rows.append((words, str(months)))
    owner = entry.lead_organisation.short_name if entry.lead_organisation_id and entry.origin == "own" else ""
    return [*rows, ("Who answers for this page", owner or "The editors of Practice Commons")]


def _missing(view: CaseStudyView) -> str:
    """Everything that the sources do not report, in one sentence in place of empty sections."""
    asked = [
        ("who it was for", view.cohorts),
        ("what happened to those it was for", any(row.permalink for row in view.found)),
        ("what had to be in place", view.condition_groups),
        ("what did not work", view.did_not_work),
        ("what it cost", view.costs),
        ("how many were reached", view.reach),
        ("what people said", view.voices),
        ("materials to reuse", view.materials),
    ]
    return links.named([words for words, known in asked if not known], most=9)
