"""Editors keep organisations in the CMS; nobody else does, and authorities are never deleted."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from website.places.models import Organisation
from website.places.permissions import EDITORS_MAY
from website.places.services.organisations import upsert_organisation


def member(email, *permissions):
    user = get_user_model().objects.create_user(email=email, password="a long enough password")
    for name in ("wagtailadmin.access_admin", *permissions):
        app, codename = name.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return user


@pytest.fixture
def editor(client, places):
    user = member("editor@example.org", *EDITORS_MAY)
    client.force_login(user)
    return user


@pytest.fixture
def trust(places):
    return upsert_organisation(slug="barnardos", name="Barnardo's", kind="voluntary-provider").organisation


def url(name, *args):
    return reverse(f"wagtailsnippets_places_organisation:{name}", args=args)


def form(aliases=(), **changes):
    rows = [{"alias": alias, "source": "its website"} for alias in aliases]
    values = {
        "short_name": "Coram", "name": "Coram", "official_name": "", "kind": "voluntary-provider", "region": "",
        "slug": "coram", "website": "", "ons_code": "", "dfe_number": "", "start": "", "end": "", "successors": [],
        "latitude": "", "longitude": "", "hex_q": "", "hex_r": "", "aliases": inline_formset(rows), "domains": inline_formset([]),
    }  # fmt: skip
    return nested_form_data({**values, **changes})


def test_the_list_is_searched_and_filtered(client, editor):
    page = client.get(url("list"), {"q": "359"}).content.decode()
    assert "Wigan" in page
    assert "Bolton" not in page
    page = client.get(url("list"), {"kind": "county", "region": "south-west"}).content.decode()
    assert "Devon" in page
    assert "Wigan" not in page


def test_an_editor_adds_an_organisation_with_its_names(client, editor):
    response = client.post(url("add"), form(["Thomas Coram Foundation", "Coram Group"]))
    assert response.status_code == 302, response.context["form"].errors
    coram = Organisation.objects.get(slug="coram")
    assert {each.normalised for each in coram.aliases.all()} == {"thomas coram foundation", "coram group"}


@pytest.mark.parametrize(
    ("aliases", "reason"),
    [
        (["Coram Group", "coram  group"], "This name is already listed."),
        (["coram"], "This name is already listed."),
        (["Wigan Council"], "This is already a name of Wigan."),
        (["..."], "A name needs at least one letter or figure."),
    ],
)
def test_a_name_that_is_taken_is_refused_in_the_form(client, editor, aliases, reason):
    response = client.post(url("add"), form(aliases))
    assert response.status_code == 200
    assert reason in response.content.decode()
    assert not Organisation.objects.filter(slug="coram").exists()


def test_half_an_authority_is_refused_in_the_form(client, editor):
    response = client.post(url("add"), form(kind="unitary"))
    assert "An authority needs an ONS code, a DfE number and a region." in response.content.decode()
    assert not Organisation.objects.filter(slug="coram").exists()


def test_only_who_may_change_organisations_sees_them(client, places, trust):
    client.force_login(member("reviewer@example.org"))
    for address in (url("list"), url("add"), url("edit", trust.pk)):
        response = client.get(address)
        assert response.status_code == 302
        assert response.url == reverse("wagtailadmin_home")


def test_authorities_are_never_deleted(client, places, trust):
    user = member("keeper@example.org", *EDITORS_MAY, "places.delete_organisation")
    client.force_login(user)
    wigan = Organisation.objects.get(slug="wigan")
    assert client.post(url("delete", wigan.pk)).status_code == 302
    assert Organisation.objects.filter(pk=wigan.pk).exists()
    client.post(url("delete", trust.pk))
    assert not Organisation.objects.filter(pk=trust.pk).exists()


@pytest.mark.parametrize(
    ("words", "found", "not_found"),
    [
        ("Cheshire", "Cheshire West and Chester", "Wigan"),
        ("359", "Wigan", "Bolton"),
        ("E08000016", "Barnsley", "Sheffield"),
        ("stockton on tees", "Stockton-on-Tees", "Stoke-on-Trent"),
        ("RBKC", "Kensington and Chelsea", "Wigan"),
    ],
)
def test_the_chooser_finds_an_authority_by_any_name_or_code(client, editor, words, found, not_found):
    for name in ("choose", "choose_results"):
        address = reverse(f"wagtailsnippetchoosers_places_organisation:{name}")
        page = client.get(address, {"q": words})
        text = page.json()["html"] if name == "choose" else page.content.decode()
        assert found in text
        assert not_found not in text
