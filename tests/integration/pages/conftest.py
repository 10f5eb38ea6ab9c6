"""A reader without an account, and the words of a page without its markup."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client


def words_of(page: str) -> str:
    """What a reader sees of the main part, on one line."""
    main = page[page.index("<main") : page.index("</main>")] if "<main" in page else page
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())
    return re.sub(r"\[ source ", "[source ", re.sub(r" ([.,:;])", r"\1", text))


@pytest.fixture
def read(client: Client) -> Callable[..., str]:
    """Open a page as a visitor and give its markup."""

    def _read(url: str, *, status: int = 200, **params: str) -> str:
        answer = client.get(url, params)
        assert answer.status_code == status, (url, answer.status_code)
        return answer.content.decode()

    return _read


@pytest.fixture
def words(read: Callable[..., str]) -> Callable[..., str]:
    """Open a page as a visitor and give its words."""
    return lambda url, **params: words_of(read(url, **params))


@pytest.fixture
def time_machine_at() -> Iterator[Callable[[str], None]]:
    """Set the clock to a day."""
    travels = []

    def _go(day: str) -> None:
        travel = time_machine.travel(f"{day}T12:00:00+00:00", tick=True)
        travel.start()
        travels.append(travel)

    yield _go
    for travel in travels:
        travel.stop()
