"""What an entry's editing page shows of its results: read here, changed in the studies."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class ResultsPanel(Panel):
    """The studies about an entry and what the evidence standard makes of them, with a way to add another study."""

    def __init__(self, heading: str = "Studies and what they add up to", **kwargs: Any) -> None:
        super().__init__(heading=heading, **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "practice_library/cms/results_panel.html"

        def get_context_data(self, parent_context: Any = None) -> Any:
            """The rows of the panel; none of them before the entry is first saved."""
            from ..models import OutcomeRating, Study

            context = super().get_context_data(parent_context)
            entry = self.instance
            add = reverse(Study.snippet_viewset.get_url_name("add"))
            context["is_saved"] = entry.pk is not None
            context["add_study_url"] = f"{add}?entry={entry.pk}"
            context["studies_url"] = reverse(Study.snippet_viewset.get_url_name("list"))
            if entry.pk is not None:
                edit = Study.snippet_viewset.get_url_name("edit")
                context["studies"] = [
                    (study, reverse(edit, args=[study.pk])) for study in Study.objects.about(entry.pk)
                ]
                context["ratings"] = (
                    OutcomeRating.objects.current().filter(entry=entry.pk).select_related("outcome")
                )
            return context
