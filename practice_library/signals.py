"""Whatever changes the public face of an entry, in the CMS or by its scheduler, is told to the outbox here.

Each receiver stays thin: it says which entries are touched, `services.telling` does the rest. Pages and studies publish
in one transaction (`models.atomic`), and so does every save in the CMS (`website.outbox.middleware`).
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail import signals as wagtail_signals
from wagtail.models import Page, PageViewRestriction
from website.places.models import Organisation
from website.places.signals import organisations_changed

from . import usage
from .models import (
    CaseStudyPage,
    Cohort,
    Entry,
    Keyword,
    ModelUsed,
    Outcome,
    PlaceSection,
    Source,
    Stage,
    Study,
    StudyEntry,
    SystemCondition,
    Theme,
    WorkforceGroup,
)
from .services.case_studies import change_lead
from .services.telling import models_of, places_of, tell, tell_uids

TERMS = (Cohort, SystemCondition, Outcome, Theme, Stage, WorkforceGroup, Keyword)


def connect() -> None:
    """Connect once, when the application starts."""
    listen = {
        page_published: (wagtail_signals.page_published,),
        page_unpublished: (wagtail_signals.page_unpublished,),
        page_moved: (wagtail_signals.post_page_move,),
        page_slug_changed: (wagtail_signals.page_slug_changed,),
        study_published: (wagtail_signals.published, wagtail_signals.unpublished),
        new_page: (wagtail_signals.init_new_page,),
        organisations_told: (organisations_changed,),
    }
    for receiver, sources in listen.items():
        for number, signal in enumerate(sources):
            signal.connect(receiver, dispatch_uid=f"practice_library.{receiver.__name__}.{number}")
    for model in TERMS:
        post_save.connect(
            term_saved, sender=model, dispatch_uid=f"practice_library.term_saved.{model.__name__}"
        )
    post_save.connect(source_saved, sender=Source, dispatch_uid="practice_library.source_saved")
    for signal in (post_save, post_delete):
        signal.connect(
            restriction_changed,
            sender=PageViewRestriction,
            dispatch_uid="practice_library.restriction_changed",
        )
    for before, after, sender in (
        (entry_goes, entry_gone, Entry),
        (study_goes, study_gone, Study),
        (keyword_goes, keyword_gone, Keyword),
    ):
        pre_delete.connect(before, sender=sender, dispatch_uid=f"practice_library.{before.__name__}")
        post_delete.connect(after, sender=sender, dispatch_uid=f"practice_library.{after.__name__}")
    for row, after in ((StudyEntry, study_row_turned), (ModelUsed, model_row_turned)):
        pre_save.connect(row_turns, sender=row, dispatch_uid=f"practice_library.row_turns.{row.__name__}")
        post_save.connect(after, sender=row, dispatch_uid=f"practice_library.{after.__name__}")
    post_delete.connect(
        study_row_removed, sender=StudyEntry, dispatch_uid="practice_library.study_row_removed"
    )
    post_delete.connect(
        model_row_removed, sender=ModelUsed, dispatch_uid="practice_library.model_row_removed"
    )


def entries_below(page: Page) -> QuerySet[Entry]:
    """The entries at or below a page of the tree."""
    return Entry.objects.descendant_of(page, inclusive=True)


# Pages


def new_page(page: Page, parent: Page, **kwargs: Any) -> None:
    """A case study that is begun in the section of a place has that place as its lead."""
    if isinstance(page, CaseStudyPage) and isinstance(section := parent.specific, PlaceSection):
        page.lead_organisation = section.organisation


def page_published(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, Entry):
        if isinstance(instance, CaseStudyPage):
            change_lead(case_study=instance, lead=instance.lead_organisation)
        tell({instance.pk, *models_of([instance.pk]), *places_of([instance.pk])}, rate=[instance.pk])
    elif isinstance(instance, PlaceSection):
        tell(entries_below(instance).values_list("pk", flat=True))


def page_unpublished(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, Entry):
        tell({instance.pk, *models_of([instance.pk]), *places_of([instance.pk])})


def page_moved(instance: Page, **kwargs: Any) -> None:
    tell(entries_below(instance).values_list("pk", flat=True))


def page_slug_changed(instance: Page, **kwargs: Any) -> None:
    """Sent after the commit; an entry's own new address is told when it is published, these stand below it."""
    if not isinstance(instance, Entry):
        tell(entries_below(instance).values_list("pk", flat=True))


def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A restriction on a page hides everything below it."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        tell(entries_below(page).values_list("pk", flat=True))


def entry_goes(instance: Entry, **kwargs: Any) -> None:
    """Before it is deleted: whose faces show it, and which entries share a study with it."""
    studies = StudyEntry.objects.filter(entry=instance.pk).values("study")
    instance._shared = set(StudyEntry.objects.filter(study__in=studies).values_list("entry_id", flat=True))
    instance._shown_on = models_of([instance.pk]) | places_of([instance.pk])


def entry_gone(instance: Entry, **kwargs: Any) -> None:
    """A study that named it may now be about one place alone, and then rates that place."""
    tell(instance._shown_on, rate=instance._shared)
    tell_uids([instance.uid])


def model_row_removed(instance: ModelUsed, origin: Any = None, **kwargs: Any) -> None:
    """A case study that no longer runs a model; where a whole page goes, its own receiver tells."""
    if isinstance(origin, ModelUsed):
        tell([instance.model_id])


def row_turns(instance: Any, **kwargs: Any) -> None:
    """Before a row is saved: what it named until now."""
    named = "entry_id" if isinstance(instance, StudyEntry) else "model_id"
    rows = type(instance)._default_manager.filter(pk=instance.pk)
    before = rows.values_list(named, flat=True).first() if instance.pk else None
    instance._named_before = None if before == getattr(instance, named) else before


def model_row_turned(instance: Any, **kwargs: Any) -> None:
    """A row that names another model now."""
    if instance._named_before:
        tell([instance._named_before])


# Studies


def study_published(instance: Any, **kwargs: Any) -> None:
    """Published or unpublished. Places count on their models' pages, so those are told as well."""
    if isinstance(instance, Study):
        _tell_study(set(instance.entry_rows.values_list("entry_id", flat=True)))


def study_row_removed(instance: StudyEntry, origin: Any = None, **kwargs: Any) -> None:
    """An entry that a published study is no longer about."""
    if isinstance(origin, StudyEntry) and Study.objects.published().filter(pk=instance.study_id).exists():
        _tell_study({instance.entry_id})


def study_row_turned(instance: Any, **kwargs: Any) -> None:
    """A row of a published study that names another entry now."""
    if instance._named_before and Study.objects.published().filter(pk=instance.study_id).exists():
        _tell_study({instance._named_before})


def study_goes(instance: Study, **kwargs: Any) -> None:
    rows = StudyEntry.objects.filter(study=instance.pk, study__live=True)
    instance._was_about = set(rows.values_list("entry_id", flat=True))


def study_gone(instance: Study, **kwargs: Any) -> None:
    _tell_study(instance._was_about)


def _tell_study(entries: set[int]) -> None:
    tell(entries | models_of(entries), rate=entries)


# What entries name


def term_saved(instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if not created and not raw:
        tell(usage.entries_naming_term(instance))


def source_saved(instance: Source, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if not created and not raw:
        tell(usage.entries_naming_source(instance))


def keyword_goes(instance: Keyword, **kwargs: Any) -> None:
    instance._named_by = usage.entries_naming_term(instance)


def keyword_gone(instance: Keyword, **kwargs: Any) -> None:
    tell(instance._named_by)


def organisations_told(uids: Any, **kwargs: Any) -> None:
    """A place that is renamed is named anew on the case studies it leads or takes part in, and in their section."""
    organisations = Organisation.objects.filter(uid__in=list(uids))
    tell(usage.entries_naming_organisations(organisations))
