"""One thing of each kind and one person of each role, and how each tries to do what the table of access names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from website.accounts.models import Membership, MembershipState, Role, User
from website.accounts.permissions import is_moderator

from network.choices import Help, ReportClass, SkillLevel
from network.models import (
    Ask,
    HelpRequest,
    Message,
    Participant,
    Profile,
    Report,
    Skill,
    SkillClaim,
    SkillGroup,
    Thread,
)
from network.services.asking import change_ask
from network.services.claims import claim_skill
from practice_library.models import Cohort, OpenQuestion, OutcomeRating
from tests.factories.entries import case_study
from tests.factories.people import a_person, administrator, an_editor, give, member, membership, profile
from tests.factories.places import AuthorityFactory

Attempt = Callable[["World", Client], Any]
ATTEMPTS: dict[tuple[str, str], Attempt] = {}


def attempt(thing: str, action: str) -> Callable[[Attempt], Attempt]:
    """Register how an action of the table is tried; what comes back is a response."""

    def registered(how: Attempt) -> Attempt:
        assert (thing, action) not in ATTEMPTS, "an action is tried in one way"
        ATTEMPTS[thing, action] = how
        return how

    return registered


class World:
    """Own organisation is North; South is another, in another region."""

    def __init__(self) -> None:
        self.north = AuthorityFactory(name="North", region="north-west")
        self.south = AuthorityFactory(name="South", region="south-west")
        self.entry = case_study("Open work", lead=self.north.slug).with_outcome("Entry to care")
        self.draft = case_study("Secret draft", lead=self.north.slug).page
        self.draft.unpublish()
        self.term = Cohort.objects.create(name="Children", slug="children")
        self.staff = member("Sta Ff", of=self.north)
        self.stranger = member("Stra Nger", of=self.south)

    def person(self, letter: str) -> User | None:
        """Somebody who holds one role and no other."""
        if letter == "V":
            return None
        if letter == "E":
            return an_editor()
        if letter in "CD":
            person = a_person(f"Role {letter}")
            region = "north-west" if letter == "C" else ""
            give(person, Role.COORDINATOR if letter == "C" else Role.MODERATOR, region=region)
            return person
        if letter == "O":
            return administrator("Role O", of=self.north)
        person = member(f"Role {letter}", of=self.north)
        if letter == "L":
            Membership.objects.filter(person=self.staff).update(line_manager=person)
        elif letter == "R":
            give(person, Role.EVIDENCE_REVIEWER)
        elif letter in "AS":
            give(person, Role.AUTHOR if letter == "A" else Role.SIGN_OFF_OWNER, of=self.north)
        return person

    def client(self, person: User | None) -> Client:
        client = Client()
        client.person = person
        if person is not None:
            client.force_login(person)
        return client

    def place_of(self, person: User | None) -> Membership:
        """A person's membership; one that nobody has, for who works nowhere."""
        found = Membership.objects.filter(person=person).first()
        return found or membership(a_person(), self.south, MembershipState.INVITED)

    def members(self, place: Membership) -> str:
        return f"/organisations/{place.organisation.slug}/members/{place.pk}/"


ENTRY, DRAFT = "published entry, rating, change log", "draft entry, its revisions"
WORDS, PLACE = "vocabulary, standard, labels", "organisation page"
MEMBERSHIP = "membership of an organisation"


def get(thing: str, action: str, address: Callable[[World, Client], str]) -> None:
    """An action that is a page to read."""
    ATTEMPTS[thing, action] = lambda world, client: client.get(address(world, client))


get(ENTRY, "read the entry", lambda world, client: world.entry.url)
get(ENTRY, "read the change log", lambda world, client: "/practice/ratings/")
get(ENTRY, "read a rating", lambda world, client: f"/practice/ratings/{OutcomeRating.objects.first().uid}/")
get(DRAFT, "read on the site", lambda world, client: "/" + world.draft.url_path.split("/", 2)[2])
get(DRAFT, "edit in the CMS", lambda world, client: f"/cms/pages/{world.draft.pk}/edit/")
get(WORDS, "read", lambda world, client: "/about/evidence-standard/")
get(
    WORDS,
    "edit",
    lambda world, client: f"/cms/snippets/practice_library/cohort/edit/{world.term.pk}/",
)
get(PLACE, "read", lambda world, client: f"/authorities/{world.north.slug}/")
get(PLACE, "edit", lambda world, client: f"/cms/snippets/places/organisation/edit/{world.north.pk}/")
get(MEMBERSHIP, "read own", lambda world, client: world.members(world.place_of(client.person)))
get(MEMBERSHIP, "read of own staff", lambda world, client: world.members(world.place_of(world.staff)))
get(
    MEMBERSHIP,
    "read of another organisation",
    lambda world, client: world.members(world.place_of(world.stranger)),
)
get(MEMBERSHIP, "list own organisation", lambda world, client: "/organisations/north/members/")
get(MEMBERSHIP, "list another organisation", lambda world, client: "/organisations/south/members/")


@attempt(MEMBERSHIP, "suspend")
def suspend(world: World, client: Client) -> Any:
    return client.post(world.members(world.place_of(world.staff)), {"act": "suspend"})


@attempt(MEMBERSHIP, "remove")
def remove(world: World, client: Client) -> Any:
    return client.post(world.members(world.place_of(world.staff)), {"act": "remove"})


PROFILE, CLAIM = "profile, each field by its audience", "skill claim"


def page_of(world: World, audience: str, **fields: Any) -> str:
    """The page of a member of staff who opens every row to one audience."""
    held = Profile.objects.filter(person=world.staff).first() or profile(world.staff, audience, **fields)
    return f"/people/{held.pk}/"


get(PROFILE, "read what is for all members", lambda world, client: page_of(world, "network"))
get(PROFILE, "read what is for own organisation", lambda world, client: page_of(world, "organisation"))
get(PROFILE, "read what is for nobody else", lambda world, client: page_of(world, "me"))
get(PROFILE, "edit own", lambda world, client: "/me/profile/edit/")


def claimed(world: World, person: User, level: SkillLevel = SkillLevel.LED) -> SkillClaim:
    """A claim that rests on the one case study of North."""
    group, _ = SkillGroup.objects.get_or_create(name="Methods", slug="methods")
    skill, _ = Skill.objects.get_or_create(name="Listening", slug="listening", defaults={"group": group})
    if not Profile.objects.filter(person=person).exists():
        profile(person)
    return claim_skill(person=person, skill=skill, level=level, case_study=world.entry.page)


@attempt(CLAIM, "read what is for all members")
def read_claim(world: World, client: Client) -> Any:
    claim = claimed(world, world.staff)
    response = client.get(f"/people/{claim.profile_id}/")
    assert response.status_code != 200 or b"Listening" in response.content
    return response


@attempt("people search", "search")
def search_people(world: World, client: Client) -> Any:
    claim = claimed(world, world.staff)
    response = client.get("/people/?skill=listening")
    if is_moderator(client.person):
        assert str(claim.profile_id) not in response.content.decode(), "profiles open to them when reported"
    return response


@attempt(CLAIM, "claim own")
def claim_own(world: World, client: Client) -> Any:
    claim = claimed(world, world.staff)
    if client.person is not None and not Profile.objects.filter(person=client.person).exists():
        profile(client.person)
    return client.post("/me/profile/skills/", {"skill": claim.skill_id, "level": "1"})


def confirm(world: World, client: Client) -> Any:
    claim = claimed(world, world.staff)
    return client.post(f"/people/{claim.profile_id}/", {"act": "confirm", "claim": str(claim.pk)})


@attempt(CLAIM, "confirm without having worked together")
def confirm_as_a_stranger(world: World, client: Client) -> Any:
    return confirm(world, client)


@attempt(CLAIM, "confirm having worked together")
def confirm_as_a_partner(world: World, client: Client) -> Any:
    if client.person is not None and Membership.objects.filter(person=client.person).exists():
        claimed(world, client.person)
    return confirm(world, client)


OWN_DATA = "own data export, erasure"
get(OWN_DATA, "take own away", lambda world, client: "/me/data/my-data.json")


@attempt(OWN_DATA, "erase own")
def erase_own(world: World, client: Client) -> Any:
    return client.post("/me/data/erase/", {"sure": "yes"})


get(
    OWN_DATA,
    "run for others on request",
    lambda world, client: f"{world.members(world.place_of(world.staff))}data/",
)


@attempt(OWN_DATA, "erase somebody else in the CMS")
def erase_somebody(world: World, client: Client) -> Any:
    return client.get(f"/cms/users/delete/{world.staff.pk}/")


QUESTION, CALL, THREAD = "T0 question", "T1 call, coaching", "message thread"


def accepted_ask(world: World, kind: Help, person: User | None) -> Ask:
    """The stranger asked somebody, who said yes; those who work nowhere cannot, so that theirs is written past the services."""
    written = HelpRequest.objects.create(asker=world.stranger, kind=kind, problem="Who?", state="open")
    ask = Ask.objects.create(request=written, person=person or world.staff)
    if Membership.objects.filter(person=ask.person).exists():
        return change_ask(ask=ask, act="accept", by=ask.person)
    Ask.objects.filter(pk=ask.pk).update(state="accepted")
    thread = Thread.objects.create(ask=ask)
    Participant.objects.create(thread=thread, person=ask.person)
    return ask


for thing, kind in ((QUESTION, Help.QUESTION), (CALL, Help.CALL)):
    get(
        thing,
        "read as a party",
        lambda world, client, kind=kind: f"/exchange/{accepted_ask(world, kind, client.person).request_id}/",
    )
    get(
        thing,
        "read as nobody to it",
        lambda world, client, kind=kind: f"/exchange/{accepted_ask(world, kind, None).request_id}/",
    )
get(
    THREAD,
    "read as a participant",
    lambda world, client: f"/messages/{accepted_ask(world, Help.CALL, client.person).thread.pk}/",
)
get(
    THREAD,
    "read as nobody to it",
    lambda world, client: f"/messages/{accepted_ask(world, Help.CALL, None).thread.pk}/",
)


@attempt(CALL, "be told that it takes place")
def told_of_a_call(world: World, client: Client) -> Any:
    accepted_ask(world, Help.CALL, None)
    return client.get("/exchange/staff/")


get(CALL, "count", lambda world, client: "/coordinate/")


REPORTS = "report, moderation queue"


def reported(**about: Any) -> str:
    """Where a moderator reads what was reported."""
    return f"/moderation/{Report.objects.create(kind=ReportClass.OTHER, **about).pk}/"


for thing, kind in ((QUESTION, Help.QUESTION), (CALL, Help.CALL)):
    get(
        thing,
        "read when reported",
        lambda world, client, kind=kind: reported(request=accepted_ask(world, kind, None).request),
    )


def a_message(world: World, person: User | None) -> Message:
    """What the stranger wrote to somebody."""
    thread = accepted_ask(world, Help.CALL, person).thread
    return Message.objects.create(thread=thread, by=world.stranger, text="Hello")


get(THREAD, "read when reported", lambda world, client: reported(message=a_message(world, None)))
get(PROFILE, "read when reported", lambda world, client: reported(profile=profile(world.stranger, "me")))


@attempt(CLAIM, "read when reported")
def read_reported_claim(world: World, client: Client) -> Any:
    response = client.get(reported(profile=claimed(world, world.staff).profile))
    assert response.status_code != 200 or b"Listening" in response.content
    return response


get(REPORTS, "read the queue", lambda world, client: "/moderation/")


@attempt(REPORTS, "report what one reads")
def report_a_message(world: World, client: Client) -> Any:
    message = a_message(world, client.person)
    return client.post(f"/report/message/{message.pk}/", {"kind": "safeguarding", "words": ""})


@attempt(REPORTS, "decide")
def decide(world: World, client: Client) -> Any:
    return client.post(reported(message=a_message(world, None)), {"act": "hide"})


@attempt(REPORTS, "report an entry")
def report_an_entry(world: World, client: Client) -> Any:
    page = world.entry.with_statement("A family of nine was known to everybody there.").page
    quoted = "family of nine was known to everybody"
    return client.post(
        f"/report/entry/{page.uid}/", {"kind": "identifies-family", "quoted": quoted, "words": ""}
    )


@attempt(REPORTS, "report an open question")
def report_a_question(world: World, client: Client) -> Any:
    asked = OpenQuestion.objects.create(title="What then?", slug="what-then")
    return client.post(f"/report/question/{asked.uid}/", {"kind": "identifies-family", "words": ""})


@attempt(REPORTS, "report another page")
def report_a_page(world: World, client: Client) -> Any:
    return client.post("/report/page/?page=/authorities/north/", {"kind": "other", "words": ""})


@attempt(REPORTS, "decide about an entry")
def decide_about_an_entry(world: World, client: Client) -> Any:
    return client.post(reported(entry=world.entry.page, quoted="Open work went on there."), {"act": "show"})
