"""An index of its own for each test."""

from __future__ import annotations

from tests.integration.search_page.conftest import empty_index  # noqa: F401 - a fixture
