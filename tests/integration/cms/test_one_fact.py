"""One fact of one study, changed in the CMS, changes the page, the facet count and the API. No one writes a rating."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client

from practice_library.models import Study, StudySource
from search.indexing import drain, rebuild
from tests.factories.making import a_case_study, a_source, with_trial
from tests.integration.search.conftest import site_engine as site_engine


@pytest.fixture
def read(editor: Any) -> Callable[[], dict[str, Any]]:
    """What a visitor sees in three places."""
    visitor = Client()

    def see() -> dict[str, Any]:
        drain()
        page = visitor.get("/practice/wigan/family-centres/").content.decode()
        found = visitor.get("/api/v1/practice/search", {"q": "family centres"}).json()
        counts = {value["value"]: value["count"] for value in found["facets"]["evidence"] if value["count"]}
        shown = re.search(r"Compared with a similar group|Monitored|Not tested yet", page)
        return {
            "page": shown and shown.group(),
            "facet": counts,
            "api": found["results"][0]["evidence"],
            "search page": "Compared with a similar group"
            in visitor.get("/practice/?q=family+centres").content.decode(),
        }

    return see


@pytest.mark.django_db
def test_one_changed_fact_shows_on_page_facet_and_api(
    site_engine: str, read: Callable[[], dict[str, Any]], edit: Callable[[Any], Any]
) -> None:
    entry = a_case_study("Family centres")
    with_trial(entry, outcome="Entry to care")
    study = Study.objects.get()
    StudySource.objects.create(study=study, source=a_source())
    rebuild()
    before = read()
    assert before["page"] == "Compared with a similar group"
    assert before["facet"] == {"compared": 1}
    assert before["api"] == {"strength": 4, "direction": "favourable"}

    assert edit(study).fill(design="before-and-after").publish().status_code == 302

    after = read()
    assert after["page"] == "Monitored"
    assert after["facet"] == {"monitored": 1}
    assert after["api"] == {"strength": 2, "direction": "favourable"}


def test_only_the_rating_service_writes_ratings() -> None:
    """The pure standard aside, which knows no database: neither importers nor templates, views or forms make or change a rating."""
    writing = re.compile(
        r"OutcomeRating\.objects\.(create|bulk_create|update|get_or_create|filter\([^)]*\)\.update)|OutcomeRating\("
    )
    root = Path(configured.BASE_DIR)
    files = [
        path
        for room in ("practice_library", "search", "site/website")
        for path in (root / room).rglob("*.py")
    ]
    writers = {
        path.relative_to(root).as_posix()
        for path in files
        if not {"migrations", "evidence"} & set(path.parts) and writing.search(path.read_text())
    }
    allowed = {"practice_library/services/ratings.py", "practice_library/models/rating.py"}
    assert "practice_library/services/ratings.py" in writers
    assert writers <= allowed
