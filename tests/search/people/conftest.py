"""People in two authorities of one region and in one of another, found through both engines."""

from __future__ import annotations

import pytest
from website.accounts.models import User
from website.places.models import Organisation

from network.audience import Viewer, viewer_of
from tests.factories.people import an_editor, member
from tests.factories.three_places import *  # noqa: F403 - fixtures
from tests.integration.search.conftest import site_engine  # noqa: F401 - a fixture


@pytest.fixture
def seekers(north: Organisation, near: Organisation, south: Organisation) -> dict[str, User]:
    """Whoever looks for somebody who works in North, by what they are to them."""
    return {
        "colleague": member("Col League", of=north),
        "same region": member("Ne Ar", of=near),
        "elsewhere": member("El Sewhere", of=south),
        "editor": an_editor(),
    }


@pytest.fixture
def viewers(seekers: dict[str, User]) -> dict[str, Viewer]:
    return {whom: viewer_of(person) for whom, person in seekers.items()}
