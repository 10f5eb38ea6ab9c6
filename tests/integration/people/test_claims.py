"""Skills, what they rest on and who confirms them; blockages and the library; what is offered and when."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from website.accounts.models import Membership, User
from website.accounts.permissions import NotAllowed
from website.places.models import Organisation

from network.audience import viewer_of
from network.choices import Evidence, Help, SkillLevel
from network.models import Ask, Availability, Profile, Skill, SkillClaim
from network.panels import people_of_case_study
from network.people_of import people_with_skill
from network.services.asking import change_ask, close_request
from network.services.claims import (
    NotClaimable,
    claim_skill,
    confirm_claim,
    offer_help,
    take_confirmation_back,
    tell_blockage,
)
from network.services.register import load_skills
from network.shown import MOST, person_at
from practice_library.models import CaseStudyPage, Entry
from practice_library.panels import notes_on_conditions, panels_of_condition
from practice_library.services.tree import ensure_tree
from tests.factories.entries import case_study
from tests.factories.exchange import asked
from tests.factories.people import an_editor, member, profile
from tests.factories.vocabularies import condition
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(north: Organisation) -> CaseStudyPage:
    ensure_tree()
    return case_study("Night court", lead=north.slug).page


@pytest.fixture
def claim(holder: User, skill: Skill, study: CaseStudyPage) -> SkillClaim:
    profile(holder)
    return claim_skill(person=holder, skill=skill, level=SkillLevel.LED, last_used=2024, case_study=study)


@pytest.fixture
def partner(north: Organisation, skill: Skill, study: CaseStudyPage) -> User:
    """Somebody whose own claim rests on the same case study."""
    person = member("Part Ner", of=north)
    profile(person)
    claim_skill(person=person, skill=skill, level=SkillLevel.PRACTISED, case_study=study)
    return person


def test_only_who_shared_a_case_study_confirms(
    claim: SkillClaim, partner: User, holder: User, viewers: dict[str, Any], south: Organisation
):
    for whom in ("colleague", "manager", "elsewhere", "editor", "self", "moderator"):
        with pytest.raises(NotAllowed):
            confirm_claim(claim=claim, by=viewers[whom])
    confirm_claim(claim=claim, by=partner)
    confirm_claim(claim=claim, by=partner)
    assert claim.confirmations.count() == 1
    seen = person_at(claim.profile_id, viewer_of(viewers["elsewhere"]))
    assert seen.claims[0].confirmed
    take_confirmation_back(claim=claim, by=partner)
    assert not person_at(claim.profile_id, viewer_of(viewers["elsewhere"])).claims[0].confirmed


def test_who_cannot_see_a_claim_cannot_confirm_it(claim: SkillClaim, partner: User):
    Profile.objects.filter(pk=claim.profile_id).update(audience_skills="me")
    with pytest.raises(NotAllowed):
        confirm_claim(claim=claim, by=partner)


def test_a_claim_that_grows_loses_what_was_confirmed_of_the_smaller_one(
    claim: SkillClaim, partner: User, holder: User, skill: Skill, study: CaseStudyPage
):
    confirm_claim(claim=claim, by=partner)
    claim_skill(person=holder, skill=skill, level=SkillLevel.LED, last_used=2025, case_study=study)
    assert claim.confirmations.exists(), "the control: a later year changes nothing"
    claim_skill(person=holder, skill=skill, level=SkillLevel.LED_ELSEWHERE, case_study=study)
    assert not claim.confirmations.exists()


def test_a_claim_rests_on_work_of_an_organisation_that_one_worked_in(
    holder: User, skill: Skill, study: CaseStudyPage, south: Organisation
):
    profile(holder)
    foreign = case_study("Foreign work", lead=south.slug)
    with pytest.raises(NotClaimable):
        claim_skill(person=holder, skill=skill, level=SkillLevel.LED, case_study=foreign.page)
    foreign.with_partner("North", known=True)
    claim_skill(person=holder, skill=skill, level=SkillLevel.LED, case_study=foreign.page)
    Membership.objects.filter(person=holder).update(organisation=south)
    with pytest.raises(NotClaimable):
        claim_skill(person=holder, skill=skill, level=SkillLevel.LED, case_study=study)


def test_a_hidden_case_study_is_not_named_as_what_a_claim_rests_on(
    claim: SkillClaim, study: CaseStudyPage, viewers: dict[str, Any]
):
    viewer = viewer_of(viewers["elsewhere"])
    assert person_at(claim.profile_id, viewer).claims[0].rests_on == "Night court", "the control"
    Entry.objects.filter(pk=study.pk).update(hidden_at=timezone.now())
    hidden = person_at(claim.profile_id, viewer).claims[0]
    assert (hidden.rests_on, hidden.rests_on_url) == ("", "")


def test_a_term_no_longer_in_use_cannot_be_claimed_and_is_still_explained(
    claim: SkillClaim, holder: User, skill: Skill
):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Skill.objects.update(valid_from=yesterday - dt.timedelta(days=9), valid_to=yesterday)
    skill.refresh_from_db()
    with pytest.raises(NotClaimable):
        claim_skill(person=holder, skill=skill, level=SkillLevel.DISCUSS)
    client = browser_of(holder)
    assert "no longer in the register" in client.get(f"/skills/{skill.slug}/").content.decode()
    assert skill.name not in client.get("/skills/").content.decode()


def test_skills_are_claimed_and_taken_back_on_the_page(holder: User, skill: Skill, study: CaseStudyPage):
    profile(holder)
    client = browser_of(holder)
    client.post("/me/profile/skills/", {"skill": skill.pk, "level": "3", "case_study": study.pk})
    made = SkillClaim.objects.get()
    assert (made.level, made.rests_on) == (SkillLevel.LED, Evidence.CASE_STUDY)
    client.post("/me/profile/skills/", {"drop": str(made.pk)})
    assert not SkillClaim.objects.exists()


def test_nobody_takes_back_what_is_anothers(claim: SkillClaim, viewers: dict[str, Any]):
    profile(viewers["colleague"])
    answer = browser_of(viewers["colleague"]).post("/me/profile/skills/", {"drop": str(claim.pk)})
    assert answer.status_code == 404
    assert SkillClaim.objects.filter(pk=claim.pk).exists()


def test_a_claim_is_confirmed_on_the_page_without_a_name(
    claim: SkillClaim, partner: User, viewers: dict[str, Any]
):
    address = f"/people/{claim.profile_id}/"
    client = browser_of(partner)
    assert "We worked together" in client.get(address).content.decode()
    client.post(address, {"act": "confirm", "claim": str(claim.pk)})
    page = browser_of(viewers["elsewhere"]).get(address).content.decode()
    assert "Confirmed by somebody who worked with them" in page
    assert "Part Ner" not in page
    assert "We worked together" not in page
    refused = browser_of(viewers["elsewhere"]).post(address, {"act": "confirm", "claim": str(claim.pk)})
    assert refused.status_code == 404


def test_an_entrys_condition_leads_members_to_those_who_got_round_it(
    holder: User, north: Organisation, viewers: dict[str, Any]
):
    ensure_tree()
    entry = case_study("Night court", lead=north.slug).with_condition("Police engagement")
    profile(holder)
    tell_blockage(person=holder, condition=condition("Police engagement"), how="We sat down weekly.")
    page = browser_of(viewers["elsewhere"]).get(entry.url).content.decode()
    assert (
        '<a class="govuk-link" href="/conditions/police-engagement/#people">1 person has got round it</a>'
        in page
    )
    there = browser_of(viewers["elsewhere"]).get("/conditions/police-engagement/").content.decode()
    assert "Hol Der" in there
    assert "We sat down weekly." in there
    for who in (None, viewers["suspended"]):
        for address in (entry.url, "/conditions/police-engagement/"):
            assert "got round" not in browser_of(who).get(address).content.decode()


def test_visitors_pay_nothing_for_what_members_see(north: Organisation, django_assert_num_queries: Any):
    term = condition("Police engagement")
    with django_assert_num_queries(0):
        assert notes_on_conditions([term.slug], AnonymousUser()) == {}
        assert panels_of_condition(term, AnonymousUser()) == []


def test_blockages_are_told_and_taken_back_on_the_page(holder: User):
    profile(holder)
    term = condition("Police engagement")
    client = browser_of(holder)
    client.post("/me/profile/blockages/", {"condition": term.pk, "how": "We sat down weekly."})
    told = Profile.objects.get().blockages.get()
    assert told.how == "We sat down weekly."
    client.post("/me/profile/blockages/", {"drop": str(told.pk)})
    assert not Profile.objects.get().blockages.exists()


def test_what_is_offered_is_saved_shown_and_paused(holder: User, viewers: dict[str, Any]):
    held = profile(holder)
    client = browser_of(holder)
    said = {"kinds": ["call", "visit"], "days": ["2", "4"], "capacity": "3", "starts_on": "2026-01-05"}
    client.post("/me/profile/availability/", said)
    page = browser_of(viewers["elsewhere"]).get(f"/people/{held.pk}/").content.decode()
    assert "A call" in page
    assert "Tuesday, Thursday. From 5 January 2026" in page
    client.post("/me/profile/availability/", {**said, "paused": "on", "paused_until": "2099-02-01"})
    page = browser_of(viewers["elsewhere"]).get(f"/people/{held.pk}/").content.decode()
    assert "Takes a break until 1 February 2099" in page
    wrong = client.post("/me/profile/availability/", {**said, "ends_on": "2025-01-01"})
    assert b"must not come before the first" in wrong.content


def test_a_break_with_a_last_day_ends_by_itself():
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    assert Availability(paused=True).is_paused()
    assert Availability(paused=True, paused_until=today).is_paused()
    assert not Availability(paused=True, paused_until=today - day).is_paused()
    assert not Availability(paused=False, paused_until=today + day).is_paused()


def test_the_register_is_the_ninety_one_terms_and_leaves_what_editors_changed():
    first = load_skills()
    assert (first.created, first.kept) == (91, 0)
    assert Skill.objects.values("group").distinct().count() == 7
    assert not Skill.objects.filter(heading=None).exists()
    Skill.objects.filter(slug="group-supervision").update(name="Supervision in groups")
    again = load_skills()
    assert (again.created, again.kept) == (0, 91)
    assert Skill.objects.get(slug="group-supervision").name == "Supervision in groups"


def test_a_list_stops_at_thirty_says_so_and_costs_the_same(
    holder: User, skill: Skill, north: Organisation, viewers: dict[str, Any], study: CaseStudyPage
):
    from django.db import connection

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


def test_who_wants_to_be_named_on_a_case_study_is_named_to_members_who_may_see_it(
    claim: SkillClaim, study: CaseStudyPage, south: Organisation
):
    reader = browser_of(member("Rea Der", of=south))
    address = "/practice/" + study.url_path.split("/", 3)[3]

    def is_named(client: Client) -> bool:
        page = client.get(address).content.decode()
        return f"/people/{claim.profile_id}/" in page and "People who took part" in page

    assert not is_named(reader), "nobody is named who did not say yes"
    Profile.objects.update(named_on_case_studies=True)
    assert is_named(reader)
    assert not is_named(Client())
    for field in ("name", "skills"):
        Profile.objects.update(**{f"audience_{field}": "organisation"})
        assert not is_named(reader)
        Profile.objects.update(**{f"audience_{field}": "network"})
    Profile.objects.update(hidden_at=timezone.now())
    assert not is_named(reader)


def test_a_case_study_asks_nothing_for_visitors_about_people(
    claim: SkillClaim, study: CaseStudyPage, django_assert_num_queries: Any
):
    Profile.objects.update(named_on_case_studies=True)
    with django_assert_num_queries(0):
        assert people_of_case_study(study, AnonymousUser()) is None
