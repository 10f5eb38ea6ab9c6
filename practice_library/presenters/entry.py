"""The page of an entry, shared by case studies and models: what for, what happened, how sure, and from where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.safestring import SafeString
from website.components.entry_shapes import Reach, SixRow, SourceItem
from website.components.shapes import OutcomeRow

from .. import citations, comparing, labels
from ..choices import Licence, Origin, QuestionState, Relation, Role, Section
from ..partial_dates import in_words
from . import links, rated, results, sections
from .links import Link
from .references import Ref, References
from .status import status_sentence
from .studies import StudyView, study_views

if TYPE_CHECKING:
    from ..panels import Panel
    from ..selectors.entries import EntryFacts
    from .kindred import KindredPart

NEEDS = 4
MOST_IN_DATA = 10
#: Sections told as the story of the work, in reading order; the rest have places of their own.
STORY = (
    Section.PROBLEM, Section.WHAT_WAS_DONE, Section.WHO_DID_IT, Section.SET_UP, Section.MADE_ROOM, Section.CONTEXT,
    Section.ORIGIN,
)  # fmt: skip


@dataclass(slots=True)
class EntryView:
    """Everything that both kinds of page show, in words."""

    title: str
    lead: str
    kicker: str
    kicker_links: Sequence[Link]
    other_names: str
    origin: str
    origin_refs: tuple[Ref, ...]
    status: str
    six: Sequence[SixRow]
    url: str
    found: Sequence[results.FoundRow]
    others_say: bool
    rated_on: str
    standard_version: str
    changed: sections.Part | None
    did_not_work: sections.Part | None
    cautions: sections.Part | None
    condition_groups: Sequence[sections.ConditionGroup]
    cohorts: Sequence[sections.CohortView]
    cohort_refs: tuple[Ref, ...]
    story: Sequence[sections.Part]
    how_it_works: Sequence[sections.Part]
    advice: sections.Part | None
    voices: Sequence[sections.Voice]
    costs: Sequence[sections.CostView]
    reach: Sequence[Reach]
    materials: Sequence[sections.MaterialView]
    studies: Sequence[StudyView]
    confused: Sequence[Link]
    confusion: sections.Part | None
    related: Sequence[Link]
    questions: Sequence[Link]
    terms: Sequence[tuple[str, Sequence[Link]]]
    missing: str
    sources: Sequence[SourceItem]
    about: Sequence[tuple[str, str]]
    licence: str
    licence_url: str
    cite: str
    json_ld: SafeString
    cite_files: Sequence[Link]
    changed_at: dt.datetime | None
    updates: Sequence[tuple[str, str, str]]
    response: str
    response_on: str
    edit_url: str
    compare_url: str
    report_url: str
    history_url: str = ""
    status_refs: tuple[Ref, ...] = ()
    is_brief: bool = False
    kindred: Sequence[KindredPart] = ()
    panels: Sequence[Panel] = field(default_factory=tuple)
    contents: Sequence[Link] = field(default_factory=tuple)


def shared(
    facts: EntryFacts, references: References, *, url: str, today: dt.date, present: dict[str, sections.Part]
) -> dict[str, Any]:
    """The values of `EntryView` that do not depend on the kind of entry."""
    entry = facts.entry
    found = results.found_rows(facts, references)
    groups = sections.conditions(facts.conditions, references)
    cohorts, cohort_refs = sections.cohorts(facts, references)
    told_costs = sections.costs(facts.costs, references)
    studies = study_views(facts.studies, references)
    confused, related = _related(facts)
    changed_on = changed_on_day(entry)
    return {
        "title": entry.title,
        "lead": entry.summary,
        "other_names": links.named(entry.other_names, most=6),
        "origin": _origin(facts),
        "origin_refs": references.to(None, where="The summary"),
        "url": url,
        "found": found,
        "others_say": any(row.said for row in found),
        "rated_on": _rated_on(facts),
        "standard_version": facts.ratings[0].standard_version if facts.ratings else "",
        "history_url": links.history(entry.uid) if facts.ratings else "",
        "changed": present.get(Section.WHAT_CHANGED),
        "did_not_work": present.get(Section.WHAT_DID_NOT_WORK),
        "cautions": present.get(Section.CAUTION),
        "condition_groups": groups,
        "cohorts": cohorts,
        "cohort_refs": cohort_refs,
        "story": [present[section] for section in STORY if section in present],
        "advice": present.get(Section.ADVICE),
        "voices": sections.voices(facts, references),
        "costs": told_costs,
        "reach": sections.reach_of(entry),
        "materials": sections.materials_of(entry),
        "studies": studies,
        "confused": confused,
        "confusion": present.get(Section.CONFUSION),
        "related": related,
        "questions": [
            Link(row.title, links.question(row.address), QuestionState(row.facts[0]).label)
            for row in facts.links.get("question", ())
        ],
        "terms": _terms(facts, cohorts),
        "sources": references.at_the_foot(),
        "licence": Licence(entry.licence).label if entry.licence else "",
        "licence_url": citations.LICENCE_URL.get(entry.licence, ""),
        "cite": citations.cite(entry, url=url, changed_on=changed_on, read_on=today),
        "json_ld": citations.json_ld(
            entry,
            url=url,
            changed_on=changed_on,
            sources=[s.address for s in facts.sources.values() if s.address][:MOST_IN_DATA],
        ),
        "cite_files": [Link(name, f"{urlsplit(url).path}{file}") for name, file in citations.FILES.items()]
        if entry.pk
        else [],
        "changed_at": entry.last_published_at,
        "updates": [
            (in_words(block.value["date"].isoformat()), block.value["text"], block.value["source"])
            for block in entry.updates
        ],
        "response": entry.response,
        "response_on": in_words(entry.response_on.isoformat()) if entry.response_on else "",
        "compare_url": comparing.address([entry.uid]),
        "report_url": links.report(entry.uid),
        "edit_url": f"/cms/pages/{entry.pk}/edit/" if entry.pk else "",
    }


def six_rows(facts: EntryFacts, *, who: str, ask: SixRow, wrong: SixRow) -> list[SixRow]:
    """Two minutes: who for, what happened, what it needs, what went wrong, what it cost, who to ask."""
    cohorts = [row.title for row in facts.links.get("cohort", ())]
    happened = rated.worst_and_best(facts.ratings)
    needs = list(dict.fromkeys(row.tag.name for row in facts.conditions if row.role == Role.ENABLER))
    return [
        SixRow(who, text="; ".join(cohorts)),
        SixRow("What happened", outcomes=happened or [_nothing_known()]),
        SixRow("What had to be in place", text="; ".join(needs[:NEEDS]) + _more(len(needs))),
        wrong,
        _cost_row(facts),
        ask,
    ]


def _more(number: int) -> str:
    return f"; {number - NEEDS} more" if number > NEEDS else ""


def _nothing_known() -> OutcomeRow:
    return OutcomeRow("not-known", labels.DIRECTION["not-known"], tested=labels.STRENGTH[0])


def _cost_row(facts: EntryFacts) -> SixRow:
    priced = sorted(
        (row for row in facts.costs if sections.amount_of(row)), key=lambda row: row.pounds is None
    )
    if not priced:
        return SixRow("What it cost")
    first = priced[0]
    more = f" and {links.counted(len(facts.costs) - 1, 'more figure')}" if len(facts.costs) > 1 else ""
    text = f"{sections.amount_of(first)}: {links.in_sentence(first.what)}"
    return SixRow(
        "What it cost", text=text, url="#costs" if more else "", link=more.strip() and f"{more.strip()}"
    )


def _origin(facts: EntryFacts) -> str:
    if facts.entry.origin == Origin.OWN:
        return "Written by its organisation."
    number = len(facts.links.get("source", ()))
    return f"Compiled by editors from {links.counted(number, 'published source')}."


def _rated_on(facts: EntryFacts) -> str:
    newest = max((rating.rated_at for rating in facts.ratings), default=None)
    return in_words(timezone.localdate(newest).isoformat()) if newest else ""


def _related(facts: EntryFacts) -> tuple[list[Link], list[Link]]:
    """What it must not be confused with, and what it has to do with."""
    confused, related = [], []
    for row in facts.links.get("related", ()):
        relation, note = row.facts[0], row.facts[1]
        url = links.entry(row.address)
        if relation == Relation.NOT_THE_SAME:
            confused.append(Link(row.title, url, "" if note == row.title else note))
        else:
            label = Relation(relation).label
            related.append(Link(row.title, url, f"{label}. {note}" if note else label))
    return confused, related


def _terms(facts: EntryFacts, for_whom: Sequence[sections.CohortView]) -> list[tuple[str, list[Link]]]:
    """Who it is for, stages, themes and workforce, each leading to the search for it."""
    named = [Link(row.name, row.url, row.facts) for row in for_whom]
    cohorts = [(sections.WHO, named)] if named else []
    kinds = (("stage", "Stage of need"), ("theme", "Themes"), ("workforce", "Workforce"))
    return cohorts + [
        (heading, [Link(row.title, links.search(**{kind: row.address})) for row in facts.links[kind]])
        for kind, heading in kinds
        if facts.links.get(kind)
    ]


def changed_on_day(entry: Any) -> dt.date | None:
    """The day of the version that is shown, where that is known."""
    changed = entry.last_published_at or entry.first_published_at  # never of a draft
    return timezone.localdate(changed) if changed else None


def _country_of_lead(entry: Any) -> str:
    """An authority that leads is in England."""
    lead = getattr(entry, "lead_organisation", None)
    return "England" if lead is not None and lead.is_authority else ""


def dates_of(entry: Any, today: dt.date) -> list[tuple[str, str]]:
    """Start, end and status as rows; what is not reported says so."""
    rows = [("Started", in_words(entry.start) or labels.NOT_REPORTED)]
    if entry.end:
        rows.append(("Ended", in_words(entry.end)))
    rows.append(("Status", status_sentence(entry.status, entry.status_as_at, today)))
    if entry.stop_reason:
        rows.append(("Why it stopped", entry.stop_reason))
    rows.append(("Country", entry.country or _country_of_lead(entry) or labels.NOT_REPORTED))
    if changed := changed_on_day(entry):
        rows.append(("This page last changed", in_words(changed.isoformat())))
    if entry.review_by:
        rows.append(("To be looked at again by", in_words(entry.review_by.isoformat())))
    return rows
