"""An answer costs the same few queries whatever the size of the library or of the entry."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practice_library.models import CaseStudyPage, OpenQuestion, Position, QuestionEntry
from practice_library.services import scale_text
from practice_library.services.scale import seed_case_studies
from practice_library.services.scale_text import passages_of
from search.indexing import rebuild
from tests.factories.making import (
    a_case_study,
    a_source,
    with_claim,
    with_cohort,
    with_condition,
    with_statement,
    with_trial,
)
from tests.integration.api.conftest import Library
from tests.performance.ground import some_terms

pytestmark = pytest.mark.any_database
MOST_OF_SEARCH, MOST_OF_ENTRY, MOST_OF_CONTEXT = 8, 15, 18
SEARCHES = (
    "practice/search",
    "practice/search?q=children+support&size=100",
    "practice/search?q=care&group=model&status=running&direction=favourable",
    "practice/search?q=zzqx",
    "practice/search?model=lantern-house&like=wigan",
    "practice/suggest?q=lan",
)


def queries(client: Client, address: str) -> int:
    """SQL of one request, after a first one has read what is kept in memory."""
    assert client.get(f"/api/v1/{address}").status_code == 200, address
    with CaptureQueriesContext(connection) as caught:
        client.get(f"/api/v1/{address}")
    return len(caught)


def test_a_search_costs_the_same_at_100_and_at_1000_entries(
    library: Library, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALLOW_SCALE_DATA = True
    monkeypatch.setattr(scale_text, "MADE_UP_PASSAGES", 200)
    some_terms()
    costs = []
    for more in (100, 900):
        seed_case_studies(number=more, passages=passages_of(None))
        rebuild()
        entries = [f"practice/{page.uid}" for page in CaseStudyPage.objects.order_by("pk")[:4]]
        costs.append([queries(client, address) for address in (*SEARCHES, *entries)])
    at_100, at_1000 = costs
    assert max(at_100[: len(SEARCHES)]) <= MOST_OF_SEARCH, dict(zip(SEARCHES, at_100, strict=False))
    assert max(at_100[len(SEARCHES) :]) <= MOST_OF_ENTRY
    assert at_1000 == at_100


def test_an_entry_costs_the_same_however_much_it_says(library: Library, client: Client) -> None:
    model, _ = library
    with_claim(model, "Wellbeing")
    with_statement(model, "It grew.")
    with_condition(model, "Trust")
    before = queries(client, f"practice/{model.uid}")
    for number in range(15):
        with_trial(model, outcome=f"Outcome {number}")
        with_claim(model, f"Other outcome {number}")
        with_condition(model, f"Condition {number}")
        with_cohort(model, f"Cohort {number}")
        with_statement(model, f"Statement {number}.")
        a_case_study(f"Lantern house number {number}", lead="leeds", models=(model,))
    assert queries(client, f"practice/{model.uid}") == before <= MOST_OF_ENTRY


def test_context_costs_the_same_however_much_there_is(library: Library, client: Client) -> None:
    model, _ = library
    addresses = (
        "registers/lantern-house?like=wigan",
        "authorities/wigan",
        "gaps",
        "gaps?cohort=adolescents",
        "questions",
    )

    def more(number: int) -> None:
        another = a_case_study(f"Lantern house number {number}", models=(model,))
        with_cohort(another, "Adolescents")
        with_claim(another, "Entry to care")
        with_trial(another, outcome="Entry to care", key=f"st-{number}")
        question = OpenQuestion.objects.create(title=f"Question {number}?", slug=f"question-{number}")
        QuestionEntry.objects.create(question=question, entry=another, sort_order=0)
        Position.objects.create(
            question=question, side="for", text="So it is.", source=a_source(), sort_order=0
        )

    more(0)
    before = [queries(client, address) for address in addresses]
    for number in range(1, 8):
        more(number)
    assert [queries(client, address) for address in addresses] == before
    assert max(before) <= MOST_OF_CONTEXT, before
