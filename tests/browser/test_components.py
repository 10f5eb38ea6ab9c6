"""Components in a real browser: filters keep focus and say the count, suggestions obey the keyboard, axe is silent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUGGESTIONS = {
    "suggestions": [
        {
            "text": "Family group conference",
            "type": "model",
            "type_label": "Model",
            "url": "/components/?chosen=fgc",
        },
        {"text": "edge of care", "type": "cohort", "type_label": "Who it is for", "url": None},
    ]
}


@pytest.fixture
def gallery(page: Any, live_server: Any) -> Any:
    page.route("**/api/v1/practice/suggest*", lambda route: route.fulfill(json=SUGGESTIONS))
    page.goto(f"{live_server.url}/components/")
    return page


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(gallery, page_errors, width):
    gallery.set_viewport_size({"width": width, "height": 900})
    axe = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
    gallery.evaluate(axe.read_text())
    found = gallery.evaluate("axe.run()")["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    assert gallery.evaluate("document.documentElement.scrollWidth") <= width


def test_a_filter_takes_effect_at_once_where_the_reader_is(gallery, page_errors):
    expect(gallery.get_by_role("button", name="Apply filters")).to_be_hidden()
    gallery.locator("#more-cohort > summary").click()
    gallery.locator("#cohort-cohort-30").focus()
    gallery.keyboard.press("Space")
    expect(gallery).to_have_url(re.compile(r"cohort=cohort-30"))
    expect(gallery.locator("#announcer")).to_have_text("27 results")
    expect(gallery.locator("#cohort-cohort-30")).to_be_focused()
    assert gallery.locator("#more-cohort").get_attribute("open") is not None


def test_an_empty_choice_stays_out_of_the_address(gallery):
    gallery.select_option("#like", "")
    expect(gallery).to_have_url(re.compile(r"sort=newest"))
    assert "like=" not in gallery.url


def test_a_failed_change_brings_the_button_back(gallery):
    gallery.route("**/components/?**", lambda route: route.fulfill(status=500, body=""))
    gallery.locator("#cohort-cohort-3").check()
    expect(gallery.get_by_role("button", name="Apply filters")).to_be_visible()
    expect(gallery.locator("#announcer")).to_contain_text("Apply filters")


def test_suggestions_by_keyboard(gallery, page_errors):
    box = gallery.get_by_role("combobox", name="What are you trying to solve?")
    box.fill("fa")
    expect(gallery.get_by_role("listbox", name="Suggestions").get_by_role("option")).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(
        gallery.get_by_role("listbox", name="Suggestions").get_by_role("option", selected=True)
    ).to_contain_text("Family group conference")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("fa")
    box.press("ArrowDown")
    expect(
        gallery.get_by_role("listbox", name="Suggestions").get_by_role("option", selected=True)
    ).to_contain_text("Family group conference")
    box.press("ArrowUp")
    box.press("ArrowUp")
    expect(
        gallery.get_by_role("listbox", name="Suggestions").get_by_role("option", selected=True)
    ).to_contain_text("edge of care")
    box.press("Enter")
    expect(gallery).to_have_url(re.compile(r"q=edge(%20|\+)of(%20|\+)care"))


def test_a_suggestion_with_an_address_is_gone_to(gallery, page_errors):
    gallery.locator("#q").fill("fa")
    gallery.get_by_role("listbox", name="Suggestions").get_by_role(
        "option", name="Family group conference"
    ).click()
    expect(gallery).to_have_url(re.compile(r"chosen=fgc"))


def test_enter_without_a_choice_searches_for_what_was_typed(gallery):
    box = gallery.locator("#q")
    box.fill("family")
    expect(gallery.get_by_role("listbox", name="Suggestions").get_by_role("option")).to_have_count(2)
    box.press("Enter")
    expect(gallery).to_have_url(re.compile(r"q=family"))


def test_filters_start_folded_on_a_narrow_screen_only(gallery, live_server):
    assert gallery.locator("#filters-fold").get_attribute("open") is not None
    gallery.set_viewport_size({"width": 320, "height": 800})
    gallery.goto(f"{live_server.url}/components/")
    expect(gallery.locator("#cohort-cohort-3")).to_be_hidden()
    gallery.locator("#filters-fold > summary").click()
    expect(gallery.locator("#cohort-cohort-3")).to_be_visible()


def test_everything_works_without_a_script(browser, live_server):
    page = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800}).new_page()
    page.goto(f"{live_server.url}/components/")
    page.locator("#filters-fold > summary").click()
    page.locator("#more-cohort > summary").click()
    page.locator("#cohort-cohort-30").check()
    page.get_by_role("button", name="Apply filters").click()
    assert "cohort=cohort-30" in page.url
    page.locator("#q").fill("hello")
    page.get_by_role("button", name="Search").click()
    assert "q=hello" in page.url
