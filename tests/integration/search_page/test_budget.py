"""A page of search costs the same few queries whatever the size of the library."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from website.accounts.models import User

from practice_library.models import PracticeModelPage
from practice_library.services.tree import ensure_tree
from search.indexing import rebuild
from tests.factories.making import a_model

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
MOST = 8
WAYS = [
    {},
    {"q": "lantern"},
    {"q": "lantern", "page": 3},
    {"q": "lantern", "view": "table"},
    {"q": "unheard of"},
]


def grow(upto: int) -> None:
    """Models until there are so many."""
    ensure_tree()
    for number in range(PracticeModelPage.objects.count(), upto):
        a_model(f"Lantern {number}", summary="A lantern among many.")
    rebuild()


def queries(client: Any, params: dict[str, Any]) -> list[str]:
    client.get("/practice/", params)
    with CaptureQueriesContext(connection) as caught:
        assert client.get("/practice/", params).status_code == 200
        return [query["sql"] for query in caught.captured_queries]


def test_a_page_costs_the_same_at_100_and_at_1000_entries(empty_index, client):
    grow(100)
    at_100 = [len(queries(client, params)) for params in WAYS]
    assert max(at_100) <= MOST
    grow(1000)
    assert [len(queries(client, params)) for params in WAYS] == at_100


def test_a_page_costs_no_more_for_somebody_signed_in(library, client):
    client.force_login(User.objects.create_user("reader@example.org", "long-enough-passphrase"))
    found = queries(client, {"q": "pods"})
    assert len(found) <= MOST, found
