"""The parts that every entry's page has: who it is for, conditions, statements by section, costs, reach, materials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from website.components.entry_shapes import Reach

from ..choices import ClaimedBy, Licence, Role, Section
from ..panels import PanelLink, notes_on_conditions
from . import links

if TYPE_CHECKING:
    from ..models import ConditionRow, CostRow, Statement
    from ..selectors.entries import EntryFacts
    from .references import Ref, References

CONDITIONS = "What had to be in place"
COSTS = "What it cost"
WHO = "Who it is for"
CASHABLE = {None: "", True: "Cash that can be saved", False: "Not cash that can be saved"}


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with its sources. `note` says whose words or reading it is."""

    text: str
    refs: tuple[Ref, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of statements. `anchor` is its place on the page."""

    anchor: str
    heading: str
    told: Sequence[Told]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody said, with how it was gathered. `exact`: their words, not a report of them."""

    text: str
    exact: bool
    who: str
    how: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ConditionView:
    """One condition in words; empty where not reported."""

    name: str
    url: str
    note: str
    refs: tuple[Ref, ...]
    necessity: str = ""
    at_start: str = ""
    at_end: str = ""
    without: str = ""
    power: str = ""
    slug: str = ""
    known_by: Sequence[PanelLink] = ()


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """Conditions that helped, or that stood in the way. `detailed`: more is known than that they mattered."""

    heading: str
    rows: Sequence[ConditionView]
    detailed: bool


@dataclass(frozen=True, slots=True)
class CohortView:
    """Who it is for, with what is known of ages, numbers and rules."""

    name: str
    url: str
    facts: str


@dataclass(frozen=True, slots=True)
class CostView:
    """What something cost or saved, as printed."""

    what: str
    amount: str
    facts: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class MaterialView:
    """Something to reuse; without a licence it can only be read."""

    title: str
    kind: str
    url: str
    licence: str


def parts(facts: EntryFacts, references: References) -> dict[str, Part]:
    """Statements by section, in reading order; voices come apart."""
    told: dict[str, list[Told]] = defaultdict(list)
    readings: dict[str, list[bool]] = defaultdict(list)
    for row in facts.statements:
        if row.section != Section.VOICE:
            told[row.section].append(_told(row, references))
            readings[row.section].append(row.editors_reading)
    return {
        section.value: Part(
            anchor=section.value.replace("_", "-"),
            heading=section.label,
            told=told[section],
            note="Editors' reading of the sources" if all(readings[section]) else "",
        )
        for section in Section
        if told[section]
    }


def _told(row: Statement, references: References) -> Told:
    where = Section(row.section).label
    notes = []
    if row.claimed_by:
        notes.append(f"says the {ClaimedBy(row.claimed_by).label.lower()}")
    return Told(row.text, _refs(row, references, where), ", ".join(notes))


def _refs(row: Any, references: References, where: str) -> tuple[Ref, ...]:
    return references.to(row.source_id, row.further_sources, where=where, at=row.at)


def voices(facts: EntryFacts, references: References) -> list[Voice]:
    """What people said, as roles and never names."""
    return [
        Voice(
            text=row.text.strip("“”\"'"),
            exact=row.voice_changed == "no",
            who=row.voice_who,
            how=". ".join(
                filter(
                    None,
                    [
                        row.voice_gathered,
                        {"given": "With their permission", "already-published": "Already published"}.get(
                            row.voice_permission, ""
                        ),
                        {"yes": "Words changed", "no": "Words not changed"}.get(row.voice_changed, ""),
                    ],
                )
            ),
            refs=_refs(row, references, Section.VOICE.label),
        )
        for row in facts.statements
        if row.section == Section.VOICE
    ]


def cohorts(facts: EntryFacts, references: References) -> tuple[list[CohortView], tuple[Ref, ...]]:
    """Who it is for, and the sources that say so."""
    views: list[CohortView] = []
    refs: list[Ref] = []
    for row in facts.links.get("cohort", ()):
        ages, threshold, exclusions, number, defined_by = row.facts
        said = [
            ages,
            number,
            threshold,
            f"not for {links.in_sentence(exclusions)}" if exclusions else "",
            f"defined by {defined_by}" if defined_by else "",
        ]
        views.append(CohortView(row.title, links.search(cohort=row.address), "; ".join(filter(None, said))))
        refs += references.to(row.number, where=WHO)
    return views, tuple(dict.fromkeys(refs))


def conditions(rows: Sequence[ConditionRow], references: References) -> list[ConditionGroup]:
    """As help first, then as obstacle."""
    groups = []
    for role, heading in ((Role.ENABLER, "What helped"), (Role.BARRIER, "What stood in the way")):
        views = [_condition(row, references) for row in rows if row.role == role]
        if views:
            detailed = any(v.necessity or v.at_start or v.at_end or v.without or v.power for v in views)
            groups.append(ConditionGroup(heading, views, detailed))
    return groups


def _condition(row: ConditionRow, references: References) -> ConditionView:
    return ConditionView(
        name=row.tag.name,
        url=links.condition(row.tag.slug),
        note=row.note,
        refs=_refs(row, references, CONDITIONS),
        necessity=row.get_necessity_display() if row.necessity else "",
        at_start=row.get_present_at_start_display() if row.present_at_start else "",
        at_end=row.get_present_at_end_display() if row.present_at_end else "",
        without=row.without_it,
        power=row.get_power_display() if row.power else "",
        slug=row.tag.slug,
    )


def with_notes(groups: Sequence[ConditionGroup], user: Any) -> list[ConditionGroup]:
    """The same conditions with what upper rooms tell this reader about them."""
    notes = notes_on_conditions([row.slug for group in groups for row in group.rows], user)
    return [
        replace(group, rows=[replace(row, known_by=notes.get(row.slug, ())) for row in group.rows])
        for group in groups
    ]


def costs(rows: Iterable[CostRow], references: References) -> list[CostView]:
    """As printed, with what is known about what is in the figure."""
    return [
        CostView(
            what=row.what,
            amount=amount_of(row),
            facts=". ".join(
                filter(
                    None,
                    [
                        row.unit if row.unit and row.unit not in amount_of(row) else "",
                        f"Prices of {row.price_year}" if row.price_year else "",
                        f"Paid by: {row.payer}" if row.payer else "",
                        CASHABLE[row.cashable],
                    ],
                )
            ),
            refs=_refs(row, references, COSTS),
        )
        for row in rows
    ]


def amount_of(row: CostRow) -> str:
    """As printed, else in pounds a child or family, else nothing."""
    if row.as_printed:
        return row.as_printed
    if row.pounds is not None:
        return f"£{row.pounds:,.0f} per {row.per}"
    return ""


def reach_of(entry: Any) -> list[Reach]:
    """How many were eligible, offered, started and finished, a drawing with a table for each group."""
    drawn = []
    for block in entry.reach:
        value = block.value
        caption = ", ".join(filter(None, [value["group"], value["period"]]))
        if value["source"]:
            caption = f"{caption} (source: {value['source']})"
        steps = [
            (name.capitalize(), value[name], "") for name in ("eligible", "offered", "started", "finished")
        ]
        drawn.append(Reach.of(caption=caption, steps=steps))
    return drawn


def materials_of(entry: Any) -> list[MaterialView]:
    """What another place may reuse."""
    return [
        MaterialView(
            title=block.value["title"],
            kind=dict(block.block.child_blocks["kind"].field.choices).get(block.value["kind"], ""),
            url=block.value["address"] or (block.value["document"].url if block.value["document"] else ""),
            licence=Licence(block.value["licence"]).label
            if block.value["licence"]
            else "No licence is given: it can be read, not reused",
        )
        for block in entry.materials
    ]
