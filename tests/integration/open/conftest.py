"""A small library in the site's own engine, and the ways in which one of its entries is taken out of sight."""

from __future__ import annotations

from tests.integration.api.conftest import library as library
from tests.integration.search.conftest import site_engine as site_engine
