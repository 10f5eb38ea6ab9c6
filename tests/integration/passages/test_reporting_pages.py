"""Whatever else stands on the site is reported too: an open question goes out of sight at once, of a page a moderator knows."""

from __future__ import annotations

import pytest
from django.test import Client
from website.accounts.models import User
from website.outgoing.models import Letter

from network.choices import ReportState
from network.models import Report
from practice_library.models import OpenQuestion, Position, QuestionEntry
from tests.factories.entries import case_study
from tests.factories.places import AuthorityFactory
from tests.factories.vocabularies import outcome
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db
TITLE = "Did the quadruplets stay?"
FAMILY = {"kind": "identifies-family", "words": "I know them."}


@pytest.fixture
def asked(db: None) -> OpenQuestion:
    wellbeing = outcome("Wellbeing")
    question = OpenQuestion.objects.create(title=TITLE, slug="did-they-stay", outcome=wellbeing)
    QuestionEntry.objects.create(question=question, entry=case_study("Harbour house").page, sort_order=0)
    Position.objects.create(question=question, side="for", text="Neighbours of the quadruplets say so.")
    return question


def seen(question: OpenQuestion) -> set[str]:
    """Where a reader meets it."""
    page = question.entries.get()
    channels = {
        "page": "/questions/did-they-stay/",
        "list": "/questions/",
        "api": "/api/v1/questions",
        "entry": "/practice/" + page.url_path.split("/", 3)[3],
        "entry by api": f"/api/v1/practice/{page.uid}",
        "outcome": f"/outcomes/{question.outcome.slug}/",
    }
    told = {name: Client().get(address).content.decode() for name, address in channels.items()}
    found = {name for name, text in told.items() if "quadruplets" in text}
    if "did-they-stay" in Client().get("/sitemap-questions.xml").content.decode():
        found.add("sitemap")
    return found


EVERYWHERE = {"page", "list", "api", "entry", "entry by api", "outcome", "sitemap"}


def test_a_question_that_gives_a_family_away_is_out_of_sight_everywhere_until_a_moderator_shows_it(
    asked: OpenQuestion, moderator: User
):
    assert seen(asked) == EVERYWHERE, "the control"
    answer = Client().post(f"/report/question/{asked.uid}/", FAMILY)
    assert answer["Location"] == "/report/made/"
    assert seen(asked) == set()
    assert Client().get(f"/report/question/{asked.uid}/").status_code == 404
    report = Report.objects.get()
    assert "quadruplets" not in "".join(Letter.objects.values_list("body", flat=True)), "only its class"
    page = browser_of(moderator).get(f"/moderation/{report.pk}/").content.decode()
    assert "Neighbours of the quadruplets" in page
    browser_of(moderator).post(f"/moderation/{report.pk}/", {"act": "show"})
    assert seen(asked) == EVERYWHERE


def test_of_another_class_it_stays_until_it_is_hidden(asked: OpenQuestion, moderator: User):
    Client().post(f"/report/question/{asked.uid}/", {"kind": "other", "words": ""})
    assert seen(asked) == EVERYWHERE
    browser_of(moderator).post(f"/moderation/{Report.objects.get().pk}/", {"act": "hide"})
    assert seen(asked) == set()


def test_any_other_page_leads_a_moderator_to_it(moderator: User):
    AuthorityFactory(name="Northbridge", slug="northbridge")
    page = Client().get("/authorities/northbridge/").content.decode()
    assert 'href="/report/page/?page=/authorities/northbridge/"' in page
    Client().post("/report/page/?page=/authorities/northbridge/", FAMILY)
    report = Report.objects.get()
    read = browser_of(moderator).get(f"/moderation/{report.pk}/").content.decode()
    assert 'href="/authorities/northbridge/"' in read
    browser_of(moderator).post(f"/moderation/{report.pk}/", {"act": "hide"})
    report.refresh_from_db()
    assert report.state == ReportState.UPHELD


@pytest.mark.parametrize(
    "page",
    [
        "",
        "northbridge",
        "//elsewhere.example/",
        "/nowhere/",
        "/moderation/",
        "/me/",
        "/skills/" + "a" * 400 + "/",
    ],
)
def test_nothing_but_a_page_of_the_library_can_be_named(page: str):
    answer = Client().post("/report/page/", FAMILY, query_params={"page": page})
    assert (answer.status_code, Report.objects.count()) == (404, 0)
