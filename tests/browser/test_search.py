"""The search page in a real browser: live and without scripts, by keyboard, on a narrow screen, with axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page, expect

from search import vocabulary
from search.current import current_engine, forget_engine
from search.engine import EngineDown
from search.indexing import rebuild
from tests.factories.harbour import harbour_library
from tests.factories.making import a_model, with_cohort

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATES = {
    "results": "?q=pods",
    "everything": "",
    "filtered": "?q=pods&cohort=children-on-the-edge-of-care&evidence=compared&direction=no-effect",
    "table": "?q=pods&view=table",
    "nothing": "?q=zzxqy+motherhood&cohort=mothers",
    "refused": "?q=pods&evidence=nonsense",
    "long": "?q=" + "extraordinarilylongwordwithoutabreak" * 8 + "&cohort=mothers",
    "beyond": "?q=pods&page=9",
}


@pytest.fixture
def site(settings: Any, tmp_path: Path, live_server: Any) -> Iterator[str]:
    """A library with a long filter, indexed, and the address of its search page."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.ELASTICSEARCH_URL = ""
    forget_engine()
    vocabulary.forget()
    harbour_library()
    for number in range(12):
        with_cohort(a_model(f"Lantern {number:02}"), f"Group {number:02}")
    rebuild()
    yield f"{live_server.url}/practice/"
    forget_engine()
    vocabulary.forget()


def axe_complaints(page: Page) -> list[tuple[str, str]]:
    page.evaluate((Path(django_settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js").read_text())
    found = page.evaluate("axe.run()")["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]


def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, site):
    for state, query in STATES.items():
        page.goto(site + query)
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert axe_complaints(page) == [], (state, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (state, width)


def test_without_its_engine_the_page_is_as_accessible(page, site, monkeypatch):
    def down(*args: Any, **kwargs: Any) -> None:
        raise EngineDown("stopped")

    monkeypatch.setattr(type(current_engine()), "search", down)
    page.goto(f"{site}?q=pods")
    expect(page.get_by_text("Search is running without its index")).to_be_visible()
    assert axe_complaints(page) == []


def test_a_filter_takes_effect_at_once_and_can_be_gone_back_from(page, site, page_errors):
    page.goto(f"{site}?q=pods")
    expect(page.get_by_role("heading", name="6 results")).to_be_visible()
    expect(page.get_by_role("button", name="Apply filters")).to_be_hidden()
    page.get_by_label("Mothers").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="1 result", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=pods&cohort=mothers$"))
    expect(page).to_have_title(re.compile(r"^pods: 1 result"))
    expect(page.locator("#announcer")).to_have_text("1 result")
    expect(page.get_by_label("Mothers")).to_be_focused()
    page.get_by_role("link", name="Remove filter: Mothers").click()
    expect(page.get_by_role("heading", name="6 results")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="1 result", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_words_typed_since_are_searched_with_the_filter_and_what_else_was_looked_for_is_told(
    page, site, page_errors
):
    from practice_library.models import Cohort

    Cohort.objects.filter(slug="mothers").update(synonyms=["mums"])
    vocabulary.forget()
    page.goto(f"{site}?q=pods")
    page.locator("#q").fill("mums")
    page.get_by_label("Case study", exact=True).evaluate("box => box.closest('details').open = true")
    page.get_by_label("Case study", exact=True).check()
    expect(page).to_have_url(re.compile(r"\?q=mums&type=case_study$"))
    expect(page.locator("#search-also")).to_contain_text("We also looked for mothers")
    expect(page.get_by_role("heading", name="1 result", exact=True)).to_be_visible()


def test_everything_by_keyboard_alone(page, site, page_errors):
    page.goto(site)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("pods")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="6 results")).to_be_visible()
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        here = page.evaluate("[document.activeElement.id, document.activeElement.textContent.trim()]")
        seen.append(here)
        if here[0] == "cohort-mothers":
            break
    assert ["", "Skip to results"] in seen
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="1 result", exact=True)).to_be_visible()
    expect(page.locator("#announcer")).to_have_text("1 result")
    expect(page.get_by_label("Mothers")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="6 results")).to_be_visible()
    page.locator("summary", has_text="and 4 places").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Harbour pods in Kent")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_everything_without_scripts(browser, site, width):
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{site}?sort=newest")
    page.get_by_label("What are you trying to solve?").fill("pods")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="6 results")).to_be_visible()
    if width == 320:
        expect(page.get_by_label("Mothers")).to_be_hidden()
        page.locator("#filters-fold > summary").click()
    page.get_by_label("Mothers").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", name="1 result", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=pods.*cohort=mothers"))
    assert "sort=newest" in page.url
    page.get_by_role("link", name="Remove filter: Mothers").click()
    page.locator("summary", has_text="and 4 places").click()
    expect(page.get_by_role("link", name="Harbour pods in Kent")).to_be_visible()
    page.get_by_role("link", name="table", exact=True).click()
    expect(page.get_by_role("table", name="Results")).to_be_visible()
    context.close()


def test_filters_stand_below_the_count_on_a_narrow_screen_and_beside_it_on_a_wide_one(page, site):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{site}?q=pods")

    def box(selector: str) -> dict[str, float]:
        return page.locator(selector).first.bounding_box()

    assert box("#results-count")["y"] < box("#filters-fold > summary")["y"] < box(".pc-card")["y"]
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.get_by_label("Mothers")).to_be_visible()
    assert box(".pc-filters")["x"] < box("#results-count")["x"]
    assert abs(box(".pc-filters")["y"] - box("#results-count")["y"]) < 20


def test_a_value_behind_show_more_stays_open_after_it_is_used(page, site, page_errors):
    page.goto(site)
    page.locator("#more-cohort > summary").click()
    page.get_by_label("Group 09").check()
    expect(page.get_by_role("heading", name="1 result", exact=True)).to_be_visible()
    expect(page.get_by_label("Group 09")).to_be_focused()
    expect(page.get_by_label("Group 09")).to_be_checked()
