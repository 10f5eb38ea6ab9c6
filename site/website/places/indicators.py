"""What official statistics say about an area: measures, and their values by authority and period, as published."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from website.places.choices import Caution, ValueStatus

#: The six that stand on the page of an authority: need around families, and the load that services carry.
CONTEXT_INDICATORS = (
    "child_low_income_pct",
    "referrals_rate_10k",
    "cin_rate_10k",
    "cpp_rate_10k",
    "cla_rate_10k",
    "sw_agency_pct",
)
#: Children aged 0 to 17: says for whom one child moves a rate a lot.
POPULATION = "population_0_17"


class Indicator(models.Model):
    """One measure, as the official catalogue names it. Whether high is good is not held: context is no mark."""

    key = models.SlugField(max_length=80, unique=True, help_text="Its name in the official files.")
    label = models.CharField(max_length=200)
    unit = models.CharField(max_length=80)
    topic = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["topic", "label", "key"]

    def __str__(self) -> str:
        return self.label


class IndicatorValueQuerySet(models.QuerySet[Any]):
    """Reads of values."""

    def context_of(self, authorities: list[int]) -> IndicatorValueQuerySet:
        """The six of these authorities in every period that is held."""
        return self.filter(
            organisation__in=authorities, indicator__key__in=CONTEXT_INDICATORS
        ).select_related("indicator")


class IndicatorValue(models.Model):
    """One cell of an official table: a number as published, or the reason why there is none.

    Nothing is put right: what looks absurd stays and carries a caution by the rules of `cautions.py`.
    """

    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.CASCADE, related_name="indicator_values"
    )
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    period = models.CharField(max_length=40, help_text='As printed: "2025", "2024/25", "2024-25 (OT)".')
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    printed = models.CharField("as printed", max_length=40, blank=True)
    status = models.CharField(max_length=20, choices=ValueStatus, default=ValueStatus.PUBLISHED)
    caution = models.CharField(max_length=20, choices=Caution, blank=True)
    source = models.CharField(max_length=200)

    objects = IndicatorValueQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "organisation", "period"]
        constraints = [
            UniqueConstraint(
                name="indicator_value_is_held_once", fields=["organisation", "indicator", "period"]
            ),
            CheckConstraint(
                name="indicator_value_status_is_known", condition=Q(status__in=ValueStatus.values)
            ),
            CheckConstraint(
                name="indicator_value_or_reason_for_none",
                condition=Q(status=ValueStatus.PUBLISHED.value, value__isnull=False)
                | (~Q(status=ValueStatus.PUBLISHED.value) & Q(value__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.indicator}, {self.period}: {self.printed or self.get_status_display()}"
