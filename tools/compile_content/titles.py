"""Titles and addresses of places: a title stands alone and names the place; the address does not repeat it."""

from __future__ import annotations

import re

from .reading import Row
from .wording import capital, short_slug, slugify

_BRACKET = re.compile(r" \(([^()]*)\)$")


def title_of(row: Row, place: str, overrides: dict[str, Row], *, authority: bool) -> str:
    """The row's title with plain place names and without shorthand; the place is added where it is missing."""
    if "title" in overrides.get(row["id"], {}):
        return str(overrides[row["id"]]["title"])
    title = row["title"].replace("Bristol, City of", "Bristol")
    title = title.replace("Kingston upon Hull, City of", "Hull").replace("GM i-THRIVE", "i-THRIVE")
    title = re.sub(r"\bFDAC\b", "Family Drug and Alcohol Court", title)
    bracket = _BRACKET.search(title)
    if bracket and slugify(bracket.group(1)) == slugify(place):
        title = title[: bracket.start()] + (f" {_at(bracket.group(1))}" if authority else "")
    title = re.sub(r"^(.*) test site: (.*)$", r"\1 in \2 (test site)", title)
    if authority:
        for name in _names(place):
            title = re.sub(rf", {re.escape(name)}$", f" in {name}", title)
        if not any(slugify(name) in slugify(title) for name in _names(place)):
            title = f"{title} {_at(place)}"
    return capital(title)


def _at(place: str) -> str:
    return f"on the {place}" if place.startswith("Isle ") else f"in {place}"


def slug_of(title: str, place: str, row: Row, overrides: dict[str, Row], fallback: str) -> str:
    """The title's slug without the place at its end or start, since the address already names it."""
    if "slug" in overrides.get(row["id"], {}):
        return str(overrides[row["id"]]["slug"])
    rest = title
    for name in _names(place):
        word = re.escape(name)
        rest = re.sub(rf"(?:,| in| on the| for|:| through)? \(?{word}\)?$", "", rest)
        rest = re.sub(rf" (?:in|on the) {word}(?= (?:\(|through\b))", "", rest)
        rest = re.sub(rf"^{word}:? (?!and\b|in\b|as\b|to\b)", "", rest)
    made = re.sub(r"^(?:the|a|an|in|and)-(?=[a-z])", "", short_slug(rest))
    made = re.sub(r"(?:-in|-and|-for|-the|-of|-by|-with)+$", "", made)
    return made if len(made) >= 3 and made != slugify(place) else fallback


def _names(place: str) -> list[str]:
    """The place in full and as people shorten it, longest first."""
    if not place:
        return []
    names = {place, place.removeprefix("Kingston upon "), place.removeprefix("the ")}
    names |= {place.removesuffix(" upon Thames"), place.removesuffix(" upon Tyne")}
    names |= {place.removesuffix("-on-Tees"), place.removesuffix("-on-Sea")}
    return sorted(names - {"Thames"}, key=len, reverse=True)
