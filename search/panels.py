"""What search adds to an entry's page: entries that read alike and are not linked to it already."""

from __future__ import annotations

from typing import Any

from practice_library.labels import TYPE
from practice_library.models import Entry
from practice_library.panels import Panel, PanelLink
from search.engine import Hit
from search.service import related

SHOWN = 5
ASKED = 25


def related_panel(entry: Entry, user: Any) -> Panel | None:
    """Entries near in words and terms. Places of the same model are left out: the page lists them already."""
    own = entry_address(entry)
    found = [hit for hit in related(str(entry.uid), user=user, limit=ASKED) if not _linked(hit, own, entry)]
    return Panel(heading="Related entries", links=[_link(hit) for hit in found[:SHOWN]])


def entry_address(entry: Entry) -> str:
    """The address of an entry below the root of the site."""
    return "/" + entry.url_path.split("/", 2)[2]


def _linked(hit: Hit, own: str, entry: Entry) -> bool:
    models = {model["url"] for model in hit.fields.get("models", [])}
    place = getattr(entry, "models_used", None)
    used = {entry_address(row.model) for row in place.all()} if place is not None else set()
    return own in models or bool(models & used) or hit.fields["url"] in used


def _link(hit: Hit) -> PanelLink:
    places = ", ".join(hit.fields.get("places", [])[:2])
    kind = TYPE.get(hit.fields["type"], "")
    return PanelLink(hit.fields["title"], hit.fields["url"], f"{kind}. {places}" if places else kind)
