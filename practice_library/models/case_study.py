"""Case studies: one implementation in one place or partnership."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, Page

from ..admin_panels import case_study_editor
from ..choices import Extent
from ..forms.entry import CaseStudyForm
from .entry import Entry
from .tree import PlaceSection


class CaseStudyPage(Entry):
    """What one place did, with whom, under which conditions and with what result."""

    extent = models.CharField(max_length=5, choices=Extent.choices, default=Extent.FULL)
    lead_organisation = models.ForeignKey(
        "places.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="case_studies_led",
        help_text="Leave empty where several places share it without a lead, or no source names the place.",
    )
    variant = models.TextField(
        "how it differs here", blank=True, help_text="What this place changed in the model, and why."
    )
    months_to_set_up = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Not reported if empty."
    )
    months_to_first_result = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Not reported if empty."
    )

    entry_type = "case_study"
    template = "practice_library/case_study.html"
    parent_page_types: ClassVar = ["practice_library.PlaceSection"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = CaseStudyForm
    edit_handler = case_study_editor
    #: Where it stands when it has no lead, as an editor chose it in the form at hand.
    section_without_lead = ""

    class Meta:
        verbose_name = "case study"
        verbose_name_plural = "case studies"

    def can_move_to(self, parent: Page) -> bool:
        """It stands under its lead: whoever wants it elsewhere changes the lead, and it moves by itself."""
        section = parent.specific
        if not isinstance(section, PlaceSection) or section.organisation_id != self.lead_organisation_id:
            return False
        return bool(super().can_move_to(parent))


class ModelUsed(Orderable):
    """Which practice model a case study runs."""

    case_study = ParentalKey(CaseStudyPage, related_name="models_used", on_delete=models.CASCADE)
    model = models.ForeignKey(
        "practice_library.PracticeModelPage", on_delete=models.CASCADE, related_name="places"
    )

    panels: ClassVar = [FieldPanel("model")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case_study", "model"], name="model_named_once_a_case_study")
        ]

    def __str__(self) -> str:
        return str(self.model)


class Partner(Orderable):
    """Who took part besides the lead: an organisation that we know, or a name as the source prints it."""

    case_study = ParentalKey(CaseStudyPage, related_name="partners", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        "places.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="partner_rows"
    )
    name = models.CharField("name as printed", max_length=250, blank=True)

    panels: ClassVar = [FieldRowPanel([FieldPanel("organisation"), FieldPanel("name")])]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(organisation=None) | ~models.Q(name=""), name="partner_has_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.organisation)

    def clean(self) -> None:
        """Say in words what the database refuses."""
        super().clean()
        if not self.organisation_id and not self.name:
            raise ValidationError({"organisation": "Choose an organisation, or give its name as printed."})
