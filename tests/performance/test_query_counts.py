"""A page or an answer costs the same few queries at 100 and at 1,000 entries."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from website.places.services.authorities import load_places

from practice_library.models import CaseStudyPage
from practice_library.services import scale_text
from practice_library.services.scale import seed_case_studies
from practice_library.services.scale_text import passages_of
from search.indexing import rebuild
from tests.factories.making import a_model
from tests.performance.ground import some_terms

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
MOST_OF_SEARCH, MOST_OF_ENTRY = 8, 12
SEARCHES = (
    "/practice/?q=children+support",
    "/practice/?q=care&status=running&direction=favourable",
    "/api/v1/practice/search?q=children+support",
    "/api/v1/practice/search?q=care&group=model",
)


def queries(client: Any, address: str) -> int:
    """SQL of one request, after a first one has read what is kept in memory."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return len(caught)


def test_the_same_few_queries_at_100_and_at_1000_entries(client, empty_index, settings, monkeypatch):
    settings.ALLOW_SCALE_DATA = True
    monkeypatch.setattr(scale_text, "MADE_UP_PASSAGES", 200)
    load_places()
    some_terms()
    model = a_model("Named model")
    entries = []
    costs = []
    for more in (100, 900):
        seed_case_studies(number=more, passages=passages_of(None))
        rebuild()
        entries = entries or [model.url, *(page.url for page in CaseStudyPage.objects.order_by("pk")[:5])]
        costs.append([[queries(client, address) for address in each] for each in (SEARCHES, entries)])
    searches, pages = costs[0]
    assert max(searches) <= MOST_OF_SEARCH, dict(zip(SEARCHES, searches, strict=True))
    assert max(pages) <= MOST_OF_ENTRY, dict(zip(entries, pages, strict=True))
    assert costs[1] == costs[0]
