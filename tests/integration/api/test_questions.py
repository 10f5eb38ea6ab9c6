"""`/api/v1/questions`: what speaks for and against, each with its source; no entry that may not be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from practice_library.models import Entry
from tests.factories.entries import open_question, practice_model
from tests.factories.vocabularies import outcome

pytestmark = pytest.mark.django_db
Read = Callable[..., dict[str, Any]]


def test_each_side_has_its_sources_and_an_empty_side_stands_there(read: Read) -> None:
    pods = practice_model("Pods")
    open_question("Does it last?", about=(pods,), state="being-tested", outcome=outcome("Wellbeing"))
    answer = read("questions")
    (question,) = answer["questions"]
    assert (question["url"], question["state"]) == ("/questions/does-it-last/", "being-tested")
    assert question["outcome"] == {"term": "wellbeing", "label": "Wellbeing"}
    assert question["entries"] == [
        {"id": str(pods.page.uid), "title": "Pods", "url": "/practice/models/pods/"}
    ]
    assert question["positions"]["for"] == [
        {"text": "Something speaks for it.", "sources": ["src-shared"], "at": None}
    ]
    assert question["positions"]["tests"] == question["positions"]["join"] == []
    assert [source["key"] for source in question["sources"]] == ["src-shared"]


def test_each_question_has_its_own_entries_and_pages_cut_the_list(read: Read) -> None:
    pods, nest = practice_model("Pods"), practice_model("Nest")
    open_question("A?", about=(pods, nest))
    open_question("B?", about=(nest,))
    first, second = read("questions")["questions"]
    assert [entry["title"] for entry in first["entries"]] == ["Nest", "Pods"]
    assert [entry["title"] for entry in second["entries"]] == ["Nest"]
    paged = read("questions", size=1, page=2)
    assert (paged["total"], [each["title"] for each in paged["questions"]]) == (2, ["B?"])


def test_a_hidden_entry_is_not_named(read: Read) -> None:
    open_question("Does it last?", about=(practice_model("Pods"), practice_model("Nest")))
    Entry.objects.filter(title="Pods").update(hidden_at=timezone.now())
    (question,) = read("questions")["questions"]
    assert [entry["title"] for entry in question["entries"]] == ["Nest"]


def test_the_list_leads_to_it(client: Client) -> None:
    assert 'href="/api/v1/questions"' in client.get("/questions/").content.decode()
