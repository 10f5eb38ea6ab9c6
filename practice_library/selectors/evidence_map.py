"""What was tested for whom: one result a study and outcome, computed by the standard from the findings of that study.

Only published studies count that are about an entry this reader may read; a study is about those whom its entries
are for. The number of queries does not depend on what the library holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from ..choices import FindingKind
from ..evidence import facts
from ..evidence.facts import Country, Strength
from ..evidence.standard import OutcomeRating as Computed
from ..evidence.standard import rate
from ..map_choices import COMPARED, ENGLAND, WITHOUT, MapChoices, shown_terms
from ..models import CaseStudyPage, Cohort, Entry, Finding, Outcome, OutcomeRating, Study, StudyEntry
from ..services.facts import facts_of_finding, facts_of_study
from .lists import EntryRow, entry_rows
from .term_tree import TermTree

#: Results kept in memory: they depend on nothing but the facts of one study about one outcome.
MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Tested:
    """What one study found about one outcome, in the words of the findings that decide."""

    study: int
    outcome: str
    direction: str
    strength: int
    harm_flag: bool
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceDoing:
    """A case study for a cohort that has a result of its own, tested or not, for an outcome."""

    entry: int
    status: str
    cohort: str
    outcome: str


@dataclass(slots=True)
class MapFacts:
    """Everything the map counts. `cohorts_of` gives those whom each study is about."""

    cohorts: TermTree
    outcomes: TermTree
    tested: list[Tested]
    cohorts_of: dict[int, frozenset[str]]
    studies: dict[int, Study]

    def chosen(self, choices: MapChoices) -> list[Tested]:
        """The results that a cohort, an outcome and a direction leave, each of them or any term within it."""
        outcomes = set(self.outcomes.covers(choices.outcome)) if choices.outcome else None
        studies = self.studies_for(choices.cohort) if choices.cohort else None
        return [
            row
            for row in self.tested
            if (outcomes is None or row.outcome in outcomes)
            and (studies is None or row.study in studies)
            and (not choices.direction or row.direction == choices.direction)
        ]

    def studies_for(self, cohort: str) -> set[int]:
        """Studies about a cohort or any within it."""
        covered = set(self.cohorts.covers(cohort))
        return {study for study, cohorts in self.cohorts_of.items() if cohorts & covered}


@dataclass(slots=True)
class StudiesFound:
    """Studies with the entries they are about."""

    results: dict[int, list[Tested]] = field(default_factory=dict)
    entries: dict[int, list[EntryRow]] = field(default_factory=dict)


def vocabularies() -> tuple[TermTree, TermTree]:
    """Cohorts and outcomes by their broader terms."""
    return TermTree(Cohort.objects.all()), TermTree(Outcome.objects.all())


def map_facts(choices: MapChoices, cohorts: TermTree, outcomes: TermTree, *, user: Any = None) -> MapFacts:
    """Every result of the kind of study that was chosen."""
    cohorts_of: dict[int, set[str]] = defaultdict(set)
    links = _links(user).values_list("study_id", "entry__cohort_rows__tag__slug").distinct()
    for study_id, cohort in links:
        cohorts_of[study_id] |= {cohort} if cohort else set()
    studies = {
        study.pk: study for study in Study.objects.published().order_by("pk") if study.pk in cohorts_of
    }
    return MapFacts(
        cohorts=cohorts,
        outcomes=outcomes,
        tested=_tested(choices, studies, {term.pk: term for term in outcomes.terms}),
        cohorts_of={study: frozenset(found) for study, found in cohorts_of.items()},
        studies=studies,
    )


def _links(user: Any) -> QuerySet[StudyEntry]:
    """Published studies with the entries that this person may read."""
    readable = Entry.objects.readable_by(user).named_by("entry")
    return StudyEntry.objects.filter(readable, study__live=True).order_by()


def _tested(choices: MapChoices, studies: dict[int, Study], outcomes: dict[int, Outcome]) -> list[Tested]:
    about: dict[tuple[int, int], list[Finding]] = defaultdict(list)
    findings = Finding.objects.filter(study__live=True, kind=FindingKind.OUTCOME)
    if choices.forecasts == WITHOUT:
        findings = findings.filter(forecast=False)
    for finding in findings.order_by("study_id", "sort_order", "pk"):
        if finding.study_id in studies:
            finding.outcome = outcomes[finding.outcome_id]
            about[finding.study_id, finding.outcome_id].append(finding)
    of_study = {pk: facts_of_study(study, None) for pk, study in studies.items()}
    country = Country.ENGLAND if choices.country == ENGLAND else None
    tested = []
    for (study, outcome), stated in about.items():
        as_facts = tuple(facts_of_finding(row, of_study[study]) for row in stated)
        result = _result(as_facts, country)
        if result.findings and (choices.evidence != COMPARED or result.strength >= Strength.COMPARED):
            pairs = zip(as_facts, stated, strict=True)
            deciding = [row.statement for each, row in pairs if each.id in result.deciding]
            tested.append(
                Tested(
                    study=study,
                    outcome=outcomes[outcome].slug,
                    direction=result.direction.value,
                    strength=int(result.strength),
                    harm_flag=result.harm_flag,
                    statements=tuple(deciding),
                )
            )
    return tested


@lru_cache(maxsize=MOST_KEPT)
def _result(findings: tuple[facts.FindingFacts, ...], country: Country | None) -> Computed:
    return rate(findings, country=country)


def places_doing(
    cohorts: Collection[str], outcomes: Collection[str], *, user: Any = None
) -> list[PlaceDoing]:
    """Case studies for these cohorts with results for these outcomes: the search counts the same."""
    rows = (
        OutcomeRating.objects.current()
        .filter(
            CaseStudyPage.objects.readable_by(user).named_by("entry"),
            outcome__slug__in=outcomes,
            entry__cohort_rows__tag__slug__in=cohorts,
        )
        .order_by()
        .values_list("entry_id", "entry__status", "entry__cohort_rows__tag__slug", "outcome__slug")
        .distinct()
    )
    return [PlaceDoing(*row) for row in rows]


def places_on_the_map(
    choices: MapChoices, cohorts: TermTree, outcomes: TermTree, *, user: Any = None
) -> list[PlaceDoing]:
    """Those that stand in a cell of the map as it is opened."""
    _, columns = shown_terms(choices, cohorts, outcomes)
    return places_doing(
        [term.slug for term in cohorts.terms],
        [slug for column in columns for slug in outcomes.covers(column.slug)],
        user=user,
    )


def studies_found(found: MapFacts, choices: MapChoices, *, user: Any = None) -> StudiesFound:
    """The studies that were asked for, each with the readable entries it is about."""
    results: dict[int, list[Tested]] = defaultdict(list)
    for row in found.chosen(choices):
        results[row.study].append(row)
    links = list(_links(user).filter(study__in=results).values_list("study_id", "entry_id"))
    rows = {row.pk: row for row in entry_rows(Entry.objects.filter(pk__in={entry for _, entry in links}))}
    entries: dict[int, list[EntryRow]] = defaultdict(list)
    for study, entry in links:
        entries[study].append(rows[entry])
    return StudiesFound(dict(results), dict(entries))
