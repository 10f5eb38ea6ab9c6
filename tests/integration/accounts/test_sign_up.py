"""Accounts by an address of a known organisation's domain, or by invitation; never before the address is proved."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from website.accounts.models import Membership, MembershipState, User
from website.accounts.services.memberships import invite
from website.outgoing.models import Letter
from website.places.models import Organisation, OrganisationDomain

from tests.factories.people import a_person, administrator
from tests.factories.places import AuthorityFactory

pytestmark = pytest.mark.django_db

PASSWORD = "three quiet herons"
SAM = {"name": "Sam Example", "password": PASSWORD}


def link_in_letter() -> str:
    letter = Letter.objects.order_by("written_at").last()
    assert letter is not None
    found = re.search(r"https?://[^/]+(/accounts/\S+)", letter.body)
    assert found is not None
    return found.group(1)


def key_for(client: Client, address: str) -> str:
    client.post("/accounts/signup/", {"email": address})
    return link_in_letter().partition("key=")[2].replace("%3D", "=")


def test_an_address_of_a_known_domain_opens_an_account_that_asks_to_join(
    client: Client, north: Organisation, django_capture_on_commit_callbacks
):
    boss = administrator("Ada North", of=north)
    key = key_for(client, "Sam@Adults.North.example")
    assert not User.objects.filter(email="sam@adults.north.example").exists(), "nothing before the proof"
    assert "sam" not in key.lower()
    assert client.get(f"/accounts/signup/open/?key={key}").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/accounts/signup/open/", {"key": key, **SAM})
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    person = User.objects.get(email="sam@adults.north.example")
    assert client.session["_auth_user_id"] == str(person.pk)
    place = Membership.objects.get(person=person)
    assert (place.organisation, place.state) == (north, MembershipState.ASKED)
    assert client.get("/skills/").status_code == 404, "asked for is not a member yet"
    assert mail.outbox[-1].to == [boss.email]
    assert "Sam" not in mail.outbox[-1].body
    boss_client = Client()
    boss_client.force_login(boss)
    boss_client.post(f"/organisations/{north.slug}/members/{place.pk}/", {"act": "approve"})
    assert client.get("/skills/").status_code == 200


def test_a_link_works_once_for_three_days_and_only_as_we_made_it(client: Client, north: Organisation):
    key = key_for(client, "sam@north.example")
    with time_machine.travel(timezone.now() + timezone.timedelta(days=3, minutes=1)):
        assert client.get(f"/accounts/signup/open/?key={key}").status_code == 410
    for wrong in ("", "x", key[:-4] + "AAA=", "\u00e9"):
        assert client.get("/accounts/signup/open/", {"key": wrong}).status_code == 410
    assert client.post("/accounts/signup/open/", {"key": key, **SAM}).status_code == 302
    again = Client().post("/accounts/signup/open/", {"key": key, **SAM, "password": "somebody else's words"})
    assert again.status_code == 410
    assert User.objects.get(email="sam@north.example").check_password(PASSWORD)


def test_a_weak_password_is_refused_in_words(client: Client, north: Organisation):
    key = key_for(client, "sam@north.example")
    page = client.post("/accounts/signup/open/", {"key": key, **SAM, "password": "sam@north.example"})
    assert "too similar" in page.content.decode()
    assert not User.objects.filter(email="sam@north.example").exists()


def test_an_invited_person_sets_a_password_and_joins(
    client: Client, north: Organisation, django_capture_on_commit_callbacks
):
    """The letter proves the address: no second one, and no membership before the person says yes."""
    with django_capture_on_commit_callbacks(execute=True):
        invite(organisation=north, email="pat@agency.example", name="Pat", by=administrator(of=north))
    assert "/accounts/password/reset/" in mail.outbox[-1].body
    client.post("/accounts/password/reset/", {"email": "pat@agency.example"})
    form = client.get(link_in_letter(), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    Letter.objects.all().delete()
    answer = client.post("/accounts/login/", {"login": "pat@agency.example", "password": PASSWORD})
    assert (answer.status_code, answer["Location"], Letter.objects.count()) == (302, "/", 0)
    place = Membership.objects.get(person__email="pat@agency.example")
    assert place.state == MembershipState.INVITED
    client.post("/me/", {"act": "accept", "membership": str(place.pk)})
    assert client.get("/skills/").status_code == 200


def test_a_domain_is_listed_once_and_is_not_one_where_anybody_gets_an_address(north: Organisation):
    listed = OrganisationDomain.objects.create(organisation=north, domain="northcc.example")
    assert Organisation.objects.with_addresses_at("mail.NorthCC.example").get() == north
    assert not Organisation.objects.with_addresses_at("notnorthcc.example").exists()
    south = AuthorityFactory(name="South")
    for domain in (listed.domain, "gmail.com", "@north", "North.example"):
        with pytest.raises(ValidationError):
            OrganisationDomain(organisation=south, domain=domain).full_clean()


def test_where_two_places_share_a_domain_the_person_chooses(client: Client, north: Organisation):
    trust = AuthorityFactory(name="Trust")
    OrganisationDomain.objects.create(organisation=trust, domain="shared.example")
    Organisation.objects.filter(pk=north.pk).update(website="shared.example")
    key = key_for(client, "sam@shared.example")
    client.post("/accounts/signup/open/", {"key": key, **SAM})
    assert not Membership.objects.exists()
    page = client.get("/me/").content.decode()
    assert page.count('value="ask"') == 2


def test_whoever_is_signed_in_has_an_account(client: Client):
    client.force_login(a_person())
    assert client.get("/accounts/signup/")["Location"] == "/me/"
