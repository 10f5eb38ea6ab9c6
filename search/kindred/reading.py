"""What is compared of each entry: its text without its names, its terms, who runs it, and what it is linked to already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from website.places.choices import AUTHORITY_KINDS
from website.places.models import Organisation

from practice_library.choices import Section
from practice_library.models import (
    CaseStudyPage,
    Claim,
    CohortRow,
    ConditionRow,
    Entry,
    EntrySource,
    ModelUsed,
    OutcomeRating,
    Partner,
    RelatedEntry,
    StageTag,
    Statement,
    ThemeTag,
)

BATCH = 500
#: What says how good a source is, not what the work is.
NOT_ABOUT_THE_WORK = (Section.CONTEXT, Section.CONFUSION)
#: Rows with a term, each with the name of its vocabulary.
TERM_ROWS: dict[str, Any] = {
    "theme": ThemeTag, "condition": ConditionRow, "cohort": CohortRow, "stage": StageTag,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """The rating of one outcome in force."""

    pk: int
    outcome: int
    direction: str


@dataclass(slots=True)
class Work:
    """One entry. `partners` are organisations, `terms` pairs of vocabulary and key, `sources` those of the whole entry."""

    pk: int
    names: list[str]
    is_model: bool
    lead: int | None
    texts: list[str] = field(default_factory=list)
    terms: set[tuple[str, int]] = field(default_factory=set)
    partners: set[int] = field(default_factory=set)
    authorities: set[int] = field(default_factory=set)
    models: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    results: list[Result] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that anyone may read now. `linked`: pairs that editors or models connect already, smaller key first."""

    works: dict[int, Work]
    linked: set[tuple[int, int]]


def pair_of(one: int, other: int) -> tuple[int, int]:
    """A pair has no direction: the smaller key stands first."""
    return (one, other) if one < other else (other, one)


def read_library() -> Library:
    """In batches, a fixed number of queries each."""
    keys = list(Entry.objects.published().order_by("pk").values_list("pk", flat=True))
    works: dict[int, Work] = {}
    for start in range(0, len(keys), BATCH):
        works.update(_read(keys[start : start + BATCH]))
    return Library(works, set(_linked(works)))


def _read(keys: list[int]) -> dict[int, Work]:
    leads = dict(CaseStudyPage.objects.filter(pk__in=keys).values_list("pk", "lead_organisation_id"))
    followed = _successors(lead for lead in leads.values() if lead)
    rows = Entry.objects.filter(pk__in=keys).values_list("pk", "title", "other_names", "summary")
    works = {
        pk: Work(pk, [title, *names], pk not in leads, leads.get(pk), [summary])
        for pk, title, names, summary in rows
    }
    for work in works.values():
        if work.lead:
            work.partners |= {work.lead, *followed.get(work.lead, ())}
    for pk, text in _texts(keys):
        works[pk].texts.append(text)
    for vocabulary, model in TERM_ROWS.items():
        for pk, term in model.objects.filter(content_object__in=keys).values_list(
            "content_object_id", "tag_id"
        ):
            works[pk].terms.add((vocabulary, term))
    for pk, model_used in ModelUsed.objects.filter(case_study__in=keys).values_list(
        "case_study_id", "model_id"
    ):
        works[pk].models.add(model_used)
    for pk, source in EntrySource.objects.filter(entry__in=keys).values_list("entry_id", "source_id"):
        works[pk].sources.add(source)
    partners = Partner.objects.filter(case_study__in=keys, organisation__isnull=False)
    for pk, known, kind in partners.values_list("case_study_id", "organisation_id", "organisation__kind"):
        works[pk].partners.add(known)
        if kind in AUTHORITY_KINDS:
            works[pk].authorities.add(known)
    rated = OutcomeRating.objects.current().filter(entry__in=keys).exclude(outcome=None).order_by("position")
    for pk, key, outcome, direction in rated.values_list("entry_id", "pk", "outcome_id", "direction"):
        works[pk].results.append(Result(key, outcome or 0, direction))
        works[pk].terms.add(("outcome", outcome or 0))
    return works


def _texts(keys: list[int]) -> Iterator[tuple[int, str]]:
    """Statements, what is known of conditions, and what was claimed: in our own words, so that places can be compared."""
    told = Statement.objects.filter(entry__in=keys).exclude(section__in=NOT_ABOUT_THE_WORK)
    yield from told.values_list("entry_id", "text")
    yield from ConditionRow.objects.filter(~Q(note=""), content_object__in=keys).values_list(
        "content_object_id", "note"
    )
    yield from Claim.objects.filter(entry__in=keys).values_list("entry_id", "statement")
    yield from CaseStudyPage.objects.filter(~Q(variant=""), pk__in=keys).values_list("pk", "variant")


def _successors(leads: Iterable[int]) -> dict[int, set[int]]:
    """Who took over from an authority that is no more is the same organisation."""
    found: dict[int, set[int]] = defaultdict(set)
    pairs = Organisation.objects.filter(pk__in=set(leads), successors__isnull=False)
    for pk, successor in pairs.values_list("pk", "successors"):
        found[pk].add(successor)
    return found


def _linked(works: dict[int, Work]) -> Iterator[tuple[int, int]]:
    for entry, other in RelatedEntry.objects.exclude(other=None).values_list("entry_id", "other_id"):
        yield pair_of(entry, other or 0)
    for work in works.values():
        for model in work.models:
            yield pair_of(work.pk, model)
