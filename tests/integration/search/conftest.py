"""The site's own engine for each test: the embedded one in a folder of its own, and Elasticsearch where it runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from search import vocabulary
from search.current import current_engine, current_people, forget_engine

ENGINES = ["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)]


@pytest.fixture(params=ENGINES)
def site_engine(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[str]:
    """An empty index of the engine under test, in use by the whole site."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_INDEX_PREFIX = f"site-{uuid4().hex[:12]}"
    settings.ELASTICSEARCH_URL = (
        "" if request.param == "embedded" else os.environ.get("ELASTICSEARCH_URL", "")
    )
    vocabulary.forget()
    current_engine().rebuild([])
    current_people().rebuild([])
    yield request.param
    if request.param == "elastic":
        current_engine().drop()  # type: ignore[attr-defined]
        current_people().drop()  # type: ignore[attr-defined]
    forget_engine()
    vocabulary.forget()
