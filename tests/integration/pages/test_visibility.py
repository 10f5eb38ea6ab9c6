"""What readers may not read does not exist for them: no page, no link, no count, no word."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from practice_library.models import CaseStudyPage, Entry, PracticeModelPage
from tests.factories.entries import case_study, open_question, practice_model

pytestmark = pytest.mark.django_db

CANARY = "Zebrafinch"
NOW = timezone.now()


def _restrict(pk: int) -> None:
    PageViewRestriction.objects.create(page_id=pk, restriction_type="login")


CONCEALED = {
    "hidden": lambda pk: Entry.objects.filter(pk=pk).update(hidden_at=NOW),
    "withdrawn": lambda pk: Entry.objects.filter(pk=pk).update(withdrawn_at=NOW),
    "draft": lambda pk: Entry.objects.filter(pk=pk).update(live=False),
    "private": _restrict,
    "private place": lambda pk: _restrict(Entry.objects.get(pk=pk).get_parent().pk),
    "expired": lambda pk: Entry.objects.filter(pk=pk).update(expire_at=NOW - dt.timedelta(hours=1)),
}
WHERE = (
    "/practice/models/lantern-house/", "/practice/kiteham/other-place/", "/authorities/northbridge/", "/authorities/kiteham/",
    "/organisations/kite-trust/", "/conditions/trust/", "/outcomes/entry-to-care/", "/questions/does-it-last/",
    "/practice/models/", "/sitemap.xml",
)  # fmt: skip


@pytest.fixture
def canary():
    """A case study with a telling name, shown on every page of `WHERE`."""
    model = practice_model("Lantern House")
    page = (
        case_study(CANARY, lead="northbridge")
        .running(model)
        .with_condition("Trust")
        .with_outcome("Entry to care")
    )
    page.with_partner("Kite Trust", known=True)
    case_study("Other place", lead="kiteham").related_to(page).running(model).with_condition("Trust")
    open_question("Does it last?", about=(page,))
    return page


def test_the_canary_shows_while_it_is_published(read, canary):
    assert CANARY in read(canary.url)
    shown = [url for url in WHERE if CANARY.lower() in read(url).lower()]
    assert shown == [url for url in WHERE if url not in {"/authorities/kiteham/", "/practice/models/"}]


@pytest.mark.parametrize("how", CONCEALED)
def test_it_shows_nowhere_once_it_is_concealed(read, canary, how):
    url = canary.url
    CONCEALED[how](canary.pk)
    read(url, status=404)
    assert [address for address in WHERE if CANARY.lower() in read(address).lower()] == []


@pytest.mark.parametrize("how", CONCEALED)
def test_no_count_counts_it(words, canary, how):
    assert "1 case study" in words("/authorities/northbridge/")
    assert "2 entries in the library name it" in words("/conditions/trust/")
    CONCEALED[how](canary.pk)
    assert "Nothing known here yet" in words("/authorities/northbridge/")
    assert "1 entry in the library names it" in words("/conditions/trust/")
    assert "1 case study by the result found there." in words("/practice/models/lantern-house/")
    assert "No entry in the library names it yet." in words("/outcomes/entry-to-care/")
    assert "1 practice models 1 case studies 1 of 2 authorities" in words("/")


@pytest.mark.parametrize("how", [how for how in CONCEALED if how != "private place"])
def test_a_concealed_model_is_not_named_by_its_places(read, how):
    model = practice_model(CANARY)
    page = case_study("Harbour pods").running(model)
    assert CANARY in read(page.url)
    CONCEALED[how](model.pk)
    read(model.url, status=404)
    assert CANARY not in read(page.url)
    assert CANARY not in read("/practice/models/")


def test_a_rating_of_a_concealed_entry_is_not_there(read, canary):
    rating = canary.page.ratings.get()
    read(f"/practice/ratings/{rating.uid}/")
    CONCEALED["hidden"](canary.pk)
    read(f"/practice/ratings/{rating.uid}/", status=404)


def test_signed_in_people_read_the_same(client, canary, django_user_model):
    client.force_login(django_user_model.objects.create_user(email="a@b.example"))
    assert client.get(canary.url).status_code == 200
    CONCEALED["hidden"](canary.pk)
    assert client.get(canary.url).status_code == 404


def test_an_entry_answers_only_at_its_own_address(read):
    page = case_study("Harbour pods", lead="northbridge")
    case_study("Other", lead="kiteham")
    read(page.url)
    read("/practice/kiteham/harbour-pods/", status=404)
    read("/practice/models/harbour-pods/", status=404)
    assert CaseStudyPage.objects.count() == 2
    assert not PracticeModelPage.objects.exists()


@pytest.mark.parametrize("url", [
    "/practice/models/none/", "/practice/none/", "/practice/none/none/", "/authorities/none/", "/organisations/none/",
    "/conditions/none/", "/outcomes/none/", "/questions/none/", "/practice/ratings/00000000-0000-0000-0000-000000000000/",
])  # fmt: skip
def test_what_was_never_there_is_the_same_404(read, url):
    assert "There is no page here" in read(url, status=404)
