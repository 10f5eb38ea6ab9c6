"""What the pages ask of the database, few or many."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from website.accounts.models import User
from website.places.models import Organisation

from network.choices import Help
from network.models import Message
from network.services import limits
from network.services.asking import ask_person, change_ask
from tests.factories.exchange import accepted, asked, help_request, offering
from tests.factories.people import member
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


def test_fifteen_questions_at_most_however_many_take_part(
    ann: User, bo: User, mo: User, south: Organisation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "CONTACTS_A_DAY", 100)
    ask, waiting = accepted(by=ann, of=bo, kind=Help.CALL), asked(by=ann, of=bo)
    addresses = (
        (ann, "/exchange/"),
        (ann, f"/exchange/{ask.request_id}/"),
        (ann, f"/exchange/asks/{ask.pk}/times/"),
        (ann, "/messages/"),
        (ann, f"/messages/{ask.thread.pk}/"),
        (bo, "/exchange/"),
        (bo, f"/exchange/{ask.request_id}/"),
        (bo, f"/exchange/{waiting.request_id}/"),
        (mo, "/exchange/staff/"),
    )
    costs: dict[tuple[str, str], list[int]] = {}
    for number in (1, 8):
        for each in range(number):
            helper = offering(member(f"Helper {number} {each}", of=south)).person
            other = ask_person(request=ask.request, profile=helper.profile, by=ann)
            change_ask(ask=other, act="accept", by=helper)
            asked(by=helper, of=bo)
            accepted(by=ann, of=bo)
            help_request(by=ann)
            Message.objects.create(thread=ask.thread, by=bo, text="Hello")
        for person, address in addresses:
            client = browser_of(person)
            client.get(address)
            with CaptureQueriesContext(connection) as counted:
                assert client.get(address).status_code == 200
            costs.setdefault((person.name, address), []).append(len(counted))
    assert {where: pair for where, pair in costs.items() if pair[0] != pair[1] or pair[1] > 15} == {}
