"""Nothing that nobody may read leaves by any address of the API, whatever the index still holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from practice_library.models import Entry, OpenQuestion, QuestionEntry, RelatedEntry, Study
from search.indexing import rebuild
from tests.factories.making import (
    a_case_study,
    a_model,
    with_claim,
    with_cohort,
    with_condition,
    with_statement,
    with_trial,
)
from tests.integration.search.conftest import site_engine as site_engine
from tests.integration.search.test_visibility import WAYS, make_parent_private, make_private

pytestmark = pytest.mark.django_db
CANARY = "zanzibarine"
ways = pytest.mark.parametrize("conceal", WAYS, ids=lambda way: way.__name__)
staleness = pytest.mark.parametrize("stale", [False, True], ids=["fresh index", "stale index"])


class Library:
    """A model and a place of it, each beside what readers may see and each naming the other."""

    def __init__(self) -> None:
        self.open_model = a_model("Harbour pods", summary="Pods of practitioners in teams.")
        self.open_place = a_case_study("Harbour pods in Wigan", models=(self.open_model,))
        self.hidden_model = a_model(
            f"{CANARY} model", summary=f"A {CANARY} way.", other_names=[f"{CANARY} approach", "pods of old"]
        )
        self.hidden_place = a_case_study(
            f"{CANARY} pods", lead="camden", summary=f"Pods of {CANARY} people.", models=(self.open_model,)
        )
        for entry in (self.hidden_model, self.hidden_place):
            with_cohort(entry, "Adolescents")
            with_condition(entry, "Trust", note=f"{CANARY} trust")
            with_statement(entry, f"It was {CANARY}.")
            with_claim(entry, "Wellbeing", statement=f"{CANARY} changed.")
        with_trial(
            self.open_model, self.hidden_model, self.hidden_place, outcome="Entry to care", key="st-all"
        )
        for other in (self.hidden_model, self.hidden_place):
            RelatedEntry.objects.create(entry=self.open_model, other=other, relation="see-also")
        question = OpenQuestion.objects.create(title="Do pods last?", slug="do-pods-last")
        for position, entry in enumerate((self.open_model, *self.hidden)):
            QuestionEntry.objects.create(question=question, entry=entry, sort_order=position)
        self.place_of_hidden = a_case_study("Wharf in Leeds", lead="leeds", models=(self.hidden_model,))

    @property
    def hidden(self) -> list[Entry]:
        return [self.hidden_model, self.hidden_place]


def addresses(library: Library) -> list[str]:
    queries: list[dict[str, Any]] = [
        {},
        {"group": "model"},
        {"q": CANARY},
        {"q": f"{CANARY} approach"},
        {"q": "zanzibarinne"},
        {"q": "pods of old"},
        {"q": "pods", "group": "model", "size": 100},
        {"authority": "camden"},
        {"model": "zanzibarine-model"},
        {"model": "zanzibarine-mode"},
    ]
    searches = [f"practice/search?{urlencode(query)}" for query in queries]
    exports = [f"export/practice.{kind}?q={q}" for kind in ("csv", "jsonl") for q in ("", CANARY, "pods")]
    entries = [
        f"practice/{entry.uid}"
        for entry in (library.open_model, library.open_place, library.place_of_hidden, *library.hidden)
    ]
    suggestions = [f"practice/suggest?q={q}" for q in (CANARY[:4], CANARY, "pods")]
    others = ["vocabularies", "vocabularies/cohorts", "authorities", "openapi.json"]
    context = [
        f"registers/{library.open_model.slug}", f"registers/{library.hidden_model.slug}", "authorities/camden",
        "authorities/leeds", "gaps", "gaps?cohort=adolescents", "gaps?outcome=entry-to-care", "questions",
    ]  # fmt: skip
    return [*searches, *exports, *entries, *suggestions, *others, *context]


def told(client: Client, address: str) -> str:
    """What an answer says beyond the words of the question."""
    response = client.get(f"/api/v1/{address}")
    assert response.status_code in (200, 400, 404), address
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    text = body.decode()
    if response.status_code == 200 and not response.streaming:
        text = text.replace(f'"query": "{response.json().get("query")}"', "")
    if response.status_code == 400:
        text = text.split("The nearest known one")[-1]
    return text


def leaks(client: Client, library: Library) -> list[str]:
    found = []
    for address in addresses(library):
        text = told(client, address)
        if CANARY in text or str(library.hidden_model.uid) in text or str(library.hidden_place.uid) in text:
            found.append(f"{address}: {text[max(0, text.find(CANARY) - 80) :][:200]}")
    return found


def test_the_control_shows_all_of_it_while_it_is_published(site_engine: str, client: Client) -> None:
    library = Library()
    rebuild()
    shown = {leak.split("?")[0].split(":")[0] for leak in leaks(client, library)}
    assert shown >= {
        "practice/search",
        "practice/suggest",
        "export/practice.csv",
        "export/practice.jsonl",
        f"practice/{library.open_model.uid}",
        f"practice/{library.place_of_hidden.uid}",
        f"practice/{library.hidden_model.uid}",
        f"registers/{library.open_model.slug}",
        f"registers/{library.hidden_model.slug}",
        "authorities/camden",
        "gaps",
        "questions",
    }


@staleness
@ways
def test_nothing_concealed_leaves_by_any_address(
    site_engine: str, client: Client, conceal: Callable[[Entry], None], stale: bool
) -> None:
    library = Library()
    if stale:
        rebuild()
        client.get("/api/v1/practice/search")
    conceal(library.hidden_place)
    # All models share a parent: making that one private would conceal the open model as well.
    (make_private if conceal is make_parent_private else conceal)(library.hidden_model)
    if not stale:
        rebuild()
    assert leaks(client, library) == []
    unknown = client.get("/api/v1/practice/00000000-0000-4000-8000-000000000000")
    for entry in library.hidden:
        answer = client.get(f"/api/v1/practice/{entry.uid}")
        assert (answer.status_code, answer.content) == (404, unknown.content)
    register = client.get(f"/api/v1/registers/{library.hidden_model.slug}")
    assert (register.status_code, register.content) == (404, unknown.content)


@staleness
def test_a_draft_study_shows_nowhere(site_engine: str, client: Client, stale: bool) -> None:
    library = Library()
    study = Study.objects.get(key="st-all")
    Study.objects.filter(pk=study.pk).update(title=f"{CANARY} study")
    if stale:
        rebuild()
    Study.objects.filter(pk=study.pk).update(live=False)
    if not stale:
        rebuild()
    body = client.get(f"/api/v1/practice/{library.open_model.uid}").content.decode()
    assert f"{CANARY} study" not in body
