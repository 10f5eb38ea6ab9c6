"""Authorities and other organisations, without loading the facts of all of them."""

from __future__ import annotations

from string import ascii_uppercase

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory
from website.places.models import Indicator, IndicatorValue, Organisation, StatisticalNeighbour


class OrganisationFactory(DjangoModelFactory):
    """A body that is no authority, found again by its address."""

    name = factory.Sequence(lambda n: f"Charity {n}")
    short_name = factory.SelfAttribute("name")
    slug = factory.LazyAttribute(lambda organisation: slugify(organisation.short_name))
    kind = "voluntary-provider"

    class Meta:
        model = Organisation
        django_get_or_create = ("slug",)


class AuthorityFactory(OrganisationFactory):
    """A children's services authority."""

    name = factory.Sequence(lambda n: f"Northbridge {n}")
    kind = "unitary"
    region = "north-west"
    ons_code = factory.Sequence(lambda n: f"E99{n:06d}")
    #: Letters: made of digits it would some day be that of a real authority that stands beside.
    dfe_number = factory.Sequence(
        lambda n: "".join(ascii_uppercase[n // 26**place % 26] for place in (2, 1, 0))
    )


def neighbours(authority: Organisation, *others: Organisation, year: int = 2021) -> None:
    """Name the statistical neighbours of an authority, the closest first."""
    for rank, other in enumerate(others, start=1):
        StatisticalNeighbour.objects.create(
            organisation=authority, neighbour=other, rank=rank, closeness="very close", model_year=year
        )


def figure(
    authority: Organisation, value: str, *, key: str = "cin_rate_10k", period: str = "2025", **fields: str
) -> IndicatorValue:
    """Give an authority one value of a measure; a mark in place of a number needs its status."""
    measure, _ = Indicator.objects.get_or_create(
        key=key, defaults={"label": f"Measure {key}", "unit": "Rate per 10,000", "source": "DfE, table 1"}
    )
    number = None if fields.get("status", "published") != "published" else value
    return IndicatorValue.objects.create(
        organisation=authority,
        indicator=measure,
        period=period,
        value=number,
        printed=value,
        **{"source": "DfE, table 1"} | fields,
    )
