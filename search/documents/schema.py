"""The shape of one entry as search knows it: what `prepare()` makes and every engine takes.

Text goes in by weight, from the name down to the text of studies. Weights are whole numbers of repeats in one
combined field: BM25F with a single saturation ranked better on judged questions than a sum of fields did.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any, NotRequired, TypedDict

from search.facets import PLAIN_FACETS, ROW_GROUPS

SCHEMA_VERSION = 3
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,120}\Z")
UNRATED_ROW = ("", "not-tested", "not-known")
BETWEEN_PIECES = "\x1f"
KEY_PARTS = ("title", "summary", "terms")
TEXT_WEIGHTS: Mapping[str, int] = {
    "title": 4,
    "aliases": 4,
    "summary": 2,
    "terms": 2,
    "places": 1,
    "body": 1,
    "studies": 1,
}


class BadDocument(ValueError):
    """A document that would make an index lie: a missing id, an unknown facet, a malformed slug."""


class PracticeDocument(TypedDict):
    """`facets` holds lists of slugs for every facet that is not in a row; absent means none.

    `outcome_rows` are (outcome, evidence, direction) and `condition_rows` (condition, role, presence), as slugs.
    `newest` is the date of the newest source as YYYY, YYYY-MM or YYYY-MM-DD; `strength` that of the headline row.
    `models` are uids of the models a place runs; the first decides under which model a list folds it.
    `card` is stored as it is and handed back with a hit: JSON values only.
    """

    uid: str
    version: int
    page_id: int
    type: str
    title: str
    aliases: NotRequired[list[str]]
    summary: NotRequired[str]
    places: NotRequired[list[str]]
    terms: NotRequired[list[str]]
    body: NotRequired[list[str]]
    studies: NotRequired[list[str]]
    facets: NotRequired[dict[str, list[str]]]
    outcome_rows: NotRequired[list[tuple[str, str, str]]]
    condition_rows: NotRequired[list[tuple[str, str, str]]]
    models: NotRequired[list[str]]
    newest: NotRequired[str]
    strength: NotRequired[int]
    card: NotRequired[dict[str, Any]]


def checked(document: PracticeDocument) -> PracticeDocument:
    """The document itself, if no engine can misread it. Raises BadDocument."""
    uid = document["uid"]
    if not uid or document["version"] < 0:
        raise BadDocument(f"An entry needs a uid and a version of 0 or more: {uid!r}.")
    for param, values in document.get("facets", {}).items():
        if param not in PLAIN_FACETS:
            raise BadDocument(f"{uid}: {param!r} is not a facet outside rows.")
        _slugs(uid, param, values)
    for group in ROW_GROUPS:
        for row in rows_of(document, group.name):
            _slugs(uid, group.name, (value for value in row if value))
    return document


def _slugs(uid: str, param: str, values: Iterable[str]) -> None:
    for value in values:
        if not SLUG.match(value):
            raise BadDocument(f"{uid}: {value!r} is not a slug ({param}).")


def facet_values(document: PracticeDocument, param: str) -> list[str]:
    """Distinct values: one entry counts once however often a term stands in its rows."""
    values = [document["type"]] if param == "type" else document.get("facets", {}).get(param, [])
    return list(dict.fromkeys(values))


def rows_of(document: PracticeDocument, group: str) -> list[tuple[str, str, str]]:
    """Distinct rows; an entry nobody rated has one row without an outcome, not tested and not known."""
    conditions = document.get("condition_rows") or []
    rows = document.get("outcome_rows") or [UNRATED_ROW] if group == "outcome_rows" else conditions
    return list(dict.fromkeys((row[0], row[1], row[2]) for row in rows))


def texts(document: PracticeDocument) -> dict[str, list[str]]:
    """The readable text by part, in the order of weight, without empty pieces."""
    parts: dict[str, Any] = {
        "title": [document["title"]],
        "aliases": document.get("aliases", []),
        "summary": [document.get("summary", "")],
        "terms": document.get("terms", []),
        "places": document.get("places", []),
        "body": document.get("body", []),
        "studies": document.get("studies", []),
    }
    return {part: [text for text in pieces if text] for part, pieces in parts.items()}


def joined_texts(document: PracticeDocument) -> dict[str, str]:
    """Each part as one string, the way it is kept for marking: one pass over a string beats many over its pieces."""
    return {
        part: BETWEEN_PIECES.join(piece.replace(BETWEEN_PIECES, " ") for piece in pieces)
        for part, pieces in texts(document).items()
    }


def group_of(document: PracticeDocument) -> str:
    """The uid under which a folded list shows this entry: its first model, or itself."""
    models = document.get("models") or []
    return models[0] if models and document["type"] != "model" else document["uid"]


def day_number(partial_date: str) -> int:
    """YYYY[-MM[-DD]] as a number that sorts: a year alone stands before its months."""
    year, month, day = [*re.findall(r"\d+", partial_date)[:3], "0", "0", "0"][:3]
    return min(int(year), 9999) * 10_000 + min(int(month), 12) * 100 + min(int(day), 31)


def sort_numbers(document: PracticeDocument) -> dict[str, int]:
    """One number per sort order, unique enough to page through without doubles and the same on both engines."""
    tie = int.from_bytes(hashlib.blake2b(document["uid"].encode(), digest_size=4).digest()) % 1_000_000
    newest = day_number(document.get("newest", "")) * 1_000_000 + tie
    return {"newest": newest, "tested": document.get("strength", 0) * 10**14 + newest}


def key_of(parts: Mapping[str, list[str]]) -> list[str]:
    """The text by which entries are related to each other."""
    return [piece for part in KEY_PARTS for piece in parts[part] if piece]


def card_of(document: PracticeDocument) -> dict[str, Any]:
    """What a hit hands back: the card and what every page needs to find the entry."""
    own = {"page_id": document["page_id"], "type": document["type"], "title": document["title"]}
    return {**document.get("card", {}), **own, "summary": document.get("summary", "")}


def fingerprint() -> str:
    """Changes when the shape of an index or of a document does, so that an old index is never misread."""
    shape = (SCHEMA_VERSION, sorted(TEXT_WEIGHTS.items()), PLAIN_FACETS, ROW_GROUPS, KEY_PARTS)
    return hashlib.blake2b(repr(shape).encode(), digest_size=8).hexdigest()
