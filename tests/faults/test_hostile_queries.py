"""Hostile queries are answered or refused plainly, by page, suggestions, API, feeds and exports, and cost no more than others."""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client

from search import queries
from search.api import parameters
from search.current import current_engine
from search.engine import EngineDown, PracticeQuery
from search.indexing import rebuild
from search.queries import LONGEST_TEXT
from search.understanding import LONGEST_QUERY_WORDS
from tests.factories.making import a_case_study, a_model, with_cohort
from tests.integration.search.conftest import site_engine as site_engine

pytestmark = pytest.mark.django_db

SEARCHES = ("/practice/", "/api/v1/practice/search", "/api/v1/practice/suggest")
STREAMS = (
    "/practice/feed.rss",
    "/practice/feed.atom",
    "/api/v1/export/practice.csv",
    "/api/v1/export/practice.jsonl",
)
HOSTILE = {
    "ten thousand letters": b"a" * 10_000,
    "ten thousand characters of words": b"lantern house " * 715,
    "three thousand brackets": b"(" * 3_000,
    "as many brackets as are taken": b"(" * LONGEST_TEXT,
    "null bytes": b"lan\x00tern \x00\x00",
    "only null bytes": b"\x00" * 50,
    "mixed scripts": "ребёнок 子供 طفل lantern 👪🏽 ที่อยู่ \u202e".encode(),
    "broken text": b"lantern \xff\xfe \xed\xa0\x80 \xc0\xaf",
    "unknown words": b" ".join(b"q%dz%d" % (n, n * 7) for n in range(40))[:LONGEST_TEXT],
    "quotes": b'"a" ' * 75,
    "an endless phrase": b'"' + b"lantern house " * 20,
    "combining marks": ("e" + "\u0301" * 290).encode(),
    "the syntax of engines": b'title:(x AND y) OR NOT body:[a TO z] ^5 ~2 *:* /re.*/ +a -b \\ {"match_all":{}}',
}


@pytest.fixture
def client(site_engine: str) -> Client:
    with_cohort(a_model("Lantern house"), "Adolescents")
    a_case_study("Lantern house in Wigan")
    rebuild()
    return Client(raise_request_exception=False)


@pytest.fixture
def reached(client: Client, monkeypatch: pytest.MonkeyPatch) -> list[PracticeQuery]:
    """What the engine is asked."""
    asked: list[PracticeQuery] = []
    engine = current_engine()
    search, suggest = engine.search, engine.suggest

    def searched(query: PracticeQuery) -> Any:
        asked.append(query)
        return search(query)

    def suggested(prefix: str, **options: Any) -> Any:
        asked.append(PracticeQuery(prefix))
        return suggest(prefix, **options)

    monkeypatch.setattr(engine, "search", searched)
    monkeypatch.setattr(engine, "suggest", suggested)
    return asked


def ask(client: Client, address: str, text: bytes) -> int:
    response = client.get(address, QUERY_STRING=f"q={quote_from_bytes(text)}")
    if response.streaming:
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return response.status_code


def is_bounded(asked: list[PracticeQuery]) -> None:
    for query in asked:
        assert len(query.text) <= LONGEST_TEXT
        assert "\x00" not in query.text
        if query.expansions:
            assert len(query.expansions.concepts) <= LONGEST_QUERY_WORDS


def test_an_answer_or_a_plain_refusal(client: Client, reached: list[PracticeQuery]) -> None:
    for name, address in product(HOSTILE, (*SEARCHES, *STREAMS)):
        before = len(reached)
        assert ask(client, address, HOSTILE[name]) in (200, 400), (name, address)
        assert len(reached) - before <= 4, (name, address)
    is_bounded(reached)
    assert ask(client, "/practice/", b"lantern") == 200
    assert reached[-1].text == "lantern"


def test_the_same_with_the_engine_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any, **options: Any) -> None:
        raise EngineDown("no answer")

    for method in ("search", "suggest", "count", "uids", "did_you_mean"):
        monkeypatch.setattr(current_engine(), method, away)
    for name, address in product(HOSTILE, SEARCHES):
        assert ask(client, address, HOSTILE[name]) in (200, 400), (name, address)


def test_control_without_the_longest_text_the_engine_gets_all_of_it(
    client: Client, reached: list[PracticeQuery], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (queries, parameters):
        monkeypatch.setattr(module, "LONGEST_TEXT", 10**6)
    for address in SEARCHES:
        reached.clear()
        ask(client, address, HOSTILE["ten thousand letters"])
        with pytest.raises(AssertionError):
            is_bounded(reached)


def test_control_without_the_refusal_null_bytes_reach_the_engine(
    client: Client, reached: list[PracticeQuery], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_text", lambda params: params["q"][-1])
    ask(client, "/practice/", HOSTILE["null bytes"])
    with pytest.raises(AssertionError):
        is_bounded(reached)


def test_control_a_parser_given_the_brackets_takes_its_process_down() -> None:
    """Why no text of a reader ever reaches the engine's own query parser."""
    script = (
        "import tantivy; schema = tantivy.SchemaBuilder(); schema.add_text_field('text');"
        "tantivy.Index(schema.build()).parse_query_lenient('(' * 3000, ['text'])"
    )
    died = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=120)
    assert died.returncode < 0
