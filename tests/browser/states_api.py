"""The states of addresses that programs read. What they answer is held by tests of the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from practice_library.models import Entry
from tests.browser.states import (
    ALIKE,
    BARE,
    FILE,
    JSON,
    NO_INPUT,
    ONE_LENGTH,
    TEXT,
    XML,
    Screen,
    State,
    screen,
)

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
        "api:export_xlsx",
        State("normal", query="?q=harbour", answers=FILE),
        State("empty", query="?q=zebra", answers=FILE),
        State("error", query="?cohort=no-such-term", status=400, answers=JSON),
        long=FOR_PROGRAMS,
    ),
    *(
        screen(
            f"practice_feed_{kind}",
            State("normal", query="?q=harbour", answers=XML),
            State("empty", query="?q=zebra", answers=XML),
            State("error", query="?direction=upwards", status=400, answers=TEXT),
            State("error: the engine is down", status=503, answers=TEXT, engine_down=True),
            long="It ends after fifty entries; what they say is as long as on any list.",
        )
        for kind in ("rss", "atom")
    ),
    *(
        screen(
            f"cite_{kind}",
            State("normal", {"lead": "wigan", "slug": "night-court"}, answers=FILE),
            State("normal, of a model", {"lead": "models", "slug": "harbour-pods"}, answers=FILE),
            State("error: hidden", {"lead": "wigan", "slug": "nobody-may-read-this"}, status=404),
            empty="Every entry has a name and an address.",
            long=FOR_PROGRAMS,
        )
        for kind in ("ris", "bibtex")
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
        "api:rating_changes",
        State("normal", answers=JSON),
        State("empty", library=BARE, answers=JSON),
        State("error", query="?since=yesterday", status=400, answers=JSON),
        long=FOR_PROGRAMS,
    ),
    screen(
        "api:authorities",
        State("normal", answers=JSON),
        State("empty", library=BARE, answers=JSON),
        error=NO_INPUT,
        long=FOR_PROGRAMS,
    ),
    screen(
        "api:authority",
        State("normal", {"slug": "wigan"}, answers=JSON),
        State("empty", {"slug": "rutland"}, answers=JSON),
        State("error", {"slug": "atlantis"}, status=404, answers=JSON),
        long=FOR_PROGRAMS,
    ),
    screen(
        "api:register",
        State("normal", {"model": "harbour-pods"}, answers=JSON),
        State("empty", {"model": "lantern-house"}, answers=JSON),
        State("error", {"model": "no-such-model"}, status=404, answers=JSON),
        long=FOR_PROGRAMS,
    ),
    screen(
        "api:gaps",
        State("normal", answers=JSON),
        State("normal, the studies of a number", query="?cohort=mothers&outcome=entry-to-care", answers=JSON),
        State("empty", library=BARE, answers=JSON),
        State("error", query="?direction=sideways", status=400, answers=JSON),
        long=FOR_PROGRAMS,
    ),
    screen(
        "api:questions",
        State("normal", answers=JSON),
        State("empty", library=BARE, answers=JSON),
        State("error", query="?page=0", status=400, answers=JSON),
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
