"""Where somebody is signed in, in words."""

from __future__ import annotations

import pytest
from website.accounts.browsers import LONGEST, in_words

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/130.0.0.0 Safari/537.36",
            "Chrome on Windows",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
            "Edge on Windows",
        ),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {WEBKIT} Safari/604.1",
            "Safari on an iPhone",
        ),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) {WEBKIT} Version/18 Safari/605", "Safari on a Mac"),
        (
            f"Mozilla/5.0 (Linux; Android 15) {WEBKIT} Chrome/130 Mobile Safari/537",
            "Chrome on an Android device",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux"),
        ("python-requests/2.32", "python-requests/2.32"),
        ("x" * 300, "x" * LONGEST),
        ("", "An unknown browser"),
    ],
)
def test_a_session_is_named_as_its_owner_would(user_agent: str, words: str):
    assert in_words(user_agent) == words
