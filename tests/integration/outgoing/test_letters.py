"""Letters are kept with what they tell of, and carried until they arrive, whatever the mail server does."""

from __future__ import annotations

import datetime as dt
import email
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from website.accounts.models import Membership, User
from website.accounts.services.memberships import invite
from website.health import checks
from website.outgoing import sending
from website.outgoing.models import Letter
from website.outgoing.posting import post
from website.outgoing.sending import send_due
from website.outgoing.tasks import carry_letters

from tests.factories.people import a_person, administrator
from tests.factories.places import AuthorityFactory
from tests.integration.outgoing.mail_server import dead_port, mail_server

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(hours=7)


@pytest.fixture
def smtp(settings: Any) -> Callable[[int], None]:
    """Mail goes to a port of this machine."""

    def to(port: int) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 2
        settings.DEFAULT_FROM_EMAIL = "Practice Commons <no-reply@commons.example>"

    return to


@pytest.fixture
def person() -> User:
    return a_person("Pat Person")


def invited(committing: Any) -> Membership:
    north = AuthorityFactory(name="North")
    boss = administrator("Ada North", of=north)
    with committing(execute=True):
        return invite(organisation=north, email="new@people.example", name="Sam", by=boss)


def test_with_the_mail_server_down_the_act_stands_and_the_letter_arrives_later(
    smtp: Any, django_capture_on_commit_callbacks: Any
):
    smtp(dead_port())
    membership = invited(django_capture_on_commit_callbacks)
    assert Membership.objects.filter(pk=membership.pk).exists()
    letter = Letter.objects.get()
    assert (letter.attempts, letter.last_error) == (1, "ConnectionRefusedError")
    with mail_server() as server:
        smtp(server.port)
        assert send_due().sent == 0, "its time has not come"
        assert send_due(at=timezone.now() + LATER).sent == 1
        assert [mail.recipients for mail in server.received] == [["new@people.example"]]
    assert not Letter.objects.exists()


def test_the_control_without_putting_off_the_letter_is_lost(
    smtp: Any, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
):
    smtp(dead_port())
    monkeypatch.setattr(sending, "_put_off", lambda letter, error, now: letter.delete())
    invited(django_capture_on_commit_callbacks)
    with mail_server() as server:
        smtp(server.port)
        send_due(at=timezone.now() + LATER)
        assert server.received == []


def test_in_production_the_request_never_speaks_to_the_mail_server(
    smtp: Any, settings: Any, django_capture_on_commit_callbacks: Any
):
    settings.MAIL_SENDING = "worker"
    with mail_server() as server:
        smtp(server.port)
        invited(django_capture_on_commit_callbacks)
        assert server.connections == 0
        assert DBTaskResult.objects.get().task_path == carry_letters.module_path
        carry_letters.call()
        assert (server.connections, len(server.received)) == (1, 1), "the control: the worker does"


def test_a_refused_letter_comes_back_at_growing_distances_and_is_never_given_up(smtp: Any, person: User):
    with transaction.atomic():
        post(to=person, subject="Hello", body="Text")
    waits, now = [], timezone.now()
    with mail_server() as server:
        server.refuses = True
        smtp(server.port)
        for _ in range(12):
            assert send_due(at=now).put_off == 1
            due = Letter.objects.get().due_at
            waits.append(due - now)
            now = due
        assert waits == sorted(waits)
        assert (waits[0], waits[-1]) == (sending.FIRST_WAIT, sending.LONGEST_WAIT)
        server.refuses = False
        assert send_due(at=now).sent == 1


def test_the_worker_comes_back_by_itself(smtp: Any, person: User):
    smtp(dead_port())
    with transaction.atomic():
        post(to=person, subject="Hello", body="Text")
    carry_letters.call()
    carry_letters.call()
    planned = DBTaskResult.objects.get(task_path=carry_letters.module_path)
    assert planned.run_after == Letter.objects.get().due_at


def test_nothing_on_the_wire_names_anybody_but_the_site_and_the_reader(smtp: Any, person: User):
    with mail_server() as server:
        smtp(server.port)
        with transaction.atomic():
            post(to=person, subject="Hello", body="Text")
        send_due()
        (mail,) = server.received
    assert (mail.sender, mail.recipients) == ("no-reply@commons.example", [person.email])
    said = email.message_from_string(mail.text)
    assert said["From"] == said["Reply-To"] == "Practice Commons <no-reply@commons.example>"
    assert said["Auto-Submitted"] == "auto-generated"
    addresses = {word for word in mail.text.replace("<", " ").replace(">", " ").split() if "@" in word}
    assert {each.rpartition("@")[2] for each in addresses - {person.email}} == {"commons.example"}


def test_two_workers_that_read_the_same_letter_send_it_once(person: User):
    with transaction.atomic():
        post(to=person, subject="Hello", body="Text")
    first, second = Letter.objects.get(), Letter.objects.get()
    now = timezone.now()
    assert [sending._take(first, now), sending._take(second, now)] == [True, False]
    assert send_due(at=now).sent == 0, "it is being sent"
    assert send_due(at=now + sending.LEASE).sent == 1, "whoever took it was killed"


def test_a_letter_is_bound_to_what_it_tells_of(person: User, mailoutbox: list[Any]):
    with transaction.atomic():
        post(to=person, subject="Hello", body="Text")
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    User.objects.filter(pk=person.pk).update(is_active=False)
    with transaction.atomic():
        post(to=person, subject="Hello", body="Text")
    call_command("send_letters")
    assert (mailoutbox, Letter.objects.count()) == ([], 0), "nobody writes to a closed account"


def test_a_letter_that_waits_long_is_told_to_whoever_runs_the_site(person: User):
    with transaction.atomic():
        letter = post(to=person, subject="Hello", body="Text")
    assert checks.mail() is None
    Letter.objects.update(written_at=letter.written_at - dt.timedelta(hours=2))
    assert "a letter has waited" in str(checks.mail())
