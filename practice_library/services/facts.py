"""Turns what the database holds into the plain facts that the evidence standard reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from website.places.choices import AUTHORITY_KINDS

from ..evidence import facts
from ..evidence.samples import follow_chains
from ..models import CaseStudyPage, Claim, Entry, Finding, Study, StudyEntry


def facts_by_entry(entry_ids: Iterable[int]) -> dict[int, list[facts.FindingFacts]]:
    """Findings and claims that rate each entry.

    A study rates the models it names. It rates a place only if it is about that place alone: a place of a study of
    several has no result of its own.
    """
    wanted = set(entry_ids)
    found: dict[int, list[facts.FindingFacts]] = {pk: [] for pk in wanted}
    samples = _samples()
    for study, entries in _rated_entries(wanted).items():
        study_facts = facts_of_study(study, samples.get(study.key))
        for finding in study.findings.all():
            stated = facts_of_finding(finding, study_facts)
            for pk in entries & wanted:
                found[pk].append(stated)
    claims = Claim.objects.filter(entry_id__in=wanted).select_related("outcome")
    countries = _countries({claim.entry_id for claim in claims})
    for claim in claims:
        found[claim.entry_id].append(facts_of_claim(claim, countries[claim.entry_id]))
    return found


def _samples() -> dict[str, frozenset[str] | None]:
    """Which studies are of the same people, followed through third studies that say so."""
    stated = Study.objects.published().values_list("key", "same_sample_as")
    return follow_chains({key: None if same is None else frozenset(same) for key, same in stated})


def _countries(entry_ids: set[int]) -> dict[int, str]:
    """The country of each entry; an authority that leads one is in England."""
    led = CaseStudyPage.objects.filter(pk__in=entry_ids, lead_organisation__kind__in=AUTHORITY_KINDS)
    in_england = set(led.values_list("pk", flat=True))
    stated = Entry.objects.filter(pk__in=entry_ids).values_list("pk", "country")
    return {pk: country or ("England" if pk in in_england else "") for pk, country in stated}


def _rated_entries(wanted: set[int]) -> dict[Study, set[int]]:
    """The published studies that name a wanted entry, each with the entries that it rates."""
    study_ids = StudyEntry.objects.filter(entry_id__in=wanted).values_list("study_id", flat=True)
    studies = {
        study.pk: study
        for study in Study.objects.published()
        .filter(pk__in=set(study_ids))
        .prefetch_related("findings__outcome", "findings__source")
    }
    links = StudyEntry.objects.filter(study_id__in=studies).values_list("study_id", "entry_id")
    places = dict(
        CaseStudyPage.objects.filter(pk__in={entry for _, entry in links}).values_list(
            "pk", "lead_organisation_id"
        )
    )
    by_study: dict[int, set[int]] = defaultdict(set)
    for study_id, entry_id in links:
        by_study[study_id].add(entry_id)
    return {studies[pk]: rated_by(studies[pk], entries, places) for pk, entries in by_study.items()}


def rated_by(study: Study, entries: set[int], places: dict[int, int | None]) -> set[int]:
    """The entries that a study rates: its models, and its place where it is about that place alone.

    `places` gives the lead organisation of each case study; without one the case study itself stands for several.
    """
    case_studies = entries & places.keys()
    models = entries - case_studies
    if len(case_studies) != 1:
        return models
    (place,) = case_studies
    several = (study.number_of_sites or 1) > 1 and places[place] is not None
    return models if several else models | case_studies


def facts_of_study(study: Study, same_sample_as: frozenset[str] | None) -> facts.StudyFacts:
    """The facts of one study; empty fields are not reported."""
    return facts.StudyFacts(
        id=study.key,
        design=facts.Design(study.design),
        same_sample_as=same_sample_as,
        country=study.country or None,
        sites_in_england=study.sites_in_england,
        baseline=study.baseline_intervention,
        follow_up=study.followup_intervention,
        comparison_baseline=study.baseline_comparison,
        comparison_follow_up=study.followup_comparison,
        baseline_equivalence=study.baseline_equivalence,
        as_allocated=study.as_allocated,
        attrition_reported=study.attrition_reported,
        validated_measures=study.validated_measures,
        administrative_outcomes=study.administrative_outcomes,
        whole_area=study.whole_area,
        independent=study.independent,
        peer_reviewed=study.peer_reviewed,
        implementation_only=study.implementation_only,
    )


def facts_of_finding(finding: Finding, study: facts.StudyFacts) -> facts.FindingFacts:
    """The facts of one finding of a study."""
    months = finding.follow_up_months
    return facts.FindingFacts(
        id=f"finding:{finding.key or finding.pk}",
        outcome=finding.outcome.slug,
        kind=facts.Kind(finding.kind),
        claimed_by=facts.ClaimedBy(finding.claimed_by),
        study=study,
        direction=facts.Direction(finding.direction),
        compared=finding.compared,
        powered=finding.powered,
        harm=bool(finding.harm),
        harm_looked_for=finding.harm_looked_for,
        follow_up_months=None if months is None else float(months),
        source_given=True if finding.source_id else None,
        forecast=finding.forecast,
    )


def facts_of_claim(claim: Claim, country: str) -> facts.FindingFacts:
    """The facts of what someone states without a study."""
    return facts.FindingFacts(
        id=f"claim:{claim.sort_order}",
        outcome=claim.outcome.slug,
        kind=facts.Kind(claim.kind),
        claimed_by=facts.ClaimedBy(claim.claimed_by),
        direction=facts.Direction(claim.direction),
        country=country or None,
        count_or_rate=claim.count_or_rate,
        period_given=True if claim.period else None,
        source_given=True if claim.source_id else None,
        first_hand=claim.first_hand,
        forecast=claim.forecast,
    )
