"""What crawlers may read, by kind: only addresses that answer everybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from website.places.models import Organisation

from ..models import Entry, OpenQuestion, Outcome, PracticeModelPage, SystemCondition
from ..presenters import links
from ..selectors.entries import published_entries
from ..selectors.runs import address_of

LISTS = (
    "home", "model_list", "gap_map", "rating_log", "authority_list", "kindred", "question_list", "evidence_standard",
    "accessibility", "privacy",
)  # fmt: skip


class EntrySitemap(Sitemap):
    """Published entries."""

    def items(self) -> QuerySet[Entry]:
        return published_entries().only("pk", "url_path", "last_published_at")

    def location(self, item: Entry) -> str:
        return address_of(item.url_path)

    def lastmod(self, item: Entry) -> object:
        return item.last_published_at


class ListSitemap(Sitemap):
    """The pages from which the others are reached."""

    def items(self) -> Sequence[str]:
        return LISTS

    def location(self, item: str) -> str:
        return reverse(item)


class SlugSitemap(Sitemap):
    """Things that have a page each and are known by a slug."""

    def __init__(self, things: Callable[[], QuerySet[Any]], address: Callable[[str], str]) -> None:
        self._things, self._address = things, address

    def items(self) -> QuerySet[Any]:
        return self._things().order_by("slug").values_list("slug", flat=True)

    def location(self, item: str) -> str:
        return self._address(item)


#: Views of Django ask for a dictionary of just this type.
SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "entries": EntrySitemap(),
    "lists": ListSitemap(),
    "registers": SlugSitemap(PracticeModelPage.objects.published, links.register),
    "authorities": SlugSitemap(Organisation.objects.authorities, links.authority),
    "conditions": SlugSitemap(SystemCondition.objects.all, links.condition),
    "outcomes": SlugSitemap(Outcome.objects.all, links.outcome),
    "questions": SlugSitemap(OpenQuestion.objects.shown, links.question),
}


def more_than_one_list() -> bool:
    """Whether there are more entries than one list may hold; nothing else comes near."""
    return EntrySitemap().paginator.num_pages > 1
