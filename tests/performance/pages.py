"""What a page costs: processor time, SQL queries, bytes and requests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.performance.sampling import Times, interleaved
from tests.performance.site import Weight, answers, get, weight_of

SAMPLE = 8


@dataclass
class PageCost:
    """Several pages of one sort."""

    name: str
    times: Times
    queries: list[int]
    weights: list[Weight]

    @property
    def heaviest(self) -> Weight:
        """The page that sends most."""
        return max(self.weights, key=lambda weight: weight.sent)

    @property
    def typical(self) -> float:
        """Bytes sent for the median page."""
        return median(weight.sent for weight in self.weights)


def sorts_of_pages() -> dict[str, list[str]]:
    """Addresses by sort of page; those of entries are spread over the library, and the largest is named apart."""
    from practice_library.models import CaseStudyPage, PracticeModelPage

    places = [_path(page) for page in _spread(CaseStudyPage.objects.live().order_by("pk"))]
    models = [_path(page) for page in _spread(PracticeModelPage.objects.live().order_by("pk"))]
    return {
        "search, all entries": ["/practice/"],
        "search, two words": ["/practice/?q=children+support", "/practice/?q=mental+health"],
        "case study": places,
        "practice model": models,
        "model with most places": [_path(_most_used())],
        "home": ["/"],
        "authority": [f"/authorities/{slug}/" for slug in ("wigan", "leeds", "kent")],
        "API: search": [
            "/api/v1/practice/search?q=children+support",
            "/api/v1/practice/search?q=mental+health",
        ],
        "API: suggest": ["/api/v1/practice/suggest?q=fam", "/api/v1/practice/suggest?q=str"],
        "API: entry": [f"/api/v1/practice/{page.uid}" for page in _spread(CaseStudyPage.objects.live())[:3]],
    }


def _spread(pages: Any) -> list[Any]:
    number = pages.count()
    return list(pages[:: max(number // SAMPLE, 1)][:SAMPLE])


def _most_used() -> Any:
    from django.db.models import Count

    from practice_library.models import PracticeModelPage

    return PracticeModelPage.objects.live().annotate(number=Count("places")).order_by("-number").first()


def _path(page: Any) -> str:
    return str("/" + page.url_path.split("/", 2)[2])


def measure(rounds: int) -> list[PageCost | str]:
    """The cost of every sort of page that is there; of another only its name."""
    found: list[PageCost | str] = []
    for name, addresses in sorts_of_pages().items():
        if not all(answers(address) for address in addresses):
            found.append(name)
            continue
        times = interleaved(
            {"page": get}, addresses, rounds=rounds * SAMPLE // len(addresses), most_seconds=4.0
        )
        weights = [] if name.startswith("API") else [weight_of(address) for address in addresses]
        found.append(PageCost(name, times["page"], queries_of(addresses), weights))
    return found


def queries_of(addresses: Sequence[str], ask: Callable[[str], object] = get) -> list[int]:
    """SQL queries of each page, once what is kept in memory has been read."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for address in addresses:
        with CaptureQueriesContext(connection) as caught:
            ask(address)
        counts.append(len(caught))
    return counts
