"""Open questions: what the sector does not know, with what speaks for and against."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultipleChooserPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable

from ..choices import QuestionState
from .rows import Sourced


class OpenQuestionQuerySet(models.QuerySet["OpenQuestion"]):
    def shown(self) -> OpenQuestionQuerySet:
        """What readers may see: without those that were taken out of sight because of a report."""
        return self.filter(hidden_at=None)


class OpenQuestion(ClusterableModel):
    """A question or dispute, or a test on behalf of the sector."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField("question", max_length=250)
    summary = models.TextField(blank=True)
    asked_by = models.CharField("who asks", max_length=250, blank=True)
    outcome = models.ForeignKey(
        "practice_library.Outcome", null=True, blank=True, on_delete=models.PROTECT, related_name="questions"
    )
    help_wanted = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=QuestionState.choices, default=QuestionState.OPEN)
    entries = models.ManyToManyField(
        "practice_library.Entry", through="practice_library.QuestionEntry", related_name="questions"
    )
    made_from = models.JSONField(default=list, blank=True, editable=False)
    hidden_at = models.DateTimeField(
        "out of sight since",
        null=True,
        blank=True,
        help_text="Set by a report. Empty it once the question tells nobody's identity any more.",
    )

    objects = OpenQuestionQuerySet.as_manager()

    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("state"), FieldPanel("outcome")]),
        FieldPanel("asked_by"),
        FieldPanel("help_wanted"),
        FieldPanel("hidden_at"),
        MultipleChooserPanel(
            "entry_rows",
            heading="Entries that it is about",
            label="Entry",
            chooser_field_name="entry",
            panels=[
                PageChooserPanel(
                    "entry", ["practice_library.CaseStudyPage", "practice_library.PracticeModelPage"]
                )
            ],
        ),
        InlinePanel("positions", heading="What is known, and from where", label="Statement"),
    ]

    class Meta:
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title


class QuestionEntry(Orderable):
    """An entry that a question is about."""

    question = ParentalKey(OpenQuestion, related_name="entry_rows", on_delete=models.CASCADE)
    entry = models.ForeignKey(
        "practice_library.Entry", on_delete=models.CASCADE, related_name="question_rows"
    )

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "entry"], name="question_names_an_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.entry}"


class Position(Sourced, Orderable):
    """Something said for or against a question, about who tests it or about who would join a test."""

    question = ParentalKey(OpenQuestion, related_name="positions", on_delete=models.CASCADE)
    side = models.CharField(
        max_length=8,
        choices=[
            ("for", "For"),
            ("against", "Against"),
            ("tests", "Who tests it"),
            ("join", "Who would join"),
        ],
    )
    text = models.TextField()

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("side"), FieldPanel("source"), FieldPanel("at")]),
        FieldPanel("text"),
    ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.text[:60]}"
