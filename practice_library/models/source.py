"""Sources: what was read, and how much of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from ..forms.study import SourceForm


class SourceQuerySet(models.QuerySet["Source"]):
    """Reads of sources."""

    def by_key(self) -> dict[str, Source]:
        """Sources by their permanent key."""
        return {source.key: source for source in self}


class Source(models.Model):
    """A published page or document that a statement rests on."""

    key = models.SlugField(max_length=120, unique=True, help_text="A permanent short name; never changed.")
    title = models.CharField(max_length=400)
    publisher = models.CharField(max_length=250, blank=True)
    year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Leave empty where it is not dated."
    )
    address = models.URLField("web address", max_length=1000, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    read = models.CharField(
        "how much was read", max_length=20, blank=True, help_text="Abstract, opening, summary or whole."
    )

    objects = SourceQuerySet.as_manager()
    base_form_class = SourceForm

    panels: ClassVar = [
        FieldPanel("title"),
        MultiFieldPanel(
            [FieldPanel("publisher"), FieldPanel("year"), FieldPanel("kind")],
            heading="Who published it, and when",
        ),
        FieldPanel("address"),
        FieldPanel("read"),
        FieldPanel("key"),
    ]

    class Meta:
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        parts = [self.title, self.publisher, str(self.year) if self.year else "undated"]
        return ", ".join(part for part in parts if part)
