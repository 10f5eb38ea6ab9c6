"""A page costs the same number of queries whatever it holds, and stays light."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practice_library import panels
from tests.factories.entries import Written, case_study, open_question, practice_model
from tests.factories.places import neighbours
from tests.factories.studies import finding_of, study_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MOST_QUERIES = 12
MOST_BYTES = 60 * 1024


@pytest.fixture
def queries(client) -> Callable[[str], int]:
    """How many queries a page takes when nothing is kept of it, once whatever is asked once a process has been asked."""

    def _queries(url: str) -> int:
        client.get(url)
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    return _queries


def fill(entry: Written, number: int, *, model: Written | None = None) -> None:
    """Give an entry this many of everything."""
    for n in range(number):
        entry.with_source(f"src-{entry.pk}-{n}").with_statement(f"Statement {n}.").with_cost(f"Cost {n}")
        entry.with_cohort(f"Cohort {n}").with_condition(f"Condition {n}").with_claim(f"Claimed {n}")
        entry.with_outcome(f"Outcome {n}").at_stage(f"Stage {n}").about(f"Theme {n}").for_workforce(
            f"Group {n}"
        )
        entry.related_to(practice_model()).related_to(None, note=f"Note {n}")
        open_question(f"Question {entry.pk} {n}", about=(entry,))
        if model is not None:
            entry.running(practice_model()).with_partner(f"Partner {n}").with_partner(
                f"Known {n}", known=True
            )


@pytest.mark.parametrize("kind", ["case study", "model"])
def test_an_entry_takes_twelve_queries_at_most_at_any_size(queries, kind):
    def make(number: int) -> Written:
        model = practice_model()
        if kind == "case study":
            entry = case_study().running(model)
            fill(entry, number, model=model)
            return entry
        for n in range(number):
            case_study(lead=f"place-{n}").running(model).with_condition("Trust").with_outcome("Wellbeing")
        fill(model, number)
        return model

    small, large = queries(make(1).url), queries(make(12).url)
    assert small == large
    assert large <= MOST_QUERIES


def test_panels_of_upper_rooms_have_room_within_the_twelve(queries, monkeypatch):
    entry = practice_model()
    case_study().running(entry)
    monkeypatch.setattr(panels, "_panels", {})
    assert queries(entry.url) <= MOST_QUERIES - 2


@pytest.mark.parametrize("url", [
    "/", "/practice/models/", "/authorities/", "/authorities/northbridge/", "/conditions/trust/", "/outcomes/wellbeing/",
    "/questions/", "/questions/does-it-last/", "/practice/several-places/", "/sitemap.xml",
])  # fmt: skip
def test_lists_take_the_same_queries_at_any_size(queries, url):
    def add(number: int) -> None:
        for _ in range(number):
            model = practice_model()
            for lead in ("northbridge", "kiteham", "several-places"):
                entry = case_study(lead=lead).running(model).with_condition("Trust").at_stage("Early help")
                entry.with_outcome("Wellbeing").with_partner("Kite Trust", known=True)

    add(1)
    here, there = (case_study(lead=lead).page.lead_organisation for lead in ("northbridge", "kiteham"))
    neighbours(here, there)
    open_question("Does it last?", about=(case_study(),))
    small = queries(url)
    add(6)
    assert queries(url) == small
    assert small <= 14


def test_a_usual_entry_stays_light(client):
    entry = case_study()
    fill(entry, 8, model=practice_model())
    for key in ("one", "two"):
        finding_of(study_of(entry.page, key=f"st-{key}"), "Outcome 1")
    answer = client.get(entry.url)
    assert len(answer.content) < MOST_BYTES


def test_no_page_sets_a_cookie(client):
    answer = client.get(case_study().url)
    assert answer.status_code == 200
    assert not answer.cookies


class TestPanels:
    @pytest.fixture(autouse=True)
    def _leave_no_panel(self):
        yield
        panels.unregister("test")

    def test_an_upper_room_adds_to_the_page(self, words):
        entry = case_study("Harbour pods")

        def of(about: Any, user: Any) -> panels.Panel:
            return panels.Panel(
                "Working on the same idea", [panels.PanelLink(f"Like {about.title}", "/x/", "Both say pods")]
            )

        panels.register("test", of)
        assert "Working on the same idea Like Harbour pods. Both say pods" in words(entry.url)

    def test_two_rooms_cannot_fill_the_same_panel(self):
        panels.register("test", lambda entry, user: None)
        with pytest.raises(panels.AlreadyRegistered):
            panels.register("test", lambda entry, user: None)

    def test_an_empty_panel_is_not_shown(self, words):
        panels.register("test", lambda entry, user: panels.Panel("Nobody here", []))
        assert "Nobody here" not in words(case_study().url)
