"""A person sees where they are signed in and ends it; whoever is removed or shut out is signed out."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from website.accounts.forms import ChangeUserForm
from website.accounts.models import Membership, User
from website.accounts.services.memberships import change_membership
from website.accounts.services.sessions import clear_sessions

from tests.factories.people import a_person, administrator, member
from tests.factories.places import AuthorityFactory

pytestmark = pytest.mark.django_db

PASSWORD = "three quiet herons"


def signed_in(person: User, browser: str = "A browser") -> Client:
    client = Client(headers={"user-agent": browser})
    assert client.post("/accounts/login/", {"login": person.email, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


@pytest.fixture
def sam() -> User:
    person = a_person("Sam")
    person.set_password(PASSWORD)
    person.save()
    return person


def test_one_session_is_ended_then_all_others(sam: User):
    here, phone, office = (signed_in(sam, name) for name in ("Here", "Phone", "Office"))
    page = here.get("/accounts/sessions/").content.decode()
    assert all(name in page for name in ("Here", "Phone", "Office"))
    here.post("/accounts/sessions/", {"end": UserSession.objects.get(user_agent="Phone").pk})
    assert [is_in(each) for each in (here, phone, office)] == [True, False, True]
    here.post("/accounts/sessions/", {"end": "others"})
    assert [is_in(each) for each in (here, office)] == [True, False]
    assert "signed in nowhere else" in here.get("/accounts/sessions/").content.decode()


def test_nobody_ends_or_sees_the_session_of_somebody_else(sam: User):
    theirs = signed_in(sam, "Theirs")
    other = a_person("Other")
    other.set_password(PASSWORD)
    other.save()
    mine = signed_in(other, "Mine")
    mine.post("/accounts/sessions/", {"end": UserSession.objects.get(user_agent="Theirs").pk})
    mine.post("/accounts/sessions/", {"end": "others"})
    mine.post("/accounts/sessions/", {"end": "x"})
    assert is_in(theirs)
    assert "Theirs" not in mine.get("/accounts/sessions/").content.decode()


def test_a_new_password_ends_the_others(sam: User):
    here, phone = signed_in(sam), signed_in(sam)
    new = {"oldpassword": PASSWORD, "password1": "four loud herons", "password2": "four loud herons"}
    assert here.post("/accounts/password/change/", new).status_code == 302
    assert (is_in(here), is_in(phone)) == (True, False)


@pytest.mark.parametrize("act", ["remove", "leave"])
def test_whoever_is_removed_is_signed_out_and_whoever_leaves_is_not(sam: User, act: str):
    north = AuthorityFactory(name="North")
    place = Membership.objects.create(person=sam, organisation=north, state="active")
    client = signed_in(sam)
    change_membership(membership=place, act=act, by=administrator(of=north) if act == "remove" else sam)
    assert is_in(client) == (act == "leave")


def test_whoever_is_shut_out_is_signed_out_for_good(sam: User):
    client = signed_in(sam)
    for active in (False, True):
        form = ChangeUserForm({"email": sam.email, "name": "Sam", "is_active": active}, instance=sam)
        assert form.is_valid(), form.errors
        form.save()
        assert not is_in(client), "let in again, the old session stays ended"


def test_clearing_finds_sessions_that_no_list_knows(sam: User):
    client, other = Client(), Client()
    client.force_login(sam)
    other.force_login(member(of=AuthorityFactory(name="North")))
    UserSession.objects.all().delete()
    clear_sessions(key=sam.pk)
    assert Session.objects.count() == 1
    assert (is_in(client), is_in(other)) == (False, True)
