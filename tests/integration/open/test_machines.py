"""What machines read of a page: its one address, its card, its data, and the list of all entries."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from PIL import Image
from website.places.models import Organisation

from practice_library.models import Entry, Outcome, SystemCondition
from tests.factories.making import a_case_study, a_model
from tests.integration.search.test_visibility import CANARY, WAYS

pytestmark = pytest.mark.django_db
LD = "application/ld+json"


def page_of(client: Client, path: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


def card_of(page: BeautifulSoup) -> dict[str, str]:
    return {str(meta["property"]): str(meta["content"]) for meta in page.find_all("meta", property=True)}


def canonical_of(page: BeautifulSoup) -> list[str]:
    return [str(link["href"]) for link in page.find_all("link", rel="canonical")]


@pytest.fixture
def lantern(db: None) -> Entry:
    model = a_model("Lantern house", summary="A hub for teenagers.")
    a_case_study("Lantern in Wigan", slug="lantern", lead="wigan", models=(model,))
    return model


@pytest.mark.parametrize("path", [
    "/", "/practice/models/lantern-house/", "/practice/wigan/lantern/", "/authorities/wigan/", "/authorities/",
    "/practice/models/", "/questions/", "/about/evidence-standard/", "/privacy/",
])  # fmt: skip
def test_a_page_has_one_address_whatever_was_asked_and_its_card_says_the_same(
    client: Client, lantern: Entry, path: str
) -> None:
    page = page_of(client, f"{path}?utm=x")
    assert canonical_of(page) == [f"http://testserver{path}"]
    card = card_of(page)
    assert card["og:url"] == f"http://testserver{path}"
    assert card["og:title"]
    assert card["og:description"]
    assert card["og:site_name"] == "Practice Commons"


def test_the_card_of_an_entry_says_what_it_is(client: Client, lantern: Entry) -> None:
    Entry.objects.filter(pk=lantern.pk).update(summary='A "hub" for <teenagers> & friends.')
    card = card_of(page_of(client, "/practice/models/lantern-house/"))
    assert (card["og:type"], card["og:title"]) == ("article", "Lantern house")
    assert card["og:description"] == 'A "hub" for <teenagers> & friends.'
    assert "Wigan" in card_of(page_of(client, "/authorities/wigan/"))["og:description"]


def test_the_picture_of_every_card_is_the_sign_of_the_site(client: Client, lantern: Entry) -> None:
    found = finders.find("images/card.png")
    with Image.open(found) as picture:
        assert picture.size == (1200, 630)
        assert len(picture.getcolors()) <= 16, "a flat sign, no photograph"
    for path in ("/", "/practice/models/lantern-house/", "/authorities/wigan/"):
        assert card_of(page_of(client, path))["og:image"] == "http://testserver/static/images/card.png"


@pytest.mark.parametrize("conceal", WAYS, ids=lambda way: way.__name__)
def test_what_nobody_may_read_has_no_card_no_data_and_no_address(client: Client, conceal: Any) -> None:
    hidden = a_case_study(f"{CANARY} pods", slug="pods", lead="camden", summary=f"Of {CANARY}.")
    path = "/practice/camden/pods/"
    page = page_of(client, path)
    assert CANARY in card_of(page)["og:title"]
    assert CANARY in page.find("script", type=LD).string  # type: ignore[union-attr,operator]
    conceal(hidden)
    page = page_of(client, path, status=404)
    assert (card_of(page), canonical_of(page), page.find("script", type=LD)) == ({}, [], None)
    assert CANARY not in str(page)
    for other in ("/authorities/camden/", "/sitemap.xml"):
        text = client.get(other).content.decode()
        assert CANARY not in text
        assert path not in text


def data_of(client: Client, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    scripts = BeautifulSoup(answer.content, "html.parser").find_all("script", src=False)
    assert [script["type"] for script in scripts] == [LD], "the one script without a file is data"
    return dict(json.loads(scripts[0].string))


def test_the_data_of_an_entry_cannot_end_its_element(client: Client, lantern: Entry) -> None:
    hostile = 'x</script><script>alert("1")</script><!-- & \u2028'
    Entry.objects.filter(pk=lantern.pk).update(title=hostile)
    data = data_of(client, "/practice/models/lantern-house/")
    assert data["headline"] == hostile
    assert (data["@type"], data["identifier"]) == ("Article", str(lantern.uid))
    assert data["url"] == "http://testserver/practice/models/lantern-house/"


def test_the_data_of_an_authority(client: Client, lantern: Entry) -> None:
    wigan = Organisation.objects.get(slug="wigan")
    assert data_of(client, "/authorities/wigan/") == {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "@id": "http://testserver/authorities/wigan/",
        "name": "Wigan",
        "url": "http://testserver/authorities/wigan/",
        "alternateName": ["Wigan Metropolitan Borough Council"],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "ONS code", "value": wigan.ons_code},
            {"@type": "PropertyValue", "propertyID": "DfE number", "value": wigan.dfe_number},
        ],
        "areaServed": {
            "@type": "AdministrativeArea",
            "name": "Wigan",
            "containedInPlace": {"@type": "AdministrativeArea", "name": "North West"},
        },
        "sameAs": f"https://{wigan.website}/",
        **({"foundingDate": wigan.start.isoformat()} if wigan.start else {}),
    }


def test_the_data_of_another_organisation_cannot_end_its_element(client: Client, lantern: Entry) -> None:
    Organisation.objects.create(
        slug="trust", name="A </script> trust", short_name="A </script> trust", kind="voluntary-provider"
    )
    data = data_of(client, "/organisations/trust/")
    assert (data["@type"], data["name"]) == ("Organization", "A </script> trust")
    assert "identifier" not in data


def test_the_sitemap_says_when_each_entry_changed(client: Client, lantern: Entry) -> None:
    Entry.objects.filter(pk=lantern.pk).update(last_published_at=dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    urls = ElementTree.fromstring(client.get("/sitemap.xml").content).iterfind(f"{space}url")
    dates = {url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod") for url in urls}
    assert dates["http://testserver/practice/models/lantern-house/"] == "2026-03-01"


def places_in(xml: bytes) -> list[str | None]:
    return [each.text for each in ElementTree.fromstring(xml).iter() if each.tag.endswith("loc")]


def test_a_library_beyond_one_sitemap_has_an_index_of_them(
    client: Client, lantern: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("practice_library.views.sitemaps.EntrySitemap.limit", 1)
    parts = places_in(client.get("/sitemap.xml").content)
    assert parts[:2] == [
        "http://testserver/sitemap-entries.xml",
        "http://testserver/sitemap-entries.xml?p=2",
    ]
    assert [places_in(client.get(part).content) for part in parts[:2]] == [
        ["http://testserver/practice/models/lantern-house/"],
        ["http://testserver/practice/wigan/lantern/"],
    ]
    assert client.get("/sitemap-people.xml").status_code == 404
    listed = [place for part in parts for place in places_in(client.get(part).content)]
    assert {
        "http://testserver/authorities/wigan/",
        "http://testserver/practice/registers/lantern-house/",
    } <= {*listed}


def test_every_address_of_the_sitemap_answers_everybody(client: Client, lantern: Entry) -> None:
    a_condition, an_outcome = SystemCondition.objects.first(), Outcome.objects.first()
    listed = [str(place) for place in places_in(client.get("/sitemap.xml").content)]
    assert {each.split("/")[3] for each in listed} >= {"", "about", "authorities", "practice", "questions"}
    for thing in filter(None, (a_condition, an_outcome)):
        assert any(each.endswith(f"/{thing.slug}/") for each in listed)
    few = {each.rsplit("/", 2)[0]: each for each in listed}
    assert {client.get(each).status_code for each in [*few.values(), *listed[:12]]} == {200}


def test_error_pages_open_without_a_request() -> None:
    assert "Something went wrong" in render_to_string("500.html")
