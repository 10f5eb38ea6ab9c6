"""Places show what they do and where nothing is known; those that no longer exist name who followed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from practice_library.models import Entry, KindredPair
from practice_library.selectors import places
from tests.factories.entries import case_study, practice_model
from tests.factories.places import AuthorityFactory, OrganisationFactory, neighbours
from tests.factories.vocabularies import StageFactory

pytestmark = pytest.mark.django_db


def test_practice_stands_by_stage_of_need_and_gaps_are_seen(words):
    StageFactory(name="Early help", position=1)
    StageFactory(name="Edge of care", position=2)
    StageFactory(name="Leaving care", position=3)
    case_study("Harbour pods").at_stage("Edge of care").with_outcome(
        "Entry to care", direction="no-effect", powered=True
    )
    said = words("/authorities/northbridge/")
    assert "Early help Nothing known here Edge of care Harbour pods. No difference entry to care" in said
    assert "Leaving care Nothing known here" in said
    assert "Nothing is known at 2 of 3 stages. How to add yours." in said


def test_a_full_stage_names_the_first_and_leads_to_all_of_them(read, words, monkeypatch):
    monkeypatch.setattr(places, "MOST_OF_A_STAGE", 2)
    stage = StageFactory(name="Early help", position=1)
    for title in ("Amber pods", "Birch pods", "Cedar pods"):
        case_study(title).at_stage("Early help")
    case_study("Dune pods")
    said = words("/authorities/northbridge/")
    assert "Practice here 4 case studies" in said
    assert "Early help Amber pods Birch pods All 3 at this stage" in said
    assert "Cedar pods" not in said
    assert "Stage of need not reported Dune pods" in said
    assert f'href="/practice/?authority=northbridge&amp;stage={stage.slug}"' in read(
        "/authorities/northbridge/"
    )


def test_work_that_it_only_took_part_in_counts_and_names_the_lead(words):
    case_study("Harbour pods", lead="kiteham").with_partner("Northbridge")
    AuthorityFactory(slug="northbridge", name="Northbridge")
    assert "Nothing known here yet" in words(
        "/authorities/northbridge/"
    )  # a printed name alone is no organisation
    case_study("Shared pods", lead="kiteham").with_partner("Northbridge", known=True)
    said = words("/authorities/northbridge/")
    assert "Practice here 1 case study" in said
    assert "Shared pods. Kiteham." in said


def test_kindred_work_of_an_authority_is_named_with_what_both_say(words, read):
    here, there = case_study("Harbour pods"), case_study("Kite pods", lead="kiteham")
    KindredPair.objects.create(
        left=min(here.page, there.page, key=lambda page: page.pk),
        right=max(here.page, there.page, key=lambda page: page.pk),
        relation="same-idea",
        score=1,
        reasons={"phrases": ["pods at the harbour"], "terms": []},
        found_at=timezone.now(),
    )
    for place, own, other in (
        ("northbridge", "Harbour pods (Northbridge)", "Kite pods (Kiteham)"),
        ("kiteham", "Kite pods (Kiteham)", "Harbour pods (Northbridge)"),
    ):
        said = words(f"/authorities/{place}/")
        assert f"{own} and {other}. Both say “pods at the harbour”." in said
    Entry.objects.filter(pk=there.pk).update(hidden_at=timezone.now())
    assert "Kite pods" not in read("/authorities/northbridge/")


def test_neighbours_come_in_order_of_closeness_with_their_numbers(read, words):
    here = AuthorityFactory(slug="northbridge", name="Northbridge")
    far, near = AuthorityFactory(slug="abbey", name="Abbey"), AuthorityFactory(slug="zeal", name="Zeal")
    neighbours(here, near, far)
    case_study("Zeal pods", lead="zeal")
    said = words("/authorities/northbridge/")
    assert said.index("Zeal 1 case studies of Zeal") < said.index("Abbey 0")
    assert 'href="/practice/?like=northbridge"' in read("/authorities/northbridge/")


def test_what_two_or_more_areas_alike_run_is_named(words):
    here = AuthorityFactory(slug="northbridge", name="Northbridge")
    alike = [AuthorityFactory(slug=slug, name=slug.title()) for slug in ("abbey", "zeal")]
    neighbours(here, *alike)
    both, one = practice_model("Lantern House"), practice_model("Kite therapy")
    case_study(lead="abbey").running(both).running(one)
    case_study(lead="zeal").running(both)
    said = words("/authorities/northbridge/")
    assert "Lantern House Abbey: Lantern House, Zeal: Lantern House" in said
    assert "Kite therapy" not in said


def test_a_former_authority_names_its_successors(read, words):
    old = AuthorityFactory(slug="old", name="Old", end=dt.date(2023, 4, 1))
    old.successors.add(AuthorityFactory(slug="new", name="New"))
    assert "It existed until 1 April 2023. What it did stays here under its name." in words(
        "/authorities/old/"
    )
    assert '<a class="govuk-link" href="/authorities/new/">New</a>' in read("/authorities/old/")
    assert "Took over from Old" in words("/authorities/new/")


class TestTheList:
    @pytest.fixture(autouse=True)
    def _authorities(self):
        AuthorityFactory(slug="northbridge", name="Northbridge", region="north-west")
        AuthorityFactory(slug="kiteham", name="Kiteham", region="london")
        AuthorityFactory(slug="old", name="Old Shire", region="london", end=dt.date(2009, 4, 1))
        case_study("Pods", lead="kiteham").with_partner("Northbridge", known=True)

    def test_authorities_stand_in_their_region_with_counts_that_are_links(self, read, words):
        said = words("/authorities/")
        assert (
            "2 authorities of today. London Kiteham 1 case studies of Kiteham North West Northbridge 1"
            in said
        )
        assert "Former authorities What they did stays under their names. Old Shire until 2009 0" in said
        assert 'href="/practice/?authority=kiteham">1' in read("/authorities/")

    def test_it_is_narrowed_by_region_and_by_name(self, words):
        assert "Northbridge" not in words("/authorities/", region="london")
        assert "Kiteham" not in words("/authorities/", q="bridge")
        assert "1 authority of today matches." in words("/authorities/", q="bridge")
        assert "No authority matches." in words("/authorities/", q="xyzzy")

    @pytest.mark.parametrize("odd", ["\x00", "'--", "%", "x" * 5000, "<script>"])
    def test_odd_names_and_regions_do_no_harm(self, read, odd):
        assert "<script>alert" not in read("/authorities/", q=odd, region=odd)


def test_an_organisation_lists_what_it_leads_before_what_it_takes_part_in(words):
    OrganisationFactory(slug="kite-trust", name="Kite Trust")
    case_study("Abbey work", lead="northbridge").with_partner("Kite Trust", known=True)
    case_study("Zebra work", lead="kite-trust")
    said = words("/organisations/kite-trust/")
    assert said.index("Zebra work") < said.index("Abbey work")


@pytest.mark.parametrize(
    ("lead", "address"),
    [("northbridge", "/authorities/northbridge/"), ("kite-trust", "/organisations/kite-trust/")],
)
def test_the_address_above_case_studies_leads_to_the_place(client, lead, address):
    OrganisationFactory(slug="kite-trust", name="Kite Trust")
    case_study(lead=lead)
    answer = client.get(f"/practice/{lead}/")
    assert (answer.status_code, answer["Location"]) == (301, address)


def test_work_without_a_lead_has_a_list_of_its_own(words):
    case_study("Pods in four places", lead="several-places")
    assert "Several places" in words("/practice/several-places/")
    assert "Pods in four places" in words("/practice/several-places/")
    assert words("/practice/several-places/pods-in-four-places/").startswith("Case study. Several places.")


def test_an_authority_is_no_organisation_page_and_the_reverse(read):
    AuthorityFactory(slug="northbridge", name="Northbridge")
    OrganisationFactory(slug="kite-trust", name="Kite Trust")
    read("/organisations/northbridge/", status=404)
    read("/authorities/kite-trust/", status=404)
    read("/authorities/northbridge/")
    read("/organisations/kite-trust/")
