"""A coordinator reads how many calls their region gave and had, never few enough to tell who."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from website.accounts.models import Role, User
from website.places.models import Organisation

from network.choices import Help
from network.models import Ask, HelpRequest
from tests.factories.exchange import help_request
from tests.factories.people import a_person, give, member
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    person = a_person("Cory Coordinator")
    give(person, Role.COORDINATOR, region="north-west")
    return person


def agreed(number: int, *, by: User, of: Organisation, kind: Help = Help.CALL, **said: object) -> None:
    """So many people of a place helped somebody, each once."""
    now = timezone.now()
    for each in range(number):
        person = member(f"{of} {kind} {number} {each}", of=of)
        state = {"state": "accepted", "answered_at": now, **said}
        Ask.objects.create(request=help_request(by=by, kind=kind), person=person, **state)


def table(reader: User) -> dict[str, list[str]]:
    page = BeautifulSoup(browser_of(reader).get("/coordinate/").content, "html.parser")
    return {
        row.th.get_text(): [cell.get_text() for cell in row.select("td")] for row in page.select("tbody tr")
    }


def test_only_numbers_of_five_and_more_are_told(
    ann: User, bo: User, north: Organisation, south: Organisation, coordinator: User
):
    few = "fewer than 5"
    assert table(coordinator) == {"A call": [few, few], "Coaching": [few, few]}, "none is no less than few"
    agreed(4, by=bo, of=north)
    assert table(coordinator)["A call"] == [few, few]
    agreed(1, by=bo, of=north, state="ended", ended_at=timezone.now())
    assert table(coordinator)["A call"] == ["5", few]
    agreed(6, by=ann, of=south, kind=Help.COACHING)
    assert table(coordinator)["Coaching"] == [few, "6"]
    page = browser_of(coordinator).get("/coordinate/").content.decode()
    assert not any(name in page for name in ("Ann Asker", "Bo Helper", "South"))


def test_what_is_not_a_call_of_the_last_year_to_which_both_said_yes_is_not_counted(
    bo: User, north: Organisation, south: Organisation, coordinator: User
):
    long_ago = timezone.now() - dt.timedelta(days=366)
    agreed(5, by=bo, of=north, answered_at=long_ago)
    agreed(6, by=bo, of=north, state="asked", answered_at=None)
    agreed(7, by=bo, of=north, state="declined")
    agreed(8, by=bo, of=south)
    agreed(9, by=bo, of=north, kind=Help.QUESTION)
    few = "fewer than 5"
    assert table(coordinator) == {"A call": [few, few], "Coaching": [few, few]}
    HelpRequest.objects.filter(asks__state="declined").update(kind=Help.COACHING)
    Ask.objects.filter(state="declined").update(state="accepted")
    assert table(coordinator)["Coaching"] == ["7", few], "the control"


def test_it_is_for_coordinators_and_their_own_region(coordinator: User, ann: User):
    give(coordinator, Role.COORDINATOR, region="london")
    page = browser_of(coordinator).get("/coordinate/").content.decode()
    assert page.index("London") < page.index("North West")
    assert "South West" not in page
    assert browser_of(ann).get("/coordinate/").status_code == 404
    assert "/coordinate/" in browser_of(coordinator).get("/me/").content.decode()
