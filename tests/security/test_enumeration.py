"""Nobody learns who has an account: the answer and its cost are the same for every address."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from website.accounts.models import MembershipState, User

from tests.factories.people import a_person, membership
from tests.factories.places import AuthorityFactory

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
    mail.outbox.clear()
    client = Client()
    sent = {"email": address, "login": address, **FORMS[form]}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.post(form, sent)
    page = re.sub(r'value="\w{64}"', "", answer.content.decode()).replace(address, "")
    letters = [letter.to for letter in mail.outbox]
    return (
        [re.sub(r"\s.*", "", query["sql"]) for query in asked],
        answer.status_code,
        answer.get("Location"),
        page,
        sorted(client.cookies),
        letters == ([] if "login" in form else [[address]]),
    )


def test_what_the_address_has_or_lacks_is_said_in_the_letter_alone(client: Client, addresses: dict[str, str]):
    said = {}
    for kind, address in addresses.items():
        mail.outbox.clear()
        client.post("/accounts/signup/", {"email": address})
        said[kind] = mail.outbox[0].body
    assert "There is one already" in said["known"]
    assert "There is one already" in said["invited"]
    assert "/accounts/signup/open/?key=" in said["unknown"]
    assert "/accounts/signup/open/?key=" in said["of a part of the domain"]
    assert "We do not know this address" in said["of nobody's domain"]


def test_one_address_is_not_flooded_with_letters(client: Client):
    for _ in range(5):
        answer = client.post("/accounts/signup/", {"email": "sam@nowhere.example"})
        assert answer.status_code == 302
    assert len(mail.outbox) == 3


def test_with_the_mail_server_down_every_address_is_told_so(
    client: Client, addresses: dict[str, str], settings: Any
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answers = {client.post("/accounts/signup/", {"email": each}).status_code for each in addresses.values()}
    assert answers == {503}
