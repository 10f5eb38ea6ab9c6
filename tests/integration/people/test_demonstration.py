"""Made-up members look like a network, say that they are made up, and never get into production."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import website.places
import yaml
from django.core.management import CommandError, call_command
from website.accounts.models import User
from website.accounts.services.demo import ensure_demo_logins
from website.outgoing.models import Letter
from website.places.models import Organisation

from network.audience import viewer_of
from network.case_details import notice
from network.choices import AskState, RequestState
from network.models import (
    Ask,
    BlockageGotRound,
    Confirmation,
    HelpRequest,
    Profile,
    ProposedTime,
    Report,
    Skill,
    SkillClaim,
)
from network.permissions import can_confirm
from network.services.demonstration import WORDS, ensure_demo_members
from network.services.demonstration_exchange import ensure_demo_exchanges
from network.services.register import load_skills
from practice_library.models import CaseStudyPage, SystemCondition
from practice_library.services.tree import ensure_tree
from tests.factories.entries import case_study, practice_model
from tests.factories.people import member
from tests.factories.places import AuthorityFactory
from tests.factories.vocabularies import condition
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db
SAID = yaml.safe_load(WORDS.read_text())


@pytest.fixture
def network(north: Organisation, south: Organisation) -> None:
    load_skills()
    for each in SAID["blockages"]:
        condition(each["condition"])
    ensure_tree()
    model = practice_model("Pods")
    Skill.objects.get(name=SAID["jobs"][0]["skills"][0]).practice_models.add(model.page)
    case_study("Night court", lead=north.slug).running(model)
    assert ensure_demo_members() == 200


def test_everybody_is_marked_and_nobody_can_sign_in(network: None):
    made = User.objects.filter(email__endswith="@members.demo.example")
    assert made.count() == made.values("name").distinct().count() == 200
    assert all(person.name.endswith("(made up)") and not person.has_usable_password() for person in made)
    assert SkillClaim.objects.count() == 1000
    assert BlockageGotRound.objects.count() == 40
    assert Profile.objects.filter(listed=True, hidden_at=None).count() < 200, "some are not there to be seen"


def test_every_skill_of_the_register_has_somebody_whom_all_members_may_find(network: None):
    open_to_all = Profile.objects.present().filter(audience_skills="network", safety_flag=False)
    assert set(Skill.objects.exclude(claims__profile__in=open_to_all).values_list("name", flat=True)) == set()


def test_they_are_made_once(network: None):
    assert ensure_demo_members() == 0


def test_colleagues_share_work_of_the_library_and_confirm_each_other(
    network: None, north: Organisation, south: Organisation
):
    resting = SkillClaim.objects.filter(case_study__title="Night court")
    homes = set(resting.values_list("profile__person__memberships__organisation__slug", flat=True))
    skills = set(resting.values_list("skill__name", flat=True))
    assert (homes, skills) == ({"north"}, {SAID["jobs"][0]["skills"][0]}), "a skill that the model needs"
    assert resting.filter(confirmations__isnull=False).count() == resting.count() - 1 > 5
    assert all(
        can_confirm(said.by, said.claim)
        for said in Confirmation.objects.select_related("by", "claim__profile")[:20]
        if viewer_of(said.by).member and said.claim.profile.audience_skills == "network"
    )
    reader = browser_of(member("Rea Der", of=south))
    page = reader.get(CaseStudyPage.objects.get().get_url()).content.decode()
    assert "(made up)" in page, "who wants to be named on it"


def test_a_member_finds_them_by_skill(network: None, south: Organisation):
    page = browser_of(member("Rea Der", of=south)).get("/skills/group-supervision/").content.decode()
    assert "(made up)" in page
    assert "Team manager" in page


def test_they_ask_each_other_in_every_state_and_nobody_gets_a_letter(
    network: None, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
):
    with django_capture_on_commit_callbacks(execute=True):
        made = ensure_demo_exchanges()
    assert made == len([each for each in SAID["requests"] if each.get("asked") != "member"])
    assert [report.words for report in Report.objects.waiting()] == [
        each["reported"] for each in SAID["requests"] if "reported" in each
    ]
    assert ensure_demo_exchanges() == 0
    states = set(Ask.objects.values_list("state", flat=True))
    assert states == set(AskState)
    assert {time.starts_at.isoweekday() for time in ProposedTime.objects.all()} <= {1, 2, 3, 4, 5}
    assert (
        not Profile.objects.filter(person__help_requests__isnull=False)
        .exclude(audience_name="network")
        .exists()
    )
    assert set(HelpRequest.objects.values_list("state", flat=True)) == set(RequestState)
    assert SkillClaim.objects.filter(exchange__isnull=False, confirmations__isnull=False).exists()
    assert (mailoutbox, Letter.objects.count()) == ([], 0)
    assert [each for said in SAID["requests"] for each in notice(said["problem"])] == []


def test_whoever_signs_in_as_the_member_has_said_something(network: None):
    AuthorityFactory(name="Wigan")
    ensure_demo_logins()
    ensure_demo_exchanges()
    member = User.objects.get(email="mel.member@demo.example")
    page = browser_of(member).get("/me/profile/").content.decode()
    for said in ("Group supervision", SAID["blockages"][0]["how"], "A call", "a front door calm in winter"):
        assert said in page
    assert "a front door calm" not in browser_of(member).get("/me/profile/?as=manager").content.decode()


def test_their_words_are_those_of_the_registers():
    titles = Path(website.places.__file__).parent / "facts" / "job_titles.csv"
    with titles.open() as lines:
        known = {row["title"] for row in csv.DictReader(lines)}
    assert {job["title"] for job in SAID["jobs"]} <= known
    load_skills()
    assert {
        name for each in SAID["jobs"] + SAID["requests"] for name in [*each["skills"], *each.get("also", [])]
    } <= set(Skill.objects.values_list("name", flat=True))
    shipped = Path(SystemCondition.__module__.split(".")[0]) / "content" / "vocabularies"
    said = "".join(path.read_text() for path in (WORDS.parents[2] / shipped).glob("*.yaml"))
    assert [
        each["condition"] for each in SAID["blockages"] if f"name: {each['condition']}\n" not in said
    ] == []


def test_they_are_refused_outside_development(settings: Any):
    settings.DEMO_LOGINS = False
    with pytest.raises(CommandError, match="development only"):
        call_command("demo_members")
