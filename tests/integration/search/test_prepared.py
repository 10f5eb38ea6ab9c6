"""SQL that is kept answers as the querysets do that it was written by, at every time and for every number of uids."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from wagtail.models import PageViewRestriction

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


def brute_force(at: dt.datetime) -> set[UUID]:
    """All that is not published, each entry looked at."""
    published = set(Entry.objects.published(at=at).values_list("uid", flat=True))
    return set(Entry.objects.values_list("uid", flat=True)) - published


def test_what_is_unreadable_is_all_that_is_not_published(entries: list[Entry]) -> None:
    now, hour = timezone.now(), dt.timedelta(hours=1)
    for number in range(4):
        a_model(f"More {number}")
    ahead, under, beside = a_model("Ahead"), a_case_study("Under a restriction"), a_case_study("Beside")
    Entry.objects.filter(pk=ahead.pk).update(go_live_at=now + hour, first_published_at=None)
    section = under.get_parent()
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    elsewhere = a_case_study("Elsewhere", lead="camden")
    PageViewRestriction.objects.create(
        page=entries[0], restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    for at in (now, now + 2 * hour, now - 2 * hour):
        assert set(Entry.objects.unreadable(at=at).values_list("uid", flat=True)) == brute_force(at)
    assert {under.uid, beside.uid, entries[0].uid, ahead.uid} <= brute_force(now)
    assert elsewhere.uid not in brute_force(now)
    assert ahead.uid not in brute_force(now + 2 * hour)


def test_what_is_unreadable_is_found_by_the_few_not_by_looking_at_all(entries: list[Entry]) -> None:
    """Every search asks: reading every entry took 11 ms at 10,000."""
    sql, params = Entry.objects.not_to_be_found().order_by().values("uid").query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            steps = [row[3] for row in cursor.fetchall()]
        else:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}", params)
            steps = [row[0] for row in cursor.fetchall()]
    plan = "\n".join(steps)
    for index in ("entry_page_not_live", "entry_page_expires", "entry_hidden", "entry_withdrawn"):
        assert index in plan, plan
    whole = [step for step in steps if "SCAN" in step or "Seq Scan" in step]
    assert not [step for step in whole if "entry" in step and "USING" not in step], plan
    assert not [step for step in whole if "wagtailcore_page" in step and "USING" not in step], plan
