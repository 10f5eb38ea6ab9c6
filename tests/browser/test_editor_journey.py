"""An editor's day in a real browser: a case study with three conditions, one study with two findings, preview, publish,
and a reader finds it within two seconds."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from playwright.sync_api import Locator, Page, expect
from website.places.services.authorities import load_places

from practice_library.models import CaseStudyPage, Outcome, OutcomeRating, Study, SystemCondition
from practice_library.services.tree import ensure_tree
from search import vocabulary
from search.current import current_engine, forget_engine

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long pass phrase 12"
CONDITIONS = {"Co-location": "enabler", "Leadership": "enabler", "Short funding": "barrier"}
FINDINGS = {"Entry to care": "favourable", "School attendance": "no-effect"}
TITLE = "Kingfisher centres for families"


@pytest.fixture
def library(settings: Any, tmp_path: Path) -> Any:
    """Places, terms and an editor; the index starts empty."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    forget_engine()
    vocabulary.forget()
    load_places()
    ensure_tree()
    for number, name in enumerate(CONDITIONS):
        SystemCondition.objects.create(name=name, slug=name.lower().replace(" ", "-"), position=number)
    for number, name in enumerate(FINDINGS):
        Outcome.objects.create(name=name, slug=name.lower().replace(" ", "-"), position=number)
    current_engine().rebuild([])
    editor = get_user_model().objects.create_user("editor@example.org", PASSWORD, name="Eva Editor")
    editor.groups.add(Group.objects.get(name="Editors"))
    EmailAddress.objects.create(user=editor, email=editor.email, verified=True, primary=True)
    yield editor
    forget_engine()
    vocabulary.forget()


class Cms:
    """The pages of the CMS as the editor sees them."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base

    def sign_in(self) -> None:
        self.page.goto(f"{self.base}/accounts/login/?next=/cms/")
        self.page.get_by_label("E-mail address").fill("editor@example.org")
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page).to_have_url(f"{self.base}/cms/")

    def begin_case_study(self, place: str) -> None:
        """The place first; then the form opens."""
        self.page.get_by_role("link", name="New case study", exact=True).click()
        self.page.get_by_role("button", name="Choose organisation").click()
        modal = self.page.locator(".modal-content")
        modal.get_by_placeholder("Name or code").fill(place)
        modal.get_by_role("link", name=place, exact=True).click()
        self.page.get_by_role("button", name="Write the case study").click()
        expect(self.field("title")).to_be_visible()

    def field(self, name: str) -> Locator:
        """A field by its name: the CMS labels its panels with the same words as the fields in them."""
        return self.page.locator(f"form [name={name}]")

    def open_tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=re.compile(name)).click()

    def add_row(self, rows: str, number: int, **choices: str) -> None:
        """Add a row and fill it: lists by what they show, boxes by text."""
        self.page.locator(f"#id_{rows}-ADD").click()
        for name, value in choices.items():
            field = self.field(f"{rows}-{number}-{name}")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def add_new_source(self, rows: str, title: str) -> None:
        """A source that is not in the list yet, without leaving the form."""
        self.page.locator(f"#id_{rows}-ADD").click()
        self.page.locator(f"#id_{rows}-0-source-chooser").get_by_role("button", name="Choose source").click()
        modal = self.page.locator(".modal-content")
        modal.get_by_role("tab", name="New source").click()
        modal.get_by_label("Title").fill(title)
        modal.get_by_role("button", name="Add source").click()
        expect(modal).to_be_hidden()
        expect(self.page.locator(f"#id_{rows}-0-source-chooser")).to_contain_text(title)

    def choose_source(self, rows: str, title: str) -> None:
        self.page.locator(f"#id_{rows}-ADD").click()
        self.page.locator(f"#id_{rows}-0-source-chooser").get_by_role("button", name="Choose source").click()
        modal = self.page.locator(".modal-content")
        modal.get_by_placeholder("Search sources").fill(title)
        modal.get_by_role("link", name=re.compile(title)).click()
        expect(modal).to_be_hidden()

    def save_draft(self) -> None:
        self.page.get_by_role("button", name=re.compile("Save draft")).click()
        expect(self.page.locator(".messages .success")).to_be_visible()

    def publish(self) -> None:
        self.page.locator("footer [data-w-dropdown-target=toggle]").click()
        self.page.get_by_role("button", name=re.compile("^\\s*Publish")).click()
        expect(self.page.locator(".messages .success")).to_contain_text("published")


def test_an_editor_writes_a_case_study_and_a_reader_finds_it_within_two_seconds(
    page: Page, live_server: Any, library: Any, page_errors: list[str]
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    cms = Cms(page, live_server.url)
    cms.sign_in()

    cms.begin_case_study("Wigan")
    cms.field("title").fill(TITLE)
    cms.field("summary").fill("One front door for families, with kingfisher as its sign.")
    cms.open_tab("What is known")
    for number, (name, role) in enumerate(CONDITIONS.items()):
        shown = {"enabler": "As help", "barrier": "As obstacle"}[role]
        cms.add_row("condition_rows", number, tag=name, role=shown, note=f"{name} is told of here.")
    cms.open_tab("Sources and upkeep")
    cms.add_new_source("entry_sources", "Annual report of the centres")
    cms.save_draft()
    case_study = CaseStudyPage.objects.get()
    assert not case_study.live
    assert case_study.get_parent().slug == "wigan"

    cms.open_tab("Results")
    page.get_by_role("link", name="Add a study about this entry", exact=True).click()
    expect(page.get_by_text(TITLE)).to_be_visible()
    cms.field("title").fill("Trial of the Kingfisher centres")
    cms.choose_source("study_sources", "Annual report")
    cms.open_tab("How it was made")
    cms.field("design").select_option(label="Randomised trial")
    cms.field("implementation_only").select_option(label="No")
    cms.open_tab("Findings")
    for number, (outcome, direction) in enumerate(FINDINGS.items()):
        shown = {"favourable": "Better", "no-effect": "No difference"}[direction]
        cms.add_row(
            "findings",
            number,
            outcome=outcome,
            statement=f"{outcome} was compared.",
            direction=shown,
            claimed_by="Evaluator",
            compared="Yes",
        )
    cms.publish()
    assert Study.objects.published().get().findings.count() == 2

    page.goto(f"{live_server.url}/cms/pages/{case_study.pk}/edit/")
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", name=TITLE, level=1)).to_be_visible(timeout=15_000)
    for name in CONDITIONS:
        expect(preview.get_by_text(f"{name} is told of here.")).to_be_attached()
    page.get_by_role("button", name="Toggle preview").click()
    assert page.request.get(f"{live_server.url}/practice/wigan/{case_study.slug}/").status == 404

    cms.publish()
    published = time.monotonic()
    page.goto(f"{live_server.url}/practice/?q=kingfisher")
    while page.get_by_role("link", name=TITLE, exact=True).count() == 0 and time.monotonic() - published < 2:
        page.reload()
    expect(page.get_by_role("link", name=TITLE, exact=True)).to_be_visible(timeout=1)
    assert time.monotonic() - published < 2, "it took longer than two seconds to be found"

    page.get_by_role("link", name=TITLE, exact=True).click()
    expect(page).to_have_url(f"{live_server.url}/practice/wigan/{case_study.slug}/")
    for outcome in FINDINGS:
        expect(page.get_by_role("main")).to_contain_text(outcome)
    expect(page.get_by_role("main")).to_contain_text("Co-location is told of here.")
    levels = OutcomeRating.objects.current().filter(entry=case_study.pk).values_list("strength", flat=True)
    assert sorted(levels) == [4, 4]
    assert settings.WAGTAIL_SITE_NAME in page.title()
