"""Home counts the whole library once for each change, not for each reader."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from website.outbox.models import Change

from practice_library.models import TOPIC, Entry, PracticeModelPage
from practice_library.selectors import kept
from tests.factories.making import a_model

pytestmark = pytest.mark.django_db
MOST_WHEN_KEPT = 4


def published(title: str) -> PracticeModelPage:
    with transaction.atomic():
        page = a_model(title)
        page.save_revision().publish()
    return page


def asked(client: Client) -> tuple[int, int]:
    """How many models home counts, and what that costs in queries."""
    with CaptureQueriesContext(connection) as caught:
        view = client.get("/").context["home"]
    return view.holds[0].number, len(caught)


def test_a_second_reader_costs_no_counting(client: Client) -> None:
    published("Lantern house")
    first, counting = asked(client)
    again, cost = asked(client)
    assert (first, again) == (1, 1)
    assert cost <= MOST_WHEN_KEPT < counting


def test_what_is_published_or_withdrawn_counts_at_once(client: Client) -> None:
    page = published("Lantern house")
    assert asked(client)[0] == 1
    published("Kite club")
    assert asked(client)[0] == 2
    with transaction.atomic():
        page.unpublish()
    assert asked(client)[0] == 1


def test_control_without_the_newest_change_in_the_key_the_old_count_stays(client: Client) -> None:
    page = published("Lantern house")
    assert asked(client)[0] == 1
    newest = Change.objects.count()
    with transaction.atomic():
        page.unpublish()
    Change.objects.filter(
        pk__in=list(Change.objects.order_by("pk").values_list("pk", flat=True)[newest:])
    ).delete()
    assert asked(client)[0] == 1


def test_a_cache_on_a_full_disk_costs_time_and_nothing_else(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept.cache, "set", full)
    published("Lantern house")
    assert asked(client)[0] == asked(client)[0] == 1


def conceal(page: PracticeModelPage, **how: object) -> None:
    """Without a word to the outbox, which the test then tells by itself."""
    Entry.objects.filter(pk=page.pk).update(**how)


@pytest.mark.parametrize(("latest", "seen"), [(kept.LATEST, 1), (1, 2)], ids=["guard", "control"])
def test_a_change_with_a_lower_number_that_is_committed_later_counts_too(
    client: Client, monkeypatch: pytest.MonkeyPatch, latest: int, seen: int
) -> None:
    """Control: with the newest number alone, what was hidden meanwhile would go on being counted."""
    monkeypatch.setattr(kept, "LATEST", latest)
    page, other = published("Lantern house"), published("Kite club")
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True)[0]
    Change.objects.create(pk=newest + 2, topic=TOPIC, object_uid=other.uid)
    assert asked(client)[0] == 2
    conceal(page, hidden_at=timezone.now())
    Change.objects.create(pk=newest + 1, topic=TOPIC, object_uid=page.uid)
    assert asked(client)[0] == seen


def test_nothing_is_kept_beyond_the_end_of_an_entrys_time(client: Client) -> None:
    page = published("Lantern house")
    published("Kite club")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        conceal(page, expire_at=timezone.now() + dt.timedelta(seconds=20))
        assert asked(client)[0] == 2
        clock.shift(19)
        assert asked(client)[0] == 2
        clock.shift(2)
        assert asked(client)[0] == 1
