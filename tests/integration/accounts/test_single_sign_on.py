"""Whoever comes by the single sign-on of an organisation comes in by the rules of sign-up, and by nobody's bare word.

A real provider answers on a port; each forged answer is one twist away from the round trip that works.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from website.accounts.models import Membership, MembershipState, User
from website.accounts.services import single_sign_on
from website.accounts.services.memberships import invite
from website.audit.models import AuditEntry
from website.outgoing.models import Letter
from website.places.models import Organisation
from website.settings.single_sign_on import providers

from tests.factories.people import administrator, an_editor
from tests.factories.places import AuthorityFactory
from tests.integration.accounts.openid_provider import CLIENT_ID, Provider, environment, provider

pytestmark = pytest.mark.django_db

SAM = {"sub": "subject-1", "email": "Sam@north.example", "email_verified": True, "name": "Sam Example"}
LEAVE = "/accounts/oidc/north/login/"


@pytest.fixture
def there(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The provider of North, configured."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    settings.MAIL_SENDING = "worker"
    cache.clear()
    with provider() as server:
        server.person = dict(SAM)
        settings.SOCIALACCOUNT_PROVIDERS = providers(environment(server.url))
        yield server


@pytest.fixture
def north() -> Organisation:
    return AuthorityFactory(name="North", website="north.example")


def way_back(client: Client, leave: str = LEAVE) -> str:
    """Where the provider sends the browser back to."""
    leaving = client.get(leave)
    assert leaving.status_code == 302, leaving.content.decode()
    back = requests.get(leaving["Location"], allow_redirects=False, timeout=5)
    at = urlsplit(back.headers["Location"])
    assert at.netloc == "testserver"
    return f"{at.path}?{at.query}"


def arrive(client: Client, leave: str = LEAVE) -> Any:
    return client.get(way_back(client, leave))


def holder(client: Client) -> str | None:
    """Who is signed in."""
    return client.session.get("_auth_user_id")


def made() -> tuple[int, ...]:
    """What must not grow when somebody is turned away."""
    kinds = (User, EmailAddress, SocialAccount, Membership, Letter, AuditEntry)
    return tuple(kind.objects.count() for kind in kinds)


def turned_away(client: Client, words: str, status: int, leave: str = LEAVE) -> None:
    before = made()
    answer = arrive(client, leave)
    assert (answer.status_code, holder(client)) == (status, None)
    assert words in answer.content.decode().replace("&#x27;", "'")
    assert made() == before


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


def configure(there: Provider, **more: str) -> None:
    from django.conf import settings

    settings.SOCIALACCOUNT_PROVIDERS = providers(environment(there.url, **more))


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


FORGERIES: dict[str, dict[str, Any]] = {
    "signed by somebody else": {"signed_with": "theirs"},
    "signed with an unknown key": {"kid": "two"},
    "not signed": {"algorithm": "none"},
    "signed with the public key as a secret": {"algorithm": "HS256"},
    "for another client": {"token": {"aud": "somebody-else"}},
    "for another client as well": {"token": {"aud": [CLIENT_ID, "somebody-else"]}},
    "by another issuer": {"token": {"iss": "https://evil.example"}},
    "in answer to another browser": {"token": {"nonce": "another"}},
    "in answer to nobody": {"token": {"nonce": None}},
    "worn out": {"token": {"exp": 1}},
    "without an end": {"token": {"exp": None}},
    "about nobody": {"token": {"sub": ""}},
    "about a number": {"token": {"sub": 7}},
    "with a subject without end": {"token": {"sub": "x" * 300}},
    "discovered as another issuer": {"discovery": {"issuer": "https://evil.example"}},
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_answer_lets_nobody_in(forgery: str, client: Client, there: Provider, north: Organisation):
    back = way_back(client)
    for name, value in FORGERIES[forgery].items():
        setattr(there, name, value)
    before = made()
    answer = client.get(back)
    assert (answer.status_code, holder(client)) == (400, None)
    assert "not one that we can accept" in answer.content.decode()
    assert made() == before


def test_only_the_browser_that_left_comes_back_and_only_once(there: Provider, north: Organisation):
    client, other = Client(), Client()
    back = way_back(client)
    wrong = back.replace("state=", "state=x")
    for browser, path in ((other, back), (client, wrong), (client, back.partition("?")[0])):
        answer = browser.get(path)
        assert (answer.status_code, holder(browser)) == (400, None)
        assert "Begin again" in answer.content.decode()
    assert not User.objects.exists()
    assert client.get(back).status_code == 302, "the control"
    assert Client().get(back).status_code == 400
    assert client.get(back).status_code == 400, "a state is used once"


def test_a_code_of_another_browser_is_refused(there: Provider, north: Organisation):
    """Somebody slips the code of their own sign-in under the state of another."""
    victim, attacker = Client(), Client()
    states = [parse_qs(urlsplit(way_back(each)).query) for each in (victim, attacker)]
    query = f"code={states[1]['code'][0]}&state={states[0]['state'][0]}"
    answer = victim.get(f"{LEAVE}callback/?{query}")
    assert (answer.status_code, holder(victim)) == (400, None)


@pytest.mark.parametrize("broken", ["/token", "/keys", "/.well-known/openid-configuration"])
def test_a_provider_that_breaks_down_is_said_plainly(
    broken: str, client: Client, there: Provider, north: Organisation
):
    back = way_back(client)
    there.broken = {broken}
    answer = client.get(back)
    assert answer.status_code == (400 if broken == "/token" else 503)
    assert not User.objects.exists()
    assert "You are not signed in by North Council" in answer.content.decode()


def test_a_provider_that_is_away_is_said_plainly(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    cache.clear()
    with provider() as server:
        url = server.url
    settings.SOCIALACCOUNT_PROVIDERS = providers(environment(url))
    answer = client.get(LEAVE)
    assert answer.status_code == 503
    assert "does not answer just now" in answer.content.decode()
    settings.ACCOUNT_RATE_LIMITS = {"single_sign_on": "2/m/ip"}
    assert [client.get(LEAVE).status_code for _ in range(3)] == [503, 503, 429], "nor is it asked without end"


def test_whoever_turns_back_there_is_told_that_nothing_happened(
    client: Client, there: Provider, north: Organisation
):
    there.refuses = "access_denied"
    turned_away(client, "did not sign in there", 200)
    there.refuses = "server_error"
    turned_away(Client(), "not one that we can accept", 400)


def test_without_configuration_nothing_is_shown_and_no_address_answers(client: Client, settings: Any):
    settings.SOCIALACCOUNT_PROVIDERS = providers({})
    page = client.get("/accounts/login/").content.decode()
    assert "oidc" not in page
    for path in (LEAVE, f"{LEAVE}callback/", "/accounts/oidc/example/login/"):
        assert client.get(path).status_code == 404
    settings.SOCIALACCOUNT_PROVIDERS = providers(environment("https://login.north.example"))
    page = client.get("/accounts/login/?next=/me/").content.decode()
    assert "Sign in by North Council" in page
    assert "/accounts/oidc/north/login/?next=" in page
    for path in (
        "/accounts/oidc/south/login/",
        "/accounts/oidc/openid_connect/login/",
        "/accounts/3rdparty/",
        "/accounts/3rdparty/signup/",
        "/accounts/social/signup/",
    ):
        assert client.get(path).status_code == 404, (
            "allauth's own ways to open and connect accounts are closed"
        )
    assert client.post(LEAVE).status_code == 405


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


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"OIDC_NORTH_CLIENT_SECRET": ""}, "OIDC_NORTH_CLIENT_SECRET"),
        ({"OIDC_NORTH_DOMAINS": " , "}, "OIDC_NORTH_DOMAINS"),
        ({"OIDC_NORTH_ISSUER": "http://login.north.example"}, "https"),
        ({"OIDC_NORTH_DOMAINS": "*", "OIDC_NORTH_PROVES_ADDRESSES": "on"}, "nobody proves every address"),
        ({"OIDC_PROVIDERS": "north, South Council"}, "small letters"),
    ],
)
def test_half_a_configuration_and_an_unsafe_one_stop_the_start(wrong: dict[str, str], words: str):
    with pytest.raises(ImproperlyConfigured, match=words):
        providers(environment("https://login.north.example", **wrong))
    assert providers(environment("https://login.north.example"))["openid_connect"]["APPS"], "the control"
