"""Who is listed under a skill or a condition: in what order, how many, and what it costs."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from website.accounts.models import User
from website.places.models import Organisation

from network.audience import viewer_of
from network.choices import Help, SkillLevel
from network.models import Ask, Availability, Profile, Skill
from network.people_of import people_with_skill
from network.services.asking import change_ask, close_request
from network.services.claims import (
    claim_skill,
    offer_help,
    tell_blockage,
)
from network.shown import MOST
from practice_library.models import CaseStudyPage
from practice_library.services.tree import ensure_tree
from tests.factories.entries import case_study
from tests.factories.exchange import asked
from tests.factories.people import an_editor, member, profile
from tests.factories.vocabularies import condition
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


def test_a_list_stops_at_thirty_says_so_and_costs_the_same(
    holder: User, skill: Skill, north: Organisation, viewers: dict[str, Any], study: CaseStudyPage
):
    client = browser_of(viewers["elsewhere"])
    held = profile(holder)
    costs: dict[str, list[int]] = {}
    addresses = (
        f"/skills/{skill.slug}/",
        "/skills/",
        f"/people/{held.pk}/",
        "/conditions/police-engagement/",
    )
    term = condition("Police engagement")
    for size in (1, MOST + 5):
        for number in range(size):
            person = holder if size == 1 else member(f"Person {number}", of=north)
            if size > 1:
                profile(person)
            claim_skill(person=person, skill=skill, level=SkillLevel.LED, case_study=study)
            tell_blockage(person=person, condition=term, how="So.")
            offer_help(person=person, kinds=[Help.CALL], days=[], capacity=1)
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            costs.setdefault(address, []).append(len(asked))
    found = people_with_skill(skill, viewer_of(viewers["elsewhere"]))
    assert (found.number, len(found.people), found.left_out) == (MOST + 6, MOST, "6")
    assert "6 more are not listed" in client.get(addresses[0]).content.decode()
    for address, (small, large) in costs.items():
        assert small == large <= 15, (address, small, large)


def test_who_has_got_furthest_comes_first_whatever_their_name(
    skill: Skill, north: Organisation, viewers: dict[str, Any]
):
    for name, level, year in (("Aa", 1, 2025), ("Bb", 3, 2019), ("Cc", 3, 2024)):
        person = member(name, of=north)
        profile(person)
        claim_skill(person=person, skill=skill, level=SkillLevel(level), last_used=year)
    found = people_with_skill(skill, viewer_of(viewers["elsewhere"]))
    assert [person.title for person in found.people] == ["Cc", "Bb", "Aa"]


def test_who_is_asked_a_lot_comes_last_and_says_so(
    skill: Skill, north: Organisation, viewers: dict[str, Any]
):
    viewer = viewer_of(viewers["elsewhere"])
    for name, level in (("Aa", 1), ("Bb", 3)):
        person = member(name, of=north)
        profile(person)
        claim_skill(person=person, skill=skill, level=SkillLevel(level))
    assert [person.title for person in people_with_skill(skill, viewer).people] == ["Bb", "Aa"]
    first = Profile.objects.get(name="Bb").person
    asked(by=member("Ask Er", of=north), of=first)
    Availability.objects.update(capacity=1)
    assert [person.title for person in people_with_skill(skill, viewer).people] == ["Aa", "Bb"]
    client = browser_of(viewers["elsewhere"])
    assert client.get(f"/skills/{skill.slug}/").content.decode().count("Asked a lot just now") == 1
    own = f"/people/{first.profile.pk}/"
    assert "Asked a lot just now" in client.get(own).content.decode()
    assert f"who else can do {skill.name}" in client.get(own).content.decode(), "the next who fit are offered"
    Availability.objects.update(capacity=2)
    assert "Asked a lot just now" not in client.get(own).content.decode(), "the control"


def test_who_is_asked_a_lot_comes_last_under_a_condition_too(north: Organisation, viewers: dict[str, Any]):
    ensure_tree()
    term = condition("Police engagement")
    for name in ("Aa", "Bb"):
        person = member(name, of=north)
        profile(person)
        tell_blockage(person=person, condition=term, how="We sat down weekly.")
    client, address = browser_of(viewers["elsewhere"]), "/conditions/police-engagement/"
    for busy, free in (("Aa", "Bb"), ("Bb", "Aa")):
        Ask.objects.all().delete()
        asked(by=member(f"Ask Er {busy}", of=north), of=Profile.objects.get(name=busy).person)
        Availability.objects.update(capacity=1)
        page = client.get(address).content.decode()
        assert page.index(f">{free}</a>") < page.index(f">{busy}</a>") < page.index("Asked a lot just now")
    Ask.objects.all().delete()
    assert "Asked a lot just now" not in client.get(address).content.decode(), "the control"


def test_people_under_a_term_are_counted_no_further_than_told(
    skill: Skill, north: Organisation, viewers: dict[str, Any], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("network.people_of.MOST_COUNTED", 3)
    ensure_tree()
    case_study("Night court", lead=north.slug).with_condition("Police engagement")
    client, term = browser_of(viewers["elsewhere"]), condition("Police engagement")
    for number, (words, listed) in enumerate((("3 people", "3 people"), ("more than 3 people",) * 2)):
        for each in range(3 - number):
            person = member(f"Person {number} {each}", of=north)
            profile(person)
            claim_skill(person=person, skill=skill, level=SkillLevel.LED)
            tell_blockage(person=person, condition=term, how="So.")
        assert words in client.get("/skills/").content.decode()
        assert f"{listed} have got round it" in client.get("/practice/north/night-court/").content.decode()
    assert people_with_skill(skill, viewer_of(viewers["elsewhere"])).left_out == "Many"


def test_a_skill_shows_its_open_requests_to_their_parties_alone(
    skill: Skill, north: Organisation, south: Organisation
):
    asker, helper, third = (member(name, of=south) for name in ("Ask Er", "Hel Per", "Thi Rd"))
    ask = asked(by=asker, of=helper, problem="Lanternproblem", skills=[skill])
    address = f"/skills/{skill.slug}/"
    pages = {
        who: browser_of(who).get(address).content.decode() for who in (asker, helper, third, an_editor())
    }
    assert [("Lanternproblem" in page, ask.request_id.hex in page.replace("-", "")) for page in pages.values()] == [
        (True, True), (True, True), (False, False), (False, False),
    ]  # fmt: skip
    change_ask(ask=ask, act="decline", by=helper)
    assert "Lanternproblem" not in browser_of(helper).get(address).content.decode(), "gone with a no"
    close_request(request=ask.request, by=asker)
    assert "Lanternproblem" not in browser_of(asker).get(address).content.decode(), "open ones only"
