"""Titles and addresses of places: a title stands alone and names the place; the address does not repeat it."""

from __future__ import annotations

import re

from .reading import Row
from .wording import capital, short_slug, slugify

_PARTS = re.compile(r" \(([^()]*)\)$")


def title_of(row: Row, place: str, overrides: dict[str, Row]) -> str:
    """The row's title with plain place names and without shorthand."""
    if row["id"] in overrides and "title" in overrides[row["id"]]:
        return str(overrides[row["id"]]["title"])
    title = row["title"]
    title = title.replace("Pan-London FDAC", "Pan-London Family Drug and Alcohol Court")
    title = re.sub(r"\bFDAC\b", "Family Drug and Alcohol Court", title)
    title = title.replace("Bristol, City of", "Bristol").replace("Kingston upon Hull, City of", "Hull")
    bracket = _PARTS.search(title)
    if bracket and slugify(bracket.group(1)) == slugify(place):
        title = f"{title[: bracket.start()]} in {bracket.group(1)}"
    return capital(title)


def slug_of(title: str, place: str, row: Row, overrides: dict[str, Row], fallback: str) -> str:
    """The title's slug without the place, since the address already names it."""
    if row["id"] in overrides and "slug" in overrides[row["id"]]:
        return str(overrides[row["id"]]["slug"])
    names = {place, place.split(" upon ")[0], place.removeprefix("Kingston upon "), place.split(" and ")[0]}
    names |= {
        place.removesuffix(" upon Thames"),
        place.removesuffix(" upon Tyne"),
        place.removesuffix("-on-Tees"),
    }
    slug = title
    for name in sorted(names, key=len, reverse=True):
        pattern = rf"(?:,? (?:in|on|at|for) (?:the )?|[:,] | \()?\b{re.escape(name)}\b(?:'s)?\)?"
        shorter = re.sub(pattern, " ", slug).strip(" ,:")
        if len(slugify(shorter)) >= 3:
            slug = shorter
    slug = re.sub(r"\s+", " ", slug).strip(" ,:")
    made = re.sub(r"^(?:the-|in-|and-)+|(?:-in|-and|-for|-the|-of)+$", "", short_slug(slug))
    return made if len(made) >= 3 else fallback
