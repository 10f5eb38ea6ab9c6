"""An index of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search import vocabulary
from search.current import current_engine, forget_engine


@pytest.fixture
def empty_index(settings: Any, tmp_path: Path, db: None) -> Iterator[None]:
    """An empty embedded index, and no vocabulary left over from another test."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.ELASTICSEARCH_URL = ""
    vocabulary.forget()
    current_engine().rebuild([])
    yield
    forget_engine()
    vocabulary.forget()
