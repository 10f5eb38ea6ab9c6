"""Whoever comes by single sign-on comes in by the rules of sign-up, and takes over nobody's account."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from website.accounts.models import Membership, MembershipState, User
from website.accounts.services.memberships import invite
from website.places.models import Organisation

from tests.factories.people import administrator
from tests.factories.places import AuthorityFactory
from tests.integration.accounts.openid_provider import Provider
from tests.integration.accounts.single_sign_on.conftest import (
    SAM,
    arrive,
    configure,
    holder,
    turned_away,
    way_back,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("says", [False, None, "false", "yes", 1.5])
def test_nobody_takes_an_account_over_by_an_address_that_is_not_verified(
    says: Any, client: Client, there: Provider, north: Organisation
):
    User.objects.create_user("sam@north.example", "three quiet herons", name="Sam")
    there.person["email_verified"] = says
    turned_away(client, "did not confirm", 403)


def test_a_provider_does_not_learn_who_has_an_account(there: Provider, north: Organisation):
    User.objects.create_user("sam@north.example", "three quiet herons", name="Sam")
    there.person["email_verified"] = False
    answers = []
    for address in ("sam@north.example", "nobody@north.example"):
        there.person["email"] = address
        client = Client()
        back = way_back(client)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(back)
        answers.append((answer.status_code, answer.content, [each["sql"].split()[0] for each in asked]))
    assert answers[0] == answers[1]


def test_whoever_knew_a_password_for_an_address_that_nobody_had_proved_loses_it(
    client: Client, there: Provider, north: Organisation
):
    person = User.objects.create_user("sam@north.example", "three quiet herons", name="Not Sam")
    other = Client()
    other.force_login(person)
    arrive(client)
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert other.get("/me/").status_code == 302
    assert (holder(client), client.get("/me/").status_code) == (str(person.pk), 200)


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ({"email": "sam@nowhere.example"}, "We do not know your address"),
        ({"email": "sam@elsewhere.example"}, "not one of those"),
        ({"email": None}, "did not tell us"),
        ({"email": "no address"}, "did not tell us"),
        ({"email": ["sam@north.example"]}, "did not tell us"),
        ({"email": "sam@evil-nowhere.example"}, "not one of those"),
    ],
)
def test_whoever_could_not_sign_up_is_not_let_in(
    person: dict[str, Any], words: str, client: Client, there: Provider, north: Organisation
):
    configure(there, OIDC_NORTH_DOMAINS="north.example,nowhere.example")
    there.person |= person
    turned_away(client, words, 403)
    there.person = dict(SAM)
    assert arrive(Client())["Location"] == "/me/", "the control"


def test_an_invitation_lets_in_an_address_of_no_organisation(
    client: Client, there: Provider, north: Organisation
):
    invite(organisation=north, email="pat@agency.example", name="Pat", by=administrator(of=north))
    configure(there, OIDC_NORTH_DOMAINS="*")
    there.person["email"] = "pat@agency.example"
    arrive(client)
    place = Membership.objects.get(person=holder(client))
    assert place.state == MembershipState.INVITED
    client.post("/me/", {"act": "accept", "membership": str(place.pk)})
    assert client.get("/skills/").status_code == 200


def test_a_provider_that_proves_addresses_need_not_say_so_of_its_own_domains_alone(
    there: Provider, north: Organisation
):
    AuthorityFactory(name="South", website="south.example")
    configure(there, OIDC_NORTH_PROVES_ADDRESSES="on")
    there.person["email_verified"] = None
    client = Client()
    arrive(client)
    assert holder(client)
    there.person |= {"sub": "subject-2", "email": "sue@south.example"}
    turned_away(Client(), "not one of those", 403)
    there.person |= {"email": "sue@north.example", "email_verified": False}
    turned_away(Client(), "did not confirm", 403)


def test_closed_moved_and_handed_on_addresses_open_nothing(there: Provider, north: Organisation):
    arrive(Client())
    person = User.objects.get()
    there.person["sub"] = "subject-2"
    turned_away(Client(), "Somebody else at North Council", 403)
    there.person["sub"] = "subject-1"
    User.objects.update(email="sam@south.example")
    turned_away(Client(), "has moved", 403)
    User.objects.update(email=person.email, is_active=False)
    turned_away(Client(), "closed", 403)
    SocialAccount.objects.all().delete()
    turned_away(Client(), "closed", 403)
