"""The library's snippets in the CMS: sources and vocabularies."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from ..forms.choosing import SourceFilterForm
from ..forms.study import SourceForm
from ..models import (
    Cohort,
    Keyword,
    Outcome,
    Source,
    Stage,
    SynonymGroup,
    SystemCondition,
    Theme,
    WorkforceGroup,
)
from ..usage import with_uses

USES = Column("uses", label="Used", accessor="uses", sort_key="uses", width="8%")


class _FilteredChoice:
    """Search in the chooser by title and publisher: sources are many and their titles long."""

    filter_form_class: type[BaseFilterForm] = SourceFilterForm
    per_page = 15

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("read", label="Read", accessor="read")]  # type: ignore[misc]


class _ChooseSource(_FilteredChoice, ChooseView):
    pass


class _ChooseSourceResults(_FilteredChoice, ChooseResultsView):
    pass


class NewSourceForm(SourceForm):
    """A source that is added while choosing one."""

    class Meta(WagtailAdminModelForm.Meta):
        model = Source
        fields = ("title", "publisher", "year", "address", "kind", "read", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ids of its own: the form below the dialog has a title, too, and labels would point there."""
        super().__init__(*args, auto_id="id_new_source_%s", **kwargs)


class SourceChooserViewSet(SnippetChooserViewSet):
    """Choose a source or add one without leaving the form at hand."""

    choose_view_class = _ChooseSource
    choose_results_view_class = _ChooseSourceResults
    creation_form_class = NewSourceForm
    creation_tab_label = "New source"
    create_action_label = "Add source"


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "doc-full-inverse"
    menu_label = "Sources"
    chooser_viewset_class = SourceChooserViewSet
    list_display: ClassVar = ["title", "publisher", "year", "kind", "read", USES]
    list_filter: ClassVar = ["kind", "read", "year"]
    list_per_page = 50
    search_fields: ClassVar = ["title", "publisher", "key", "address"]
    search_backend_name = None
    ordering: ClassVar = ["title"]

    def get_queryset(self, request: Any) -> QuerySet[Source]:
        return with_uses(Source.objects.all())


def _panels(*more: Panel) -> list[Panel]:
    return [
        FieldPanel(
            "name",
            help_text="What readers see. It can be changed: entries keep the term itself, not the word.",
        ),
        FieldPanel("scope_note"),
        FieldPanel("synonyms"),
        *more,
        FieldRowPanel([FieldPanel("broader"), FieldPanel("position")]),
        FieldPanel(
            "slug",
            help_text="Its name in web addresses and exports. Old addresses stop working if it changes.",
        ),
    ]


class TermViewSet(SnippetViewSet):
    """One closed vocabulary: terms are added here and nowhere else."""

    icon = "tag"
    list_display: ClassVar = ["name", "broader", "position", USES]
    list_per_page = 100
    search_fields: ClassVar = ["name", "scope_note", "synonyms"]
    search_backend_name = None
    ordering: ClassVar = ["position", "name"]
    panels: ClassVar = _panels()

    def get_queryset(self, request: Any) -> QuerySet:
        return with_uses(self.model.objects.select_related("broader"))


class CohortViewSet(TermViewSet):
    model = Cohort
    menu_label = "Cohorts"


class SystemConditionViewSet(TermViewSet):
    model = SystemCondition
    menu_label = "System conditions"
    list_display: ClassVar = ["name", "level", "broader", "position", USES]
    list_filter: ClassVar = ["level"]
    panels: ClassVar = _panels(FieldPanel("level"))


class OutcomeViewSet(TermViewSet):
    model = Outcome
    menu_label = "Outcomes"


class ThemeViewSet(TermViewSet):
    model = Theme
    menu_label = "Themes"


class StageViewSet(TermViewSet):
    model = Stage
    menu_label = "Stages of need"


class WorkforceGroupViewSet(TermViewSet):
    model = WorkforceGroup
    menu_label = "Workforce groups"


class KeywordViewSet(SnippetViewSet):
    """Open words: they come into being by typing, and are tidied here."""

    model = Keyword
    icon = "tag"
    menu_label = "Keywords"
    list_display: ClassVar = ["name", USES]
    list_per_page = 100
    search_fields: ClassVar = ["name"]
    search_backend_name = None
    ordering: ClassVar = ["name"]
    panels: ClassVar = [FieldPanel("name"), FieldPanel("slug")]

    def get_queryset(self, request: Any) -> QuerySet[Keyword]:
        return with_uses(Keyword.objects.all())


class SynonymGroupViewSet(SnippetViewSet):
    model = SynonymGroup
    icon = "link"
    menu_label = "Synonyms"
    list_display: ClassVar = ["__str__", "relation", "source"]
    list_per_page = 100
    search_fields: ClassVar = ["terms", "source"]
    search_backend_name = None
    panels: ClassVar = [
        FieldPanel(
            "terms",
            help_text="The usual form first, acronyms in capitals. Search uses them at once. One a line.",
        ),
        FieldRowPanel([FieldPanel("relation"), FieldPanel("source")]),
    ]
