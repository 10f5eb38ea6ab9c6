"""Where things are read: addresses of searches, terms, places and entries, said once."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from website.places.choices import AUTHORITY_KINDS

from ..selectors.runs import address_of

SEARCH = "/practice/"
API = "/api/v1/"


@dataclass(frozen=True, slots=True)
class Link:
    """A name, where it leads (nowhere if empty) and a quiet note after it."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A number that links to what it counts."""

    number: int
    url: str
    what: str = ""


def search(**params: str | list[str]) -> str:
    """The address of a search; a parameter may have several values."""
    chosen = {name: value for name, value in params.items() if value}
    return f"{SEARCH}?{urlencode(chosen, doseq=True)}" if chosen else SEARCH


def data(path: str, **params: str) -> str:
    """The same as data: an address of the API; empty parameters are left out."""
    chosen = {name: value for name, value in params.items() if value}
    return f"{API}{path}?{urlencode(chosen)}" if chosen else f"{API}{path}"


def outcome(slug: str) -> str:
    return f"/outcomes/{slug}/"


def condition(slug: str) -> str:
    return f"/conditions/{slug}/"


def question(slug: str) -> str:
    return f"/questions/{slug}/"


def rating(uid: object) -> str:
    return f"/practice/ratings/{uid}/"


def history(uid: object) -> str:
    """All ratings of an entry, past and present."""
    return f"/practice/ratings/?entry={uid}"


def report(uid: object) -> str:
    """Where a passage of an entry is reported."""
    return f"/report/entry/{uid}/"


def report_question(uid: object) -> str:
    """Where an open question is reported."""
    return f"/report/question/{uid}/"


def register(slug: str) -> str:
    """Who runs a model."""
    return f"/practice/registers/{slug}/"


def authority(slug: str) -> str:
    return f"/authorities/{slug}/"


def place(slug: str, kind: str) -> str:
    """The page of an authority or of another organisation."""
    return authority(slug) if kind in AUTHORITY_KINDS else f"/organisations/{slug}/"


def entry(url_path: str) -> str:
    """The address of an entry, from its path in the tree; nothing for none."""
    return address_of(url_path) if url_path else ""


def named(words: list[str], *, most: int = 4) -> str:
    """ "Leeds, Kent and 3 more": a list in words that does not run away."""
    if not words:
        return ""
    if len(words) > most + 1:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def in_sentence(name: str) -> str:
    """A name as it reads inside a sentence; acronyms keep their capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 place", "3 places"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
