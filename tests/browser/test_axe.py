"""Nothing for axe-core to find on any page in any state, narrow, middling and wide, and nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.browser.library import WORLDS
from tests.browser.looking import faults_in_sight
from tests.browser.people import sign_in
from tests.browser.standing import Shelves, served, shelves, without_index  # noqa: F401 - a fixture
from tests.browser.states import HTML, VISITOR, State, every_screen

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(db: Shelves) -> Iterator[str]:
    """One server for all pages."""
    with db.blocker.unblock(), served() as address:
        yield address


def pages() -> list[Any]:
    """Addresses with the states that are looked at, those of one library together."""
    grouped = [
        (library, screen.url_name, [s for s in screen.states if s.library == library and s.answers == HTML])
        for library in WORLDS
        for screen in every_screen()
    ]
    return [
        pytest.param(library, url_name, states, id=f"{url_name}, {library}")
        for library, url_name, states in grouped
        if states
    ]


@pytest.mark.parametrize(("library", "url_name", "states"), pages())
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    db: Shelves,
    site: str,
    browser: Any,
    browser_context_args: dict[str, Any],
    library: str,
    url_name: str,
    states: list[State],
):
    db.hold(library)
    found: list[str] = []
    for state in states:
        context = browser.new_context(**browser_context_args, viewport={"width": 320, "height": 900})
        with without_index(state.engine_down):
            found += looked_at(context, site, url_name, state)
        context.close()
    assert not found, "\n".join(["", *found])


def looked_at(context: Any, site: str, url_name: str, state: State) -> list[str]:
    """What is wrong with a page in one state, in lines that say where."""
    if state.reader != VISITOR:
        client = Client()
        sign_in(client, state.reader)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    answer = page.goto(site + state.path(url_name))
    if state.sends:
        with page.expect_navigation() as sent:
            send(page, state.sends)
        answer = sent.value
    if answer is None or answer.status != state.status:
        return [f"{url_name}, {state.name}: answered {answer and answer.status}"]
    found = faults_in_sight(page, f"{url_name}, {state.name}")
    expected = f"status of {state.status}"
    found += [f"{url_name}, {state.name}: console: {each}" for each in complaints if expected not in each]
    return found


def send(page: Any, values: dict[str, str]) -> None:
    """Fill the form that holds these fields and send it by its own button."""
    fields = [
        name for name in values if page.locator(f"main [name='{name}']:not(button, [type=radio])").count()
    ]
    for name in fields:
        page.locator(f"main [name='{name}']:not([type=radio])").fill(values[name])
    named = [name for name in values if name not in fields]
    holds = (fields or named)[0]
    form = page.locator("main form").filter(has=page.locator(f"[name='{holds}']:not([type=radio])"))
    form.locator(f"button[name='{named[0]}']" if named else "button[type='submit']").first.click()
