"""The page and the API offer the properties that a question names, with what each would find."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from practice_library.models import Entry

pytestmark = pytest.mark.django_db
Ask = Callable[..., Any]


def offered(page: Any) -> dict[str, tuple[str, int]]:
    """Label, address and count of each offer."""
    line = re.search(r'id="show-only">(.*?)</p>', page.html, flags=re.DOTALL)
    links = re.findall(r'href="([^"]+)">([^<]+) · ([\d,]+)<', line[1]) if line else []
    return {unescape(label): (unescape(url), int(count.replace(",", ""))) for url, label, count in links}


def total(client: Client, url: str) -> int:
    found = re.search(r"([\d,]+) results?\b", client.get(url).content.decode())
    assert found
    return int(found[1].replace(",", ""))


@pytest.fixture
def since(library: None) -> str:
    """A question about a property of entries that are there."""
    from search.current import current_engine
    from search.engine import PracticeQuery

    state = next(value.value for value in current_engine().search(PracticeQuery()).facets["status"])
    return {"stopped": "that stopped", "running": "still running", "scaled": "still running"}.get(
        state, "not tested yet"
    )


def test_each_offer_finds_as_many_as_it_says(since: str, ask: Ask, client: Client) -> None:
    offers = offered(ask(q=f"which councils {since} from 1990 to 2030"))
    assert offers
    for url, count in offers.values():
        assert count == total(client, url) > 0


def test_nothing_is_offered_for_my_words_only_or_for_other_words(since: str, ask: Ask) -> None:
    assert offered(ask(q=since))
    assert not offered(ask(q=since, words="mine"))
    assert not offered(ask(q="pods"))


def test_nothing_is_applied_by_itself(since: str, ask: Ask) -> None:
    page = ask(q=since)
    assert "pc-chips" not in page.html or not page.chosen("status")


def test_a_page_without_results_offers_them_too(since: str, ask: Ask) -> None:
    page = ask(q=f'{since} "no such phrase anywhere"')
    assert page.titles == []
    assert not offered(page)  # the phrase stays in what would be searched for: nothing could be found
    found = ask(q=since, status="proposed")
    assert found.titles == []
    assert offered(found)


def test_counts_follow_visibility(since: str, ask: Ask, client: Client) -> None:
    label, (url, count) = next(iter(offered(ask(q=since)).items()))
    answer = client.get("/api/v1/practice/search" + url[url.index("?") :].replace("group=none", ""))
    uid = answer.json()["results"][0]["id"]
    Entry.objects.filter(uid=uid).update(hidden_at=timezone.now())
    after = offered(ask(q=since))
    assert after.get(label, ("", 0))[1] == count - 1


def test_the_api_gives_the_same_offers(since: str, ask: Ask, client: Client) -> None:
    page = offered(ask(q=since))
    given = client.get("/api/v1/practice/search", {"q": since}).json()["offers"]
    assert [(each["label"], each["count"]) for each in given] == [
        (label, n) for label, (_, n) in page.items()
    ]
    assert all(each["filters"] for each in given)
