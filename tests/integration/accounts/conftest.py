"""Where people work: an authority whose website says which addresses are its own."""

from __future__ import annotations

import pytest
from website.places.models import Organisation

from tests.factories.places import AuthorityFactory


@pytest.fixture
def north() -> Organisation:
    return AuthorityFactory(name="North", website="north.example")
