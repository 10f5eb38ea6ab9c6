"""A model is told by its places, each with its own result, England first; and by what several places together showed."""

from __future__ import annotations

import re

import pytest

from practice_library.models import CaseStudyPage, OutcomeRating
from practice_library.selectors.entries import entry_at, studies_that_rate
from practice_library.services.facts import rated_by
from tests.factories.entries import Written, case_study, open_question, practice_model
from tests.factories.studies import finding_of, study_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lantern():
    """A model with three places in England, one of them with a result, and one elsewhere."""
    model = practice_model("Lantern House", kind="programme")
    case_study("In Northbridge", lead="northbridge", country="England").running(model).with_outcome(
        "Entry to care", direction="no-effect", powered=True
    )
    case_study("In Kiteham", lead="kiteham").running(model).set(
        status="stopped", stop_reason="The grant ended."
    )
    case_study(
        "In Southwick", lead="southwick", start="2014-09", variant="Two teams in place of one."
    ).running(model)
    case_study("In Oslo", lead="place-not-named", country="Norway").running(model)
    return model


def test_places_are_counted_once_by_their_own_result(words, lantern):
    said = words(lantern.url)
    assert "4 case studies by the result found there." in said
    assert (
        "Better 0 Mixed 0 No difference 1 place: No difference Worse 0 Too little to tell 0 Not known 3"
        in said
    )


def test_each_count_leads_to_the_places_it_counts(read, words, lantern):
    assert 'href="?result=not-known#places">3' in read(lantern.url)
    said = words(lantern.url, result="not-known")
    assert "Showing only: Not known." in said
    for title, shown in (
        ("In Kiteham", True),
        ("In Southwick", True),
        ("In Oslo", True),
        ("In Northbridge", False),
    ):
        assert (title in said) is shown, title


def test_an_unknown_result_shows_every_place(words, lantern):
    assert "In Northbridge" in words(lantern.url, result="splendid")


def test_england_comes_first(words, lantern):
    said = words(lantern.url)
    england, elsewhere = said.index("In England Place"), said.index("Elsewhere, or place not named Place")
    assert england < said.index("In Southwick") < elsewhere < said.index("In Oslo")


def test_variant_start_stop_and_why_are_said(words, lantern):
    said = words(lantern.url)
    assert (
        "In Southwick Two teams in place of one. From September 2014. Not known whether it still runs."
        in said
    )
    assert "In Kiteham Stopped. The grant ended." in said


def test_what_places_named_is_counted_by_place(read, words, lantern):
    for page in CaseStudyPage.objects.filter(title__in=["In Northbridge", "In Kiteham"]):
        Written(page).with_condition("Trust").with_condition("Trust").with_condition("Money", role="barrier")
    assert "Trust 2 places name Trust as help 0" in words(lantern.url)
    assert "model=lantern-house&amp;type=case_study&amp;condition=trust&amp;role=enabler" in read(lantern.url)


def test_what_it_must_not_be_confused_with_comes_before_everything(words, lantern):
    other = practice_model("Kite therapy")
    lantern.related_to(other, relation="not-the-same", note="A therapy, not a house.").related_to(
        None, relation="not-the-same", note="Lanterns at sea"
    )
    said = words(lantern.url)
    confused = said.index("Not to be confused with Kite therapy. A therapy, not a house. Lanterns at sea")
    assert confused < said.index("Who it is for")


def test_what_must_be_kept_and_can_be_adapted_licence_and_supplier(words, lantern):
    for section, text in (
        ("must_keep", "One house."), ("can_adapt", "Its name."), ("licence_fee", "£1 a year."), ("supplier", "Kite Trust."),
    ):  # fmt: skip
        lantern.with_statement(text, section=section)
    lantern.with_statement("Staying helps.", section="how_it_works", editors_reading=True)
    said = words(lantern.url)
    for words_ in (
        "What must be kept One house.", "What can be adapted Its name.", "Licence and fees £1 a year.",
        "Training and supplier Kite Trust.", "How it is meant to work Editors' reading of the sources Staying helps.",
    ):  # fmt: skip
        assert words_ in said


def test_open_questions_about_it_are_named(read, lantern):
    question = open_question("Does it last?", about=(lantern,))
    assert f'<a class="govuk-link" href="/questions/{question.slug}/">Does it last?</a>' in read(lantern.url)


def test_england_and_overall_stand_apart_where_they_differ(words):
    model = practice_model("Family group conferencing")
    finding_of(study_of(model.page, country="England"), "Entry to care", direction="favourable")
    finding_of(study_of(model.page, country="Netherlands"), "Entry to care", direction="adverse")
    said = words(model.url)
    assert said.index("Better in England") < said.index("Mixed with other countries")


def test_each_result_has_a_dated_page_of_its_own(read, words):
    model = practice_model("Lantern House").with_outcome("Entry to care", statement="Fewer children came in.")
    rating = OutcomeRating.objects.current().get(entry=model.pk)
    address = re.search(r'href="(/practice/ratings/[^"]+)"', read(model.url))[1]
    assert str(rating.uid) in address
    said = words(address)
    assert "Better Compared with a similar group" in said
    assert "Fewer children came in." in said
    assert "It is in force." in said


def test_a_superseded_rating_stays_and_names_the_newer_one(read, words):
    model = practice_model("Lantern House").with_outcome("Entry to care")
    old = OutcomeRating.objects.current().get(entry=model.pk)
    model.with_outcome("Entry to care", direction="no-effect", powered=True)
    new = OutcomeRating.objects.current().get(entry=model.pk)
    said = words(f"/practice/ratings/{old.uid}/")
    assert "Better Compared with a similar group" in said
    assert "It was replaced on" in said
    assert f'href="/practice/ratings/{new.uid}/"' in read(f"/practice/ratings/{old.uid}/")


@pytest.mark.parametrize(("places", "sites", "lead"), [
    (1, None, "northbridge"), (1, 1, "northbridge"), (1, 21, "northbridge"), (2, None, "northbridge"),
    (1, 21, "several-places"),
])  # fmt: skip
def test_the_page_and_the_rating_agree_which_studies_are_about_a_place(places, sites, lead):
    pages = [case_study(f"Place {n}", lead=lead if n == 0 else "kiteham").page for n in range(places)]
    study_of(*pages, number_of_sites=sites, key="st-one")
    facts = entry_at(lead, pages[0].slug)
    shown = bool(studies_that_rate(facts.entry, facts.studies))
    leads = {page.pk: page.lead_organisation_id for page in pages}
    assert shown is (pages[0].pk in rated_by(facts.studies[0], set(leads), leads))
