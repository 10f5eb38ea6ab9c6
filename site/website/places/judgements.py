"""What an inspectorate judged of an authority, in its own words. Never a filter, a sort or a colour."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from website.places.choices import Grade

#: The judgements that one inspection gives, in the order of the reports.
JUDGED = ("overall", "leaders", "help_and_protection", "in_care", "care_leavers")


class JudgementQuerySet(models.QuerySet[Any]):
    """Reads of judgements."""

    def latest_first(self) -> JudgementQuerySet:
        return self.order_by("-published", "-pk")


class Judgement(models.Model):
    """The judgements of one inspection report. What the official list leaves empty stays empty."""

    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.CASCADE, related_name="judgements"
    )
    framework = models.CharField(max_length=40)
    inspection_type = models.CharField(max_length=40, blank=True)
    inspection_start = models.DateField(null=True, blank=True)
    inspection_end = models.DateField(null=True, blank=True)
    published = models.DateField()
    overall = models.CharField("overall effectiveness", max_length=40, choices=Grade, blank=True)
    leaders = models.CharField("the impact of leaders", max_length=40, choices=Grade, blank=True)
    help_and_protection = models.CharField(
        "children who need help and protection", max_length=40, choices=Grade, blank=True
    )
    in_care = models.CharField("children in care", max_length=40, choices=Grade, blank=True)
    care_leavers = models.CharField("care leavers", max_length=40, choices=Grade, blank=True)
    ofsted_urn = models.CharField("Ofsted's number", max_length=12, blank=True)
    report_url = models.URLField("address of the report", blank=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "-published"]
        constraints = [
            UniqueConstraint(
                name="judgement_is_held_once", fields=["organisation", "framework", "published"]
            ),
            CheckConstraint(
                name="inspection_ends_after_it_starts",
                condition=Q(inspection_start__isnull=True)
                | Q(inspection_end__isnull=True)
                | Q(inspection_end__gte=F("inspection_start")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.framework}, {self.published}"
