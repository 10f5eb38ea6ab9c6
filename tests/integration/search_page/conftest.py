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
from tests.factories.making import (
    a_case_study,
    a_model,
    with_claim,
    with_cohort,
    with_condition,
    with_statement,
    with_trial,
)


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
    """A model that did harm once and was run in four places, one of them lately, and two things beside it."""
    pods = a_model(
        "Harbour pods",
        summary="Family practitioners hold cases in pods led by a social worker.",
        kind="programme",
    )
    with_cohort(pods, "Children on the edge of care")
    with_condition(pods, "Time for direct work", role="enabler", present="yes")
    with_condition(pods, "High turnover", role="barrier", present="no")
    with_trial(pods, outcome="Entry to care", direction="no-effect", powered=True)
    with_claim(pods, "Wellbeing", direction="favourable")
    for lead, fields in {
        "wigan": {"status": "running", "status_as_at": "2016-03"},
        "camden": {"status": "running", "status_as_at": "2026-05"},
        "leeds": {"status": "stopped", "status_as_at": "2019"},
        "kent": {},
    }.items():
        place = a_case_study(f"Harbour pods in {lead.title()}", lead=lead, models=(pods,), **fields)
        with_cohort(place, "Children on the edge of care")
    court = a_case_study("Night court", lead="leeds", summary="A court that sits at night for mothers.")
    with_cohort(court, "Mothers")
    with_statement(court, "Mothers were heard at night in every pod of the court.")
    with_trial(court, outcome="Wellbeing", direction="adverse", harm="Distress after the hearing.")
    a_model("Kite therapy", summary="Licensed therapy at home for five months.")
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
