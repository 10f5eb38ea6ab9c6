"""Every object that is built, every role, every action: the answer is what the table of access says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.security.access_world import ATTEMPTS, World

pytestmark = pytest.mark.django_db

TABLE = yaml.safe_load((Path(__file__).parent / "access.yaml").read_text())
LETTERS = list(TABLE["roles"])
YES, NOTHING, SIGN_IN = "yes", "nothing there", "sign in"


def actions() -> list[tuple[str, str, dict[str, Any]]]:
    """Every action that is built."""
    return [
        (thing, action, said)
        for thing, row in TABLE["objects"].items()
        for action, said in row.items()
        if action != "to_come" and "to_come" not in said
    ]


def expected(letter: str, said: dict[str, Any]) -> str:
    if letter in said["may"].split():
        return YES
    return SIGN_IN if letter == "V" and said.get("visitor") != "nothing" else NOTHING


def answered(response: Any) -> str:
    """What a response amounts to. Wagtail sends whoever may not do something back to its own first page."""
    if response.status_code == 404:
        return NOTHING
    if response.status_code == 302:
        if response["Location"].startswith("/accounts/login/"):
            return SIGN_IN
        return NOTHING if response["Location"] == "/cms/" else YES
    assert response.status_code == 200, response.status_code
    return YES


@pytest.mark.parametrize(
    ("thing", "action", "said"), actions(), ids=lambda each: each if isinstance(each, str) else ""
)
def test_each_role_is_answered_as_the_table_says(thing: str, action: str, said: dict[str, Any]):
    world = World()
    found = {letter: answered(_tried(world, letter, thing, action)) for letter in LETTERS}
    assert found == {letter: expected(letter, said) for letter in LETTERS}


def _tried(world: World, letter: str, thing: str, action: str) -> Any:
    from django.db import transaction

    point = transaction.savepoint()
    response = ATTEMPTS[thing, action](world, world.client(world.person(letter)))
    transaction.savepoint_rollback(point)
    return response


def test_no_row_is_without_a_test_unless_it_is_named_as_still_to_come():
    assert {(thing, action) for thing, action, _ in actions()} == set(ATTEMPTS)


def test_every_letter_is_a_role():
    assert {letter for _, _, said in actions() for letter in said["may"].split()} <= set(LETTERS)
