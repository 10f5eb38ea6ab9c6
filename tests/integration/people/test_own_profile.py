"""A member writes, hides and takes away what is said of them; who sees each row is shown next to it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from website.accounts.models import User
from website.accounts.permissions import NotAllowed

from network.audience import FIELDS, viewer_of
from network.choices import Audience
from network.models import Profile
from network.own_profile import HEADINGS, SWITCHES, seen_by
from network.services import profiles
from network.shown import as_seen_by, person_at
from network.views.own import SEEN_BY
from tests.factories.people import a_person, profile
from tests.integration.people.conftest import ADMITTED, browser_of

pytestmark = pytest.mark.django_db

FORM: dict[str, Any] = {
    "name": "Hol Der",
    "role": "Team manager",
    "listed": "on",
    **{f"audience_{field}": "network" for field in FIELDS},
}


def test_a_profile_is_begun_and_asks_for_the_two_audiences_without_a_default(holder: User):
    client = browser_of(holder)
    assert client.get("/me/profile/")["Location"] == "/me/profile/edit/"
    page = BeautifulSoup(client.get("/me/profile/edit/").content, "html.parser")
    for field in FIELDS:
        chosen = page.select_one(f"#id_audience_{field} option[selected]")
        assert (chosen is None or not chosen["value"]) is (field in ("blockages", "availability")), field
    without = {key: value for key, value in FORM.items() if key != "audience_blockages"}
    assert client.post("/me/profile/edit/", without).status_code == 200
    assert not Profile.objects.exists()
    client.post("/me/profile/edit/", FORM)
    assert Profile.objects.get(person=holder).listed


def test_every_row_says_who_sees_it(holder: User):
    profile(holder, Audience.REGION)
    page = BeautifulSoup(browser_of(holder).get("/me/profile/").content, "html.parser")
    said = {
        row.th.get_text(strip=True): row.select_one('[data-label="Who sees it"]').get_text(strip=True)
        for row in page.select("tbody tr")
    }
    assert said == {HEADINGS[field]: Audience.REGION.label for field in FIELDS}


def test_it_says_what_was_agreed_to_and_when_it_was_confirmed(holder: User):
    held = profile(holder, borrowable=True)
    page = BeautifulSoup(browser_of(holder).get("/me/profile/").content, "html.parser")
    assert f"Confirmed on {held.confirmed_at:%-d %B %Y}" in page.main.get_text(" ")
    said = [item.get_text() for item in page.select("#agreed li")]
    assert len(said) == len(SWITCHES)
    assert said[:3] == [
        "List me, so that members can find me: yes",
        "I may be asked for a loan: yes",
        "I may be introduced to people who do the same work: no",
    ]


@pytest.mark.parametrize(
    "switch",
    [
        {"hidden_at": timezone.now()},
        {"listed": False},
        {"confirmed_at": timezone.now() - dt.timedelta(days=400)},
        {"safety_flag": True},
    ],
    ids=lambda switch: next(iter(switch)),
)
def test_who_sees_it_tells_the_truth_when_a_switch_is_thrown(switch: dict[str, Any], holder: User):
    profile(holder, **switch)
    held = Profile.objects.at_home().get()
    assert seen_by(held, "about") == Audience.ME.label
    assert (seen_by(held, "role") == Audience.ME.label) is ("safety_flag" not in switch)


def test_hide_me_now_takes_effect_at_once_and_can_be_undone(holder: User, viewers: dict[str, Any]):
    held = profile(holder)
    own, other = browser_of(holder), browser_of(viewers["colleague"])
    assert other.get(f"/people/{held.pk}/").status_code == 200
    own.post("/me/profile/", {"act": "hide"})
    assert other.get(f"/people/{held.pk}/").status_code == 404
    assert own.get(f"/people/{held.pk}/").status_code == 200
    own.post("/me/profile/", {"act": "show"})
    assert other.get(f"/people/{held.pk}/").status_code == 200


def test_confirming_brings_back_what_had_gone_out_of_date(holder: User, viewers: dict[str, Any]):
    held = profile(holder, confirmed_at=timezone.now() - dt.timedelta(days=400))
    other = browser_of(viewers["elsewhere"])
    assert other.get(f"/people/{held.pk}/").status_code == 404
    browser_of(holder).post("/me/profile/", {"act": "confirm"})
    assert other.get(f"/people/{held.pk}/").status_code == 200


def test_view_as_shows_what_these_would_see(holder: User, viewers: dict[str, Any]):
    held = profile(holder, Audience.ORGANISATION, about="Only for colleagues", audience_name="network")
    own = browser_of(holder)
    for view, whom in (("manager", "manager"), ("elsewhere", "elsewhere")):
        mine = _main(own.get(f"/me/profile/?as={view}"))
        theirs = _main(browser_of(viewers[whom]).get(f"/people/{held.pk}/"))
        assert ("Only for colleagues" in mine) is ("Only for colleagues" in theirs) is (view == "manager")
    assert "never see people" in _main(own.get("/me/profile/?as=visitor"))
    Profile.objects.update(hidden_at=timezone.now())
    assert "Only for colleagues" not in _main(own.get("/me/profile/?as=manager"))


def test_view_as_is_true_for_every_row_and_every_audience(holder: User, viewers: dict[str, Any]):
    """What the reader is told they would see is what these people do see, row by row."""
    held = profile(holder, about="About", learning="More", languages="Welsh", working_pattern="Mornings")
    audiences = list(Audience)
    for turn in range(len(audiences)):
        chosen = {field: audiences[(turn + n) % len(audiences)] for n, field in enumerate(FIELDS)}
        Profile.objects.update(**{f"audience_{field}": audience for field, audience in chosen.items()})
        mine = Profile.objects.at_home().get(pk=held.pk)
        for view, whom in (("manager", "manager"), ("elsewhere", "elsewhere")):
            told = as_seen_by(mine, SEEN_BY[view](mine.home))
            seen = person_at(held.pk, viewer_of(viewers[whom]))
            expected = {field for field, audience in chosen.items() if audience in ADMITTED[whom]}
            assert told is not None
            assert seen is not None
            assert told.rows == seen.rows == expected, (turn, view)
            assert told == seen, (turn, view)


def test_pages_that_change_a_row_say_who_sees_it_now(holder: User):
    profile(holder, Audience.REGION)
    client = browser_of(holder)
    pages = [f"/me/profile/{page}/" for page in ("skills", "blockages", "availability", "photo")]
    for page in pages:
        assert "members in my region" in _main(client.get(page)), page
    Profile.objects.update(hidden_at=timezone.now())
    for page in pages:
        assert "only me" in _main(client.get(page)), page


def _main(answer: Any) -> str:
    return BeautifulSoup(answer.content, "html.parser").main.get_text(" ")


def test_nobody_without_a_place_keeps_a_profile(viewers: dict[str, Any]):
    stranger = a_person()
    with pytest.raises(NotAllowed):
        profiles.save_profile(person=stranger, fields={"name": "X", "role": "Y"})
    for whom in ("without a place", "invited", "suspended", "moderator"):
        for address in ("/me/profile/", "/me/profile/edit/", "/skills/"):
            assert browser_of(viewers[whom]).get(address).status_code == 404, whom


def test_pages_of_people_lead_visitors_to_sign_in_and_are_kept_by_no_cache(holder: User):
    held = profile(holder)
    for address in (
        "/skills/",
        "/skills/none/",
        f"/people/{held.pk}/",
        "/me/profile/",
        "/me/profile/skills/",
    ):
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
    assert "no-store" in browser_of(holder).get(f"/people/{held.pk}/")["Cache-Control"]
