"""An editor sees before publishing what readers will see: the same words from what is typed as from what is stored."""

from __future__ import annotations

import datetime as dt

import pytest

from practice_library.models import HomePage, ModelIndexPage, PlaceSection, PracticeIndexPage, Statement
from practice_library.presenters import present_entry
from practice_library.selectors.entries import facts_of, facts_of_draft
from tests.factories.entries import Written, case_study, open_question, practice_model
from tests.factories.studies import SourceFactory
from tests.integration.pages.conftest import words_of

pytestmark = pytest.mark.django_db


def full(entry: Written) -> Written:
    """Give an entry one of everything that its page shows."""
    entry.with_source("src-b").with_statement("Pods met daily.").with_statement("Good.", section="voice")
    entry.with_cohort("Teenagers", ages="11 to 17").with_condition("Trust", presence="yes").with_cost(
        "Grant", as_printed="£1"
    )
    entry.with_claim("Wellbeing").with_outcome("Entry to care").at_stage("Early help").about("Relationships")
    entry.for_workforce("Social workers").related_to(practice_model()).related_to(None, note="A leaflet")
    open_question(f"Does {entry.pk} last?", about=(entry,))
    return entry


@pytest.mark.parametrize("kind", ["case study", "model"])
def test_a_stored_entry_reads_the_same_as_its_draft(kind):
    if kind == "model":
        entry = full(practice_model())
    else:
        entry = full(case_study().running(practice_model("Lantern House")).with_partner("A charity"))
        entry.with_partner("Kite Trust", known=True)
    shown = {"url": "https://a.example/", "today": dt.date(2026, 11, 24)}
    assert present_entry(facts_of_draft(entry.page), **shown) == present_entry(facts_of(entry.page), **shown)


def test_what_is_typed_and_not_saved_is_seen(read):
    entry = case_study("Harbour pods")
    page = entry.page
    page.title = "Harbour pods, renamed"
    page.statements.add(
        Statement(section="what_did_not_work", text="Nobody came.", source=SourceFactory(key="src-new"))
    )
    preview = page.make_preview_request()
    said = words_of(preview.content.decode())
    assert "Harbour pods, renamed" in said
    assert "What did not work Nobody came. [source 2]" in said
    assert "Nobody came." not in read(entry.url)


def test_a_case_study_that_was_never_saved_can_be_seen():
    model = practice_model("Lantern House")
    entry = case_study("Harbour pods").running(model)
    page = type(entry.page)(
        title="New", slug="new", summary="Not saved yet.", lead_organisation=entry.page.lead_organisation
    )
    page.statements = [Statement(section="problem", text="Too few visits.")]
    view = present_entry(facts_of_draft(page), url="https://a.example/", today=dt.date(2026, 11, 24))
    assert view.story[0].told[0].text == "Too few visits."


def test_home_is_previewed_with_its_introduction_and_the_numbers_of_today():
    practice_model("Lantern House")
    home = HomePage.objects.get()
    home.introduction = "What we have tried."
    said = words_of(home.make_preview_request().content.decode())
    assert said.startswith("What we have tried.")
    assert "1 practice models" in said


def test_pages_that_only_hold_others_offer_no_preview():
    case_study()
    for page in (PracticeIndexPage.objects.get(), ModelIndexPage.objects.get(), PlaceSection.objects.get()):
        assert not page.is_previewable()
    assert HomePage.objects.get().is_previewable()
