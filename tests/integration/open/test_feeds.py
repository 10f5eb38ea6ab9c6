"""A search as RSS and Atom: the same entries as its page, the last changed first, and nothing that nobody may read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from practice_library.models import Entry
from search.indexing import rebuild
from tests.factories.making import a_case_study, a_model
from tests.integration.api.conftest import Library
from tests.integration.search.test_visibility import CANARY, WAYS

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def changed(entry: Entry, day: dt.datetime) -> None:
    Entry.objects.filter(pk=entry.pk).update(last_published_at=day, first_published_at=DAY)


def atom(client: Client, **params: Any) -> ElementTree.Element:
    answer = client.get("/practice/feed.atom", params)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(answer.content)


def rss(client: Client, **params: Any) -> ElementTree.Element:
    answer = client.get("/practice/feed.rss", params)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
    channel = ElementTree.fromstring(answer.content).find("channel")
    assert channel is not None
    return channel


def titles(client: Client, **params: Any) -> list[str | None]:
    """Both kinds of feed list the same."""
    told = [each.text for each in atom(client, **params).iterfind(f"{ATOM}entry/{ATOM}title")]
    assert [each.text for each in rss(client, **params).iterfind("item/title")] == told
    return told


def test_a_feed_holds_what_its_search_finds_and_follows_its_parameters(
    library: Library, client: Client
) -> None:
    model, place = (entry.title for entry in library)
    assert {*titles(client)} == {model, place}
    assert titles(client, type="model") == [model]
    assert titles(client, authority="wigan") == [place]
    assert {*titles(client, q="teenagers")} == {model}
    assert titles(client, q="no such words at all") == []
    assert {*titles(client, q="lantern", page="2", size="1", view="table", group="none", utm="x")} == {
        model,
        place,
    }


def test_the_last_changed_comes_first_and_the_list_ends(library: Library, client: Client) -> None:
    more = [a_model(f"Lamp {number}") for number in range(55)]
    for number, entry in enumerate(more):
        changed(entry, DAY + dt.timedelta(days=number))
    rebuild()
    found = titles(client, q="", sort="tested")
    assert found == [f"Lamp {number}" for number in range(54, 4, -1)]


def test_an_atom_entry_says_what_a_list_says(library: Library, client: Client) -> None:
    model, _ = library
    changed(model, DAY + dt.timedelta(days=9))
    feed = atom(client, type="model")
    (entry,) = feed.iterfind(f"{ATOM}entry")
    told = {child.tag.removeprefix(ATOM): child for child in entry}
    assert told["id"].text == f"urn:uuid:{model.uid}"
    assert told["link"].get("href") == "http://testserver/practice/models/lantern-house/"
    assert (told["published"].text, told["updated"].text) == (
        "2026-03-01T12:00:00+00:00",
        "2026-03-10T12:00:00+00:00",
    )
    assert told["rights"].text == "Creative Commons Attribution 4.0"
    words = BeautifulSoup(told["summary"].text or "", "html.parser").get_text(" ")
    assert "A hub for teenagers." in words
    assert "entry to care" in words
    assert "Compared with a similar group" in words
    own = {link.get("rel"): link.get("href") for link in feed.iterfind(f"{ATOM}link")}
    assert own == {
        "self": "http://testserver/practice/feed.atom?type=model",
        "alternate": "http://testserver/practice/?type=model",
    }
    assert feed.findtext(f"{ATOM}title") == "Practice Commons: Model"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Practice Commons"


def test_an_rss_item_has_a_lasting_id_and_a_date(library: Library, client: Client) -> None:
    changed(library[1], DAY)
    channel = rss(client, type="case_study")
    (item,) = channel.iterfind("item")
    guid = item.find("guid")
    assert guid is not None
    assert (guid.text, guid.get("isPermaLink")) == (f"urn:uuid:{library[1].uid}", "false")
    assert item.findtext("pubDate") == "Sun, 01 Mar 2026 12:00:00 +0000"
    assert item.findtext("link") == "http://testserver/practice/wigan/lantern-house-in-wigan/"
    assert "not confirmed since" in str(item.findtext("description"))


def test_what_would_break_xml_or_html_is_escaped(library: Library, client: Client) -> None:
    a_model(
        "Fish & <b>chips</b> ]]>\x0b",
        slug="fish",
        summary='<script>alert("x")</script> & more\x00'.replace("\x00", "\x01"),
    )
    rebuild()
    (title,) = titles(client, q="chips")
    assert title == "Fish & <b>chips</b> ]]>"
    summary = atom(client, q="chips").findtext(f"{ATOM}entry/{ATOM}summary")
    assert "<script>" not in str(summary)
    assert "&lt;script&gt;" in str(summary)


def test_without_a_licence_only_its_name_and_address(library: Library, client: Client) -> None:
    a_model("Closed house", licence="", summary="Secret of the house.")
    rebuild()
    for kind in ("rss", "atom"):
        text = client.get(f"/practice/feed.{kind}", {"q": "closed house"}).content.decode()
        assert "/practice/models/closed-house/" in text
        assert "Secret" not in text
        assert "it can be read, not reused" in text


@pytest.mark.parametrize("conceal", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_what_nobody_may_read_is_in_no_feed_also_with_a_stale_index(
    library: Library, client: Client, kind: str, conceal: Any
) -> None:
    hidden = a_case_study(f"{CANARY} pods", lead="camden", summary=f"Lantern of {CANARY}.")
    rebuild()
    path = f"/practice/feed.{kind}"
    asked = [{}, {"q": "lantern"}, {"authority": "camden"}]
    before = [client.get(path, params) for params in asked]
    assert all(CANARY in answer.content.decode() for answer in before)
    conceal(hidden)
    for params, held in zip(asked, before, strict=True):
        after = client.get(
            path,
            params,
            headers={"If-None-Match": held["ETag"], "If-Modified-Since": "Sun, 01 Mar 2099 12:00:00 GMT"},
        )
        assert after.status_code == 200
        assert CANARY not in after.content.decode()


def test_a_feed_does_not_name_a_concealed_model(library: Library, client: Client) -> None:
    model, place = library
    model.title = f"{CANARY} house"
    model.save()
    rebuild()
    address = "/practice/feed.atom?model=lantern-house"
    assert CANARY in client.get(address).content.decode()
    Entry.objects.filter(pk=model.pk).update(hidden_at=timezone.now())
    after = client.get(address).content.decode()
    assert place.title in after
    assert CANARY not in after


def test_a_parameter_that_makes_no_sense_is_refused_in_words(library: Library, client: Client) -> None:
    answer = client.get("/practice/feed.atom", {"direction": "upwards"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert "is not a value of direction" in answer.content.decode()
    assert client.post("/practice/feed.atom").status_code == 405


def test_without_the_index_it_says_to_come_again(library: Library, client: Client, tmp_path: Path) -> None:
    with override_settings(SEARCH_INDEX_DIR=tmp_path / "nothing", SEARCH_INDEX_PREFIX="nothing"):
        answer = client.get("/practice/feed.rss")
    assert (answer.status_code, answer["Retry-After"]) == (503, "300")


def test_a_feed_costs_the_same_queries_at_any_size(library: Library, client: Client) -> None:
    costs = []
    for number in range(60):
        a_case_study(f"Lantern {number}", lead="leeds")
        if number in (5, 59):
            rebuild()
            client.get("/practice/feed.atom", {"q": "lantern"})
            with CaptureQueriesContext(connection) as caught:
                client.get("/practice/feed.atom", {"q": "lantern"})
            costs.append(len(caught))
    assert costs[0] == costs[1] <= 6


def test_the_search_page_leads_to_its_feeds_and_exports(library: Library, client: Client) -> None:
    page = BeautifulSoup(
        client.get("/practice/", {"q": "lantern", "type": "model", "view": "table", "page": "1"}).content,
        "html.parser",
    )
    feeds = {link["type"]: link["href"] for link in page.head.find_all("link", rel="alternate")}  # type: ignore[union-attr]
    assert feeds == {
        "application/rss+xml": "/practice/feed.rss?q=lantern&type=model",
        "application/atom+xml": "/practice/feed.atom?q=lantern&type=model",
    }
    linked = [link["href"] for link in page.main.find_all("a")]  # type: ignore[union-attr]
    for kind in ("csv", "xlsx", "jsonl"):
        assert f"/api/v1/export/practice.{kind}?q=lantern&type=model" in linked
    for address in (*feeds.values(), *(link for link in linked if link.startswith("/api/"))):
        assert client.get(address).status_code == 200


def test_no_export_is_offered_of_nothing(library: Library, client: Client) -> None:
    assert "/api/v1/export/" not in client.get("/practice/", {"q": "zebra"}).content.decode()
