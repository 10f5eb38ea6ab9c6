"""The studies behind a number of the evidence map, and both as lines of a table to download."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from website.components.shapes import OutcomeRow

from .. import labels
from ..evidence.criteria import HARM_FLAG_WORDS
from ..evidence.standard import STANDARD_VERSION
from ..map_choices import MapChoices
from ..selectors.evidence_map import MapFacts, PlaceDoing, StudiesFound, Tested
from . import links
from .evidence_map import Controls, cell_of, controls_of
from .links import Link
from .studies import study_line

MAP_COLUMNS = (
    "cohort_group", "cohort", "outcome_group", "outcome", "studies", *labels.DIRECTION, "hardest_test", "places",
    "places_are", "country", "evidence", "forecasts", "standard_version", "counted_on",
)  # fmt: skip
STUDY_COLUMNS = (
    "study", "title", "authors", "year", "design", "country", "outcome", "direction", "tested", "harm_found", "found",
    "entries", "standard_version", "counted_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StudyItem:
    """One study with what it found and the entries it is about."""

    title: str
    line: str
    results: Sequence[OutcomeRow]
    entries: Sequence[Link]


@dataclass(frozen=True, slots=True)
class StudiesView:
    """Exactly the studies of one number."""

    asked: str
    items: Sequence[StudyItem]
    results: int
    wider: Sequence[Link]
    controls: Controls
    csv_url: str
    json_url: str
    map_url: str
    today: dt.date
    standard: str

    @property
    def number(self) -> str:
        return links.counted(len(self.items), "study", "studies")


def studies_view(
    found: MapFacts, chosen: StudiesFound, choices: MapChoices, *, today: dt.date
) -> StudiesView:
    return StudiesView(
        asked=_asked(found, choices),
        items=[_item(found, chosen, pk) for pk in in_order(found, chosen)],
        results=sum(len(rows) for rows in chosen.results.values()),
        wider=_wider(found, choices),
        controls=controls_of(choices),
        csv_url=choices.csv_url,
        json_url=choices.json_url,
        map_url=choices.of_map.url(),
        today=today,
        standard=STANDARD_VERSION,
    )


def in_order(found: MapFacts, chosen: StudiesFound) -> list[int]:
    """The keys of the studies, what was tested hardest first."""
    return sorted(
        chosen.results,
        key=lambda pk: (-max(row.strength for row in chosen.results[pk]), found.studies[pk].title, pk),
    )


def _asked(found: MapFacts, choices: MapChoices) -> str:
    """ "Adolescents: Repeat removals: Better", from what was chosen."""
    chosen = [
        found.cohorts[choices.cohort].name if choices.cohort else "",
        found.outcomes[choices.outcome].name if choices.outcome else "",
        labels.DIRECTION.get(choices.direction, ""),
    ]
    return ": ".join(filter(None, chosen))


def _wider(found: MapFacts, choices: MapChoices) -> list[Link]:
    """Where the same studies stand among more of them, one choice dropped at a time."""
    wider = []
    if choices.direction and (choices.cohort or choices.outcome):
        wider.append(Link("Whatever was found", choices.url(direction="")))
    if choices.cohort and choices.outcome:
        outcome, cohort = found.outcomes[choices.outcome].name, found.cohorts[choices.cohort].name
        wider.append(Link(f"{outcome}, for anyone", choices.url(cohort="")))
        wider.append(Link(f"{cohort}, any outcome", choices.url(outcome="")))
    return wider


def _item(found: MapFacts, chosen: StudiesFound, pk: int) -> StudyItem:
    study = found.studies[pk]
    return StudyItem(
        title=study.title,
        line=study_line(study),
        results=[_result(found, row) for row in chosen.results[pk]],
        entries=[
            Link(
                entry.title,
                f"{entry.url}#study-{study.key}",
                entry.lead or ("Model" if entry.is_model else ""),
            )
            for entry in chosen.entries[pk]
        ],
    )


def _result(found: MapFacts, row: Tested) -> OutcomeRow:
    return OutcomeRow(
        row.direction,
        labels.DIRECTION[row.direction],
        found.outcomes[row.outcome].name,
        tested=labels.STRENGTH[row.strength],
        note=" ".join(row.statements),
        url=links.outcome(row.outcome),
        flags=[HARM_FLAG_WORDS] if row.harm_flag else [],
    )


def map_lines(
    found: MapFacts, choices: MapChoices, places: Sequence[PlaceDoing], *, today: dt.date
) -> Iterator[Sequence[Any]]:
    """Every cohort with every outcome, also where nothing is known: the gaps are what is looked for."""
    yield MAP_COLUMNS
    by_outcome = {term.slug: found.chosen(MapChoices(outcome=term.slug)) for term in found.outcomes.terms}
    for cohort in found.cohorts.terms:
        studies = found.studies_for(cohort.slug)
        for outcome in found.outcomes.terms:
            tested = [row for row in by_outcome[outcome.slug] if row.study in studies]
            asked = replace(choices.of_map, cohort=cohort.slug, outcome=outcome.slug)
            cell = cell_of(tested, asked, found, places, outcome.name)
            counts = {each.direction: each.count.number for each in cell.directions}
            yield (
                found.cohorts.group_of(cohort.slug).name,
                cohort.name,
                found.outcomes.group_of(outcome.slug).name,
                outcome.name,
                cell.studies.number if cell.studies else 0,
                *(counts.get(direction, 0) for direction in labels.DIRECTION),
                cell.hardest,
                cell.places.number if cell.places else "",
                cell.places.what if cell.places else "",
                *(choices.country, choices.evidence, choices.forecasts),
                STANDARD_VERSION,
                today.isoformat(),
            )


def study_lines(
    found: MapFacts, chosen: StudiesFound, *, site: str, today: dt.date
) -> Iterator[Sequence[Any]]:
    """One line a study and outcome."""
    yield STUDY_COLUMNS
    for pk, rows in chosen.results.items():
        study = found.studies[pk]
        for row in rows:
            yield (
                study.key,
                study.title,
                _joined(study.authors),
                study.year,
                study.get_design_display(),
                study.country,
                found.outcomes[row.outcome].name,
                labels.DIRECTION[row.direction],
                labels.STRENGTH[row.strength],
                "yes" if row.harm_flag else "",
                " ".join(row.statements),
                _joined(f"{site}{entry.url}" for entry in chosen.entries[pk]),
                STANDARD_VERSION,
                today.isoformat(),
            )


def _joined(words: Iterable[str]) -> str:
    return "; ".join(words)
