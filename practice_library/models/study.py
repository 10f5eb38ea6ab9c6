"""Studies and what they found. A study is one object, whichever entries it is about."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin

from ..admin_panels import finding_panels, study_editor
from ..choices import Design
from ..forms.lines import ListOfLines
from ..forms.study import StudyForm
from .atomic import AtomicPublishing
from .rows import NOT_REPORTED, Sourced, StatedFinding


class StudyQuerySet(models.QuerySet["Study"]):
    """Reads of studies."""

    def published(self) -> StudyQuerySet:
        """Studies that count: drafts rate nothing and show nowhere."""
        return self.filter(live=True)

    def about(self, entry_id: int) -> StudyQuerySet:
        """Published and draft studies that name an entry, for its editors."""
        counted = self.annotate(number_of_findings=models.Count("findings", distinct=True))
        return counted.filter(entry_rows__entry=entry_id)


def _fact(words: str, help_text: str = NOT_REPORTED) -> models.BooleanField:
    """A yes/no fact that may be missing; missing never passes a criterion."""
    return models.BooleanField(words, null=True, blank=True, help_text=help_text)


class Study(AtomicPublishing, DraftStateMixin, RevisionMixin, ClusterableModel):
    """One piece of research about one or more entries."""

    key = models.SlugField(
        max_length=120, unique=True, help_text="A permanent short name, for example st-crewe-2017."
    )
    title = models.CharField(max_length=400)
    authors = ListOfLines(default=list, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    design = models.CharField(max_length=32, choices=Design.choices)
    country = models.CharField(max_length=80, blank=True)
    sites = models.CharField("its sites, as reported", max_length=400, blank=True, help_text=NOT_REPORTED)
    number_of_sites = models.PositiveIntegerField(null=True, blank=True, help_text=NOT_REPORTED)
    sites_in_england = _fact("its sites are named and include a place in England")
    baseline_unit = models.CharField("sample at baseline: of what", max_length=400, blank=True)
    baseline_intervention = models.PositiveIntegerField(null=True, blank=True, help_text=NOT_REPORTED)
    baseline_comparison = models.PositiveIntegerField(null=True, blank=True, help_text=NOT_REPORTED)
    followup_unit = models.CharField("sample at follow-up: of what", max_length=400, blank=True)
    followup_intervention = models.PositiveIntegerField(null=True, blank=True, help_text=NOT_REPORTED)
    followup_comparison = models.PositiveIntegerField(null=True, blank=True, help_text=NOT_REPORTED)
    allocation = models.CharField("how groups were made", max_length=600, blank=True, help_text=NOT_REPORTED)
    baseline_equivalence = _fact("groups alike at the start")
    as_allocated = _fact("analysed as allocated")
    attrition_reported = _fact("says how many were lost")
    validated_measures = _fact("validated measures")
    administrative_outcomes = _fact("outcomes from administrative records")
    whole_area = _fact("records of a whole area or service", "Everybody is in the records: nobody to lose.")
    independent = _fact("independent of the provider")
    peer_reviewed = _fact("peer reviewed")
    implementation_only = _fact("only about how it was put in place")
    same_sample_as = models.JSONField(
        "same people as in",
        null=True,
        blank=True,
        help_text="Keys of studies of the same people; an empty list means: of none. Empty field: not reported.",
    )
    note = models.TextField(blank=True)

    objects = StudyQuerySet.as_manager()
    base_form_class = StudyForm
    edit_handler = study_editor

    class Meta:
        verbose_name_plural = "studies"
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return f"{self.title} ({self.year or 'undated'})"

    def guarded_entries(self) -> list[int]:
        """Those it is about."""
        return list(StudyEntry.objects.filter(study=self.pk).values_list("entry_id", flat=True))


class StudySource(Orderable):
    """Where a study was read."""

    study = ParentalKey(Study, related_name="study_sources", on_delete=models.CASCADE)
    source = models.ForeignKey("practice_library.Source", on_delete=models.PROTECT, related_name="study_rows")

    panels: ClassVar = [FieldPanel("source")]

    def __str__(self) -> str:
        return str(self.source)


class StudyEntry(Orderable):
    """An entry that a study is about. With one place alone, the place has its own result."""

    study = ParentalKey(Study, related_name="entry_rows", on_delete=models.CASCADE)
    entry = models.ForeignKey("practice_library.Entry", on_delete=models.CASCADE, related_name="study_rows")

    panels: ClassVar = [FieldPanel("entry")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "entry"], name="entry_named_once_a_study")
        ]

    def __str__(self) -> str:
        return str(self.entry)


class Finding(StatedFinding, Sourced, Orderable):
    """What a study found about one outcome."""

    study = ParentalKey(Study, related_name="findings", on_delete=models.CASCADE)
    key = models.SlugField(max_length=130, blank=True, editable=False)
    compared = _fact("sets the two groups side by side", "Does this statement itself compare the groups?")
    follow_up_months = models.DecimalField(
        max_digits=6, decimal_places=1, null=True, blank=True, help_text=NOT_REPORTED
    )
    subgroup = models.CharField(max_length=400, blank=True)
    powered = _fact("large enough to show an effect")
    harm = models.TextField(
        "harm that was found", blank=True, help_text="What harm. Leave empty if none was found."
    )
    harm_looked_for = _fact("harm was looked for")
    whose_definition = models.CharField(max_length=200, blank=True, help_text=NOT_REPORTED)

    panels = finding_panels

    class Meta(Orderable.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.outcome}: {self.statement[:60]}"
