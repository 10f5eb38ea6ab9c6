"""Every address of the site is looked at in every state, and no page says what only a programmer would understand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser.library import WORLDS
from tests.browser.people import sign_in
from tests.browser.standing import Shelves, shelves, without_index  # noqa: F401 - a fixture
from tests.browser.states import (
    FILE,
    HTML,
    JSON,
    KINDS,
    NOT_OURS,
    PICTURE,
    REDIRECT,
    TEXT,
    XML,
    Screen,
    State,
    every_screen,
)

SCREENS = every_screen()
TYPES = {HTML: "text/html", XML: "xml", JSON: "json", TEXT: "text/", FILE: "application/", PICTURE: "image/"}
#: Its samples lead nowhere.
MADE_UP = "component_gallery"
#: What shows that a value, a template or a program leaked into the words.
LEAKS = re.compile(
    r"\bNone\b(?! [a-z])|\{\{|\{%|Traceback|<[A-Z]\w+: |\bUndefined\b|\[object |&amp;amp;|&lt;(?:a|em|mark|p|span)\b"
)


def url_names(patterns: Iterable[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """Every name by which the site's own URLconf can be asked for an address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_names(pattern.url_patterns, inner)
        elif pattern.name:
            yield namespace + pattern.name


def names_of_the_site() -> set[str]:
    """Without the CMS below /cms/, which is Wagtail's."""
    ours = [each for each in get_resolver().url_patterns if str(each.pattern) != "cms/"]
    return {name for name in url_names(ours) if name not in NOT_OURS}


def test_no_address_is_missing_and_none_is_made_up():
    named = [screen.url_name for screen in SCREENS]
    assert sorted(names_of_the_site()) == sorted(named)


def test_each_reason_for_leaving_an_address_out_is_about_an_address():
    every = set(url_names(get_resolver().url_patterns))
    assert [name for name in NOT_OURS if not any(each.startswith(name) for each in every)] == []


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.url_name)
def test_every_kind_of_state_is_there_or_has_a_reason(screen: Screen):
    shown = [state.kind for state in screen.states]
    assert set(shown) <= set(KINDS), "a state begins with its kind"
    assert {*shown, *screen.lacks} == set(KINDS)
    assert not set(shown) & set(screen.lacks), "a state cannot be there and lacking"
    assert len({state.name for state in screen.states}) == len(screen.states)


def pages() -> list[Any]:
    """Every state, those that need one library together."""
    return [
        pytest.param(screen.url_name, state, id=f"{screen.url_name}, {state.name}")
        for library in WORLDS
        for screen in SCREENS
        for state in screen.states
        if state.library == library
    ]


@pytest.mark.parametrize(("url_name", "state"), pages())
def test_a_page_answers_in_plain_words(db: Shelves, url_name: str, state: State):
    db.hold(state.library)
    client = Client()
    sign_in(client, state.reader)
    with without_index(state.engine_down):
        answer = client.get(state.path(url_name), follow=state.answers != REDIRECT)
        if state.sends:
            asked = answer.request
            answer = client.post(f"{asked['PATH_INFO']}?{asked['QUERY_STRING']}", state.sends)
    assert answer.status_code == state.status
    if state.answers == REDIRECT:
        assert answer["Location"]
        return
    assert TYPES[state.answers] in answer["Content-Type"]
    if state.answers == HTML:
        assert faults(answer.content.decode(), anchors=url_name != MADE_UP) == []


def faults(html: str, *, anchors: bool = True) -> list[str]:
    """What is wrong with a page that can be told without looking at it."""
    page = BeautifulSoup(html, "html.parser")
    found = []
    if len(page.find_all("h1")) != 1:
        found.append(f"{len(page.find_all('h1'))} H1")
    if not page.h1 or not page.h1.get_text(strip=True):
        found.append("an empty H1")
    if page.html is None or page.html.get("lang") != "en-GB":
        found.append("no language")
    title = " ".join(page.title.get_text().split()) if page.title else ""
    if not re.search(r"\w.* - Practice Commons$|^Practice Commons\b", title):
        found.append(f"title {title!r}")
    if page.find("main") is None:
        found.append("no main part")
    found += [f"style attribute on {tag.name}" for tag in page.find_all(style=True)]
    found += ["style element" for _ in page.find_all("style")]
    found += [f"inline script {tag.string}"[:80] for tag in page.find_all("script") if _runs(tag)]
    found += [
        f"{name} on {tag.name}" for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")
    ]
    ids = [tag["id"] for tag in page.find_all(id=True)]
    found += [f"id {name} twice" for name in sorted({each for each in ids if ids.count(each) > 1})]
    if anchors:
        links = page.find_all("a", href=True)
        found += [f"no anchor for {link['href']}" for link in links if _leads_nowhere(link, ids)]
    for script in page.find_all("script"):
        script.decompose()
    words = page.get_text(" ")
    found += [
        f"leaked: {words[max(0, leak.start() - 30) : leak.end() + 30]}" for leak in LEAKS.finditer(words)
    ]
    return found


def _runs(script: Any) -> bool:
    """Inline code that a strict policy lets run by a nonce only; data in JSON is no code."""
    return not script.get("src") and "json" not in script.get("type", "") and not script.get("nonce")


def _leads_nowhere(link: Any, ids: list[str]) -> bool:
    href = link["href"]
    return href.startswith("#") and href[1:] not in ids


def test_faults_are_noticed():
    bad = (
        '<html lang="en"><title>x</title><h1>a</h1><h1>b</h1><p style="x" onclick="y">None.</p><a href="#z">z</a>'
        '<script>go()</script><i id="q"></i><b id="q"></b>'
    )
    assert len(faults(bad)) == 10
    good = '<html lang="en-GB"><title>A - Practice Commons</title><main id="m"><h1>A</h1><a href="#m">B</a></main>'
    assert faults(good) == []
