"""A small library, indexed, and a reader who asks the search page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from search import vocabulary
from search.current import current_engine, forget_engine
from search.indexing import rebuild
from tests.factories.harbour import harbour_library


@pytest.fixture
def empty_index(settings: Any, tmp_path: Path, db: None) -> Iterator[None]:
    """An index of its own for each test, and no vocabulary left over from another."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.ELASTICSEARCH_URL = ""
    vocabulary.forget()
    current_engine().rebuild([])
    yield
    forget_engine()
    vocabulary.forget()


@pytest.fixture
def library(empty_index: None) -> None:
    """The library of `tests.factories.harbour`, indexed."""
    harbour_library()
    rebuild()


class Page:
    """An answer of the search page, as its words."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.content.decode()

    @property
    def text(self) -> str:
        """What a reader sees, without markup, in one line."""
        body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", self.html, flags=re.DOTALL)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())

    @property
    def titles(self) -> list[str]:
        """The names of the results, in their order."""
        return [html.unescape(title) for title in re.findall(r'pc-card__title"><a[^>]*>([^<]*)', self.html)]

    def card(self, title: str) -> str:
        """The words of one card."""
        cards = re.findall(r'<li class="pc-card">.*?\n</li>', self.html, flags=re.DOTALL)
        found = next(card for card in cards if f">{html.escape(title)}<" in card)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found)).split())

    def counts(self, param: str) -> dict[str, int]:
        """The values of a filter with their counts."""
        pattern = rf'name="{param}" value="([^"]+)".*?pc-facet__count">(\d+)<'
        return {value: int(count) for value, count in re.findall(pattern, self.html)}

    def chosen(self, param: str) -> list[str]:
        """The values of a filter that are ticked."""
        return re.findall(rf'name="{param}" value="([^"]+)" id="[^"]+" checked', self.html)


@pytest.fixture
def ask(client: Client) -> Callable[..., Page]:
    """`ask(q="pods", cohort=["mothers"])`."""

    def ask(**params: Any) -> Page:
        return Page(client.get("/practice/", params))

    return ask
