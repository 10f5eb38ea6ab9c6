"""Keep organisations that are not authorities: trusts, charities, universities, health bodies, police."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from django.db import transaction
from django.utils.text import slugify

from website.places.choices import AUTHORITY_KINDS, AliasKind, OrganisationKind, Region
from website.places.importers.authority_plan import uid_of
from website.places.models import Alias, Organisation
from website.places.spelling import normalise


class OrganisationRefused(ValueError):
    """It would replace an authority, take the name of another organisation or is not whole."""


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class Upserted(NamedTuple):
    organisation: Organisation
    outcome: Outcome


@transaction.atomic
def upsert_organisation(
    *,
    slug: str,
    name: str,
    kind: str,
    aliases: Sequence[str] = (),
    short_name: str = "",
    official_name: str = "",
    region: str = "",
    website: str = "",
    source: str = "the library's content",
) -> Upserted:
    """Create or update one organisation by its slug; a second call with the same facts changes nothing.

    Other names are only added: an editor may have added more in the CMS. The public id follows from the slug.
    Raises: OrganisationRefused for an authority (those come from official files) and for names already taken.
    """
    values = {
        "name": " ".join(name.split()),
        "short_name": short_name or " ".join(name.split())[:120],
        "official_name": official_name,
        "kind": kind,
        "region": region,
        "website": website,
    }
    held = Organisation.objects.select_for_update().filter(slug=slug).first()
    _check(slug, values, held)
    organisation = held or Organisation(slug=slug, uid=uid_of(slug))
    changed = {column for column, value in values.items() if value and getattr(organisation, column) != value}
    missing = _missing_names(organisation, [values["name"], values["short_name"]], aliases)
    _refuse_taken([values["name"], *missing], organisation)
    for column in changed:
        setattr(organisation, column, values[column])
    if changed or held is None:
        organisation.save()
    for alias in missing:
        Alias.objects.create(organisation=organisation, alias=alias, source=source)
    if held is None:
        return Upserted(organisation, Outcome.CREATED)
    return Upserted(organisation, Outcome.UPDATED if changed or missing else Outcome.UNCHANGED)


def _check(slug: str, values: dict[str, str], held: Organisation | None) -> None:
    if slugify(slug) != slug or not slug:
        raise OrganisationRefused(f'"{slug}" cannot be part of an address.')
    if not values["name"]:
        raise OrganisationRefused(f"{slug} has no name.")
    if values["kind"] not in OrganisationKind.values:
        raise OrganisationRefused(f'"{values["kind"]}" is not one of: {", ".join(OrganisationKind.values)}.')
    if values["region"] and values["region"] not in Region.values:
        raise OrganisationRefused(f'"{values["region"]}" is not one of: {", ".join(Region.values)}.')
    if values["kind"] in AUTHORITY_KINDS or (held and held.is_authority):
        raise OrganisationRefused(f"{slug} is an authority: those come from the official files.")


def _missing_names(organisation: Organisation, own: list[str], aliases: Sequence[str]) -> list[str]:
    known = {normalise(name) for name in own}
    if organisation.pk:
        known |= set(Alias.objects.filter(organisation=organisation).values_list("normalised", flat=True))
    missing: list[str] = []
    for alias in aliases:
        if normalise(alias) and normalise(alias) not in known:
            known.add(normalise(alias))
            missing.append(" ".join(alias.split()))
    return missing


def _refuse_taken(names: list[str], organisation: Organisation) -> None:
    spellings = [normalise(name) for name in names]
    others = Organisation.objects.exclude(pk=organisation.pk)
    taken = (
        Alias.objects.filter(normalised__in=spellings, kind=AliasKind.NAME, organisation__in=others)
        .select_related("organisation")
        .first()
    )
    if taken:
        raise OrganisationRefused(f'"{taken.alias}" is already a name of {taken.organisation}.')
    same = others.filter(name__in=names).first()
    if same:
        raise OrganisationRefused(f'"{same.name}" is already the name of {same.slug}.')
