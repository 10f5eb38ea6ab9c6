"""What nobody may read never shows: not in hits, totals, counts, suggestions or related, also with a stale index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from practice_library.models import Entry
from search.engine import PracticeQuery
from search.fallback import search_database
from search.indexing import rebuild
from search.service import find, related, suggest
from tests.factories.making import a_case_study, a_model, with_cohort, with_condition, with_trial

pytestmark = pytest.mark.django_db
CANARY = "zanzibarine"


def unpublish(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(live=False)


def withdraw(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(withdrawn_at=timezone.now())


def hide(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(hidden_at=timezone.now())


def make_private(entry: Entry) -> None:
    PageViewRestriction.objects.create(page=Page.objects.get(pk=entry.pk), restriction_type="login")


def make_parent_private(entry: Entry) -> None:
    PageViewRestriction.objects.create(page=entry.get_parent(), restriction_type="password", password="x")


def expire(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))


def schedule(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(
        live=False, first_published_at=None, go_live_at=timezone.now() + dt.timedelta(days=1)
    )


WAYS = [unpublish, withdraw, hide, make_private, make_parent_private, expire, schedule]
way = pytest.mark.parametrize("conceal", WAYS, ids=lambda w: w.__name__)


@pytest.fixture
def canary(site_engine: str) -> Entry:
    """An entry with a word of its own in every text and term, beside an open one that is like it."""
    hidden = a_case_study(
        f"{CANARY} pods", lead="camden", summary=f"Pods of {CANARY} practitioners in teams."
    )
    with_cohort(hidden, f"{CANARY} children")
    with_condition(hidden, f"{CANARY} trust")
    with_trial(hidden, outcome=f"{CANARY} outcome")
    shown = a_model("Harbour pods", summary="Pods of practitioners in teams.")
    with_cohort(shown, "Children in need")
    return hidden


def traces(shown: Entry) -> list[str]:
    """Every channel of search in which the canary can be seen."""
    found = []
    for text in (CANARY, f"{CANARY} pods", "pods", ""):
        for result in (find(PracticeQuery(text=text)).result, search_database(PracticeQuery(text=text))):
            if CANARY in repr((result.hits, result.facets, result.did_you_mean)):
                found.append(f"results of {text!r}")
            if result.total > 1:
                found.append(f"total of {text!r}")
    grouped = find(PracticeQuery(text="pods", group=True)).result
    if CANARY in repr(grouped):
        found.append("grouped results")
    if any(value.value == "camden" for value in find(PracticeQuery()).result.facets["authority"]):
        found.append("facet of its authority")
    if CANARY in repr(suggest(CANARY[:5])):
        found.append("suggestions")
    if CANARY in repr(find(PracticeQuery(text="zanzibarinne")).result.did_you_mean):
        found.append("did you mean")
    if CANARY in repr(related(str(shown.uid))):
        found.append("related")
    return found


def test_the_canary_shows_while_it_is_published(canary: Entry) -> None:
    rebuild()
    shown = Entry.objects.get(title="Harbour pods")
    assert set(traces(shown)) >= {
        f"results of {CANARY!r}",
        "suggestions",
        "facet of its authority",
        "related",
    }


@way
def test_concealed_entries_show_nowhere(canary: Entry, conceal: Callable[[Entry], None]) -> None:
    conceal(canary)
    rebuild()
    assert traces(Entry.objects.get(title="Harbour pods")) == []


@way
def test_concealed_entries_show_nowhere_in_a_stale_index(
    canary: Entry, conceal: Callable[[Entry], None]
) -> None:
    rebuild()
    conceal(canary)
    assert traces(Entry.objects.get(title="Harbour pods")) == []


def test_a_deleted_entry_in_a_stale_index_shows_nowhere(canary: Entry) -> None:
    rebuild()
    canary.delete()
    shown = Entry.objects.get(title="Harbour pods")
    assert [trace for trace in traces(shown) if "results" in trace or trace == "related"] == []
