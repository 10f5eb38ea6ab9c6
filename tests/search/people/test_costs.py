"""Fifteen questions to the database at most for every search of people and every page about them, however many there are.

As in production: the door that asks for a second factor asks the database too.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from website.accounts.models import User
from website.places.models import Organisation

from network.choices import Help, SkillLevel
from network.models import Photo, Profile
from network.services.asking import ask_person
from network.services.claims import claim_skill, offer_help, tell_blockage
from practice_library.models import CaseStudyPage
from practice_library.services.tree import ensure_tree
from search import vocabulary
from search.indexed import PEOPLE
from search.indexing import rebuild
from tests.factories.entries import case_study, practice_model
from tests.factories.exchange import help_request
from tests.factories.people import member, profile
from tests.factories.places import neighbours
from tests.factories.vocabularies import condition
from tests.search.people.making import a_skill

pytestmark = pytest.mark.django_db
MOST_SQL = 15
FREE = f"free={timezone.localdate():%Y-%m}"
#: Every kind of question, and all of them at once.
QUESTIONS = {
    "words": "q=lanternword",
    "some of the words": "q=lanternword+quokkaword",
    "a skill and a level": "skill=supervision&level=3",
    "a blockage": "blockage=police-engagement",
    "a model": "model=moon-model",
    "a cohort": "cohort=young-carers",
    "a job title": "role=team+manager",
    "a region": "region=north-west",
    "a kind of help": "help=call",
    "areas like one": "like=south",
    "areas like mine": "like=mine",
    "free in": FREE,
}
QUESTIONS["everything"] = "&".join(
    asked for what, asked in QUESTIONS.items() if what not in ("some of the words", "areas like one")
)


@pytest.fixture
def reader(south: Organisation, north: Organisation, settings: Any) -> User:
    """Somebody elsewhere with a profile, whose area is like North."""
    settings.REQUIRE_SECOND_FACTOR = True
    settings.PEOPLE_SEARCH_LIMITS = ()
    neighbours(south, north)
    person = member("Rea Der", of=south)
    profile(person)
    return person


@pytest.fixture
def study(north: Organisation) -> CaseStudyPage:
    ensure_tree()
    written = case_study("Night court", lead=north.slug).with_cohort("Young carers")
    return written.running(practice_model("Moon Model")).page


def stock(place: Organisation, study: CaseStudyPage, number: int) -> None:
    """People of whom everything can be found and everything be said."""
    for n in range(number):
        person = member(f"Full {number} {n}", of=place)
        Photo.objects.create(profile=profile(person, about="Lanternword"), data=b"a picture")
        claim_skill(person=person, skill=a_skill("Supervision"), level=SkillLevel.LED, case_study=study)
        tell_blockage(person=person, condition=condition("Police engagement"), how="Lanternword")
        offer_help(person=person, kinds=[Help.CALL, Help.LOAN], days=[1], capacity=1)
    vocabulary.forget()
    rebuild(PEOPLE)


def cost_of(client: Client, address: str) -> tuple[int, str]:
    """How many questions a page asks once what is kept in memory has been read, and the page."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as caught:
        page = client.get(address).content.decode()
    return len(caught), page


def test_every_search_and_page_about_people_costs_the_same_few_questions_at_any_size(
    reader: User, north: Organisation, study: CaseStudyPage, site_engine: str
):
    client = Client()
    client.force_login(reader)
    costs: dict[str, list[int]] = {}
    asked = None
    for number in (1, 32):
        stock(north, study, number)
        someone = member(f"Any {number}", of=north)
        held = profile(someone)
        offer_help(person=someone, kinds=[Help.CALL], days=[], capacity=1)
        claim_skill(person=reader, skill=a_skill(f"Skill {number}"), level=SkillLevel.LED)
        tell_blockage(person=reader, condition=condition(f"Blockage {number}"), how="So.")
        asked = asked or help_request(
            by=reader, problem="Lanternword supervision", skills=[a_skill("Supervision")]
        )
        ask_person(request=asked, profile=held, by=reader)
        for what, question in QUESTIONS.items():
            cost, page = cost_of(client, f"/people/?{question}")
            assert "pc-card__title" in page, what
            costs.setdefault(what, []).append(cost)
        found = next(iter(with_everything(north)))
        for address in (
            "/people/",
            f"/people/{found}/",
            "/skills/",
            "/skills/supervision/",
            f"/exchange/{asked.pk}/people/",
            "/me/profile/",
            "/me/profile/?as=manager",
            "/me/profile/edit/",
            "/me/profile/skills/",
            "/me/profile/blockages/",
            "/me/profile/availability/",
            "/me/profile/photo/",
        ):
            where = "one person" if str(found) in address else address
            costs.setdefault(where, []).append(cost_of(client, address)[0])
    told = {where: pair for where, pair in costs.items() if pair[0] != pair[1] or pair[1] > MOST_SQL}
    assert told == {}, costs


def with_everything(place: Organisation) -> list[Any]:
    """Profiles with everything."""
    return list(
        Profile.objects.filter(about="Lanternword", person__memberships__organisation=place)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
