"""Nobody learns who has an account: the answer and its cost are the same for every address."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from website.accounts.models import MembershipState, User
from website.outgoing.models import Letter
from website.outgoing.sending import send_due
from website.outgoing.tasks import carry_letters

from tests.factories.people import a_person, membership
from tests.factories.places import AuthorityFactory
from tests.integration.outgoing.mail_server import dead_port, mail_server

pytestmark = pytest.mark.django_db

FORMS: dict[str, dict[str, str]] = {
    "/accounts/signup/": {},
    "/accounts/login/": {"password": "a wrong password"},
    "/accounts/password/reset/": {},
}


@pytest.fixture
def addresses() -> dict[str, str]:
    """One of each kind; the last three have no account."""
    north = AuthorityFactory(name="North", website="north.example")
    for address in ("known@north.example", "shut.out@north.example", "invited@north.example"):
        person = a_person("Some Body", password="a long pass phrase 12")
        User.objects.filter(pk=person.pk).update(email=address, is_active=not address.startswith("shut"))
        person.emailaddress_set.update(email=address, verified=not address.startswith("invited"))
        if address.startswith("invited"):
            person.emailaddress_set.all().delete()
            membership(person, north, MembershipState.INVITED)
    kinds = ["known", "shut.out", "invited", "unknown"]
    return {
        **{kind: f"{kind}@north.example" for kind in kinds},
        "of a part of the domain": "sam@adults.north.example",
        "of nobody's domain": "sam@nowhere.example",
    }


@pytest.mark.parametrize("form", FORMS)
def test_each_address_is_answered_the_same_at_the_same_cost(form: str, addresses: dict[str, str]):
    answers = {kind: _answer(form, address) for kind, address in addresses.items()}
    first = answers["known"]
    assert answers == dict.fromkeys(addresses, first)
    assert first[1] in (200, 302)


def _answer(form: str, address: str) -> tuple[Any, ...]:
    """Status, where it leads, the page without what differs in every page, cookies, questions to the database, letters."""
    cache.clear()
    Letter.objects.all().delete()
    client = Client()
    sent = {"email": address, "login": address, **FORMS[form]}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.post(form, sent)
    page = re.sub(r'value="\w{64}"', "", answer.content.decode()).replace(address, "")
    assert "login" not in form or "Sign in by Example Council" in page, "single sign-on is on"
    letters = list(Letter.objects.values_list("address", flat=True))
    return (
        [re.sub(r"\s.*", "", query["sql"]) for query in asked],
        answer.status_code,
        answer.get("Location"),
        page,
        sorted(client.cookies),
        letters == ([] if "login" in form else [address]),
    )


def test_a_new_address_of_ones_own_tells_nobody_who_has_it(addresses: dict[str, str]):
    answers = {}
    for kind, address in addresses.items():
        client = Client()
        client.force_login(a_person("Cu Rious"))
        with CaptureQueriesContext(connection) as asked:
            answer = client.post("/accounts/email/", {"email": address, "action_add": ""})
        page = re.sub(r'value="\w{64}"', "", client.get("/accounts/email/").content.decode())
        page = re.sub(r"cu-rious-\d+@people.example", "", page).replace(address, "")
        answers[kind] = (answer.status_code, page, [query["sql"].split()[0] for query in asked])
    assert answers == dict.fromkeys(addresses, answers["known"])
    assert set(Letter.objects.values_list("address", flat=True)) == set(addresses.values())


@pytest.mark.parametrize("kind", ["known", "invited", "unknown"])
def test_an_address_that_another_account_has_does_not_become_ones_own(kind: str, addresses: dict[str, str]):
    person, client = a_person("Cu Rious"), Client()
    client.force_login(person)
    client.post("/accounts/email/", {"email": addresses[kind], "action_add": ""})
    found = re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", Letter.objects.get().body)
    assert found is not None
    assert client.post(found.group(1)).status_code == 302
    person.refresh_from_db()
    assert (person.email == addresses[kind]) == (kind == "unknown")


def test_what_the_address_has_or_lacks_is_said_in_the_letter_alone(client: Client, addresses: dict[str, str]):
    said = {}
    for kind, address in addresses.items():
        client.post("/accounts/signup/", {"email": address})
        said[kind] = Letter.objects.get(address=address).body
    assert "There is one already" in said["known"]
    assert "There is one already" in said["invited"]
    assert "/accounts/signup/open/?key=" in said["unknown"]
    assert "/accounts/signup/open/?key=" in said["of a part of the domain"]
    assert "We do not know this address" in said["of nobody's domain"]


def test_one_address_is_not_flooded_with_letters(client: Client):
    for _ in range(5):
        answer = client.post("/accounts/signup/", {"email": "sam@nowhere.example"})
        assert answer.status_code == 302
    assert Letter.objects.count() == 3


@pytest.mark.parametrize("form", ["/accounts/signup/", "/accounts/password/reset/"])
def test_with_the_mail_server_down_every_address_is_answered_alike_and_no_letter_is_lost(
    form: str,
    client: Client,
    addresses: dict[str, str],
    settings: Any,
    django_capture_on_commit_callbacks: Any,
    mailoutbox: list[Any],
):
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", dead_port()
    with django_capture_on_commit_callbacks(execute=True):
        answers = {client.post(form, {"email": each}).status_code for each in addresses.values()}
    assert (answers, mailoutbox) == ({302}, [])
    settings.EMAIL_BACKEND = works
    send_due(at=timezone.now() + dt.timedelta(hours=7))
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted(addresses.values())
    assert not Letter.objects.exists(), "a link does not lie around once it is sent"


def test_in_production_no_request_speaks_to_the_mail_server(
    client: Client, addresses: dict[str, str], settings: Any, django_capture_on_commit_callbacks: Any
):
    settings.MAIL_SENDING = "worker"
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        with django_capture_on_commit_callbacks(execute=True):
            for form in ("/accounts/signup/", "/accounts/password/reset/"):
                client.post(form, {"email": addresses["known"]})
        assert server.connections == 0
        carry_letters.call()
        assert len(server.received) == 2, "the control: the worker does"
