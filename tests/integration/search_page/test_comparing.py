"""Entries are chosen to compare by links in the results; the address of the search carries them, and nothing else does."""

from __future__ import annotations

import re
import uuid

import pytest

from practice_library.models import Entry
from search.indexing import rebuild
from tests.factories.entries import practice_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def models(empty_index) -> list[Entry]:
    """Five models about lanterns, in the index."""
    made = [practice_model(f"Lantern {number}").page for number in range(5)]
    rebuild()
    return made


def search(client, *chosen: Entry, **params: str) -> str:
    ids = {"ids": ",".join(str(each.uid) for each in chosen)} if chosen else {}
    answer = client.get("/practice/", {"q": "lantern", **ids, **params})
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


@pytest.mark.parametrize("view", ["", "table"])
def test_every_result_begins_a_comparison(client, models, view):
    page = search(client, view=view)
    assert all(f'href="/practice/compare/?ids={each.uid}"' in page for each in models)
    assert "chosen to compare" not in page


@pytest.mark.parametrize("view", ["", "table"])
def test_what_is_chosen_is_added_to(client, models, view):
    first, second, *_ = models
    page = search(client, first, view=view)
    assert f'href="/practice/compare/?ids={first.uid},{second.uid}"' in page
    assert "1 entry is chosen to compare." in page
    assert page.count("Chosen to compare") == 1


def test_it_is_carried_by_every_link_and_by_the_form(client, models):
    first = models[0]
    page = search(client, first)
    links = re.findall(r'href="(/practice/\?[^"]*)"', page)
    kept = [link for link in links if f"ids={first.uid}" in link]
    assert kept
    assert [link for link in links if link not in kept] == ["/practice/?q=lantern"]
    assert f'<input type="hidden" name="ids" value="{first.uid}">' in page


def test_a_fifth_is_not_offered(client, models):
    page = search(client, *models[:4])
    assert "4 entries are chosen to compare. No more fit." in page
    assert str(models[4].uid) not in page
    assert page.count("Chosen to compare") == 4


@pytest.mark.parametrize("given", ["x", "\x00", ",,", "1,2"])
def test_what_is_no_id_is_left_aside(client, models, given):
    answer = client.get("/practice/", {"q": "lantern", "ids": given})
    assert answer.status_code == 200
    assert "chosen to compare" not in answer.content.decode()


def test_an_unknown_id_tells_nothing(client, models):
    """It is counted as chosen, as any id is, and the page that compares says that it is not there."""
    page = client.get("/practice/", {"q": "lantern", "ids": str(uuid.uuid4())}).content.decode()
    assert "1 entry is chosen to compare." in page


def test_the_api_knows_no_such_parameter(client, models):
    assert client.get("/api/v1/practice/search", {"ids": str(models[0].uid)}).status_code == 400
