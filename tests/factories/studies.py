"""Sources, studies and findings; ratings follow from them as in the product."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from practice_library.models import Entry, Finding, Source, Study, StudyEntry
from practice_library.services.ratings import rate_entries

from .vocabularies import outcome as an_outcome


class SourceFactory(DjangoModelFactory):
    """A published report, found again by its key."""

    key = factory.Sequence(lambda n: f"src-report-{n}")
    title = factory.LazyAttribute(lambda source: f"Report {source.key}")
    publisher = "A university"
    year = 2016
    address = factory.LazyAttribute(lambda source: f"https://reports.example/{source.key}")

    class Meta:
        model = Source
        django_get_or_create = ("key",)


class StudyFactory(DjangoModelFactory):
    """A matched comparison in England whose groups were alike at the start."""

    key = factory.Sequence(lambda n: f"st-study-{n}")
    title = factory.LazyAttribute(lambda study: f"Evaluation {study.key}")
    year = 2017
    design = "matched-comparison"
    country = "England"
    baseline_intervention = 100
    baseline_comparison = 100
    baseline_equivalence = True
    implementation_only = False

    class Meta:
        model = Study
        django_get_or_create = ("key",)


class FindingFactory(DjangoModelFactory):
    """An evaluator sets the two groups side by side."""

    key = factory.LazyAttribute(lambda finding: f"{finding.study.key}-{finding.study.findings.count() + 1}")
    statement = factory.LazyAttribute(lambda finding: f"{finding.outcome} changed.")
    claimed_by = "evaluator"
    direction = "favourable"
    compared = True
    source = factory.SubFactory(SourceFactory)

    class Meta:
        model = Finding


def study_of(*entries: Entry, **facts: Any) -> Study:
    """A published study about entries."""
    study = StudyFactory(**facts)
    for entry in entries:
        StudyEntry.objects.get_or_create(study=study, entry_id=entry.pk)
    return study


def finding_of(study: Study, outcome: str, **facts: Any) -> Finding:
    """What a study found about an outcome; the entries it is about are rated anew."""
    finding = FindingFactory(study=study, outcome=an_outcome(outcome), **facts)
    rate_entries(entry_ids=StudyEntry.objects.filter(study=study).values_list("entry_id", flat=True))
    return finding
