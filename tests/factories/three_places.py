"""Fixtures: two authorities of one region and one of another. A conftest imports those that it needs."""

from __future__ import annotations

import pytest
from website.places.models import Organisation

from tests.factories.places import AuthorityFactory

__all__ = ["near", "north", "south"]


@pytest.fixture
def north() -> Organisation:
    return AuthorityFactory(name="North", region="north-west")


@pytest.fixture
def near(north: Organisation) -> Organisation:
    return AuthorityFactory(name="Near", region="north-west")


@pytest.fixture
def south(north: Organisation) -> Organisation:
    return AuthorityFactory(name="South", region="south-west")
