"""The audit says who did what, and nobody changes what it says."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from website.accounts.models import User
from website.audit.models import AppendOnly, AuditEntry
from website.audit.recording import record


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("edda@council.example", name="Edda")


def test_an_act_is_recorded_with_the_key_of_the_person_and_no_name(editor: User) -> None:
    group = Group.objects.create(name="Readers")
    record(
        "group.made",
        group,
        by=editor,
        role="editor",
        organisation="Wigan Council",
        detail={"reason": "trial"},
    )
    entry = AuditEntry.objects.about(group).get()
    assert (entry.who, entry.role, entry.organisation) == (editor.pk, "editor", "Wigan Council")
    assert (entry.action, entry.object_type, entry.object_key) == ("group.made", "auth.group", str(group.pk))
    assert entry.detail == {"reason": "trial"}
    assert editor.name not in str(entry) + str(entry.detail)
    assert list(AuditEntry.objects.by_person(editor.pk)) == [entry]


def test_the_system_itself_has_no_key(db: None) -> None:
    assert record("group.made", Group.objects.create(name="Readers"), by=None).who is None


def test_entries_are_neither_changed_nor_removed(editor: User) -> None:
    entry = record("user.made", editor, by=editor)
    entry.action = "user.closed"
    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(action="user.closed"),
    ):
        with pytest.raises(AppendOnly):
            attempt()
    assert AuditEntry.objects.get().action == "user.made"


def test_an_act_that_is_rolled_back_leaves_no_entry(editor: User) -> None:
    with transaction.atomic():
        record("user.closed", editor, by=editor)
        assert AuditEntry.objects.count() == 1
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_entries_outlive_the_person(editor: User) -> None:
    entry = record("user.closed", editor, by=editor)
    key = editor.pk
    editor.delete()
    entry.refresh_from_db()
    assert entry.who == key


@pytest.mark.parametrize("name", ["", "made", "Group made", "group.Made"])
def test_actions_are_named_by_one_rule(editor: User, name: str) -> None:
    with pytest.raises(ValueError, match=r"noun\.done"):
        record(name, editor, by=editor)


@pytest.mark.django_db(transaction=True)
def test_an_act_cannot_be_recorded_apart_from_what_it_did() -> None:
    editor = User.objects.create_user("edda@council.example")
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record("user.closed", editor, by=editor)
