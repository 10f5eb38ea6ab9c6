"""An editor runs data or erasure for somebody who asked by another way, sees nothing of it, and it is written down."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from website.accounts.models import Membership, User
from website.accounts.permissions import NotAllowed
from website.accounts.services import ledger
from website.accounts.services.rights_for_others import HowAsked, erase_for, hand_over_data
from website.audit.models import AuditEntry
from website.outgoing.models import Letter
from website.places.models import Organisation

from tests.factories.people import administrator, an_editor, member
from tests.factories.places import AuthorityFactory
from tests.integration.accounts.traces import traces_of

pytestmark = pytest.mark.django_db

MARK, PASSWORD = "zaracanary", "three quiet herons"


@pytest.fixture
def north() -> Organisation:
    return AuthorityFactory(name="North")


@pytest.fixture
def zara(north: Organisation) -> User:
    return member(f"{MARK} Zara", of=north)


@pytest.fixture
def editor() -> Client:
    """Signed in, and asked for the password once more."""
    person = an_editor()
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.person = person
    return client


def page_of(person: User) -> str:
    place = Membership.objects.select_related("organisation").get(person=person)
    return f"/organisations/{place.organisation.slug}/members/{place.pk}/data/"


def sent(act: str, typed: str) -> dict[str, str]:
    return {"act": act, "asked": "letter", "typed": typed}


def link(body: str) -> str:
    found = re.search(r"https?://[^/]+(/me/data/by-letter/\S+)", body)
    assert found is not None
    return found.group(1)


def test_an_erasure_on_request_leaves_nothing_but_the_key_and_tells_the_person(
    editor: Client, zara: User, django_capture_on_commit_callbacks: Any
):
    address, key = zara.email, zara.pk
    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.post(page_of(zara), sent("erase", f" {MARK} zara"))
    assert (answer.status_code, answer["Location"]) == (302, "/organisations/north/members/")
    assert ([letter.to for letter in mail.outbox], "It is done" in mail.outbox[0].body) == ([[address]], True)
    assert traces_of(MARK) == set()
    assert not User.objects.filter(pk=key).exists()
    assert key in ledger.keys_in_file()
    acts = AuditEntry.objects.filter(object_key=str(key), who=editor.person.pk)
    assert {each.action: each.detail for each in acts} == {
        "person.erasure_run": {"asked": "letter"},
        "person.erased": {},
    }


def test_the_data_goes_to_the_person_alone(
    editor: Client, client: Client, zara: User, django_capture_on_commit_callbacks: Any
):
    User.objects.filter(pk=zara.pk).update(is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.post(page_of(zara), sent("data", zara.name), follow=True)
    told = answer.content.decode()
    for words in (zara.email, "by-letter", str(zara.pk)):
        assert words not in told, words
    assert [letter.to for letter in mail.outbox] == [[zara.email]], "also to an account that is closed"
    assert not Letter.objects.exists(), "the link does not lie around once it is sent"
    at = link(mail.outbox[0].body)
    assert zara.email not in at
    assert client.get(at).status_code == 200
    assert not AuditEntry.objects.filter(action="person.data_collected").exists(), (
        "a program that follows links"
    )
    file = client.post("/me/data/by-letter/", {"key": at.partition("key=")[2].replace("%3D", "=")})
    archive = zipfile.ZipFile(io.BytesIO(file.content))
    assert json.loads(archive.read("my-data.json"))["account"]["account"][0]["email"] == zara.email
    assert "_auth_user_id" not in client.session, "it signs nobody in"
    acts = AuditEntry.objects.about(zara).order_by("at").values_list("action", "who")
    assert list(acts) == [("person.data_sent", editor.person.pk), ("person.data_collected", zara.pk)]


def test_a_link_to_data_wears_out_and_opens_nothing_else(editor: Client, client: Client, zara: User):
    editor.post(page_of(zara), sent("data", zara.name))
    at = link(Letter.objects.get().body)
    key = at.partition("key=")[2].replace("%3D", "=")
    assert client.get(at).status_code == 200, "the control"
    assert client.get(f"/accounts/signup/open/?key={key}").status_code == 410
    for wrong in ("", "x", key[:-4] + "AAA=", "\u00e9"):
        assert client.post("/me/data/by-letter/", {"key": wrong}).status_code == 410
    with time_machine.travel(timezone.now() + timezone.timedelta(days=3, minutes=1)):
        assert client.get(at).status_code == 410
    zara.delete()
    assert client.get(at).status_code == 410


def test_nothing_happens_without_the_name_and_the_password_once_more(editor: Client, zara: User):
    here = page_of(zara)
    page = editor.post(here, sent("erase", "Somebody Else")).content.decode()
    assert "not the name that stands above" in page
    assert editor.post(here, {"typed": zara.name}).status_code == 200, "neither what nor how was asked"
    assert MARK in page
    stale = Client()
    stale.force_login(editor.person)
    assert stale.get(here)["Location"].startswith("/accounts/reauthenticate/")
    assert stale.post(here, sent("erase", zara.name))["Location"] == here
    assert "sessions" not in traces_of(MARK), "nor is the name kept with a form that waits for the password"
    assert User.objects.filter(pk=zara.pk).exists()
    assert not Letter.objects.exists()


def test_only_an_editor_runs_them_and_never_for_oneself_or_over_the_site(zara: User, north: Organisation):
    editor, root = an_editor(), User.objects.create_superuser("root@north.example", PASSWORD)
    boss = administrator("Ada North", of=north)
    for by, person in ((boss, zara), (zara, boss), (editor, editor), (editor, root), (root, root)):
        for act in (erase_for, hand_over_data):
            with pytest.raises(NotAllowed):
                act(person=person, by=by, asked=HowAsked.PHONE)
    hand_over_data(person=editor, by=root, asked=HowAsked.PHONE)
    assert Letter.objects.get().address == editor.email, "the control"


def test_whoever_has_left_is_served_as_well(editor: Client, zara: User):
    here = page_of(zara)
    Membership.objects.filter(person=zara).update(state="left", ended_at=timezone.now())
    assert editor.get(here.removesuffix("data/")).status_code == 404
    assert editor.get(here).status_code == 200
