"""The gallery shows every component, obeys the content policy and repeats no id; real text is escaped everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import Http404
from django.template.loader import get_template
from django.test import override_settings
from website.components import shapes, views

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"


@pytest.fixture
def gallery(client) -> str:
    response = client.get("/components/")
    assert response.status_code == 200
    return response.content.decode()


def test_every_component_is_shown():
    sources = {
        path: path.read_text() for path in [*COMPONENTS.glob("**/*.html"), COMPONENTS.parent / "base.html"]
    }
    for component in COMPONENTS.glob("*.html"):
        name = f'"components/{component.name}"'
        assert any(name in text for path, text in sources.items() if path != component), (
            f"{name} is shown nowhere"
        )


def test_no_inline_style_or_script(gallery):
    assert not re.search(r"<[^>]+ style=", gallery)
    assert not re.search(r"<[^>]+ on[a-z]+=", gallery)
    assert "<style" not in gallery
    for script in re.findall(r"<script[^>]*>", gallery):
        assert "src=" in script


def test_ids_are_unique_and_what_describes_a_control_exists(gallery):
    ids = re.findall(r' id="([^"]+)"', gallery)
    assert sorted(ids) == sorted(set(ids))
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for value in re.findall(rf' {attribute}="([^"]+)"', gallery):
            assert set(value.split()) <= set(ids), (attribute, value)


def test_one_first_heading(gallery):
    assert gallery.count("<h1") == 1


def test_a_null_is_said_as_plainly_as_a_success(gallery):
    for slug, word in [("favourable", "Better"), ("no-effect", "No difference"), ("adverse", "Worse")]:
        assert re.search(rf'pc-direction--{slug}"><svg[^>]*aria-hidden.*?</svg>{word}</span>', gallery)


def test_text_of_the_library_is_escaped():
    hostile = "<script>alert(1)</script>"
    card = shapes.ResultCard(
        "x",
        hostile,
        "/practice/x/",
        hostile,
        hostile,
        (shapes.Why(hostile, hostile),),
        (shapes.OutcomeRow("favourable", hostile, hostile, hostile, hostile, "", (hostile,)),),
        hostile,
        shapes.FoldedPlaces(hostile, [shapes.Place(hostile, "/x/", hostile)]),
    )
    html = get_template("components/result_card.html").render({"item": card})
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 14


@override_settings(COMPONENT_GALLERY=False)
def test_the_gallery_is_for_development_only(rf):
    with pytest.raises(Http404):
        views.gallery(rf.get("/components/"))


def test_the_error_page_needs_neither_request_nor_database():
    html = get_template("500.html").render({})
    assert "Something went wrong on our side" in html
    assert "Sign in" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"])
def test_account_pages_stand_in_our_frame(client, address):
    html = client.get(address).content.decode()
    assert 'class="pc-wordmark"' in html
    assert html.count("<h1") == 1
    assert not re.search(r"<[^>]+ style=", html)


@pytest.mark.django_db
def test_a_wrong_login_says_what_is_wrong(client):
    html = client.post(
        "/accounts/login/", {"login": "nobody@example.org", "password": "wrong"}
    ).content.decode()
    assert "govuk-error-summary" in html
