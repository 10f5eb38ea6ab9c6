"""Rules of organisations that the database itself keeps, and the service that keeps the others."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from website.places.models import Alias, Organisation, StatisticalNeighbour
from website.places.services.organisations import OrganisationRefused, Outcome, upsert_organisation
from website.places.signals import organisations_changed

pytestmark = pytest.mark.django_db


def authority(**changes):
    values = {
        "slug": "elmet", "name": "Elmet", "short_name": "Elmet", "kind": "unitary", "ons_code": "E06000999",
        "dfe_number": "999", "region": "yorkshire-and-the-humber",
    }  # fmt: skip
    return Organisation(**{**values, **changes})


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("authority_has_code_and_region", {"ons_code": ""}),
        ("authority_has_code_and_region", {"dfe_number": ""}),
        ("authority_has_code_and_region", {"region": ""}),
        ("organisation_kind_is_known", {"kind": "duchy"}),
        ("organisation_region_is_known", {"region": "mercia"}),
        ("organisation_ends_after_it_starts", {"start": datetime.date(2020, 4, 1), "end": datetime.date(2020, 4, 1)}),
        ("organisation_hex_is_whole", {"hex_q": 1}),
        ("organisation_position_is_whole", {"latitude": 53.0}),
    ],
)  # fmt: skip
def test_the_database_refuses_half_an_authority(constraint, changes):
    authority().save()
    Organisation.objects.all().delete()
    with pytest.raises(IntegrityError, match=constraint):
        authority(**changes).save()


@pytest.mark.parametrize("shared", ["ons_code", "dfe_number"])
def test_two_authorities_of_today_share_no_code(shared):
    authority().save()
    other = authority(slug="loidis", ons_code="E06000998", dfe_number="998")
    setattr(other, shared, getattr(authority(), shared))
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def test_a_successor_may_keep_the_dfe_number_of_who_ended():
    authority(end=datetime.date(2023, 4, 1)).save()
    authority(slug="new-elmet", ons_code="E06000998", start=datetime.date(2023, 4, 1)).save()
    assert Organisation.objects.current().get(dfe_number="999").slug == "new-elmet"
    assert Organisation.objects.former().get(dfe_number="999").is_former


def test_an_end_announced_for_later_is_not_an_end_yet():
    authority(end=datetime.date.today() + datetime.timedelta(days=30)).save()
    assert Organisation.objects.authorities().current().count() == 1
    assert not Organisation.objects.get().is_former


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("neighbour_rank_is_1_to_10", {"rank": 11}),
        ("neighbour_closeness_is_known", {"closeness": "twin"}),
        ("neighbour_is_someone_else", {"neighbour": "elmet"}),
    ],
)
def test_the_database_refuses_a_neighbour_that_cannot_be(constraint, changes):
    elmet, loidis = authority(), authority(slug="loidis", ons_code="E06000998", dfe_number="998")
    elmet.save()
    loidis.save()
    values = {"neighbour": loidis, "rank": 1, "closeness": "close", "model_year": 2025, **changes}
    if values["neighbour"] == "elmet":
        values["neighbour"] = elmet
    with pytest.raises(IntegrityError, match=constraint):
        StatisticalNeighbour.objects.create(organisation=elmet, **values)


def test_an_alias_is_listed_once_whatever_its_spelling():
    elmet = authority()
    elmet.save()
    Alias.objects.create(organisation=elmet, alias="St. Elmet's & Leeds", source="x")
    with pytest.raises(IntegrityError):
        Alias.objects.create(organisation=elmet, alias="St Elmets and Leeds", source="x")


def test_areas_like_an_authority_are_itself_and_ten(places):
    like = Organisation.objects.areas_like("wigan")
    wigan = Organisation.objects.get(slug="wigan")
    assert set(like) == {wigan, *Organisation.objects.neighbours_of(wigan)}
    assert like.count() == 11
    assert not Organisation.objects.areas_like("atlantis")
    assert [each.slug for each in Organisation.objects.areas_like("cumbria")] == ["cumbria"]


def test_areas_like_is_one_query(places, django_assert_num_queries):
    with django_assert_num_queries(1):
        list(Organisation.objects.areas_like("wigan"))


def trust(**changes):
    values = {
        "slug": "achieving-for-children", "name": "Achieving for Children", "kind": "council-owned-company",
        "aliases": ["AfC"],
    }  # fmt: skip
    return upsert_organisation(**{**values, **changes})


def test_an_organisation_is_created_once_then_left_alone():
    organisation, outcome = trust()
    assert (outcome, str(organisation), organisation.is_authority) == (
        Outcome.CREATED,
        "Achieving for Children",
        False,
    )
    assert trust() == (organisation, Outcome.UNCHANGED)
    assert trust(aliases=["AfC", "AFC", "Achieving for Children CIC"]).outcome == Outcome.UPDATED
    assert set(organisation.aliases.values_list("alias", flat=True)) == {"AfC", "Achieving for Children CIC"}
    assert trust(website="achievingforchildren.org.uk").outcome == Outcome.UPDATED
    organisation.refresh_from_db()
    assert organisation.website == "achievingforchildren.org.uk"


def test_the_public_id_follows_from_the_slug():
    first = trust().organisation.uid
    Organisation.objects.all().delete()
    assert trust().organisation.uid == first


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"slug": "Not A Slug"}, "cannot be part of an address"),
        ({"name": " "}, "has no name"),
        ({"kind": "guild"}, '"guild" is not one of'),
        ({"kind": "county"}, "is an authority"),
        ({"region": "mercia"}, '"mercia" is not one of'),
        ({"slug": "wigan"}, "wigan is an authority"),
        ({"aliases": ["Wigan Council"]}, '"wigan council" is already a name of Wigan'),
        ({"name": "Wigan"}, '"Wigan" is already the name of wigan'),
    ],
)
def test_what_would_replace_someone_else_is_refused(places, changes, reason):
    with pytest.raises(OrganisationRefused, match=reason):
        trust(**changes)
    assert not Organisation.objects.other_organisations().exists()


def test_upper_rooms_are_told_of_a_changed_name():
    told = []

    def listener(uids, **kwargs):
        told.extend(uids)

    organisations_changed.connect(listener)
    try:
        organisation = trust().organisation
        told.clear()
        trust()
        assert told == []
        trust(name="Achieving for All Children")
        assert told == [organisation.uid]
    finally:
        organisations_changed.disconnect(listener)
