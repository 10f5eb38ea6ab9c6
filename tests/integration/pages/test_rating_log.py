"""The public history of ratings: append-only, grouped, and silent about what is concealed."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from website.audit.models import AppendOnly
from website.outbox.models import Change

from practice_library.models import Claim, Entry, OutcomeRating
from practice_library.services import rating_again, ratings
from tests.factories.entries import case_study, practice_model

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESSES = ("/practice/ratings/", "/practice/ratings/?because=first", "/practice/ratings/feed.rss",
             "/practice/ratings/feed.atom", "/api/v1/ratings/changes")  # fmt: skip


def current(entry) -> OutcomeRating:
    return OutcomeRating.objects.current().exclude(outcome=None).get(entry=entry.pk)


def changed(entry) -> OutcomeRating:
    """A new fact of an entry that has one claim."""
    Claim.objects.filter(entry=entry.pk).update(direction="adverse")
    ratings.rate_entries(entry_ids=[entry.pk])
    return current(entry)


@pytest.fixture
def entry():
    return practice_model("Lantern house").with_claim("Wellbeing")


def test_what_a_rating_says_is_never_changed_or_removed(entry):
    rating = current(entry)
    rows = OutcomeRating.objects.filter(pk=rating.pk)
    rating.direction = "adverse"
    for change in (
        rating.save,
        rating.delete,
        rows.delete,
        lambda: rows.update(strength=5),
        lambda: rows.update(superseded_at=None),
        lambda: Entry.objects.get(pk=entry.pk).ratings.update(reason="none"),
        lambda: Entry.objects.get(pk=entry.pk).ratings.all().delete(),
        lambda: OutcomeRating._base_manager.filter(pk=rating.pk).update(detail={}),
        lambda: OutcomeRating.objects.bulk_update([rating], ["direction"]),
        lambda: OutcomeRating.objects.bulk_create(
            [rating], update_conflicts=True, update_fields=["direction"], unique_fields=["uid"]
        ),
        lambda: OutcomeRating.objects.update_or_create(pk=rating.pk, defaults={"direction": "mixed"}),
    ):
        with pytest.raises(AppendOnly):
            change()
    stored = rows.get()
    assert (stored.direction, stored.strength, stored.superseded_at) == ("favourable", 1, None)
    with pytest.raises(ProtectedError):
        stored.outcome.delete()


def test_what_readers_could_see_outlives_attempts_to_delete_its_entry(entry, client):
    Entry.objects.filter(pk=entry.pk).update(first_published_at=timezone.now())
    page = Entry.objects.get(pk=entry.pk)
    permalink = f"/practice/ratings/{current(entry).uid}/"
    for delete in (page.delete, page.get_parent().delete):
        with pytest.raises(ProtectedError), transaction.atomic():
            delete()
    assert client.get(permalink).status_code == 200
    draft = practice_model("Not yet").with_claim("Wellbeing")
    Entry.objects.filter(pk=draft.pk).update(live=False)
    Entry.objects.get(pk=draft.pk).delete()
    assert not OutcomeRating.objects.filter(entry=draft.pk).exists()


def test_a_changed_fact_appends_a_row_that_names_the_one_it_replaces(entry):
    old = current(entry)
    new = changed(entry)
    assert (new.replaces, new.because, new.direction) == (old, "facts", "adverse")
    assert (old.because, OutcomeRating.objects.get(pk=old.pk).direction) == ("first", "favourable")


def test_an_outcome_without_findings_ends_with_a_last_row(entry, client):
    old = current(entry)
    Claim.objects.filter(entry=entry.pk).delete()
    ratings.rate_entries(entry_ids=[entry.pk])
    last = OutcomeRating.objects.get(replaces=old)
    assert (last.because, last.superseded_at == last.rated_at) == ("ended", True)
    assert "Not rated any more" in client.get("/practice/ratings/").content.decode()
    assert client.get(f"/practice/ratings/{last.uid}/").status_code == 200


def test_the_log_page_feed_and_api_tell_of_a_change(entry, client):
    new = changed(entry)
    page = client.get("/practice/ratings/").content.decode()
    assert "A fact behind it changed" in page
    assert f"/practice/ratings/{new.uid}/" in page
    assert "before that Better, reported by practitioners" in page
    assert page.index("A fact behind it changed") < page.index("Rated for the first time"), "the newest first"
    for feed, item, date in (("rss", "channel/item", "pubDate"), ("atom", f"{ATOM}entry", f"{ATOM}updated")):
        answer = client.get(f"/practice/ratings/feed.{feed}")
        items = ET.fromstring(answer.content).findall(item)
        assert str(new.uid) in ET.tostring(items[0]).decode()
        assert all(each.find(date) is not None for each in items)
    assert ET.fromstring(answer.content).findtext(f"{ATOM}author/{ATOM}name") == "Practice Commons"
    first, second = client.get("/api/v1/ratings/changes").json()["changes"]
    assert (first["id"], first["because"], first["direction"]) == (str(new.uid), "facts", "adverse")
    assert first["before"]["id"] == second["id"]
    assert client.get("/api/v1/ratings/changes?because=first").json()["total"] == 1
    assert client.get("/api/v1/ratings/changes?since=2999-01-01").json()["total"] == 0
    for query in ("since=soon", "because=mood", "page=0", "colour=red"):
        assert client.get(f"/api/v1/ratings/changes?{query}").status_code == 400


def test_the_entry_links_to_its_history(entry, client):
    changed(entry)
    other = practice_model("Another house").with_claim("Wellbeing")
    uid = Entry.objects.get(pk=entry.pk).uid
    address = f"/practice/ratings/?entry={uid}"
    assert address in client.get(entry.url).content.decode()
    history = client.get(address).content.decode()
    assert history.count("Version 2026-11 of the standard") == 2
    assert "Another house" not in history, other.pk
    for nonsense in ("entry=x", f"entry={current(entry).uid}", "day=soon", "because=mood"):
        assert client.get(f"/practice/ratings/?{nonsense}").status_code == 404


def test_a_thousand_first_ratings_are_one_line(client):
    for n in range(12):
        practice_model(f"Model {n}").with_claim("Wellbeing")
    page = client.get("/practice/ratings/").content.decode()
    assert "12 ratings of 12 entries" in page
    assert "Model 3" not in page
    feed = ET.fromstring(client.get("/practice/ratings/feed.rss").content)
    assert len(feed.findall("channel/item")) == 1
    assert "Model 3" in client.get("/practice/ratings/?because=first").content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("way", ["hidden_at", "withdrawn_at", "draft"])
def test_nothing_concealed_is_told(client, entry, address, way):
    secret = case_study("Whispering wood").with_claim("Wellbeing")
    assert "Whispering wood" in client.get(address).content.decode(), "the control"
    rating = current(secret)
    if way == "draft":
        Entry.objects.filter(pk=secret.pk).update(live=False)
    else:
        Entry.objects.filter(pk=secret.pk).update(**{way: rating.rated_at})
    told = client.get(address).content.decode()
    assert "Whispering wood" not in told
    assert str(rating.uid) not in told
    assert "Lantern house" in told
    secret_uid = Entry.objects.get(pk=secret.pk).uid
    assert client.get(f"/practice/ratings/?entry={secret_uid}").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_queries_do_not_grow(client, address):
    def asked() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    practice_model("Model").with_claim("Wellbeing")
    one = asked()
    for n in range(9):
        practice_model(f"Model {n}").with_claim("Wellbeing")
    assert asked() == one <= 6


def test_a_new_version_of_the_standard_rates_everything_and_goes_on_after_a_stop(monkeypatch, client):
    entries = [practice_model(f"Model {n}").with_claim("Wellbeing") for n in range(5)]
    for module in ("standard", "entry"):
        monkeypatch.setattr(f"practice_library.evidence.{module}.STANDARD_VERSION", "2030-01")
    monkeypatch.setattr(rating_again, "STANDARD_VERSION", "2030-01")
    whole = ratings.rate_entry
    monkeypatch.setattr(ratings, "rate_entry", lambda facts: _of_version(whole(facts)))
    Change.objects.all().delete()
    left = rating_again.left_to_rate()
    assert len(left) == 5
    assert next(rating_again.rate_again(left, batch=2)) == (2, 2)  # and stopped here
    assert len(rating_again.left_to_rate()) == 3
    out = io.StringIO()
    call_command("rate_all", "--batch", "2", stdout=out)
    assert "2 of 3 rated" in out.getvalue()
    assert "3 of 3 rated, 3 changed" in out.getvalue()
    assert {current(entry).because for entry in entries} == {"standard"}
    assert {current(entry).standard_version for entry in entries} == {"2030-01"}
    assert Change.objects.values("object_uid").distinct().count() == 5, "search is told"
    again = io.StringIO()
    call_command("rate_all", stdout=again)
    assert "0 entries to rate" in again.getvalue()


def _of_version(rating):
    import dataclasses

    return dataclasses.replace(rating, standard_version="2030-01")
