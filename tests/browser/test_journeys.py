"""A stranger with a question and the real library: with scripts, without, by keyboard, on a phone and on paper."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.library import real
from tests.browser.looking import faults_in_sight
from tests.browser.pages.entry import EntryPage
from tests.browser.pages.search import SearchPage
from tests.browser.standing import filled

pytestmark = pytest.mark.browser

QUESTION = "teenagers on the edge of care"
NARROWED = ("cohort", "children-on-the-edge-of-care")
WITH_FOLDED_PARTS = "/practice/models/multisystemic-therapy/?part=found"

LONGEST = (
    "/",
    "/practice/models/",
    "/practice/models/multisystemic-therapy/",
    "/practice/models/mash/",
    "/practice/several-places/",
    "/authorities/north-yorkshire/",
    "/outcomes/entry-to-care-and-numbers-looked-after/",
    "/questions/",
)


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The library that ships, loaded once for all journeys."""
    with filled(django_db_blocker, real):
        yield


@pytest.fixture(params=["with scripts", "without scripts"])
def reader(request: Any, browser: Any, browser_context_args: dict[str, Any]) -> Iterator[tuple[Page, bool]]:
    """A browser with or without scripts."""
    live = request.param == "with scripts"
    context = browser.new_context(**browser_context_args, java_script_enabled=live)
    yield context.new_page(), live
    context.close()


def test_a_stranger_finds_narrows_and_reads_what_each_statement_rests_on(site, reader):
    page, live = reader
    page.goto(site)
    search = SearchPage(page, site, live=live).ask(QUESTION)
    assert search.count > 20
    expect(page.locator("#search-also")).to_contain_text("children on the edge of care")

    promised = search.count_of(*NARROWED)
    assert 0 < promised < search.count
    search.narrow(*NARROWED)
    search.expect_count(promised)

    for kind in ("Case study", "model"):
        link = search.titles(kind)[0]
        title = link.inner_text()
        link.click()
        entry = EntryPage(page)
        entry.expect_title(title)
        assert entry.sources
        assert len(entry.follow_first_source()) > 10
        if live:
            assert entry.statements_without_source() == []
        page.go_back()
        page.go_back()
        search.expect_count(promised)


def test_no_result_is_not_the_end(site, reader):
    page, live = reader
    search = SearchPage(page, site, live=live)
    nothing = f"?q={QUESTION.replace(' ', '+')}&region=london&evidence=compared-twice"
    for way in ("Without “London”", "Without “Compared in two or more strong studies”", "Adolescents"):
        search.open(nothing)
        search.expect_count(0)
        out = page.locator(".pc-zero li").filter(has=page.get_by_role("link", name=way, exact=True))
        promised = re.search(r"(\d+) results?$", out.inner_text())
        assert promised, f"no number of results beside {way}"
        out.get_by_role("link").click()
        search.expect_count(int(promised[1]))
        assert search.count > 0


def test_a_slip_of_the_pen_is_found_and_corrected(site, reader):
    page, live = reader
    search = SearchPage(page, site, live=live).open().ask("kinshipp")
    assert search.count > 0
    page.get_by_role("main").get_by_role("link", name="kinship", exact=True).click()
    expect(page.get_by_label("What are you trying to solve?")).to_have_value("kinship")
    assert search.count > 0


def test_everything_by_keyboard_with_the_focus_in_sight(site, page):
    page.goto(site)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))

    page.goto(site)
    tab_to(page, "#q")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Escape")  # closes suggestions, keeps the words
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?q="))
    search = SearchPage(page, site)
    promised = search.count_of(*NARROWED)
    tab_to(page, f"input[name='{NARROWED[0]}'][value='{NARROWED[1]}']")
    page.keyboard.press("Space")
    search.expect_count(promised)
    expect(search.value(*NARROWED)).to_be_focused()
    expect(page.locator("#announcer")).to_have_text(f"{promised} results")

    title = page.locator(".pc-card__title a").first.inner_text()
    page.reload()
    tab_to(page, ".pc-card__title a")
    page.keyboard.press("Enter")
    entry = EntryPage(page)
    entry.expect_title(title)
    tab_to(page, "a.pc-source-ref")
    target = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    expect(page.locator(target)).to_be_in_viewport()


def tab_to(page: Page, selector: str, most: int = 400) -> None:
    """Press Tab until the element has the focus; every stop on the way must be in sight and look focused."""
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        assert stop["seen"], f"focus is out of sight on {stop['html']}"
        assert stop["marked"], f"focus does not show on {stop['html']}"
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{most} times Tab did not lead to {selector}")


#: A ring, a shadow or the yellow of the focus, on the element or on the mark drawn for it.
FOCUS = """() => {
  const here = document.activeElement;
  const box = here.getBoundingClientRect();
  const label = here.labels && here.labels[0];
  const drawn = [[here, null], [here, "::before"], [here, "::after"], ...(label ? [[label, "::before"], [label, null]] : [])];
  const marked = drawn.some(([each, part]) => {
    const style = getComputedStyle(each, part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  });
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  return {marked, seen, html: here.outerHTML.slice(0, 120)};
}"""


def test_on_a_phone_filters_are_folded_away_and_results_come_first(site, page, page_errors):
    page.set_viewport_size({"width": 320, "height": 640})
    search = SearchPage(page, site).open(f"?q={QUESTION.replace(' ', '+')}")
    expect(search.value(*NARROWED)).to_be_hidden()
    expect(page.locator("#results-count")).to_be_in_viewport()
    page.locator("#filters-fold > summary").click()
    expect(search.value(*NARROWED)).to_be_visible()
    promised = search.count_of(*NARROWED)
    search.narrow(*NARROWED)
    search.expect_count(promised)
    expect(page.locator("#filters-fold")).to_have_attribute("open", "")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    link = page.locator(".pc-card__title a").first
    title = link.inner_text()
    link.click()
    EntryPage(page).expect_title(title)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_on_paper_the_sources_are_there_and_the_way_around_is_not(site, page):
    page.goto(site + WITH_FOLDED_PARTS)
    titles = page.locator("#sources .pc-sources > li > a").all_inner_texts()
    folded = page.locator("main details:not([open]) > p:first-of-type").all_text_contents()
    assert titles
    assert folded
    page.emulate_media(media="print")
    expect(page.locator(".pc-nav")).to_be_hidden()
    expect(page.locator("#sources")).to_be_visible()
    printed = printed_words(page)
    assert [title for title in titles if squeezed(title) not in printed] == []
    assert [words for words in folded if squeezed(words) not in printed] == []
    assert squeezed("Skip to main content") not in printed
    page.goto(site + WITH_FOLDED_PARTS.partition("?")[0])
    assert squeezed("Cite it as") in printed_words(page)


def test_four_models_stand_side_by_side_on_paper(site, page):
    found = page.request.get(f"{site}/api/v1/practice/search?type=model&size=4").json()["results"]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    page.goto(f"{site}/practice/compare/?ids={','.join(entry['id'] for entry in found)}")
    expect(page.locator(".pc-table--compare thead th")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth") <= 794


@pytest.mark.parametrize("path", LONGEST)
def test_axe_finds_nothing_on_the_longest_pages_there_are(site, page, page_errors, path):
    answer = page.goto(site + path)
    assert answer is not None
    assert answer.status == 200
    assert faults_in_sight(page, path) == []


def printed_words(page: Page) -> str:
    """The words of the page as it comes out of the printer."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return squeezed("".join(sheet.extract_text() for sheet in sheets))


def squeezed(words: str) -> str:
    """Without spaces, since a line of print breaks where it likes, and with joined letters as single ones."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))
