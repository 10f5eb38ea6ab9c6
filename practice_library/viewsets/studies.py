"""Studies and open questions in the CMS."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Count, QuerySet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from ..models import Entry, OpenQuestion, Study, StudyEntry


class AddStudyView(CreateView):
    """A new study; with `?entry=` it is already about that entry, and names England, where most entries are."""

    def get_initial_form_instance(self) -> Study | None:
        """Nothing is filled in when what was filled in comes back."""
        wanted = self.request.GET.get("entry", "")
        entry = Entry.objects.filter(pk=wanted).first() if wanted.isdigit() else None
        if self.request.method != "GET" or entry is None:
            return super().get_initial_form_instance()
        study = Study(country="England")
        study.entry_rows.add(StudyEntry(entry=entry))
        return study


class StudyViewSet(SnippetViewSet):
    model = Study
    icon = "form"
    menu_label = "Studies"
    add_view_class = AddStudyView
    list_display: ClassVar = [
        "title",
        "year",
        "design",
        Column("findings", label="Findings", accessor="number_of_findings", sort_key="number_of_findings"),
        Column("entries", label="Entries", accessor="number_of_entries", sort_key="number_of_entries"),
        "live",
    ]
    list_filter: ClassVar = ["live", "design", "country", "year"]
    list_per_page = 50
    search_fields: ClassVar = ["title", "key", "authors"]
    search_backend_name = None
    ordering: ClassVar = ["title"]

    def get_queryset(self, request: Any) -> QuerySet:
        return Study.objects.annotate(
            number_of_findings=Count("findings", distinct=True),
            number_of_entries=Count("entry_rows", distinct=True),
        )


class OpenQuestionViewSet(SnippetViewSet):
    model = OpenQuestion
    icon = "help"
    menu_label = "Open questions"
    list_display: ClassVar = ["title", "state", "outcome"]
    list_filter: ClassVar = ["state", "outcome"]
    list_per_page = 50
    search_fields: ClassVar = ["title", "summary"]
    search_backend_name = None
    ordering: ClassVar = ["title"]
