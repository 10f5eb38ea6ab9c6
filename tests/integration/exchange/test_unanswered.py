"""Whoever was asked is reminded after five working days, whoever asked is told after ten, each once and only while it waits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from website.accounts.models import Membership, User
from website.outgoing.models import Letter

from network.models import Ask, HelpRequest
from network.services.asking import change_ask, close_request
from network.services.unanswered import working_days_before, write_about_unanswered
from tests.factories.exchange import asked

pytestmark = pytest.mark.django_db

#: A Thursday.
ASKED = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def ask(ann: User, bo: User) -> Ask:
    made = asked(by=ann, of=bo, problem="Markofaproblem")
    Ask.objects.update(asked_at=ASKED)
    Letter.objects.all().delete()
    made.refresh_from_db()
    return made


def on(day: int) -> Any:
    """Noon of a day of October."""
    return time_machine.travel(dt.datetime(2026, 10, day, 12, tzinfo=dt.UTC), tick=False)


def test_weekends_do_not_count():
    friday, monday = dt.datetime(2026, 10, 2, 12), dt.datetime(2026, 10, 5, 12)
    assert working_days_before(monday, 1) == friday
    assert working_days_before(dt.datetime(2026, 10, 8, 12), 5) == dt.datetime(2026, 10, 1, 12)
    assert working_days_before(monday, 0) == monday


def test_each_is_written_to_once_and_in_time(
    ask: Ask, ann: User, bo: User, django_capture_on_commit_callbacks: Any
):
    written: dict[int, list[str]] = {}
    for day in (7, 8, 9, 14, 15, 16, 30):
        mail.outbox.clear()
        with on(day), django_capture_on_commit_callbacks(execute=True):
            call_command("remind_requests")
            call_command("remind_requests")
        written[day] = [to for letter in mail.outbox for to in letter.to]
    assert written == {7: [], 8: [bo.email], 9: [], 14: [], 15: [ann.email], 16: [], 30: []}


def test_the_letters_lead_on_and_say_nothing_of_the_request_or_the_other(ask: Ask, ann: User, bo: User):
    with on(15):
        assert write_about_unanswered() == 2
    to = {letter.person_id: letter for letter in Letter.objects.all()}
    assert f"/exchange/{ask.request_id}/people/" in to[ann.pk].body
    assert "ask somebody else" in to[ann.pk].body
    for letter in to.values():
        for secret in ("Markofaproblem", ann.name, bo.name, ann.email, bo.email):
            assert secret not in letter.subject + letter.body


def left(person: User) -> None:
    Membership.objects.filter(person=person).update(state="left", ended_at=ASKED)


STOPS: dict[str, Any] = {
    "answered": lambda ask: change_ask(ask=ask, act="not-now", by=ask.person),
    "taken back": lambda ask: change_ask(ask=ask, act="withdraw", by=ask.request.asker),
    "closed": lambda ask: close_request(request=ask.request, by=ask.request.asker),
    "hidden by a moderator": lambda ask: HelpRequest.objects.update(hidden_at=ASKED),
    "whoever asked has left": lambda ask: left(ask.request.asker),
    "whoever was asked has left": lambda ask: left(ask.person),
}


@pytest.mark.parametrize("how", STOPS)
def test_nobody_is_written_to_once_there_is_nothing_to_answer(how: str, ask: Ask):
    STOPS[how](ask)
    with on(30):
        assert write_about_unanswered() == 0
