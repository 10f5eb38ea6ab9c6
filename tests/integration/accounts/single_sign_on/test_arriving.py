"""The way there and back: who one is afterwards, what is kept of it, and what is still asked."""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from website.accounts.models import Membership, MembershipState, User
from website.accounts.services import single_sign_on
from website.audit.models import AuditEntry
from website.outgoing.models import Letter
from website.places.models import Organisation

from tests.factories.people import administrator, an_editor
from tests.factories.places import AuthorityFactory
from tests.integration.accounts.openid_provider import Provider
from tests.integration.accounts.single_sign_on.conftest import (
    LEAVE,
    SAM,
    arrive,
    configure,
    holder,
    turned_away,
)

pytestmark = pytest.mark.django_db


def test_the_whole_round_trip_opens_an_account_that_asks_to_join(
    client: Client, there: Provider, north: Organisation
):
    boss = administrator("Ada North", of=north)
    answer = arrive(client, f"{LEAVE}?next=/me/data/")
    assert (answer.status_code, answer["Location"]) == (302, "/me/data/")
    person = User.objects.get(email="sam@north.example")
    assert (person.name, person.has_usable_password(), holder(client)) == (
        "Sam Example",
        False,
        str(person.pk),
    )
    assert EmailAddress.objects.get(user=person).verified
    assert Membership.objects.get(person=person).state == MembershipState.ASKED
    assert Letter.objects.get().person == boss
    assert UserSession.objects.filter(user=person).count() == 1
    acts = AuditEntry.objects.by_person(person.pk).values_list("action", flat=True)
    assert {"account.opened", "account.connected", "membership.asked"} == set(acts)
    asked = there.asked[0]
    assert asked["code_challenge_method"] == "S256", "the provider refuses a token without the verifier"
    assert {"openid", "email", "profile"} == set(asked["scope"].split())


def test_nothing_is_kept_of_what_the_provider_tells_but_the_subject(
    client: Client, there: Provider, north: Organisation
):
    there.person |= {"picture": "https://north.example/zaracanary.png", "department": "zaracanary"}
    arrive(client)
    account = SocialAccount.objects.get()
    assert (account.provider, account.uid, account.extra_data) == ("north", "subject-1", {})
    assert not SocialToken.objects.exists()
    assert not SocialApp.objects.exists()
    kept = json.dumps([each.get_decoded() for each in Session.objects.all()])
    for word in ("zaracanary", "access token", "refresh token", "eyJ", "north.example"):
        assert word not in kept, word
    data = client.get("/me/data/my-data.json").content.decode()
    assert "subject-1" in data


def test_the_second_time_the_subject_decides_whatever_the_name_at_work_is_now(
    there: Provider, north: Organisation
):
    first, second = Client(), Client()
    arrive(first)
    there.person |= {"email": "sam.married@north.example", "email_verified": False}
    arrive(second)
    assert holder(first) == holder(second)
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 1)


def test_what_the_signed_token_lacks_is_asked_of_userinfo(
    client: Client, there: Provider, north: Organisation
):
    there.userinfo = dict(SAM)
    arrive(client)
    assert User.objects.get(email="sam@north.example").name == "Sam Example"
    there.userinfo = {"sub": "subject-1", "email": "sue@north.example"}
    there.person["sub"], there.userinfo["sub"], there.token = (
        "subject-2",
        "subject-2",
        {"email_verified": True},
    )
    turned_away(Client(), "did not confirm", 403)
    there.userinfo = {**SAM, "sub": "somebody-else"}
    turned_away(Client(), "not one that we can accept", 400)


def test_an_account_that_was_there_is_connected_and_its_holder_told(
    client: Client, there: Provider, north: Organisation
):
    boss = administrator("Ada North", of=north)
    boss.set_password("three quiet herons")
    boss.save()
    there.person["email"] = boss.email
    there.person["email_verified"] = "true"
    configure(there, OIDC_NORTH_DOMAINS="people.example")
    answer = arrive(client)
    assert (answer["Location"], holder(client)) == ("/me/", str(boss.pk))
    assert Letter.objects.get().person == boss
    assert "North Council" in Letter.objects.get().body
    boss.refresh_from_db()
    assert boss.check_password("three quiet herons"), (
        "the address was proved before: the password is its holder's"
    )


def test_the_address_decides_only_where_to_go_afterwards(there: Provider, north: Organisation):
    other = administrator("Ada North", of=north)
    client = Client()
    client.force_login(other)
    answer = arrive(
        client, f"{LEAVE}?process=connect&scope=Files.Read&auth_params=prompt%3Dnone&next=//evil.example"
    )
    assert answer["Location"] == "/me/"
    assert "prompt" not in there.asked[0]
    assert "Files.Read" not in there.asked[0]["scope"]
    assert not SocialAccount.objects.filter(user=other).exists(), (
        "nobody else's sign-on is hung on an account"
    )
    assert holder(client) == str(User.objects.get(email="sam@north.example").pk)


def test_the_second_step_is_still_asked_for(
    client: Client, there: Provider, north: Organisation, settings: Any
):
    settings.REQUIRE_SECOND_FACTOR = True
    editor = an_editor()
    configure(there, OIDC_NORTH_DOMAINS="people.example")
    there.person["email"] = editor.email
    arrive(client)
    assert client.get("/me/")["Location"] == "/accounts/2fa/", "none yet: led to set one up"
    TOTP.activate(editor, generate_totp_secret())
    again = Client()
    answer = arrive(again)
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert holder(again) is None
    kept = json.dumps([each.get_decoded() for each in Session.objects.all()])
    assert "access token" not in kept
    assert editor.email not in kept


@pytest.mark.parametrize(
    "page",
    ["/me/data/my-data.json", "/me/data/erase/", "/accounts/2fa/totp/activate/", "/accounts/password/set/"],
)
def test_whoever_has_no_password_signs_in_there_again_before_anything_is_taken_or_changed(
    page: str, client: Client, there: Provider, north: Organisation
):
    arrive(client)
    assert client.get(page).status_code == 200, "the control: some minutes ago"
    with time_machine.travel(time.time() + 400):
        led = client.get(page)
        assert (led.status_code, led["Location"].partition("?")[0]) == (302, LEAVE)
        there.token = {"auth_time": int(time.time()) - 400}
        assert arrive(client, led["Location"]).status_code == 403, "the provider waved them through"
        there.token = {"auth_time": int(time.time())}
        assert arrive(client, led["Location"])["Location"] == page
        assert (there.asked[-1]["prompt"], there.asked[-1]["max_age"]) == ("login", "0")
        assert client.get(page).status_code == 200
        assert client.get("/me/").status_code == 200, "nothing else asks"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_windows_that_arrive_at_once_open_one_account(monkeypatch: pytest.MonkeyPatch):
    AuthorityFactory(name="North", website="north.example")
    both_look, make = threading.Barrier(2, timeout=5), single_sign_on.make_account
    seen: list[User] = []

    def at_once(**fields: Any) -> User:
        with suppress(threading.BrokenBarrierError):
            both_look.wait()
        return make(**fields)

    def window() -> None:
        try:
            seen.append(single_sign_on.let_in(arrival))
        finally:
            connection.close()

    monkeypatch.setattr(single_sign_on, "make_account", at_once)
    arrival = single_sign_on.Arrival(
        "north", "North Council", "subject-1", "sam@north.example", True, "Sam", ("north.example",), False
    )
    windows = [threading.Thread(target=window) for _ in range(2)]
    for each in windows:
        each.start()
    for each in windows:
        each.join()
    assert len(seen) == 2
    assert seen[0] == seen[1] == User.objects.get()
    assert (SocialAccount.objects.count(), Membership.objects.count()) == (1, 1)
