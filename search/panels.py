"""What search adds to an entry's page: entries that read alike and are not linked to it already."""

from __future__ import annotations

from typing import Any

from practice_library.labels import TYPE
from practice_library.models import CaseStudyPage, Entry, ModelUsed
from practice_library.panels import Panel, PanelLink
from search.engine import Hit
from search.service import related

SHOWN = 5
ASKED = 25


def related_panel(entry: Entry, user: Any) -> Panel | None:
    """Entries near in words and terms. Places of the same model are left out: the page lists them already."""
    hits = related(str(entry.uid), user=user, limit=ASKED)
    linked = {entry_address(entry), *_models_of(entry)}
    found = [hit for hit in hits if not linked & {hit.fields["url"], *_models_in(hit)}]
    return Panel(heading="Related entries", links=[_link(hit) for hit in found[:SHOWN]])


def entry_address(entry: Entry) -> str:
    """The address of an entry below the root of the site."""
    return "/" + entry.url_path.split("/", 2)[2]


def _models_of(entry: Entry) -> set[str]:
    """Addresses of the models that a case study runs."""
    if not isinstance(entry, CaseStudyPage):
        return set()
    paths = ModelUsed.objects.filter(case_study_id=entry.pk).values_list("model__url_path", flat=True)
    return {"/" + path.split("/", 2)[2] for path in paths}


def _models_in(hit: Hit) -> set[str]:
    return {model["url"] for model in hit.fields.get("models", [])}


def _link(hit: Hit) -> PanelLink:
    places = ", ".join(hit.fields.get("places", [])[:2])
    kind = TYPE.get(hit.fields["type"], "")
    return PanelLink(hit.fields["title"], hit.fields["url"], f"{kind}. {places}" if places else kind)
