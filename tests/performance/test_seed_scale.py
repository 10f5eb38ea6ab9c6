"""Load data: a valid tree, whole rows, the same on every machine, and never where real readers are."""

from __future__ import annotations

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page
from website.places.services.authorities import load_places

from practice_library.models import CaseStudyPage, ModelUsed, OutcomeRating, Statement, Study
from practice_library.services import scale_text
from practice_library.services.scale_text import passages_of
from search.indexing import rebuild
from tests.factories.making import a_case_study, a_model
from tests.performance.ground import some_terms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ALLOW_SCALE_DATA = True
    monkeypatch.setattr(scale_text, "MADE_UP_PASSAGES", 100)
    load_places()
    some_terms()


def seed(number: int, **options: Any) -> str:
    """Run the command; gives what it printed."""
    out = StringIO()
    call_command("seed_scale", "--case-studies", str(number), stdout=out, **options)
    return out.getvalue()


def test_the_tree_is_valid_and_takes_pages_afterwards():
    a_case_study("Here before", lead="wigan")
    seed(60)
    seed(15)
    assert Page.find_problems() == ([], [], [], [], [])
    assert CaseStudyPage.objects.count() == 76
    after = a_case_study("Here after", lead="wigan")
    assert after.get_parent().slug == "wigan"
    assert Page.find_problems() == ([], [], [], [], [])
    for page in Page.objects.type(CaseStudyPage).specific():
        parent = page.get_parent()
        assert page.url_path == f"{parent.url_path}{page.slug}/"
        assert page.lead_organisation == parent.specific.organisation


def test_entries_are_whole_rated_and_found(client, empty_index):
    model = a_model("Named model")
    said = seed(40)
    assert "search_index --rebuild" in said
    assert Statement.objects.count() == 40 * 12
    assert 10 < ModelUsed.objects.filter(model=model).count() < 40
    assert OutcomeRating.objects.current().values("entry").distinct().count() == 40
    rebuild()
    some = CaseStudyPage.objects.order_by("pk").first()
    assert client.get(some.url).status_code == 200
    listed = client.get("/api/v1/practice/search", {"type": "case_study"}).json()
    assert listed["total"] == 40


def test_the_same_run_makes_the_same_entries():
    seed(5)
    first = list(CaseStudyPage.objects.order_by("content_key").values_list("uid", "title", "summary"))
    OutcomeRating.objects.all()._raw_delete("default")  # published ratings keep their entries from deletion
    CaseStudyPage.objects.all().delete()
    Study.objects.all().delete()
    seed(5)
    assert list(CaseStudyPage.objects.order_by("content_key").values_list("uid", "title", "summary")) == first


def test_words_come_from_the_corpus(tmp_path: Path):
    corpus = tmp_path / "passages.jsonl.gz"
    with gzip.open(corpus, "wt") as lines:
        lines.write(json.dumps({"text": "Quokkas hop. " * 100}) + "\n")
    assert {len(passage.split()) for passage in passages_of(corpus)} == {80, 40}
    seed(2, corpus=corpus)
    assert set(Statement.objects.values_list("text", flat=True)) <= set(passages_of(corpus))


def test_it_refuses_where_real_readers_are(settings):
    del settings.ALLOW_SCALE_DATA
    with pytest.raises(CommandError, match="only in development"):
        seed(1)
    assert not CaseStudyPage.objects.exists()
    settings.DEBUG = True
    seed(1)
    assert CaseStudyPage.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"people": -3}, "neither less than 0"),
        ({"corpus": Path("nowhere.gz")}, "nowhere.gz is no gzipped file"),
    ],
)
def test_it_says_what_it_cannot_do(options: dict[str, Any], reason: str):
    with pytest.raises(CommandError, match=reason):
        seed(1, **options)
    with pytest.raises(CommandError, match="1 or more"):
        seed(0)


def test_without_a_vocabulary_there_is_nothing_to_hang_it_on():
    from practice_library.models import Theme

    Theme.objects.all().delete()
    with pytest.raises(CommandError, match="No themes to choose from"):
        seed(1)
