"""`make screenshots`: pictures of the pages of a site that runs (`make run`), for docs/images/ and for looking at.

The picture that the README shows is written to docs/images/; every page at three widths goes to var/screenshots/.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SEARCH = "/practice/?q=teenagers+on+the+edge+of+care"
PAGES = [
    "/",
    SEARCH,
    "/practice/?q=teenagers+on+the+edge+of+care&direction=no-effect",
    "/practice/?q=zzzz",
    "/practice/models/no-wrong-door/",
    "/practice/wigan/",
    "/authorities/",
    "/authorities/wigan/",
    "/about/evidence-standard/",
    "/accessibility/",
    "/privacy/",
    "/accounts/login/",
    "/no-such-page/",
]
WIDTHS = (320, 768, 1280)
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]


def _file_name(path: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "home"


def _picture(browser: Browser, address: str, width: int, to: Path, *, whole: bool) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address, wait_until="networkidle")
    to.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(to), full_page=whole)
    page.close()
    print(to.relative_to(ROOT) if to.is_relative_to(ROOT) else to, flush=True)


def main() -> None:
    """Take the pictures. Raises: SystemExit where no site answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", default=PAGES, help="pages instead of the usual ones")
    parser.add_argument("--base", default=f"http://localhost:{os.environ.get('PORT', '8000')}")
    parser.add_argument("--to", type=Path, default=ROOT / "var" / "screenshots")
    asked = parser.parse_args()
    try:
        urllib.request.urlopen(f"{asked.base}/healthz", timeout=5).close()
    except (urllib.error.URLError, OSError):
        sys.exit(f"Nothing answers at {asked.base}: start the site with make run first.")
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        if asked.paths == PAGES:
            readme = ROOT / "docs" / "images" / "search.png"
            _picture(browser, asked.base + SEARCH, 1280, readme, whole=False)
        for path in asked.paths:
            for width in WIDTHS:
                _picture(
                    browser,
                    asked.base + path,
                    width,
                    asked.to / f"{_file_name(path)}-{width}.png",
                    whole=True,
                )
        browser.close()


if __name__ == "__main__":
    main()
