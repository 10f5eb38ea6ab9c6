"""Ann in North asks Bo in South, whose manager is Mo; Cy is somebody else of the South."""

from __future__ import annotations

import pytest
from website.accounts.models import Membership, Role, User
from website.places.models import Organisation

from tests.factories.exchange import offering
from tests.factories.people import a_person, give, member, profile
from tests.factories.three_places import *  # noqa: F403 - fixtures


@pytest.fixture
def ann(north: Organisation) -> User:
    person = member("Ann Asker", of=north)
    profile(person)
    return person


@pytest.fixture
def mo(south: Organisation) -> User:
    return member("Mo Manager", of=south)


@pytest.fixture
def bo(south: Organisation, mo: User) -> User:
    person = member("Bo Helper", of=south)
    Membership.objects.filter(person=person).update(line_manager=mo)
    offering(person)
    return person


@pytest.fixture
def moderator() -> User:
    person = a_person("Dee Duty")
    give(person, Role.MODERATOR)
    return person


@pytest.fixture
def cy(south: Organisation) -> User:
    person = member("Cy Third", of=south)
    offering(person)
    return person
