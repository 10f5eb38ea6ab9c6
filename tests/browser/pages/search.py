"""The search page as a reader uses it."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect


class SearchPage:
    """What a reader sees and does there. `live`: filters take effect at once."""

    def __init__(self, page: Page, site: str, *, live: bool = True) -> None:
        self.page, self.site, self.live = page, site, live

    def open(self, query: str = "") -> SearchPage:
        self.page.goto(f"{self.site}/practice/{query}")
        return self

    def ask(self, words: str) -> SearchPage:
        """Type into the box and search."""
        self.page.get_by_label("What are you trying to solve?").fill(words)
        self.page.get_by_role("button", name="Search", exact=True).click()
        self.page.wait_for_url(re.compile(r"/practice/\?.*q="))
        return self

    @property
    def count(self) -> int:
        """How many results the page says there are."""
        heading = self.page.locator("#results-count h2").inner_text()
        return int(heading.split()[0].replace(",", ""))

    def expect_count(self, number: int) -> None:
        words = f"{number:,} result{'' if number == 1 else 's'}"
        expect(self.page.locator("#results-count h2")).to_have_text(words)

    def value(self, param: str, slug: str) -> Locator:
        """The box of one value of a filter."""
        return self.page.locator(f"input[name='{param}'][value='{slug}']")

    def count_of(self, param: str, slug: str) -> int:
        """The number that stands beside a value."""
        row = self.page.locator("li").filter(has=self.value(param, slug))
        return int(row.locator(".pc-facet__count").inner_text().replace(",", ""))

    def narrow(self, param: str, slug: str) -> SearchPage:
        """Tick a value; without scripts, apply."""
        self.value(param, slug).check()
        if not self.live:
            self.page.get_by_role("button", name="Apply filters").click()
        self.page.wait_for_url(re.compile(f"{param}={slug}"))
        return self

    def titles(self, kind: str) -> list[Any]:
        """Links of the results that are case studies, or models."""
        cards = self.page.locator(".pc-card")
        if kind == "Case study":
            cards = cards.filter(has=self.page.locator(".pc-card__type", has_text=re.compile("^Case study")))
        else:
            cards = cards.filter(
                has_not=self.page.locator(".pc-card__type", has_text=re.compile("^Case study"))
            )
        return cards.locator(".pc-card__title a").all()
