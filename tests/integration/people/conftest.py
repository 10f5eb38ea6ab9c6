"""Two organisations of one region and one of another, and everybody who might look at a profile."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from website.accounts.models import Membership, MembershipState, Role, User
from website.places.models import Organisation

from network.models import Skill, SkillGroup
from practice_library.models import CaseStudyPage
from practice_library.services.tree import ensure_tree
from tests.factories.entries import case_study
from tests.factories.people import a_person, an_editor, give, member
from tests.factories.three_places import *  # noqa: F403 - fixtures
from tests.integration.search.conftest import site_engine  # noqa: F401 - a fixture


@pytest.fixture
def skill() -> Skill:
    group = SkillGroup.objects.create(name="Methods", slug="methods")
    return Skill.objects.create(name="Group supervision", slug="group-supervision", group=group)


@pytest.fixture
def study(north: Organisation) -> CaseStudyPage:
    ensure_tree()
    return case_study("Night court", lead=north.slug).page


@pytest.fixture
def holder(north: Organisation) -> User:
    return member("Hol Der", of=north)


@pytest.fixture
def viewers(
    north: Organisation, near: Organisation, south: Organisation, holder: User
) -> dict[str, User | None]:
    """Each by what they are to the holder."""
    manager = member("Man Ager", of=north)
    Membership.objects.filter(person=holder).update(line_manager=manager)
    moderator, reviewer = a_person("Mo Derator"), a_person("Re Viewer")
    give(moderator, Role.MODERATOR)
    give(reviewer, Role.EVIDENCE_REVIEWER)
    return {
        "visitor": None,
        "without a place": a_person("With Out"),
        "invited": member("In Vited", of=north, state=MembershipState.INVITED),
        "suspended": member("Sus Pended", of=north, state=MembershipState.SUSPENDED),
        "left": member("Le Ft", of=north, state=MembershipState.LEFT),
        "moderator": moderator,
        "self": holder,
        "colleague": member("Col League", of=north),
        "manager": manager,
        "same region": member("Ne Ar", of=near),
        "elsewhere": member("El Sewhere", of=south),
        "editor": an_editor(),
        "superuser": User.objects.create_superuser("root@people.example", name="Ro Ot"),
        "reviewer": reviewer,
    }


#: The audiences that admit each viewer, written out by hand: the rule is tested against it, not against itself.
ADMITTED: dict[str, set[str]] = {
    "visitor": set(),
    "without a place": set(),
    "invited": set(),
    "suspended": set(),
    "left": set(),
    "moderator": set(),
    "self": {"me", "exchange", "organisation", "elsewhere", "region", "network"},
    "colleague": {"organisation", "region", "network"},
    "manager": {"organisation", "region", "network"},
    "same region": {"elsewhere", "region", "network"},
    "elsewhere": {"elsewhere", "network"},
    "editor": {"elsewhere", "network"},
    "superuser": {"elsewhere", "network"},
    "reviewer": {"elsewhere", "network"},
}


def browser_of(person: User | None) -> Any:
    """A client that is signed in as somebody, or as nobody."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client
