"""Skills, what they rest on, who confirms them, and who is named for them on a case study."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from website.accounts.models import Membership, User
from website.accounts.permissions import NotAllowed
from website.places.models import Organisation

from network.audience import viewer_of
from network.choices import Evidence, SkillLevel
from network.models import Profile, Skill, SkillClaim
from network.panels import people_of_case_study
from network.services.claims import (
    NotClaimable,
    claim_skill,
    confirm_claim,
    take_confirmation_back,
)
from network.services.register import load_skills
from network.shown import person_at
from practice_library.models import CaseStudyPage, Entry
from tests.factories.entries import case_study
from tests.factories.people import member, profile
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


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


def test_the_register_is_the_ninety_one_terms_and_leaves_what_editors_changed():
    first = load_skills()
    assert (first.created, first.kept) == (91, 0)
    assert Skill.objects.values("group").distinct().count() == 7
    assert not Skill.objects.filter(heading=None).exists()
    Skill.objects.filter(slug="group-supervision").update(name="Supervision in groups")
    again = load_skills()
    assert (again.created, again.kept) == (0, 91)
    assert Skill.objects.get(slug="group-supervision").name == "Supervision in groups"


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
