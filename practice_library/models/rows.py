"""Rows of an entry: who it is for, what had to be in place, what is stated, what it cost, and on which source.

Each row is a child of its page, so drafts, previews, revisions and publishing keep it.
"""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from ..choices import (
    ClaimedBy,
    Direction,
    FindingKind,
    ForWhom,
    Level,
    Necessity,
    Power,
    Presence,
    Relation,
    Role,
)
from ..choices import Section as SectionChoices
from ..forms.facts import FactSelect
from .vocabularies import Cohort, Keyword, Stage, SystemCondition, Theme, WorkforceGroup

NOT_REPORTED = "Leave empty where it is not reported."


class Sourced(models.Model):
    """A fact with the source it was read in. Without one of its own it rests on all sources of its entry."""

    source = models.ForeignKey(
        "practice_library.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.CharField(
        "where in the source",
        max_length=120,
        blank=True,
        help_text="Chapter, section or page, where it helps.",
    )
    further_sources = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        abstract = True


class CohortRow(ItemBase, Sourced, Orderable):
    """Who an entry is for; the taggit through-model is the row."""

    content_object = ParentalKey(
        "practice_library.Entry", related_name="cohort_rows", on_delete=models.CASCADE
    )
    tag = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="rows")
    ages = models.CharField(max_length=60, blank=True, help_text=NOT_REPORTED)
    threshold = models.CharField("threshold or rule", max_length=300, blank=True, help_text=NOT_REPORTED)
    exclusions = models.CharField(max_length=300, blank=True, help_text=NOT_REPORTED)
    number = models.CharField("how many", max_length=120, blank=True, help_text=NOT_REPORTED)
    defined_by = models.CharField("whose definition", max_length=120, blank=True, help_text=NOT_REPORTED)

    panels: ClassVar = [
        FieldPanel("tag", heading="Who it is for", widget=forms.Select),
        FieldRowPanel([FieldPanel("ages"), FieldPanel("number")]),
        FieldPanel("threshold"),
        FieldPanel("exclusions"),
        FieldRowPanel([FieldPanel("defined_by"), FieldPanel("source")]),
    ]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="cohort_named_once_an_entry")
        ]

    def __str__(self) -> str:
        return f"{self.tag}"


class ConditionRow(ItemBase, Sourced, Orderable):
    """What had to be in place around the practice, and whether it was."""

    content_object = ParentalKey(
        "practice_library.Entry", related_name="condition_rows", on_delete=models.CASCADE
    )
    tag = models.ForeignKey(SystemCondition, on_delete=models.PROTECT, related_name="rows")
    role = models.CharField("as help or as obstacle", max_length=8, choices=Role.choices)
    level = models.CharField(max_length=12, choices=Level.choices, blank=True)
    necessity = models.CharField(
        "how much it mattered", max_length=10, choices=Necessity.choices, blank=True, help_text=NOT_REPORTED
    )
    present_at_start = models.CharField(
        max_length=6, choices=Presence.choices, blank=True, help_text=NOT_REPORTED
    )
    present_at_end = models.CharField(
        max_length=6, choices=Presence.choices, blank=True, help_text=NOT_REPORTED
    )
    power = models.CharField("in whose power", max_length=10, choices=Power.choices, blank=True)
    note = models.TextField("what is known about it", blank=True)
    without_it = models.TextField("what happened without it", blank=True, help_text=NOT_REPORTED)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("tag", heading="Condition", widget=forms.Select), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("necessity"), FieldPanel("level"), FieldPanel("power")]),
        FieldRowPanel([FieldPanel("present_at_start"), FieldPanel("present_at_end")]),
        FieldPanel("note"),
        FieldPanel("without_it"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("at")]),
    ]

    class Meta(Orderable.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.tag} ({self.get_role_display().lower()})"


class Statement(Sourced, Orderable):
    """One thing that a source says about an entry, in our own words."""

    entry = ParentalKey("practice_library.Entry", related_name="statements", on_delete=models.CASCADE)
    section = models.CharField(max_length=20, choices=SectionChoices.choices)
    text = models.TextField(help_text="One or two plain sentences. No details of children or families.")
    claimed_by = models.CharField("who says so", max_length=12, choices=ClaimedBy.choices, blank=True)
    editors_reading = models.BooleanField(
        default=False,
        help_text="Tick where this is how the editors read the sources, not what one of them says.",
    )
    voice_who = models.CharField("whose voice (role only)", max_length=120, blank=True)
    voice_gathered = models.CharField("how it was gathered", max_length=200, blank=True)
    voice_permission = models.CharField(
        "permission",
        max_length=20,
        blank=True,
        choices=[("given", "Given"), ("already-published", "Already published")],
    )
    voice_changed = models.CharField(
        "were the words changed?", max_length=3, blank=True, choices=[("yes", "Yes"), ("no", "No")]
    )

    panels: ClassVar = [
        FieldPanel("section"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("at")]),
        FieldRowPanel([FieldPanel("claimed_by"), FieldPanel("editors_reading")]),
        FieldRowPanel([FieldPanel("voice_who"), FieldPanel("voice_gathered")]),
        FieldRowPanel([FieldPanel("voice_permission"), FieldPanel("voice_changed")]),
    ]

    class Meta(Orderable.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.get_section_display()}: {self.text[:60]}"


class CostRow(Sourced, Orderable):
    """What something cost or saved, as printed, and in pounds a child or family where that is plain."""

    entry = ParentalKey("practice_library.Entry", related_name="costs", on_delete=models.CASCADE)
    what = models.CharField(max_length=300)
    as_printed = models.CharField("amount as printed", max_length=300, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    price_year = models.CharField(max_length=20, blank=True, help_text=NOT_REPORTED)
    payer = models.CharField(max_length=160, blank=True, help_text=NOT_REPORTED)
    cashable = models.BooleanField(null=True, blank=True, help_text=NOT_REPORTED)
    per = models.CharField(
        "for each", max_length=8, blank=True, choices=[("child", "Child"), ("family", "Family")]
    )
    pounds = models.DecimalField(
        "pounds for each child or family",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Only where the source gives it for one child or one family.",
    )

    panels: ClassVar = [
        FieldPanel("what"),
        FieldRowPanel([FieldPanel("as_printed"), FieldPanel("unit"), FieldPanel("price_year")]),
        FieldRowPanel([FieldPanel("pounds"), FieldPanel("per")]),
        FieldRowPanel([FieldPanel("payer"), FieldPanel("cashable", widget=FactSelect)]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("at")]),
    ]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(pounds=None) | ~models.Q(per=""), name="cost_in_pounds_says_for_each_what"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.as_printed or 'not reported'}"

    def clean(self) -> None:
        """Say in words what the database refuses."""
        super().clean()
        if self.pounds is not None and not self.per:
            raise ValidationError({"per": "Say whether this is for one child or for one family."})


class StatedFinding(models.Model):
    """What is common to a study's finding and a claim without a study."""

    outcome = models.ForeignKey("practice_library.Outcome", on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=400, blank=True)
    statement = models.TextField(help_text="What was found, in one or two plain sentences.")
    kind = models.CharField(max_length=8, choices=FindingKind.choices, default=FindingKind.OUTCOME)
    for_whom = models.CharField(max_length=12, choices=ForWhom.choices, blank=True)
    direction = models.CharField(max_length=12, choices=Direction.choices, default=Direction.NOT_KNOWN)
    claimed_by = models.CharField("who says so", max_length=12, choices=ClaimedBy.choices)
    effect = models.CharField(max_length=600, blank=True, help_text="As printed. " + NOT_REPORTED)
    uncertainty = models.CharField(max_length=600, blank=True, help_text="As printed. " + NOT_REPORTED)
    forecast = models.BooleanField(default=False, help_text="Expected, not measured.")

    class Meta:
        abstract = True


class Claim(StatedFinding, Sourced, Orderable):
    """A finding without a study: what someone states. It never passes level 2."""

    entry = ParentalKey("practice_library.Entry", related_name="claims", on_delete=models.CASCADE)
    period = models.CharField(max_length=120, blank=True, help_text=NOT_REPORTED)
    count_or_rate = models.BooleanField(
        "gives a count or rate", null=True, blank=True, help_text=NOT_REPORTED
    )
    first_hand = models.BooleanField(
        "stated by someone with first-hand knowledge", null=True, blank=True, help_text=NOT_REPORTED
    )

    panels: ClassVar = [
        FieldPanel("outcome", widget=forms.Select),
        FieldPanel("statement"),
        FieldRowPanel([FieldPanel("direction"), FieldPanel("for_whom"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("claimed_by"), FieldPanel("first_hand", widget=FactSelect)]),
        FieldRowPanel([FieldPanel("measure"), FieldPanel("effect")]),
        FieldRowPanel(
            [FieldPanel("period"), FieldPanel("count_or_rate", widget=FactSelect), FieldPanel("forecast")]
        ),
        FieldRowPanel([FieldPanel("source"), FieldPanel("at")]),
    ]

    class Meta(Orderable.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.outcome}: {self.statement[:60]}"


class EntrySource(Orderable):
    """The sources an entry was made from, in order; statements without one of their own rest on these."""

    entry = ParentalKey("practice_library.Entry", related_name="entry_sources", on_delete=models.CASCADE)
    source = models.ForeignKey("practice_library.Source", on_delete=models.PROTECT, related_name="entry_rows")

    panels: ClassVar = [FieldPanel("source")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "source"], name="source_named_once_an_entry")
        ]

    def __str__(self) -> str:
        return str(self.source)


class RelatedEntry(Orderable):
    """A link that editors made between two entries, with its reason."""

    entry = ParentalKey("practice_library.Entry", related_name="related_rows", on_delete=models.CASCADE)
    other = models.ForeignKey(
        "practice_library.Entry", null=True, blank=True, on_delete=models.CASCADE, related_name="related_from"
    )
    relation = models.CharField(max_length=16, choices=Relation.choices)
    note = models.CharField(max_length=400, blank=True)

    panels: ClassVar = [FieldPanel("relation"), FieldPanel("other"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(other=None) | ~models.Q(note=""),
                name="related_names_an_entry_or_says_what",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()}: {self.other or self.note}"

    def clean(self) -> None:
        """Say in words what the database refuses."""
        super().clean()
        if not self.other_id and not self.note:
            raise ValidationError({"other": "Choose an entry, or say in the note what is meant."})


class TermTag(ItemBase):
    """A through-model without facts of its own."""

    class Meta:
        abstract = True

    @classmethod
    def tag_relname(cls) -> str:
        """The relation from the term back to its rows."""
        return "rows"


class ThemeTag(TermTag):
    """What an entry is about."""

    content_object = ParentalKey(
        "practice_library.Entry", related_name="theme_tags", on_delete=models.CASCADE
    )
    tag = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="rows")


class StageTag(TermTag):
    """The stages of need that an entry works at."""

    content_object = ParentalKey(
        "practice_library.Entry", related_name="stage_tags", on_delete=models.CASCADE
    )
    tag = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="rows")


class WorkforceTag(TermTag):
    """The part of the workforce that an entry concerns."""

    content_object = ParentalKey(
        "practice_library.Entry", related_name="workforce_tags", on_delete=models.CASCADE
    )
    tag = models.ForeignKey(WorkforceGroup, on_delete=models.PROTECT, related_name="rows")


class KeywordTag(TermTag):
    """Open words."""

    content_object = ParentalKey(
        "practice_library.Entry", related_name="keyword_tags", on_delete=models.CASCADE
    )
    tag = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="rows")
