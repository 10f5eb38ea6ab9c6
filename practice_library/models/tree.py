"""The pages that hold entries: home, the index of practice, of models and of each place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .atomic import AtomicPage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class HomePage(Page):
    """The root of the site."""

    introduction = models.TextField(blank=True, help_text="Shown under the search box on the first page.")

    template = "website/home.html"
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["practice_library.PracticeIndexPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    max_count = 1

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The public page as it would be; the views stand above the models, so they are found when asked for."""
        from ..views.preview import home_preview

        return home_preview(request, self)


class PracticeIndexPage(Page):
    """Holds models and places; its address shows the search."""

    parent_page_types: ClassVar = ["practice_library.HomePage"]
    subpage_types: ClassVar = ["practice_library.ModelIndexPage", "practice_library.PlaceSection"]
    preview_modes: ClassVar[list[tuple[str, str]]] = []  # what its address shows is not edited here
    max_count = 1


class ModelIndexPage(Page):
    """Holds the practice models."""

    parent_page_types: ClassVar = ["practice_library.PracticeIndexPage"]
    subpage_types: ClassVar = ["practice_library.PracticeModelPage"]
    preview_modes: ClassVar[list[tuple[str, str]]] = []
    max_count = 1


#: Sections of case studies without a lead organisation: nothing is guessed.
UNNAMED = {"several-places": "Several places", "place-not-named": "Place not named"}


class PlaceSection(AtomicPage, Page):
    """Holds the case studies of one lead organisation, or those of several or unnamed places."""

    organisation = models.OneToOneField(
        "places.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="section"
    )

    parent_page_types: ClassVar = ["practice_library.PracticeIndexPage"]
    subpage_types: ClassVar = ["practice_library.CaseStudyPage"]
    preview_modes: ClassVar[list[tuple[str, str]]] = []
    content_panels = [*Page.content_panels, FieldPanel("organisation")]
