"""Who holds an answer as it is now is told so; who holds what is hidden, changed or somebody's own is not."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from website.accounts.models import User
from website.conditional import ConditionalMiddleware

from practice_library.models import Entry
from search.indexing import rebuild
from tests.factories.making import a_model, with_claim
from tests.integration.api.conftest import Library

PUBLIC = (
    "/", "/practice/", "/practice/?q=lantern", "/practice/models/lantern-house/", "/practice/models/", "/authorities/",
    "/authorities/wigan/", "/about/evidence-standard/", "/practice/feed.atom", "/practice/feed.rss", "/sitemap.xml",
    "/practice/models/lantern-house/cite.ris", "/api/v1/practice/search?q=lantern", "/api/v1/practice/suggest?q=lan",
    "/api/v1/vocabularies/cohorts", "/api/v1/authorities", "/api/v1/authorities/wigan", "/api/v1/registers/lantern-house",
    "/api/v1/gaps", "/api/v1/questions",
)  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_an_answer_that_is_known_is_not_sent_again(library: Library, client: Client, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": f'"another", {first["ETag"]}'})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"]
    assert first["Cache-Control"] == again["Cache-Control"] == "no-cache"
    for answer in (first, again):
        assert "Cookie" in answer["Vary"]
        assert not answer.cookies
    assert "Content-Security-Policy" in first
    assert "Content-Security-Policy" not in again, "the stored page keeps the policy it came with"
    assert client.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("path", [
    "/practice/", "/practice/?q=lantern", "/practice/models/", "/practice/models/lantern-house/", "/practice/feed.atom",
    "/api/v1/practice/search", "/api/v1/practice/{uid}", "/api/v1/registers/lantern-house", "/api/v1/gaps?cohort=adolescents",
    "/sitemap.xml", "/practice/models/lantern-house/cite.bib",
])  # fmt: skip
def test_what_is_hidden_is_never_confirmed(library: Library, client: Client, path: str) -> None:
    model, _ = library
    path = path.format(uid=model.uid)
    held = client.get(path)
    assert held.status_code == 200
    Entry.objects.filter(pk=model.pk).update(hidden_at=timezone.now())
    for headers in (
        {"If-None-Match": held["ETag"]},
        {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ):
        after = client.get(path, headers=headers)
        assert after.status_code in (200, 404)
        assert "A hub for teenagers" not in after.content.decode()
        assert "/lantern-house/" not in after.content.decode()


def test_a_page_whose_facts_changed_is_sent_whatever_its_date(library: Library, client: Client) -> None:
    model, _ = library
    Entry.objects.filter(pk=model.pk).update(last_published_at=timezone.now())
    held = client.get("/practice/models/lantern-house/")
    with_claim(model, "Wellbeing", direction="adverse")
    after = client.get(
        "/practice/models/lantern-house/",
        headers={"If-None-Match": held["ETag"], "If-Modified-Since": held["Last-Modified"]},
    )
    assert after["Last-Modified"] == held["Last-Modified"]
    assert after.status_code == 200
    assert "ellbeing" in after.content.decode()


def test_entries_and_feeds_say_when_they_changed(library: Library, client: Client) -> None:
    model, place = library
    day = timezone.now().replace(2026, 3, 1, 12, 0, 0, 0)
    Entry.objects.filter(pk__in=[model.pk, place.pk]).update(last_published_at=day)
    for path in (
        "/practice/models/lantern-house/",
        f"/api/v1/practice/{model.uid}",
        "/practice/feed.atom",
        "/sitemap-entries.xml",
    ):
        assert client.get(path)["Last-Modified"] == "Sun, 01 Mar 2026 12:00:00 GMT", path


def test_the_time_a_search_took_is_no_change(library: Library, client: Client) -> None:
    tag = client.get("/api/v1/practice/search")["ETag"]
    assert tag.startswith("W/")
    a_model("Another lantern")
    rebuild()
    assert client.get("/api/v1/practice/search", headers={"If-None-Match": tag}).status_code == 200


def test_signed_in_people_get_pages_of_their_own(library: Library, client: Client) -> None:
    visitor = client.get("/practice/models/lantern-house/")
    client.force_login(User.objects.create_user("reader@example.org", "long-enough-passphrase"))
    own = client.get("/practice/models/lantern-house/", headers={"If-None-Match": visitor["ETag"]})
    assert own.status_code == 200
    assert "Sign out" in own.content.decode()
    assert "ETag" not in own
    assert own["Cache-Control"] == "private, no-cache"
    assert "Cookie" in own["Vary"]


def test_head_is_answered_as_get(library: Library, client: Client) -> None:
    for path in ("/practice/models/lantern-house/", "/api/v1/practice/search"):
        tag = client.get(path)["ETag"]
        assert client.head(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/healthz", "/no-such-page/", "/cms/login/"])
def test_forms_probes_errors_and_the_cms_have_no_tag(client: Client, path: str) -> None:
    assert "ETag" not in client.get(path)


def test_errors_of_the_api_have_no_tag(library: Library, client: Client) -> None:
    answer = client.get("/api/v1/practice/search", {"cohrt": "x"})
    assert (answer.status_code, answer.has_header("ETag")) == (400, False)


def test_an_export_goes_through_as_a_stream(library: Library, client: Client) -> None:
    answer = client.get("/api/v1/export/practice.csv")
    assert answer.streaming
    assert "ETag" not in answer
    assert answer["Cache-Control"] == "no-cache"


def through(response: HttpResponse, **headers: Any) -> HttpResponse:
    def answer(request: HttpRequest) -> HttpResponse:
        return response

    return ConditionalMiddleware(answer)(RequestFactory().get("/", headers=headers))


def test_a_page_with_a_nonce_a_cookie_or_a_secret_is_always_sent() -> None:
    nonce = HttpResponse("a", headers={"Content-Security-Policy": "script-src 'nonce-abc'"})
    cookie = HttpResponse("a")
    cookie.set_cookie("messages", "once")
    secret = HttpResponse("a", headers={"Cache-Control": "no-store"})
    for response in (nonce, cookie, secret):
        assert (through(response, **{"If-None-Match": "*"}).status_code, response.has_header("ETag")) == (
            200,
            False,
        )
    assert cookie["Cache-Control"] == "private, no-cache"
    assert through(HttpResponse("a"), **{"If-None-Match": "*"}).status_code == 304
