"""What each role comes for, in a real browser with the made-up logins of the command: done to its end, axe-clean on the way."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Locator, Page, expect
from website.accounts.models import User
from website.places.models import Organisation
from website.places.services.authorities import load_places

from network.choices import Help, ReportClass, SkillLevel
from network.models import Ask, Skill, SkillClaim
from network.services.claims import claim_skill
from network.services.register import load_skills
from network.services.reports import report
from practice_library.models import CaseStudyPage, OutcomeRating
from practice_library.services.tree import ensure_tree
from search.indexed import PEOPLE
from search.indexing import rebuild
from tests.browser.looking import faults_in_sight
from tests.browser.standing import filled
from tests.factories.entries import case_study
from tests.factories.exchange import accepted, offering
from tests.factories.people import member, profile

pytestmark = pytest.mark.browser
LOGINS: dict[str, dict[str, Any]] = {}
DESK = (1280,)
COURT, NARROW = "Night court", "/people/?help=call&region=north-west"


def commons() -> None:
    """A case study of Wigan, a colleague who offers help and is reported, a call that the made-up member gives."""
    load_places()
    ensure_tree()
    load_skills()
    told = io.StringIO()
    call_command("demo_logins", "--json", stdout=told)
    LOGINS.update({login["role"]: login for login in json.loads(told.getvalue())})
    case_study(COURT, lead="wigan", summary="A court that sits at night for mothers.").with_statement(
        "The court sat on Thursday evenings."
    ).with_outcome("Entry to care")
    wigan = Organisation.objects.get(slug="wigan")
    cora, asker = (
        member("Cora Confirmed", of=wigan),
        member("Lee Leeds", of=Organisation.objects.get(slug="leeds")),
    )
    profile(cora, about="I look after family time.")
    supervision = Skill.objects.get(slug="group-supervision")
    claim_skill(person=cora, skill=supervision, level=SkillLevel.LED, last_used=2024)
    offering(cora)
    accepted(by=asker, of=person_of("member"), kind=Help.CALL, problem="How do you hold groups?")
    report(thing=cora.profile, kind=ReportClass.OTHER, words="It is untrue.", by=asker)
    rebuild()
    rebuild(PEOPLE)


def person_of(role: str) -> User:
    return User.objects.get(email=LOGINS[role]["email"])


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One small site for all journeys."""
    with filled(django_db_blocker, commons):
        yield


class Desk:
    """A browser of one role. `look` says that axe finds nothing on the page as it is now."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site, self.main = page, site, page.get_by_role("main")

    def sign_in(self, role: str) -> Desk:
        """Through the front door, by keyboard; it leads to one's own place."""
        self.page.goto(f"{self.site}/accounts/login/?next=/me/")
        self.page.locator("[name=login]").fill(LOGINS[role]["email"])
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(LOGINS[role]["password"])
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"{self.site}/me/")
        return self

    def open(self, path: str) -> Desk:
        self.page.goto(self.site + path)
        return self

    def follow(self, words: str) -> Desk:
        self.main.get_by_role("link", name=words, exact=True).first.click()
        return self

    def press(self, words: str) -> Desk:
        self.main.get_by_role("button", name=words, exact=True).click()
        return self

    def field(self, name: str) -> Locator:
        return self.main.locator(f"[name={name}]")

    def reads(self, words: str) -> Desk:
        expect(self.main).to_contain_text(words)
        return self

    def look(self) -> Desk:
        assert faults_in_sight(self.page, self.page.url, widths=DESK) == []
        return self

    def begin_profile(self, role: str) -> Desk:
        """The few fields that have no default, by keyboard: each choice by its first letters."""
        self.open("/me/profile/edit/")
        self.field("role").fill(role)
        for choice in ("audience_blockages", "audience_availability"):
            self.field(choice).select_option("network")
        self.field("listed").focus()
        self.page.keyboard.press("Space")
        return self.look().press("Save").reads("My profile")


@pytest.fixture
def desk(site: str, page: Page, page_errors: list[str]) -> Desk:
    """A browser with scripts, whose console stays empty."""
    return Desk(page, site)


def test_a_visitor_without_scripts_finds_reads_and_is_told_where_people_are(
    site: str, browser: Browser, browser_context_args: dict[str, Any], desk: Desk
) -> None:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    visitor = Desk(context.new_page(), site).open("/")
    visitor.page.get_by_label("What are you trying to solve?").fill("court at night")
    visitor.page.get_by_role("button", name="Search", exact=True).click()
    visitor.follow(COURT).reads("The court sat on Thursday evenings.")
    read = [visitor.page.url]
    visitor.open("/people/")
    expect(visitor.page).to_have_url(re.compile("/accounts/login/"))
    expect(visitor.main).not_to_contain_text("Cora")
    context.close()
    for address in read:  # axe needs scripts
        desk.page.goto(address)
        desk.look()


def test_a_member_begins_a_profile_finds_a_colleague_and_asks(desk: Desk) -> None:
    desk.sign_in("member").begin_profile("Team manager")
    desk.open("/people/").page.get_by_label("Who has done it, or knows about it?").fill("group supervision")
    desk.page.keyboard.press("Enter")
    desk.reads("1 person").look().follow("Cora Confirmed").look()
    desk.page.get_by_role("button", name="Ask Cora Confirmed", exact=True).click()
    desk.field("kind").first.check()
    desk.field("problem").fill("How do you keep group supervision going in a busy month?")
    desk.look().press("Send it").reads("Asked.").look()
    asked = Ask.objects.get(request__asker=person_of("member"))
    assert (asked.person.name, asked.state) == ("Cora Confirmed", "asked")


def test_an_author_says_what_they_can_do_and_on_which_case_study_it_rests(desk: Desk) -> None:
    desk.sign_in("author").reads("Author").begin_profile("Practice lead").open("/me/profile/skills/").look()
    desk.field("skill").select_option(label=Skill.objects.get(slug="group-supervision").name)
    desk.field("level").nth(2).check()
    desk.field("case_study").select_option(label=COURT)
    desk.press("Save this skill").reads("Have led it").look()
    claim = SkillClaim.objects.get(profile__person=person_of("author"))
    assert claim.case_study.title == COURT


def test_a_sign_off_owner_reads_what_their_organisation_stands_for(desk: Desk) -> None:
    desk.sign_in("sign_off_owner").reads("Sign-off owner, Wigan").look()
    desk.open("/authorities/wigan/").follow(COURT).reads("Wigan").look()
    rating = OutcomeRating.objects.current().exclude(outcome=None).get(entry__title=COURT)
    desk.open(f"/practice/ratings/{rating.uid}/").reads("It is in force.").follow(
        "History of its ratings"
    ).look()


def test_a_line_manager_is_told_who_helps_and_neither_whom_nor_why(desk: Desk) -> None:
    desk.sign_in("line_manager").reads("Mel Member").look().open("/exchange/staff/")
    desk.reads("Mel Member").reads("A call").look()
    expect(desk.main).not_to_contain_text("Leeds")
    expect(desk.main).not_to_contain_text("groups")


def test_an_administrator_invites_somebody_and_takes_it_back(desk: Desk) -> None:
    desk.sign_in("organisation_administrator").follow("Members of Wigan").look()
    desk.field("name").fill("Nia New")
    desk.field("email").fill("nia.new@people.example")
    desk.page.keyboard.press("Enter")
    desk.reads("The invitation is on its way.").look().follow("Nia New").reads("Invited").look()
    expect(desk.main).not_to_contain_text("nia.new@")
    desk.press("Refuse or take back").reads("Saved.")
    expect(desk.main).not_to_contain_text("Nia New")


def test_a_reviewer_sets_another_value_and_readers_see_both(desk: Desk) -> None:
    desk.sign_in("evidence_reviewer").open("/cms/ratings/?q=night")
    desk.page.get_by_role("link", name="Set another value", exact=True).first.click()
    for name, words in {
        "reason": "The sample is small.",
        "role": "Reviewer",
        "organisation": "A university",
    }.items():
        desk.page.locator(f"form [name={name}]").fill(words)
    desk.page.locator("form [name=direction]").select_option("mixed")
    desk.page.get_by_role("button", name="Set this value", exact=True).click()
    expect(desk.page.locator(".messages .success")).to_contain_text("Stored.")
    now = OutcomeRating.objects.current().get(entry__title=COURT, reason="The sample is small.")
    desk.open(f"/practice/ratings/{now.uid}/").reads("The sample is small.").reads("Reviewer").look()


def test_a_coordinator_finds_who_helps_in_the_region_and_asks_nobody(desk: Desk) -> None:
    desk.sign_in("coordinator").reads("Regional coordinator, North West").open(NARROW).reads(
        "Cora Confirmed"
    ).look()
    desk.follow("Cora Confirmed").reads("What I can help with").look()
    expect(desk.page.get_by_role("button", name="Ask Cora Confirmed", exact=True)).to_have_count(0)


def test_an_editor_hides_an_entry_at_once_and_shows_it_again(desk: Desk) -> None:
    court = CaseStudyPage.objects.get(title=COURT)
    address = f"/practice/wigan/{court.slug}/"
    desk.sign_in("editor")
    for act, button, status in (
        ("hide", "Hide from readers", 404),
        ("restore", "Show to readers again", 200),
    ):
        desk.open(f"/cms/library/{court.pk}/{act}/").page.locator("form [name=reason]").fill(
            "Somebody checks it."
        )
        desk.page.get_by_role("button", name=button, exact=True).click()
        expect(desk.page.locator(".messages .success")).to_be_visible()
        assert desk.page.request.get(desk.site + address).status == status
    desk.open(address).look()


def test_a_moderator_reads_one_report_and_takes_it_out_of_sight(desk: Desk) -> None:
    desk.sign_in("moderator").follow("Reports that wait for a moderator").look()
    desk.main.get_by_role("link", name=re.compile("^A profile, ")).click()
    desk.reads("It is untrue.").reads("Cora Confirmed").look()
    desk.page.get_by_role("button", name="Hide it", exact=True).focus()
    desk.page.keyboard.press("Enter")
    desk.reads("Nothing waits.").look()
    desk.page.context.clear_cookies()
    desk.sign_in("coordinator").open(NARROW)
    expect(desk.main).not_to_contain_text("Cora Confirmed")


def test_every_role_with_a_login_has_a_journey(site: str) -> None:
    journeys = " ".join(name for name in globals() if name.startswith("test_a"))
    assert [
        role
        for role in LOGINS
        if role.rpartition("evidence_")[2].rpartition("organisation_")[2] not in journeys
    ] == []
