"""A small library in the site's own engine, and a client that reads JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from practice_library.models import CaseStudyPage, PracticeModelPage
from search.indexing import rebuild
from tests.factories.making import (
    a_case_study,
    a_model,
    with_cohort,
    with_condition,
    with_statement,
    with_trial,
)
from tests.integration.search.conftest import site_engine as site_engine

Library = tuple[PracticeModelPage, CaseStudyPage]


@pytest.fixture
def library(db: None, site_engine: str) -> Library:
    model = a_model("Lantern house", summary="A hub for teenagers.")
    with_cohort(model, "Adolescents")
    with_trial(model, outcome="Entry to care", direction="favourable", key="st-lantern")
    place = a_case_study("Lantern house in Wigan", models=(model,), status="running", status_as_at="2016-03")
    with_condition(place, "Time for direct work", present="no")
    with_statement(place, "It took a year.")
    rebuild()
    return model, place


@pytest.fixture
def read(client: Client) -> Callable[..., dict[str, Any]]:
    """GET below /api/v1/ that must succeed."""

    def get(path: str, **params: Any) -> dict[str, Any]:
        response = client.get(f"/api/v1/{path}", params)
        assert response.status_code == 200, response.content
        return dict(response.json())

    return get
