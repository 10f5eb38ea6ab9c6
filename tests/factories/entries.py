"""Practice models and case studies that say what they hold: `case_study().with_condition("Trust").page`.

Every page stands in the same tree, is rated by the same service and has at least one source, as in the product.
"""

from __future__ import annotations

from itertools import count
from typing import Any, Self

from django.utils.text import slugify
from website.places.models import Organisation

from practice_library import models
from practice_library.models.tree import UNNAMED
from practice_library.services.ratings import rate_entries
from practice_library.services.tree import ensure_tree, section_for

from .places import AuthorityFactory, OrganisationFactory
from .studies import SourceFactory, finding_of, study_of
from .vocabularies import CohortFactory, ConditionFactory, StageFactory, ThemeFactory, WorkforceFactory
from .vocabularies import outcome as an_outcome

_numbers = count(1)


class Written:
    """An entry with its facts, told one at a time. `page` is the entry as it is stored now."""

    def __init__(self, page: models.Entry) -> None:
        self.pk = page.pk

    @property
    def page(self) -> Any:
        return models.Entry.objects.get(pk=self.pk).specific

    @property
    def url(self) -> str:
        """Its address on the site."""
        return "/" + self.page.url_path.split("/", 2)[2]

    def set(self, **fields: Any) -> Self:
        """Change fields of the entry itself."""
        page = self.page
        for name, value in fields.items():
            setattr(page, name, value)
        page.save()
        return self

    def with_source(self, key: str, **fields: Any) -> Self:
        models.EntrySource.objects.get_or_create(entry_id=self.pk, source=SourceFactory(key=key, **fields))
        return self

    def with_statement(self, text: str, *, section: str = "what_was_done", **fields: Any) -> Self:
        models.Statement.objects.create(entry_id=self.pk, section=section, text=text, **self._sourced(fields))
        return self

    def with_cohort(self, name: str, **fields: Any) -> Self:
        models.CohortRow.objects.create(content_object_id=self.pk, tag=CohortFactory(name=name), **fields)
        return self

    def with_condition(self, name: str, *, role: str = "enabler", presence: str = "", **fields: Any) -> Self:
        fields = {"role": role, "present_at_start": presence, **self._sourced(fields)}
        models.ConditionRow.objects.create(
            content_object_id=self.pk, tag=ConditionFactory(name=name), **fields
        )
        return self

    def with_cost(self, what: str, **fields: Any) -> Self:
        models.CostRow.objects.create(entry_id=self.pk, what=what, **self._sourced(fields))
        return self

    def with_claim(self, outcome: str, *, direction: str = "favourable", **fields: Any) -> Self:
        """What someone states without a study: level 1 if first-hand."""
        facts = {"statement": f"{outcome} changed.", "claimed_by": "provider", "first_hand": True, **fields}
        models.Claim.objects.create(
            entry_id=self.pk, outcome=an_outcome(outcome), direction=direction, **self._sourced(facts)
        )
        rate_entries(entry_ids=[self.pk])
        return self

    def with_outcome(
        self,
        outcome: str,
        *,
        direction: str = "favourable",
        study: dict[str, Any] | None = None,
        **facts: Any,
    ) -> Self:
        """A finding of a study of its own: compared with a similar group, unless `study` says otherwise."""
        finding_of(study_of(self.page, **(study or {})), outcome, direction=direction, **facts)
        return self

    def at_stage(self, name: str) -> Self:
        models.StageTag.objects.create(content_object_id=self.pk, tag=StageFactory(name=name))
        return self

    def about(self, theme: str) -> Self:
        models.ThemeTag.objects.create(content_object_id=self.pk, tag=ThemeFactory(name=theme))
        return self

    def for_workforce(self, name: str) -> Self:
        models.WorkforceTag.objects.create(content_object_id=self.pk, tag=WorkforceFactory(name=name))
        return self

    def running(self, model: Written) -> Self:
        """A case study of a model."""
        models.ModelUsed.objects.create(case_study_id=self.pk, model_id=model.pk)
        return self

    def with_partner(self, name: str, *, known: bool = False) -> Self:
        who = {"organisation": OrganisationFactory(name=name)} if known else {"name": name}
        order = models.Partner.objects.filter(case_study=self.pk).count()
        models.Partner.objects.create(case_study_id=self.pk, sort_order=order, **who)
        return self

    def related_to(self, other: Written | None, *, relation: str = "see-also", note: str = "") -> Self:
        order = models.RelatedEntry.objects.filter(entry=self.pk).count()
        models.RelatedEntry.objects.create(
            entry_id=self.pk,
            other_id=other.pk if other else None,
            relation=relation,
            note=note,
            sort_order=order,
        )
        return self

    def _sourced(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Rows rest on a source of their own unless `source=None` says otherwise."""
        return {"source": SourceFactory(key="src-shared"), **fields}


def practice_model(title: str = "", **fields: Any) -> Written:
    """A published practice model."""
    title = title or f"Model {next(_numbers)}"
    ensure_tree()
    page = models.PracticeModelPage(
        title=title,
        **{"slug": slugify(title), "summary": f"{title} is a way of working.", "kind": "model", **fields},
    )
    models.ModelIndexPage.objects.get().add_child(instance=page)
    return Written(page).with_source("src-shared")


def case_study(title: str = "", *, lead: str = "northbridge", **fields: Any) -> Written:
    """A published case study of an authority, which is made if it is not there, or of a section without a lead."""
    title = title or f"Case study {next(_numbers)}"
    if lead not in UNNAMED and not Organisation.objects.filter(slug=lead).exists():
        AuthorityFactory(slug=lead, name=lead.replace("-", " ").title())
    ensure_tree()
    section = section_for(lead=lead)
    page = models.CaseStudyPage(
        title=title,
        lead_organisation=section.organisation,
        **{"slug": slugify(title), "summary": f"{title} is what one place did.", **fields},
    )
    section.refresh_from_db()
    section.add_child(instance=page)
    return Written(page).with_source("src-shared")


def open_question(
    title: str, *, slug: str = "", about: tuple[Written, ...] = (), **fields: Any
) -> models.OpenQuestion:
    """A question of the sector with one position on each side."""
    question = models.OpenQuestion.objects.create(title=title, slug=slug or slugify(title), **fields)
    for side in ("for", "against"):
        models.Position.objects.create(
            question=question,
            side=side,
            text=f"Something speaks {side} it.",
            source=SourceFactory(key="src-shared"),
        )
    for written in about:
        question.entries.add(written.page)
    return question
