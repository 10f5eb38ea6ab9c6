"""A reviewer's value: who may set it, what stays public, and that search, pages and API say the same."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from website.audit.models import AuditEntry
from website.outbox.models import Change

from practice_library.models import Claim, Entry, OutcomeRating
from practice_library.services.ratings import (
    OverrideRefused,
    RatingChanged,
    Reviewer,
    override_rating,
    rate_entries,
)
from search.indexing import drain
from tests.factories.making import a_case_study, with_claim
from tests.integration.cms.conftest import member_of
from tests.integration.search.conftest import site_engine as site_engine

SIGNED = {
    "reason": "Only two families were asked.",
    "role": "Head of research",
    "organisation": "A university",
}
VALUE = {"strength": "2", "direction": "mixed"}


@pytest.fixture
def entry(library):
    place = a_case_study("Family centres", lead="wigan")
    with_claim(place, "Wellbeing", sort_order=0)
    with_claim(place, "Entry to care", direction="inconclusive", sort_order=1)
    return place


def rating_of(entry, outcome="Wellbeing") -> OutcomeRating:
    return OutcomeRating.objects.current().get(entry=entry.pk, outcome__name=outcome)


@pytest.fixture
def reviewer(library, client):
    user = member_of("Evidence reviewers", email="rita@example.org")
    client.force_login(user)
    return user


def by(user, organisation="A university") -> Reviewer:
    return Reviewer(user, "Head of research", organisation)


def test_a_reviewer_sets_a_value_and_everything_shows_it(entry, reviewer, client, site_engine):
    old = rating_of(entry)
    assert f"/cms/ratings/{old.uid}/override/" in client.get("/cms/ratings/?q=family").content.decode()
    Change.objects.all().delete()
    answer = client.post(f"/cms/ratings/{old.uid}/override/", {**SIGNED, **VALUE})
    assert answer.status_code == 302
    new = rating_of(entry)
    assert (new.strength, new.direction, new.computed_strength, new.computed_direction) == (
        2,
        "mixed",
        1,
        "favourable",
    )
    assert (new.because, new.replaces, new.is_headline) == ("overridden", old, True)
    assert not rating_of(entry, "Entry to care").is_headline
    assert Change.objects.filter(object_uid=entry.uid).exists()
    assert AuditEntry.objects.get(action="rating.overridden").who == reviewer.pk
    drain()
    found = client.get("/api/v1/practice/search?evidence=monitored&direction=mixed").json()
    assert [each["evidence"] for each in found["results"]] == [{"strength": 2, "direction": "mixed"}]
    assert client.get("/api/v1/practice/search?outcome=wellbeing&direction=favourable").json()["total"] == 0
    told = client.get(f"/api/v1/practice/{entry.uid}").json()["ratings"][0]
    assert told["computed"] == {"strength": 1, "direction": "favourable"}
    assert told["override"]["reason"] == SIGNED["reason"]
    for address in (f"/practice/wigan/{entry.slug}/", f"/practice/ratings/{new.uid}/", "/practice/ratings/"):
        page = client.get(address).content.decode()
        assert SIGNED["reason"] in page
        assert "Head of research, A university" in page
        assert "Eva Editor" not in page


@pytest.mark.parametrize("feed", ["rss", "atom"])
def test_in_a_feed_a_reason_is_text_and_never_markup(entry, reviewer, client, feed):
    reason = "Fewer than <b>ten</b> & rare."
    override_rating(rating=rating_of(entry), strength=1, direction="adverse", reason=reason, by=by(reviewer))
    told = "".join(ET.fromstring(client.get(f"/practice/ratings/feed.{feed}").content).itertext())
    assert "&lt;b&gt;ten&lt;/b&gt; &amp; rare." in told
    assert "<b>" not in told


def test_a_value_can_be_taken_back_and_both_stay_in_the_history(entry, reviewer, client):
    client.post(f"/cms/ratings/{rating_of(entry).uid}/override/", {**SIGNED, **VALUE})
    answer = client.post(f"/cms/ratings/{rating_of(entry).uid}/lift/", SIGNED)
    assert answer.status_code == 302
    now = rating_of(entry)
    assert (now.because, now.strength, now.direction) == ("lifted", 1, "favourable")
    assert [row.because for row in OutcomeRating.objects.filter(outcome=now.outcome).order_by("pk")] == [
        "first", "overridden", "lifted",
    ]  # fmt: skip
    assert client.get(f"/practice/ratings/{now.uid}/").status_code == 200


def test_a_value_outlives_new_facts_until_the_facts_agree(entry, reviewer):
    override_rating(
        rating=rating_of(entry), strength=1, direction="adverse", reason="Read the annex.", by=by(reviewer)
    )
    Claim.objects.filter(entry=entry.pk, outcome__name="Wellbeing").update(direction="mixed")
    rate_entries(entry_ids=[entry.pk])
    kept = rating_of(entry)
    assert (kept.direction, kept.computed_direction, kept.because, kept.reason) == (
        "adverse", "mixed", "facts", "Read the annex.",
    )  # fmt: skip
    assert kept.harm_flag
    Claim.objects.filter(entry=entry.pk, outcome__name="Wellbeing").update(direction="adverse")
    rate_entries(entry_ids=[entry.pk])
    assert (rating_of(entry).is_override, rating_of(entry).reason) == (False, "")


@pytest.mark.parametrize("group", ["Editors", "Moderators"])
def test_nobody_else_finds_the_pages(entry, client, group):
    client.force_login(member_of(group, email="else@example.org"))
    rating = rating_of(entry)
    for address in (
        "/cms/ratings/",
        f"/cms/ratings/{rating.uid}/override/",
        f"/cms/ratings/{rating.uid}/lift/",
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {**SIGNED, **VALUE}).status_code in (404, 405)
    assert rating_of(entry) == rating
    client.logout()
    assert client.get("/cms/ratings/").status_code == 302


def test_what_readers_cannot_see_is_not_reviewed(entry, reviewer, client):
    rating = rating_of(entry)
    Entry.objects.filter(pk=entry.pk).update(hidden_at=rating.rated_at)
    assert client.get(f"/cms/ratings/{rating.uid}/override/").status_code == 404
    assert "Family centres" not in client.get("/cms/ratings/").content.decode()


@pytest.mark.parametrize(("change", "words"), [
    ({"reason": " "}, "This field is required"),
    ({"organisation": "Wigan Council"}, "own organisation"),
    ({"organisation": "wigan"}, "own organisation"),
    ({"strength": "1", "direction": "favourable"}, "That is the computed value"),
    ({"strength": "0"}, "was not tested"),
    ({"strength": "6"}, "Select a valid choice"),
])  # fmt: skip
def test_what_cannot_stand_is_refused_with_a_reason(entry, reviewer, client, change, words):
    rating = rating_of(entry)
    answer = client.post(f"/cms/ratings/{rating.uid}/override/", {**SIGNED, **VALUE, **change})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert rating_of(entry) == rating


def test_a_rating_that_was_replaced_meanwhile_is_not_overridden(entry, reviewer):
    rating = rating_of(entry)
    ask = {"rating": rating, "direction": "mixed", "reason": "Read it.", "by": by(reviewer)}
    override_rating(strength=2, **ask)
    with pytest.raises(RatingChanged):
        override_rating(strength=0, **{**ask, "direction": "not-known"})
    with pytest.raises(OverrideRefused):
        override_rating(strength=2, **{**ask, "rating": rating_of(entry)})


def test_reviewers_edit_nothing(reviewer):
    rights = reviewer.get_all_permissions()
    assert {"wagtailadmin.access_admin", "practice_library.override_rating"} <= rights
    assert not [
        right
        for right in rights
        if right.split(".")[1].split("_")[0] in ("add", "change", "delete", "publish", "hide")
    ]
