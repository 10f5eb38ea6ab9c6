"""One question on its way up: bare engine, search service, JSON API, page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from search.service import find, suggest
from tests.performance.bare import bare_of, bare_suggest, stock_tantivy
from tests.performance.questions import Kind, Question, kinds
from tests.performance.sampling import Times, interleaved
from tests.performance.site import answers, get

API = "/api/v1/practice/search"
SUGGEST_API = "/api/v1/practice/suggest"
PAGE = "/practice/"
Way = Callable[[Question], object]


@dataclass
class Row:
    """The times of one kind of question on one engine, by way. A way that is not there has none."""

    kind: str
    times: dict[str, Times]


def measure(engine: Any, url: str, rounds: int) -> list[Row]:
    """Every kind on one engine."""
    there = {address: answers(address) for address in (API, f"{SUGGEST_API}?q=fam", PAGE)}
    return [Row(kind.name, _times(kind, engine, url, there, rounds)) for kind in kinds()]


def _times(kind: Kind, engine: Any, url: str, there: dict[str, bool], rounds: int) -> dict[str, Times]:
    if kind.suggests:
        ways: dict[str, Way] = {
            "bare": bare_suggest(engine),
            "service": lambda question: suggest(question.text),
        }
        if there[f"{SUGGEST_API}?q=fam"]:
            ways["API"] = lambda question: _ask(f"{SUGGEST_API}?{urlencode({'q': question.text})}")
    else:
        ways = {
            "bare": bare_of(engine, url),
            "service": lambda question: find(question.query()),
            "folded": lambda question: find(question.query(group=True)),
        }
        if engine.name == "embedded":
            ways["stock snippets"] = stock_tantivy(engine)
        if there[API]:
            ways["API"] = lambda question: _ask(f"{API}?{question.parameters}")
        if there[PAGE]:
            ways["page"] = lambda question: _ask(f"{PAGE}?{question.parameters}")
    return interleaved(ways, kind.questions, rounds=rounds)


def _ask(address: str) -> None:
    status = get(address).status
    if status != 200:
        raise RuntimeError(f"{address} answered {status}")
