"""The page of a case study or a model as a reader uses it."""

from __future__ import annotations

from playwright.sync_api import Page, expect


class EntryPage:
    """What a reader sees there."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def expect_title(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    @property
    def sources(self) -> list[str]:
        """The sources at the foot."""
        return self.page.locator("#sources .pc-sources > li").all_inner_texts()

    def statements_without_source(self) -> list[str]:
        """Everything that is told, found, priced or said on the page and names no source of the list at its foot."""
        return self.page.evaluate(
            """() => {
              const known = new Set([...document.querySelectorAll("#sources .pc-sources > li")].map(each => "#" + each.id));
              const told = document.querySelectorAll(
                "section:is(#problem,#what-was-done,#who-did-it,#set-up,#what-changed,#what-did-not-work,#advice,#how-it-works,#must-keep,#can-adapt,#origin,#context,#caution) :is(li, p.pc-prose), "
                + ".pc-findings td[data-label^='What'] > p, #costs tbody tr, blockquote"
              );
              return [...told].filter(
                each => !each.querySelector("a[href*='?part=']") && ![...each.querySelectorAll("a.pc-source-ref")].some(ref => known.has(ref.getAttribute("href")))
              ).map(each => each.innerText.slice(0, 120));
            }"""
        )

    def follow_first_source(self) -> str:
        """Go from a statement to its source; gives the words of the source."""
        reference = self.page.locator("a.pc-source-ref").first
        target = reference.get_attribute("href")
        reference.click()
        source = self.page.locator(str(target))
        expect(source).to_be_in_viewport()
        return source.inner_text()
