"""Who encodes, how what is missing is told and mended, and what holds where the packages are not installed."""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from practice_library.models import CohortRow, Entry
from search import probe, tasks
from search.engine import PracticeQuery
from search.indexing import drain
from search.meaning import filling, weights
from search.meaning.encoder import Encoder
from search.meaning.filling import fill, find_gaps
from search.meaning.shelf import current_shelf
from search.service import find
from search.tasks import compare_work, drain_outbox, fill_shelf
from search.vocabulary import forget
from tests.factories.making import a_model, with_cohort
from tests.integration.search.meaning.conftest import KINSHIP, PARAPHRASE, titles

pytestmark = pytest.mark.django_db


REQUESTS = (
    "/practice/?q=helping+gran+raise+her+grandchildren",
    "/practice/?q=helping+gran+raise+her+grandchildren&type=model&group=none",
    "/practice/?q=qzxv",
    "/practice/feed.rss?q=gran",
    "/api/v1/practice/search?q=helping+gran+raise+her+grandchildren",
    "/api/v1/practice/suggest?q=kin",
    "/api/v1/export/practice.csv?q=helping+gran+raise+her+grandchildren",
)


@pytest.fixture
def entries_encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text of an entry that is encoded from here on."""
    seen: list[str] = []
    encode = Encoder.entry

    def noted(self: Encoder, texts: list[str]) -> Any:
        seen.extend(texts)
        return encode(self, texts)

    monkeypatch.setattr(Encoder, "entry", noted)
    return seen


def test_no_entry_is_encoded_in_a_request(
    library: dict[str, Entry],
    entries_encoded: list[str],
    client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(
        execute=True
    ):  # publishing indexes here at once, and encodes nothing
        a_model("Comet therapy").record_change()
    assert titles("comet therapy")[0] == "Comet therapy"
    for address in REQUESTS:
        answer = client.get(address)
        assert answer.status_code == 200, address
        b"".join(answer) if answer.streaming else answer.content
    assert entries_encoded == []
    fill()
    assert any("Comet therapy" in text for text in entries_encoded)  # the control: a worker does


def test_the_worker_encodes_after_it_has_indexed(
    settings: Any, library: dict[str, Entry], django_capture_on_commit_callbacks: Any
) -> None:
    settings.SEARCH_INDEXING = "worker"
    with django_capture_on_commit_callbacks(execute=True):
        a_model("Comet therapy").record_change()
    assert [task.task_path for task in DBTaskResult.objects.all()] == [drain_outbox.module_path]
    drain_outbox.func()
    drain_outbox.func()
    asked = DBTaskResult.objects.filter(task_path=fill_shelf.module_path)
    assert [task.priority < 0 for task in asked] == [True]
    assert find_gaps().missing
    fill_shelf.func()
    assert not find_gaps()


def test_work_is_compared_by_meaning_once_a_library_has_its_vectors(
    library: dict[str, Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = DBTaskResult.objects.filter(task_path=compare_work.module_path)
    a_model("Comet therapy").record_change()
    drain()
    fill_shelf.func()
    assert not asked.exists()
    monkeypatch.setattr(tasks, "WORTH_COMPARING", 1)
    a_model("Aurora mentoring").record_change()
    drain()
    fill_shelf.func()
    assert asked.count() == 1
    compare_work.func()


def test_a_vocabulary_term_gets_vectors_too(library: dict[str, Entry]) -> None:
    cohort = with_cohort(library["Lantern house"], "Children in care")
    library["Lantern house"].record_change()
    drain()
    fill()
    with current_shelf().writing() as shelf:
        assert shelf.hash_of(f"cohort:{cohort.slug}")
    CohortRow.objects.filter(tag=cohort).delete()
    cohort.delete()
    forget()
    filling.await_terms()
    with current_shelf().writing() as shelf:
        assert not shelf.hash_of(f"cohort:{cohort.slug}")


def test_the_check_tells_how_many_lack_vectors_and_the_command_makes_them(
    library: dict[str, Entry], capsys: pytest.CaptureFixture[str]
) -> None:
    with current_shelf().writing() as shelf:
        shelf.drop(str(library[KINSHIP].uid))
        shelf.await_("00000000-0000-0000-0000-000000000000")
    call_command("search_check")
    assert (
        "meaning: 5 entries and terms checked, 1 without vectors, 0 that are no more"
        in capsys.readouterr().out
    )
    call_command("search_check", repair=True)
    call_command("search_meaning")
    call_command("search_check")
    assert (
        "meaning: 5 entries and terms checked, 0 without vectors" in capsys.readouterr().out.splitlines()[-1]
    )
    assert probe.meaning_problem() is None


def test_a_shelf_that_is_mostly_empty_is_not_used(library: dict[str, Entry]) -> None:
    assert find(PracticeQuery(text=PARAPHRASE)).query.nearness is not None
    with current_shelf().writing() as shelf:
        shelf.await_(str(library[KINSHIP].uid))
    assert find(PracticeQuery(text=PARAPHRASE)).query.nearness is None
    assert "4 of 5 texts have vectors" in (probe.meaning_problem() or "")


def test_a_spoilt_shelf_stops_neither_search_nor_indexing(library: dict[str, Entry]) -> None:
    current_shelf().path.write_bytes(b"no database at all" * 500)
    with pytest.raises(sqlite3.DatabaseError):
        current_shelf().count()
    assert titles(PARAPHRASE) == titles(PARAPHRASE, ranking="words")
    a_model("Comet therapy").record_change()
    assert drain().documents == 1
    assert titles("comet") == ["Comet therapy"]


@pytest.fixture
def not_installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Python does not find the packages, as where nobody installed them."""
    found = importlib.util.find_spec
    monkeypatch.setattr(weights, "find_spec", lambda name: None if name in weights.NEEDED else found(name))
    weights.installed.cache_clear()
    yield
    weights.installed.cache_clear()


def test_without_the_extra_everything_else_works_and_says_so(
    library: dict[str, Entry], not_installed: None, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert titles(PARAPHRASE) == titles(PARAPHRASE, ranking="words")
    a_model("Comet therapy").record_change()
    assert drain().documents == 1
    for address in REQUESTS:
        answer = client.get(address)
        assert answer.status_code == 200, address
    assert b"by words alone" in client.get("/practice/?q=comet").content
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["checks"]["search by meaning"]["problem"] == "not installed: search goes by words"
    call_command("search_check")
    assert "meaning: not installed, search goes by words" in capsys.readouterr().out
    with pytest.raises(CommandError, match="not installed"):
        call_command("search_meaning")


def test_with_the_extra_the_page_says_that_meaning_counts(library: dict[str, Entry], client: Client) -> None:
    page = client.get("/practice/", {"q": PARAPHRASE}).content.decode()
    assert "by words and meaning" in page
    assert "Matched <mark>what you asked</mark> in other words" in page
