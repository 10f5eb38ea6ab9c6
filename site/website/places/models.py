"""Organisations, the other names they go by, and the authorities that are statistically like each other."""

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from website.places.choices import AUTHORITY_KINDS, AliasKind, Closeness, OrganisationKind, Region
from website.places.indicators import Indicator as Indicator
from website.places.indicators import IndicatorValue as IndicatorValue
from website.places.judgements import Judgement as Judgement
from website.places.querysets import OrganisationQuerySet, StatisticalNeighbourQuerySet
from website.places.spelling import normalise

NEIGHBOURS_OF_EACH = 10
#: Where anybody gets an address: no organisation can call these its own.
OPEN_TO_ANYBODY = frozenset({
    "aol.com", "btinternet.com", "gmail.com", "gmx.com", "googlemail.com", "hotmail.co.uk", "hotmail.com", "icloud.com",
    "live.co.uk", "live.com", "me.com", "msn.com", "outlook.com", "proton.me", "protonmail.com", "sky.com",
    "virginmedia.com", "yahoo.co.uk", "yahoo.com",
})  # fmt: skip


class Organisation(ClusterableModel):
    """A body that runs, buys, studies or oversees practice; children's services authorities are some of them.

    The ONS code of an authority changes when its boundary does and the DfE number does not: statistics are
    joined on the DfE number. Two authorities that follow each other may share one (North Yorkshire, 815), so
    it is unique only among those that still exist.
    """

    uid = models.UUIDField("public id", unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        max_length=120, unique=True, help_text="Its name in web addresses; never changed."
    )
    name = models.CharField(max_length=200, help_text="As official lists or the organisation print it.")
    short_name = models.CharField(max_length=120, help_text="What readers see.")
    official_name = models.CharField(max_length=200, blank=True, help_text="The legal name, if it differs.")
    kind = models.CharField(max_length=40, choices=OrganisationKind)
    ons_code = models.CharField("ONS code", max_length=9, blank=True)
    dfe_number = models.CharField("DfE number", max_length=3, blank=True)
    region = models.CharField(max_length=40, choices=Region, blank=True)
    start = models.DateField(null=True, blank=True, help_text="When it came into being, if known.")
    end = models.DateField(null=True, blank=True, help_text="When it was abolished or closed.")
    successors = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="predecessors",
        blank=True,
        help_text="Who took over. Cumbria and Northamptonshire have two each.",
    )
    website = models.CharField("website domain", max_length=120, blank=True, help_text="As in wigan.gov.uk.")
    hex_q = models.SmallIntegerField("hex map column", null=True, blank=True)
    hex_r = models.SmallIntegerField("hex map row", null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["short_name", "slug"]
        constraints = [
            CheckConstraint(
                name="organisation_kind_is_known",
                condition=Q(kind__in=OrganisationKind.values),
            ),
            CheckConstraint(
                name="organisation_region_is_known",
                condition=Q(region="") | Q(region__in=Region.values),
            ),
            CheckConstraint(
                name="authority_has_code_and_region",
                condition=~Q(kind__in=AUTHORITY_KINDS)
                | (~Q(ons_code="") & ~Q(dfe_number="") & ~Q(region="")),
                violation_error_message="An authority needs an ONS code, a DfE number and a region.",
            ),
            CheckConstraint(
                name="organisation_ends_after_it_starts",
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gt=F("start")),
                violation_error_message="The end must come after the start.",
            ),
            CheckConstraint(
                name="organisation_hex_is_whole",
                condition=Q(hex_q__isnull=True, hex_r__isnull=True)
                | Q(hex_q__isnull=False, hex_r__isnull=False),
                violation_error_message="A cell of the hex map needs both a column and a row.",
            ),
            CheckConstraint(
                name="organisation_position_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message="A position needs both a latitude and a longitude.",
            ),
            UniqueConstraint(
                name="organisation_ons_code_is_its_own",
                fields=["ons_code"],
                condition=~Q(ons_code=""),
                violation_error_message="Another organisation has this ONS code.",
            ),
            UniqueConstraint(
                name="organisation_dfe_number_is_its_own",
                fields=["dfe_number"],
                condition=~Q(dfe_number="") & Q(end__isnull=True),
                violation_error_message="Another authority of today has this DfE number.",
            ),
            UniqueConstraint(
                name="organisation_hex_is_its_own",
                fields=["hex_q", "hex_r"],
                condition=Q(hex_q__isnull=False),
                violation_error_message="Another authority stands on this cell of the hex map.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def is_authority(self) -> bool:
        return self.kind in AUTHORITY_KINDS

    @property
    def is_former(self) -> bool:
        return self.end is not None and self.end <= datetime.date.today()

    @property
    def legal_name(self) -> str:
        return self.official_name or self.name

    def clean(self) -> None:
        super().clean()
        if not self.short_name:
            self.short_name = self.name


class Alias(models.Model):
    """Another name or an earlier ONS code that sources use for the same organisation."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    alias = models.CharField(max_length=200)
    normalised = models.CharField(max_length=200, editable=False)
    kind = models.CharField(max_length=20, choices=AliasKind, default=AliasKind.NAME)
    source = models.CharField(max_length=120, help_text="Where the name was seen in use.")

    class Meta:
        ordering = ["alias"]
        verbose_name_plural = "aliases"
        constraints = [
            UniqueConstraint(name="alias_is_listed_once", fields=["organisation", "normalised"]),
            CheckConstraint(name="alias_is_not_blank", condition=~Q(normalised="")),
            CheckConstraint(name="alias_kind_is_known", condition=Q(kind__in=AliasKind.values)),
            UniqueConstraint(
                name="alias_former_code_is_its_own",
                fields=["normalised"],
                condition=Q(kind=AliasKind.FORMER_CODE.value),
                violation_error_message="Another authority had this code.",
            ),
        ]

    def __str__(self) -> str:
        return self.alias

    def save(self, *args: object, **kwargs: object) -> None:
        self.normalised = normalise(self.alias)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        super().clean()
        self.normalised = normalise(self.alias)
        if not self.normalised:
            raise ValidationError({"alias": "A name needs at least one letter or figure."})


class OrganisationDomain(models.Model):
    """A domain of its e-mail addresses beside that of its website. Whoever has an address there may ask to join."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(
        "e-mail domain",
        max_length=120,
        validators=[RegexValidator(r"^([a-z0-9-]+\.)+[a-z]{2,}$", "Write it as in wigan.gov.uk.")],
    )

    class Meta:
        ordering = ["domain"]
        constraints = [
            UniqueConstraint(
                name="organisation_domain_is_its_own",
                fields=["domain"],
                violation_error_message="This domain belongs to an organisation already.",
            )
        ]

    def __str__(self) -> str:
        return self.domain

    def clean(self) -> None:
        super().clean()
        if self.domain in OPEN_TO_ANYBODY:
            raise ValidationError({"domain": "Anybody can get an address there."})


class StatisticalNeighbour(models.Model):
    """One of the ten authorities most like another one, in order of closeness, by the model of a year."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="neighbours")
    neighbour = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="neighbour_of")
    rank = models.PositiveSmallIntegerField()
    closeness = models.CharField(max_length=20, choices=Closeness)
    model_year = models.PositiveSmallIntegerField()

    objects = StatisticalNeighbourQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "-model_year", "rank"]
        constraints = [
            CheckConstraint(
                name="neighbour_rank_is_1_to_10", condition=Q(rank__range=(1, NEIGHBOURS_OF_EACH))
            ),
            CheckConstraint(name="neighbour_is_someone_else", condition=~Q(organisation=F("neighbour"))),
            CheckConstraint(name="neighbour_closeness_is_known", condition=Q(closeness__in=Closeness.values)),
            UniqueConstraint(
                name="neighbour_rank_is_taken_once", fields=["organisation", "model_year", "rank"]
            ),
            UniqueConstraint(
                name="neighbour_is_named_once", fields=["organisation", "model_year", "neighbour"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.rank}: {self.neighbour}"
