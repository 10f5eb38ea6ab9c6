"""SQL that is kept answers as the querysets do that it was written by, at every time and for every number of uids."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from practice_library.models import Entry
from search import prepared
from tests.factories.making import a_case_study, a_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> list[Entry]:
    """Open, hidden, withdrawn, a draft, and one whose time ends in an hour."""
    open_one, ending = a_model("Open"), a_case_study("Ending")
    ending.expire_at = timezone.now() + dt.timedelta(hours=1)
    ending.save(update_fields=["expire_at"])
    hidden, withdrawn, draft = a_model("Hidden"), a_case_study("Withdrawn"), a_case_study("Draft")
    Entry.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    Entry.objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())
    Entry.objects.filter(pk=draft.pk).update(live=False)
    return [open_one, ending, hidden, withdrawn, draft]


@pytest.mark.parametrize("later", [dt.timedelta(0), dt.timedelta(hours=2)])
def test_it_answers_as_the_querysets_do(entries: list[Entry], later: dt.timedelta) -> None:
    with time_machine.travel(timezone.now() + later, tick=False):
        uids = [str(entry.uid) for entry in entries]
        expected = {str(uid) for uid in Entry.objects.readable_by(None).values_list("uid", flat=True)}
        assert prepared.readable(uids) == expected & set(uids)
        assert len(expected) == (2 if not later else 1)
        hidden = Entry.objects.unreadable().values_list("uid", "slug", "title", "practicemodelpage")
        assert sorted(prepared.unreadable()) == sorted(
            (str(uid), slug, title, model is not None) for uid, slug, title, model in hidden
        )


@pytest.mark.parametrize("strangers", [0, 1, 30, 31, 32, 63, 200])
def test_any_number_of_uids_is_asked_about(entries: list[Entry], strangers: int) -> None:
    uids = [*(str(uuid4()) for _ in range(strangers)), *(str(entry.uid) for entry in entries)]
    assert prepared.readable(uids) == {str(entries[0].uid), str(entries[1].uid)}
    assert prepared.readable(uids[:strangers]) == set()
