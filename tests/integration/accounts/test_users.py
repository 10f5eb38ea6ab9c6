"""Accounts are made at the command line and in the CMS, with one name and one spelling of the address."""

from __future__ import annotations

import json
import uuid
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings
from website.accounts import permissions
from website.accounts.models import Membership, Role, User
from website.accounts.services.demo import DEMO_PASSWORD, ensure_demo_logins

from tests.factories.places import AuthorityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> User:
    user = User.objects.create_superuser("admin@commons.example", DEMO_PASSWORD, name="Ada Admin")
    client.force_login(user)
    return user


def test_a_user_is_known_by_uuid_and_signs_in_by_address() -> None:
    user = User.objects.create_user("Sam@Council.example", DEMO_PASSWORD)
    assert isinstance(user.pk, uuid.UUID)
    assert user.email == "sam@council.example"
    assert User.objects.get_by_natural_key("SAM@council.example") == user


def test_one_address_is_one_account_whatever_the_case() -> None:
    User.objects.create_user("sam@council.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="SAM@council.example")])


def test_createsuperuser_makes_an_administrator_who_can_sign_in(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", DEMO_PASSWORD)
    call_command("createsuperuser", "--noinput", "--email", "ada@commons.example", stdout=StringIO())
    client.post("/accounts/login/", {"login": "ada@commons.example", "password": DEMO_PASSWORD})
    assert client.get("/cms/").status_code == 200


def test_demo_logins_prints_who_can_sign_in_for_each_role_and_repeats() -> None:
    for _ in range(2):
        out = StringIO()
        call_command("demo_logins", "--json", stdout=out)
    logins = json.loads(out.getvalue())
    assert [login["role"] for login in logins] == ["editor", "evidence_reviewer", "moderator", "coordinator"]
    assert User.objects.count() == len(logins)
    allowed = {}
    for login in logins:
        assert login.keys() == {"role", "email", "password", "totp_secret"}
        assert login["email"].endswith(".example")
        browser = Client()
        browser.post("/accounts/login/", {"login": login["email"], "password": login["password"]})
        pages = ("/cms/", "/cms/ratings/", "/cms/snippets/practice_library/study/add/")
        allowed[login["role"]] = [browser.get(page).status_code == 200 for page in pages]
    assert allowed == {
        "editor": [True, False, True],
        "evidence_reviewer": [True, True, False],
        "moderator": [True, False, False],
        "coordinator": [False, False, False],
    }


def test_where_authorities_are_loaded_there_is_a_login_for_each_role_of_the_table_of_access() -> None:
    wigan = AuthorityFactory(slug="wigan", name="Wigan")
    for _ in range(2):
        logins = {login.role: User.objects.get(email=login.email) for login in ensure_demo_logins()}
    assert set(logins) == {
        "member", "author", "sign_off_owner", "line_manager", "organisation_administrator",
        "evidence_reviewer", "coordinator", "moderator", "editor",
    }  # fmt: skip
    assert all(person.name.endswith("(made up)") for person in logins.values())
    assert permissions.holds(logins["author"], Role.AUTHOR, organisation=wigan)
    assert permissions.holds(logins["sign_off_owner"], Role.SIGN_OFF_OWNER, organisation=wigan)
    assert permissions.can_manage_members(logins["organisation_administrator"], wigan)
    assert permissions.manages(logins["line_manager"], Membership.objects.get(person=logins["member"]))
    assert permissions.holds(logins["coordinator"], Role.COORDINATOR, region="north-west")
    assert permissions.is_moderator(logins["moderator"])
    assert permissions.is_editor(logins["editor"])
    assert not permissions.can_manage_members(logins["member"], wigan)


def test_demo_logins_are_refused_outside_development(settings: Settings) -> None:
    settings.DEMO_LOGINS = False
    with pytest.raises(CommandError, match="development only"):
        call_command("demo_logins")
    assert not User.objects.exists()


def test_an_editor_may_edit_every_page_and_snippet(client: Client) -> None:
    call_command("demo_logins", stdout=StringIO())
    client.force_login(User.objects.get(email="edda.editor@demo.example"))
    for path in ("/cms/pages/", "/cms/images/add/", "/cms/documents/add/"):
        assert client.get(path).status_code == 200
    rights = User.objects.get(email="edda.editor@demo.example").get_all_permissions()
    for right in ("places.change_organisation", "practice_library.add_keyword", "wagtailadmin.access_admin"):
        assert right in rights
    assert not [right for right in rights if right.startswith(("auth.", "accounts.", "audit."))]


def test_the_cms_makes_a_user_with_one_name(client: Client, administrator: User) -> None:
    page = client.get("/cms/users/new/").content.decode()
    assert 'name="name"' in page
    assert "first_name" not in page
    form = {
        "email": "Lena@Council.example",
        "name": "Lena Lead",
        "password1": DEMO_PASSWORD,
        "password2": DEMO_PASSWORD,
    }
    answer = client.post("/cms/users/new/", form)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    made = User.objects.get(email="lena@council.example")
    assert (made.name, made.is_superuser) == ("Lena Lead", False)
    assert made.check_password(DEMO_PASSWORD)


def test_a_made_user_confirms_the_address_before_the_first_sign_in(client: Client) -> None:
    User.objects.create_user("lena@council.example", DEMO_PASSWORD)
    answer = client.post("/accounts/login/", {"login": "lena@council.example", "password": DEMO_PASSWORD})
    assert answer["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_the_cms_changes_a_user_and_refuses_an_address_twice(client: Client, administrator: User) -> None:
    lena = User.objects.create_user("lena@council.example", name="Lena Lead")
    address = f"/cms/users/edit/{lena.pk}/"
    assert "Lena Lead" in client.get(address).content.decode()
    client.post(address, {"email": lena.email, "name": "Lena Leader", "is_active": "on"})
    lena.refresh_from_db()
    assert (lena.name, lena.is_active) == ("Lena Leader", True)
    refused = client.post(address, {"email": "ADMIN@commons.example", "name": "Lena", "is_active": "on"})
    assert "already exists" in refused.content.decode()


def test_the_cms_lists_and_finds_users(client: Client, administrator: User) -> None:
    User.objects.create_user("lena@council.example", name="Lena Lead")
    assert "Lena Lead" in client.get("/cms/users/").content.decode()
    found = client.get("/cms/users/?q=lena").content.decode()
    assert "lena@council.example" in found
    assert client.get("/cms/users/?ordering=-name").status_code == 200
