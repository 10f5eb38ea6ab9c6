"""Take everything away, and leave nothing behind: a mark in everything that is kept of a person is looked for afterwards."""

from __future__ import annotations

import io
import json
import logging
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client
from django.utils import timezone
from wagtail.models import Comment, Page
from website.accounts.models import Erasure, MembershipState, Role, User
from website.accounts.services import ledger, rights
from website.accounts.services.sign_up import key_for
from website.audit.models import AuditEntry
from website.health import checks
from website.outbox.stores import Store, register_store, stores
from website.outgoing.models import Letter
from website.outgoing.posting import post, post_to_address

from network.choices import AskState, Help, ReportClass, RequestState, SkillLevel
from network.models import (
    Ask,
    Block,
    Debrief,
    HelpRequest,
    Message,
    Participant,
    Photo,
    Profile,
    ProposedTime,
    Report,
    Skill,
    Thread,
)
from network.services.claims import claim_skill, confirm_claim, offer_help, tell_blockage
from network.services.register import load_skills
from search.current import current_people, forget_engine
from search.engines.embedded import writing
from search.indexed import PEOPLE
from search.indexing import rebuild
from tests.factories.entries import case_study
from tests.factories.people import a_person, give, member, membership, profile
from tests.factories.places import AuthorityFactory
from tests.factories.vocabularies import condition
from tests.integration.accounts.traces import dead_parts, traces_of

pytestmark = pytest.mark.django_db

MARK, PASSWORD = "zaracanary", "three quiet herons"
#: Where the opaque key stays: who did what, that somebody was erased, and versions of pages with their first author.
KEY_STAYS = {
    "accounts_erasure",
    "audit_auditentry",
    "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry",
    "wagtailcore_revision",
}


@pytest.fixture
def zara(settings: Any) -> tuple[User, Client]:
    """Somebody with a mark in everything, made in the CMS, signed in through the front door."""
    settings.MAIL_SENDING = "worker"
    north = AuthorityFactory(name="North", website="north.example")
    entry = case_study("Open work", lead=north.slug)
    boss = User.objects.create_superuser("boss@north.example", PASSWORD, name="Boss")
    cms = Client()
    cms.force_login(boss)
    form = {"email": f"{MARK}@north.example", "name": MARK, "password1": PASSWORD, "password2": PASSWORD}
    assert cms.post("/cms/users/new/", form).status_code == 302
    zara = User.objects.get(name=MARK)
    zara.emailaddress_set.create(email=zara.email, verified=True, primary=True)
    membership(zara, north)
    give(zara, Role.SIGN_OFF_OWNER, of=north)
    _at_work(zara, member("Other", of=north), entry.page)
    _in_the_cms(zara, Page.objects.get(pk=entry.page.pk))
    post(to=zara, subject=f"For {MARK}", body=MARK)
    post_to_address(address=zara.email, subject="A link", body=MARK)
    SocialAccount.objects.create(user=zara, provider="north", uid=f"{MARK} subject")
    client = Client(headers={"user-agent": f"{MARK} browser"})
    client.post("/accounts/login/", {"login": zara.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return zara, client


def _at_work(zara: User, other: User, entry: Any) -> None:
    load_skills()
    skill = Skill.objects.get(slug="group-supervision")
    for person in (zara, other):
        profile(person, about=f"{person.name} about", learning=f"{person.name} learns", languages=person.name)
    Photo.objects.create(profile=zara.profile, data=MARK.encode())
    claim_skill(person=zara, skill=skill, level=SkillLevel.LED, course=f"{MARK} course")
    claim_skill(person=zara, skill=Skill.objects.last(), level=SkillLevel.LED, case_study=entry)
    confirm_claim(
        claim=claim_skill(person=other, skill=skill, level=SkillLevel.LED, case_study=entry), by=zara
    )
    tell_blockage(person=zara, condition=condition("Police engagement"), how=f"{MARK} went round")
    offer_help(person=zara, kinds=list(Help), days=[1], capacity=1, paused=False)
    for asker, asked in ((zara, other), (other, zara)):
        request = HelpRequest.objects.create(
            asker=asker, kind=Help.CALL, problem=f"{asker.name} asks", state=RequestState.OPEN
        )
        ask = Ask.objects.create(request=request, person=asked, state=AskState.ACCEPTED)
        thread = Thread.objects.create(ask=ask)
        ProposedTime.objects.create(ask=ask, by=zara, starts_at=timezone.now(), minutes=30)
        Debrief.objects.create(ask=ask, by=zara, what_helped=f"{MARK} helped")
        for person in (asker, asked):
            Participant.objects.create(thread=thread, person=person)
            Message.objects.create(thread=thread, by=person, text=f"{person.name} wrote")
    Block.objects.create(by=zara, person=a_person("Third"))
    profiled = Profile.objects.get(person=other)
    Report.objects.create(by=zara, profile=profiled, kind=ReportClass.OTHER, words=f"{MARK} reported")


def _in_the_cms(zara: User, page: Page) -> None:
    page = page.specific
    for person in (zara, a_person("Com Mentator")):
        page.wagtail_admin_comments.add(
            Comment(user=person, text=f"{person.name} commented", contentpath="title")
        )
    page.save_revision(user=zara)


def _erase(client: Client, callbacks: Any) -> Any:
    with callbacks(execute=True):
        return client.post("/me/data/erase/", {"sure": "yes"})


def test_nothing_of_an_erased_person_is_left_but_the_key(
    zara: tuple[User, Client], django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
):
    person, client = zara
    key = person.pk
    marked = traces_of(MARK)
    assert {"network_profile", "usersessions_usersession", "wagtailcore_modellogentry"} <= marked, marked
    caplog.set_level(logging.INFO)
    answer = _erase(client, django_capture_on_commit_callbacks)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert traces_of(MARK) == set()
    assert traces_of(str(key), key.hex) <= KEY_STAYS
    assert MARK not in caplog.text
    assert client.get("/me/").status_code == 302
    assert not Thread.objects.exists(), "what was written between two goes whole"
    assert Comment.objects.filter(text="Com Mentator commented").exists()
    assert AuditEntry.objects.by_person(key).filter(action="person.erased").count() == 1
    assert key in ledger.keys_in_file()


def test_the_search_finds_traces_where_no_store_forgets(
    zara: tuple[User, Client],
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
):
    """The control."""
    monkeypatch.setattr(rights, "stores", lambda: iter(()))
    _erase(zara[1], django_capture_on_commit_callbacks)
    assert not User.objects.filter(pk=zara[0].pk).exists()
    assert {"wagtailcore_modellogentry", "wagtailcore_revision"} <= traces_of(MARK)


@pytest.mark.parametrize("asks", [True, False], ids=["purged", "control"])
def test_no_file_of_the_index_keeps_words_of_an_erased_person(
    asks: bool,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    monkeypatch.setattr(
        writing, "REBUILD_THREADS", 1
    )  # two may leave one alone, and their part is dropped whole
    north = AuthorityFactory(name="North")
    everybody = [member(f"{MARK} {number}", of=north) for number in range(12)]
    for person in everybody:
        profile(person, about=f"{MARK} about")
    rebuild(PEOPLE)
    if not asks:
        others = [store for store in stores() if store.name != "index of people"]
        monkeypatch.setattr(rights, "stores", lambda: iter(others))
    with django_capture_on_commit_callbacks(execute=True):
        rights.erase_person(person=everybody[0], by=None)
    assert current_people().health().documents == 11
    assert bool(dead_parts()) is not asks, dead_parts()
    forget_engine()


def test_however_an_account_is_deleted_it_is_in_the_ledger_and_forgotten(
    zara: tuple[User, Client], django_capture_on_commit_callbacks: Any
):
    person, _ = zara
    cms = Client()
    cms.force_login(User.objects.get(name="Boss"))
    with django_capture_on_commit_callbacks(execute=True):
        assert cms.post(f"/cms/users/delete/{person.pk}/").status_code == 302
    assert traces_of(MARK) == set()
    assert person.pk in ledger.keys_in_file()


def test_whoever_comes_back_with_a_restored_copy_is_erased_again(
    django_capture_on_commit_callbacks: Any,
):
    gone, stays = a_person(f"{MARK} back"), a_person("Stays")
    email, key = gone.email, gone.pk
    with django_capture_on_commit_callbacks(execute=True):
        rights.erase_person(person=gone, by=gone)
    User.objects.create(pk=key, email=email, name=f"{MARK} back")
    Erasure.objects.all().delete()
    assert "1 erased" in (checks.erasures() or "")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("replay_erasures")
    assert traces_of(MARK) == set()
    assert checks.erasures() is None
    assert User.objects.filter(pk=stays.pk).exists()
    assert rights.replay_erasures() == 0, "safe to repeat"


def test_a_line_cut_short_and_a_line_missed_do_not_stop_the_ledger(settings: Any):
    whole, missed = uuid.uuid4(), uuid.uuid4()
    settings.ERASURE_LEDGER.write_text(f"{whole} 2026-01-01\n{str(missed)[:20]}\n")
    Erasure.objects.create(key=missed)
    ledger.write_down()
    assert ledger.keys_in_file() == {whole, missed}
    settings.ERASURE_LEDGER.unlink()
    assert ledger.keys_in_file() == set()


def test_erasing_asks_for_the_password_again_and_for_a_yes(zara: tuple[User, Client]):
    person, client = zara
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    for path in ("/me/data/erase/", "/me/data/my-data.json", "/me/data/my-data.zip"):
        assert client.get(path)["Location"].startswith("/accounts/reauthenticate/")
    assert client.post("/me/data/erase/", {"sure": "yes"})["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert "Tick the box" in client.post("/me/data/erase/").content.decode()
    assert User.objects.filter(pk=person.pk).exists()


def test_the_data_holds_what_is_theirs_and_nobody_else(zara: tuple[User, Client]):
    _, client = zara
    Letter.objects.exclude(person=None).update(body=f"=1+1 {MARK}")
    whole = client.get("/me/data/my-data.json")
    told = json.loads(whole.content)
    assert told["account"]["account"][0]["email"] == f"{MARK}@north.example"
    assert {row["text"] for row in told["people"]["messages-i-sent"]} == {f"{MARK} wrote"}
    for words in ("A link", "Other", "Third", "Boss", PASSWORD, User.objects.get(name=MARK).password):
        assert words not in whole.content.decode(), words
    archive = zipfile.ZipFile(io.BytesIO(client.get("/me/data/my-data.zip").content))
    assert json.loads(archive.read("my-data.json")) == told
    assert f"{MARK} went round" in archive.read("people/blockages-got-round.csv").decode()
    assert f"'=1+1 {MARK}" in archive.read("account/letters-on-their-way.csv").decode()
    empty = [name for room in told.values() for name, rows in room.items() if not rows]
    assert set(empty) <= {"settings", "second-steps", "answers-to-comments"}, empty


def test_every_table_that_hangs_on_a_person_is_in_the_data():
    """A new table about people is exported, or named here with the reason."""
    not_theirs = {
        "Block": "who blocked them: told to nobody",
        "EmailConfirmation": "a link that proves an address",
        "EditingSession": "that a page is open in the CMS, for a minute",
        "FormState": "a form of the CMS that is not saved yet",
        "PageSubscription": "which pages tell them of comments",
        "LogEntry": "Django's own admin is not part of the site",
        "APIToken": "a key, not data",
        "SocialToken": "never written, see single_sign_on/test_arriving.py",
        "Thread": "holds no words",
    }
    told = {find(uuid.uuid4()).model for store in stores() for find in store.tables.values()}
    missing, seen, todo = set(), {User}, [User]
    while todo:
        for relation in todo.pop()._meta.related_objects:
            model: Any = relation.related_model
            if relation.on_delete is models.CASCADE and model not in seen:
                seen.add(model)
                todo.append(model)
                if model not in told and model.__name__ not in not_theirs:
                    missing.add(model._meta.label)
    assert missing == set()


def test_a_store_is_registered_once():
    with pytest.raises(ValueError, match="already"):
        register_store(Store("account"))


def test_the_command_erases_whoever_asks_by_another_way():
    person = a_person("Asked By Letter")
    call_command("erase_person", person.email)
    assert User.objects.filter(pk=person.pk).exists(), "without --yes nothing happens"
    call_command("erase_person", str(person.pk), "--yes")
    assert not User.objects.filter(pk=person.pk).exists()
    with pytest.raises(CommandError, match="Nobody"):
        call_command("erase_person", str(person.pk), "--yes")


def test_a_link_to_open_an_account_outlives_nobody(client: Client):
    """Erased, then back by one's own wish: an account anew, with nothing of before."""
    north = AuthorityFactory(name="North", website="north.example")
    person = a_person("Before")
    User.objects.filter(pk=person.pk).update(email="again@north.example")
    membership(person, north, MembershipState.SUSPENDED)
    rights.erase_person(person=User.objects.get(pk=person.pk), by=None)
    form = {"key": key_for("again@north.example"), "name": "After", "password": PASSWORD}
    assert client.post("/accounts/signup/open/", form).status_code == 302
    assert User.objects.get(email="again@north.example").pk != person.pk
