"""Looks at an open page at three widths: what axe-core finds, and what reaches over the right edge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

WIDTHS = (320, 768, 1280)
AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const found = await axe.run({resultTypes: ["violations"]});
  return found.violations.map(rule => [
    rule.id, rule.impact, rule.help, rule.nodes.slice(0, 3).map(node => node.target.join(" ") + "  " + node.html.slice(0, 160)), rule.nodes.length
  ]);
}"""
#: What reaches over the right edge, the innermost first.
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const wide = [...document.querySelectorAll("body *")].filter(each => each.getBoundingClientRect().right > width + 0.5);
  return wide.filter(each => ![...each.children].some(child => wide.includes(child))).slice(0, 3)
    .map(each => each.outerHTML.slice(0, 160));
}"""


def faults_in_sight(page: Page, name: str, *, widths: Sequence[int] = WIDTHS) -> list[str]:
    """Everything that axe finds and all that scrolls sideways, in lines that say where."""
    found: list[str] = []
    page.evaluate(AXE.read_text())
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for rule, impact, words, nodes, number in page.evaluate(RUN):
            found.append(f"{name}, {width} px: {rule} ({impact}), {number} times: {words}")
            found += [f"    {node}" for node in nodes]
        scrolls = page.evaluate("document.documentElement.scrollWidth")
        if scrolls > width:
            found.append(f"{name}, {width} px: scrolls sideways to {scrolls} px")
            found += [f"    {wide}" for wide in page.evaluate(TOO_WIDE)]
    return found
