"""Messages, their limits, what is looked at before they are sent, and letters that say nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from website.accounts.models import Membership, User
from website.accounts.permissions import NotAllowed
from website.outgoing.models import Letter

from network.choices import Help
from network.models import Message, Profile
from network.services import limits
from network.services.asking import change_ask
from network.services.blocks import block
from network.services.refusals import NotAvailable, NotPossible, TooMuch
from network.services.threads import mark_read, send_message
from tests.factories.exchange import accepted
from tests.factories.people import an_editor
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


def test_only_the_two_read_and_write(ann: User, bo: User, cy: User, mo: User):
    thread = accepted(by=ann, of=bo).thread
    for person in (ann, bo):
        send_message(thread=thread, by=person, text="Hello")
        assert browser_of(person).get(f"/messages/{thread.pk}/").status_code == 200
    for person in (cy, mo, an_editor(), User.objects.create_superuser("root@people.example")):
        with pytest.raises(NotAllowed):
            send_message(thread=thread, by=person, text="Hello")
        assert browser_of(person).get(f"/messages/{thread.pk}/").status_code == 404
    Membership.objects.filter(person=ann).update(state="suspended")
    assert browser_of(ann).get(f"/messages/{thread.pk}/").status_code == 404


def test_one_letter_until_it_is_read(ann: User, bo: User):
    thread = accepted(by=ann, of=bo, kind=Help.QUESTION).thread
    Letter.objects.all().delete()
    for number in range(3):
        send_message(thread=thread, by=ann, text=f"Hello {number}")
    assert Letter.objects.filter(person=bo).count() == 1
    mark_read(thread=thread, by=bo)
    send_message(thread=thread, by=ann, text="Hello again")
    assert Letter.objects.filter(person=bo).count() == 2
    assert not Letter.objects.filter(person=ann).exists()


def test_twenty_an_hour_and_nothing_typed_is_lost(ann: User, bo: User):
    thread = accepted(by=ann, of=bo).thread
    for number in range(limits.MESSAGES_AN_HOUR):
        send_message(thread=thread, by=ann, text=f"Hello {number}")
    with pytest.raises(TooMuch):
        send_message(thread=thread, by=ann, text="One more")
    answer = browser_of(ann).post(f"/messages/{thread.pk}/", {"text": "Onemoreword"})
    assert "Onemoreword" in answer.content.decode()
    assert "20 messages within an hour" in answer.content.decode()
    Message.objects.update(at=timezone.now() - dt.timedelta(hours=1, minutes=1))
    assert send_message(thread=thread, by=ann, text="Later").pk


def test_a_button_pressed_twice_sends_once(ann: User, bo: User):
    thread = accepted(by=ann, of=bo).thread
    first, again = (send_message(thread=thread, by=ann, text="Yes.") for _ in range(2))
    assert first == again
    assert send_message(thread=thread, by=bo, text="Yes.") != first, "the other one says so too"
    assert send_message(thread=thread, by=ann, text="Yes.") != first, "and an answer may use the same words"


@pytest.mark.parametrize("by_me", [True, False])
def test_a_block_closes_the_thread_both_ways_and_keeps_the_words(by_me: bool, ann: User, bo: User):
    thread = accepted(by=ann, of=bo).thread
    block(person=bo, by=ann) if by_me else block(person=ann, by=bo)
    with pytest.raises(NotAvailable):
        send_message(thread=thread, by=ann, text="Hello")
    answer = browser_of(ann).post(f"/messages/{thread.pk}/", {"text": "Keptwords"})
    assert "Keptwords" in answer.content.decode()
    assert "Not available now." in answer.content.decode()


def test_what_has_ended_is_read_and_not_added_to(ann: User, bo: User):
    ask = accepted(by=ann, of=bo, kind=Help.QUESTION, problem="Howisduty?")
    change_ask(ask=ask, act="end", by=bo)
    with pytest.raises(NotPossible):
        send_message(thread=ask.thread, by=ann, text="Hello")
    assert "Howisduty?" in browser_of(ann).get(f"/messages/{ask.thread.pk}/").content.decode()


def test_what_looks_like_a_case_is_sent_only_after_a_yes_to_exactly_that(ann: User, bo: User):
    thread = accepted(by=ann, of=bo).thread
    address, client = f"/messages/{thread.pk}/", browser_of(ann)
    text = "Look at Jamie Smith, 12/03/2015 please"
    asked = client.post(address, {"text": text})
    assert not thread.messages.exists()
    page = asked.content.decode()
    assert text in page
    assert "looks like a name with a date" in page
    mark = asked.context["form"].data["looked_at"]
    other = client.post(address, {"text": text + " or SK9 1AB", "looked_at": mark, "sure": "on"})
    assert "looks like a postcode" in other.content.decode(), "a yes to one passage is no yes to the next"
    assert not thread.messages.exists()
    client.post(address, {"text": text, "looked_at": mark, "sure": "on"})
    assert thread.messages.get().text == text


def test_the_standing_lines_are_on_every_thread_and_new_request(ann: User, bo: User):
    thread = accepted(by=ann, of=bo).thread
    for address in (f"/messages/{thread.pk}/", "/exchange/new/"):
        page = browser_of(ann).get(address).content.decode()
        assert "A child at risk now? Use your local route, do not write it here." in page
    assert "information law" in browser_of(ann).get(f"/messages/{thread.pk}/").content.decode()


def everything_about(ann: User, bo: User, mo: User) -> tuple[list[str], Any]:
    """Every page, letter and header that an exchange makes, as each of the people reads it."""
    ask = accepted(by=ann, of=bo, kind=Help.COACHING, problem="Markofaproblem")
    send_message(thread=ask.thread, by=ann, text="Markofamessage")
    from network.services.calls import agree_time, propose_times

    (time,) = propose_times(ask=ask, times=[(timezone.now() + dt.timedelta(days=3), 45)], by=ann)
    agree_time(time=time, by=bo)
    return [
        "/exchange/",
        f"/exchange/{ask.request_id}/",
        f"/exchange/asks/{ask.pk}/times/",
        f"/exchange/asks/{ask.pk}/call.ics",
        f"/exchange/asks/{ask.pk}/debrief/",
        "/messages/",
        f"/messages/{ask.thread.pk}/",
        "/exchange/staff/",
        "/me/",
        f"/exchange/{ask.request_id}/nothing-here/",
    ], ask


def test_no_address_anywhere_and_hidden_people_are_nameless_to_each_other(
    ann: User, bo: User, mo: User, cy: User, mailoutbox: list[Any]
):
    addresses, _ = everything_about(ann, bo, mo)
    for person in (ann, bo, mo, cy):
        for address in addresses:
            answer = browser_of(person).get(address)
            said = f"{dict(answer.headers)} {answer.content.decode()}"
            for other in {ann, bo, mo, cy} - {person}:
                assert other.email not in said, (address, person.name)
            if person == cy:
                assert "Markofa" not in said
                assert answer.status_code in (200, 404)
            if person == mo:
                assert "Markofa" not in said, address
                assert "Ann Asker" not in said, address
    staff = browser_of(mo).get("/exchange/staff/").content.decode()
    assert "Bo Helper" in staff
    assert "45 minutes" in staff
    Profile.objects.update(hidden_at=timezone.now())
    for person, other in ((ann, "Bo Helper"), (bo, "Ann Asker")):
        for address in addresses[:7]:
            assert other not in browser_of(person).get(address).content.decode(), address


def test_letters_say_that_something_is_there_and_nothing_of_it(
    ann: User, bo: User, mo: User, mailoutbox: list[Any]
):
    from website.outgoing.sending import send_due

    with transaction.atomic():
        everything_about(ann, bo, mo)
    send_due()
    assert {mail.to[0] for mail in mailoutbox} == {ann.email, bo.email, mo.email}
    for mail in mailoutbox:
        wire = mail.message().as_string()
        assert "/exchange/" in wire or "/messages/" in wire
        for word in ("Markofa", "Ann", "Asker", "Bo ", "Helper", "Manager"):
            assert word not in wire.replace("/exchange", ""), mail.subject
        assert [each for each in (ann, bo, mo) if each.email in wire and each.email not in mail.to] == []
