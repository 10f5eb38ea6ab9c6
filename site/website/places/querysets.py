"""Reads of organisations, in the words of the field."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery

from website.places.choices import AUTHORITY_KINDS, AliasKind
from website.places.spelling import normalise

if TYPE_CHECKING:
    from website.places.models import Organisation


class OrganisationQuerySet(models.QuerySet[Any]):
    """Chains read aloud: `Organisation.objects.authorities().current().in_region("london")`."""

    def authorities(self) -> OrganisationQuerySet:
        return self.filter(kind__in=AUTHORITY_KINDS)

    def other_organisations(self) -> OrganisationQuerySet:
        return self.exclude(kind__in=AUTHORITY_KINDS)

    def current(self) -> OrganisationQuerySet:
        """Those that still exist; an end announced for a later day does not count yet."""
        return self.filter(Q(end__isnull=True) | Q(end__gt=datetime.date.today()))

    def former(self) -> OrganisationQuerySet:
        return self.filter(end__lte=datetime.date.today())

    def with_addresses_at(self, domain: str) -> OrganisationQuerySet:
        """Those whose website or e-mail domain this is, or is part of: "adults.wigan.gov.uk" is Wigan's."""
        ends = [domain.lower().split(".", n)[n] for n in range(domain.count("."))]
        listed = apps.get_model("places", "OrganisationDomain").objects.filter(domain__in=ends)
        return self.filter(Q(website__in=ends) | Q(pk__in=listed.values("organisation")))

    def in_region(self, region: str) -> OrganisationQuerySet:
        return self.filter(region=region)

    def by_code(self, ons_code: str) -> OrganisationQuerySet:
        """The authority that has this ONS code, now or before its boundary changed."""
        had_it = Q(aliases__kind=AliasKind.FORMER_CODE, aliases__normalised=normalise(ons_code))
        return self.filter(Q(ons_code=ons_code.strip().upper()) | had_it).distinct()

    def named_like(self, words: str) -> OrganisationQuerySet:
        """For choosers: part of any name in any spelling, or an ONS code or DfE number."""
        words = words.strip()
        spelling = normalise(words) or words
        return self.filter(
            Q(short_name__icontains=words)
            | Q(name__icontains=words)
            | Q(official_name__icontains=words)
            | Q(ons_code__iexact=words)
            | Q(dfe_number=words)
            | Q(aliases__normalised__contains=spelling)
        ).distinct()

    def by_name(self) -> dict[str, Organisation]:
        """Organisations by every normalised name that they go by.

        A name that several have had goes to whoever carries it as its own name today, then to the former
        owner, then to an alias: "Somerset" is the council of today, "Cumbria" the former county.
        """
        ranked: dict[str, tuple[int, Organisation]] = {}
        for organisation in self.prefetch_related("aliases"):
            former = 1 if organisation.end else 0
            own = (organisation.name, organisation.short_name, organisation.official_name)
            names = [(normalise(name), former) for name in own if name]
            names += [(alias.normalised, 2 + former) for alias in organisation.aliases.all()]
            for name, rank in names:
                if name not in ranked or rank < ranked[name][0]:
                    ranked[name] = (rank, organisation)
        return {name: organisation for name, (_, organisation) in ranked.items()}

    def neighbours_of(self, authority: Organisation) -> OrganisationQuerySet:
        """Its statistical neighbours by the newest model, the closest first; a former authority has none."""
        rows = _neighbours().filter(organisation=authority)
        newest = rows.order_by("-model_year").values("model_year")[:1]
        return self.filter(
            neighbour_of__organisation=authority, neighbour_of__model_year=Subquery(newest)
        ).order_by("neighbour_of__rank")

    def areas_like(self, slug: str) -> OrganisationQuerySet:
        """The authority and its ten statistical neighbours; nobody for a slug that no authority has."""
        rows = _neighbours().filter(organisation__slug=slug)
        alike = rows.filter(model_year=Subquery(rows.order_by("-model_year").values("model_year")[:1]))
        return self.authorities().filter(Q(slug=slug) | Q(pk__in=alike.values("neighbour")))


class StatisticalNeighbourQuerySet(models.QuerySet[Any]):
    def newest_model(self) -> StatisticalNeighbourQuerySet:
        """The rows of the newest model year of each authority, in order of closeness."""
        newest = (
            _neighbours()
            .filter(organisation=OuterRef("organisation"))
            .order_by()
            .values("organisation")
            .annotate(newest=Max("model_year"))
            .values("newest")
        )
        return self.filter(model_year=Subquery(newest)).order_by("organisation", "rank")


def _neighbours() -> StatisticalNeighbourQuerySet:
    return apps.get_model("places", "StatisticalNeighbour")._default_manager.all()
