"""One entry with everything its page says, in a fixed number of queries whatever its size.

The same facts are gathered from a draft for the preview in the CMS; there the number of queries does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from ..models import (
    CaseStudyPage,
    ConditionRow,
    CostRow,
    Entry,
    OutcomeRating,
    PracticeModelPage,
    Source,
    Statement,
    Study,
)
from .links import RUN_CONDITION, LinkRow, Links, by_kind, links_of
from .runs import PlaceRun, RunCondition, runs_of
from .stated import Stated, is_about_alone, stated_about, stated_in, studies_about

#: Where practice models stand in the addresses of entries.
MODELS = "models"


@dataclass(slots=True)
class EntryFacts:
    """An entry and what belongs to it. Nothing in it asks the database again."""

    entry: Any
    links: Links
    statements: Sequence[Statement]
    conditions: Sequence[ConditionRow]
    costs: Sequence[CostRow]
    stated: Sequence[Stated]
    ratings: Sequence[OutcomeRating]
    studies: Sequence[Study]
    sources: dict[int, Source]
    source_keys: dict[str, int] = field(default_factory=dict)
    runs: Sequence[PlaceRun] = ()
    conditions_of_runs: Sequence[RunCondition] = ()

    @property
    def is_model(self) -> bool:
        return isinstance(self.entry, PracticeModelPage)


def entry_at(lead: str, slug: str, *, user: Any = None) -> EntryFacts | None:
    """The entry at `/practice/<lead>/<slug>/`, or None where this person may read none there."""
    entry = page_at(lead, slug, user=user)
    return None if entry is None else facts_of(entry)


def page_at(lead: str, slug: str, *, user: Any = None) -> Any | None:
    """The page alone, for those who need only what it is called and who answers for it."""
    if lead == MODELS:
        pages: QuerySet[Any] = PracticeModelPage.objects.readable_by(user).select_related("status_source")
    else:
        pages = CaseStudyPage.objects.readable_by(user).select_related("status_source", "lead_organisation")
    return pages.filter(slug=slug, url_path__endswith=f"/{lead}/{slug}/").first()


def facts_of(entry: Any) -> EntryFacts:
    """The stored facts of an entry."""
    links = links_of(entry.pk)
    studies = studies_about(entry.pk)
    shown = studies_that_rate(entry, studies)
    is_model = isinstance(entry, PracticeModelPage)
    conditions = ConditionRow.objects.filter(content_object=entry.pk).select_related("tag")
    statements = list(Statement.objects.filter(entry=entry.pk).order_by("sort_order", "pk"))
    costs = list(CostRow.objects.filter(entry=entry.pk).order_by("sort_order", "pk"))
    stated = stated_about(entry.pk, [study.pk for study in shown])
    facts = EntryFacts(
        entry=entry,
        links=links,
        statements=statements,
        conditions=list(conditions.order_by("sort_order", "pk")),
        costs=costs,
        stated=stated,
        ratings=list(
            OutcomeRating.objects.current()
            .filter(entry=entry.pk)
            .select_related("outcome")
            .order_by("position")
        ),
        studies=studies,
        sources={},
        runs=runs_of(entry.pk) if is_model else (),
        conditions_of_runs=[
            RunCondition(row.position, row.title, row.address, *row.facts[:2])
            for row in links.pop(RUN_CONDITION, ())
        ],
    )
    return _with_sources(facts)


def facts_of_draft(entry: Any) -> EntryFacts:
    """The facts of an unsaved version: its rows as typed, with the studies and ratings that are stored."""
    stored = links_of(entry.pk) if entry.pk else by_kind([])
    links = by_kind(
        [
            *_drafted_links(entry),
            *(row for kind in ("question", "study source") for row in stored.get(kind, ())),
        ]
    )
    studies = studies_about(entry.pk) if entry.pk else []
    shown = studies_that_rate(entry, studies)
    rated = OutcomeRating.objects.current().filter(entry=entry.pk).select_related("outcome")
    is_model = isinstance(entry, PracticeModelPage)
    found = stated_about(entry.pk, [study.pk for study in shown]) if shown else []
    return _with_sources(
        EntryFacts(
            entry=entry,
            links=links,
            statements=list(entry.statements.all()),
            conditions=[row for row in entry.condition_rows.all() if row.tag_id],
            costs=list(entry.costs.all()),
            stated=[row for row in found if row.study] + stated_in(entry.claims.all()),
            ratings=list(rated.order_by("position")) if entry.pk else [],
            studies=studies,
            sources={},
            runs=runs_of(entry.pk) if is_model and entry.pk else (),
        )
    )


def studies_that_rate(entry: Any, studies: Iterable[Study]) -> list[Study]:
    """Those whose findings are about this entry: all of a model's, and of a place's those about it alone."""
    if isinstance(entry, PracticeModelPage):
        return list(studies)
    has_lead = entry.lead_organisation_id is not None
    return [study for study in studies if is_about_alone(study, has_lead=has_lead)]


def _with_sources(facts: EntryFacts) -> EntryFacts:
    rows: list[Any] = [*facts.statements, *facts.conditions, *facts.costs]
    numbers = {row.source_id for row in rows} | {row.source for row in facts.stated}
    numbers |= {
        row.number for kind in ("source", "study source", "cohort") for row in facts.links.get(kind, ())
    }
    numbers.add(facts.entry.status_source_id)
    keys = {key for row in rows for key in row.further_sources or ()}
    keys |= {key for row in facts.stated for key in row.further or ()}
    found = Source.objects.filter(Q(pk__in=numbers - {None}) | Q(key__in=keys))
    facts.sources = {source.pk: source for source in found}
    facts.source_keys = {source.key: source.pk for source in facts.sources.values()}
    return facts


def _drafted_links(entry: Any) -> Iterable[LinkRow]:
    """What a draft names, in the shape of `links_of`."""
    blank = ("", "", "", "", "")
    for number, row in enumerate(entry.cohort_rows.all()):
        if row.tag_id:
            said = (row.ages, row.threshold, row.exclusions, row.number, row.defined_by)
            yield LinkRow("cohort", number, row.tag.name, row.tag.slug, said, row.source_id)
    for kind, relation in (("stage", "stage_tags"), ("theme", "theme_tags"), ("workforce", "workforce_tags")):
        for row in getattr(entry, relation).all():
            yield LinkRow(kind, row.tag.position, row.tag.name, row.tag.slug, blank, None)
    for number, row in enumerate(entry.entry_sources.all()):
        if row.source_id:
            yield LinkRow("source", number, "", "", blank, row.source_id)
    for number, row in enumerate(entry.related_rows.all()):
        other = row.other if row.other_id else None
        if other is not None or row.note:
            title, address = (other.title, other.url_path) if other else ("", "")
            yield LinkRow("related", number, title, address, (row.relation, row.note, "", "", ""), None)
    if isinstance(entry, CaseStudyPage):
        for number, row in enumerate(entry.models_used.all()):
            if row.model_id:
                model = row.model
                facts = (model.kind, model.slug, "", "", "")
                yield LinkRow("model", number, model.title, model.url_path, facts, None)
        for number, row in enumerate(entry.partners.all()):
            known = row.organisation if row.organisation_id else None
            title, address, kind = (known.short_name, known.slug, known.kind) if known else (row.name, "", "")
            yield LinkRow("partner", number, title, address, (kind, "", "", "", ""), None)


def offers_document(pk: int, *, user: Any = None) -> bool:
    """Whether an entry that this person may read offers a file for reuse. Blocks are opened only where its number stands."""
    said = Entry.objects.readable_by(user).annotate(said=Cast("materials", TextField()))
    likely = said.filter(said__contains=f'"document": {pk}')
    return any(
        block.value["document"] is not None and block.value["document"].pk == pk
        for entry in likely
        for block in entry.materials
    )


def published_entries(user: Any = None) -> QuerySet[Entry]:
    """Every entry that anyone may read, for the sitemap."""
    return Entry.objects.readable_by(user).order_by("url_path")
