"""The states of addresses that programs read. What they answer is held by tests of the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from practice_library.models import Entry
from tests.browser.states import ALIKE, BARE, JSON, NO_INPUT, ONE_LENGTH, TEXT, Screen, State, screen

FOR_PROGRAMS = "Programs read it: nothing to look at; its limits are held by the tests of the API."


def _entry(slug: str) -> Mapping[str, Any]:
    return {"entry_id": Entry.objects.get(slug=slug).uid}


SCREENS: tuple[Screen, ...] = (
    screen("healthz", State("normal", answers=TEXT), empty=ALIKE, error=ALIKE, long=ONE_LENGTH),
    screen(
        "readyz",
        State("normal", answers=JSON),
        State("error: the engine is down", answers=JSON, engine_down=True),
        empty=ALIKE,
        long=ONE_LENGTH,
    ),
    screen(
        "api:practice_search",
        State("normal", query="?q=harbour", answers=JSON),
        State("empty", query="?q=zebra", answers=JSON),
        State("error", query="?cohort=no-such-term", status=400, answers=JSON),
        long=FOR_PROGRAMS,
    ),
    screen(
        "api:practice_suggest",
        State("normal", query="?q=har", answers=JSON),
        State("empty", query="?q=zebra", answers=JSON),
        State("error", query="?q=" + "x" * 1000, status=400, answers=JSON),
        long=FOR_PROGRAMS,
    ),
    screen(
        "api:practice_entry",
        State("normal", lambda: _entry("night-court"), answers=JSON),
        State("empty", lambda: _entry("lantern-house"), answers=JSON),
        State("error", lambda: _entry("nobody-may-read-this"), status=404, answers=JSON),
        long=FOR_PROGRAMS,
    ),
    screen(
        "api:practice_kindred",
        State("normal", lambda: _entry("night-court"), answers=JSON),
        State("empty", lambda: _entry("lantern-house"), answers=JSON),
        State("error", lambda: _entry("nobody-may-read-this"), status=404, answers=JSON),
        long=FOR_PROGRAMS,
    ),
    screen(
        "api:export_csv",
        State("normal", query="?q=harbour", answers=TEXT),
        State("empty", query="?q=zebra", answers=TEXT),
        State("error", query="?cohort=no-such-term", status=400, answers=JSON),
        long=FOR_PROGRAMS,
    ),
    screen(
        "api:export_jsonl",
        State("normal", query="?q=harbour", answers=JSON),
        State("empty", query="?q=zebra", answers=JSON),
        State("error", query="?cohort=no-such-term", status=400, answers=JSON),
        long=FOR_PROGRAMS,
    ),
    screen("api:vocabularies", State("normal", answers=JSON), empty=ALIKE, error=NO_INPUT, long=FOR_PROGRAMS),
    screen(
        "api:vocabulary",
        State("normal", {"name": "cohorts"}, answers=JSON),
        State("empty", {"name": "cohorts"}, library=BARE, answers=JSON),
        State("error", {"name": "spells"}, status=404, answers=JSON),
        long=FOR_PROGRAMS,
    ),
    screen(
        "api:authorities",
        State("normal", answers=JSON),
        State("empty", library=BARE, answers=JSON),
        error=NO_INPUT,
        long=FOR_PROGRAMS,
    ),
    screen("api:openapi-json", State("normal", answers=JSON), empty=ALIKE, error=NO_INPUT, long=ONE_LENGTH),
    screen(
        "api:api-root",
        State("error: nothing is there", status=404, answers=JSON),
        normal=ALIKE,
        empty=ALIKE,
        long=ALIKE,
    ),
)
