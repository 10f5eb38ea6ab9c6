"""Every entry of a search for reuse, whole, each with its licence, the date of its status, its sources and its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from search.api.entries import Data, entries_as_data
from search.concealing import concealed
from search.current import current_engine
from search.engine import PracticeQuery
from search.service import by_meaning, understood, vocabulary_without

BATCH = 100
#: What an entry without a licence gives: enough to find it, not its content.
WITHOUT_LICENCE = ("id", "title", "url", "licence")
COLUMNS = (
    "id", "type", "title", "url", "licence", "licence_url", "summary", "kind", "models", "lead", "authorities", "regions",
    "partners", "country", "status", "status_as_at", "status_source", "start", "end", "stages", "themes", "workforce",
    "cohorts", "conditions", "outcomes", "evidence_strength", "evidence_direction", "what_was_done", "what_changed",
    "what_did_not_work", "costs", "sources", "made_from",
)  # fmt: skip
STATEMENTS = ("what_was_done", "what_changed", "what_did_not_work")
BETWEEN = "; "


def exported(query: PracticeQuery, *, user: Any = None, like: str = "") -> Iterator[Data]:
    """Every entry of a search in its order, read in batches; the database decides about each at the time it is read.

    Raises: EngineDown before the first entry.
    """
    hidden = concealed()
    vocabulary = vocabulary_without(hidden)
    asked = by_meaning(understood(query, vocabulary, hidden, like=like), vocabulary)
    asked = replace(asked, facets=(), group=False)
    uids = iter(current_engine().uids(asked))
    first = list(islice(uids, BATCH))
    return _entries(first, uids, user)


def _entries(some: list[str], rest: Iterator[str], user: Any) -> Iterator[Data]:
    while some:
        for entry in entries_as_data(some, user=user):
            yield entry if entry["licence"] else {name: entry[name] for name in WITHOUT_LICENCE}
        some = list(islice(rest, BATCH))


def as_columns(entry: Data) -> dict[str, Any]:
    """An entry as one line of a table: what is many is joined, what is not exported is empty."""
    if not entry["licence"]:
        return dict.fromkeys(COLUMNS) | entry
    status, sources = entry["status"], {source["key"]: source for source in entry["sources"]}
    return {
        **{
            name: entry[name] for name in ("id", "type", "title", "url", "summary", "country", "start", "end")
        },
        "licence": entry["licence"]["value"],
        "licence_url": entry["licence"]["url"],
        "lead": entry["lead"]["slug"] if entry["lead"] else None,
        **{name: _joined(entry[name]) for name in ("kind", "authorities", "regions", "made_from")},
        "models": _joined(each["title"] for each in entry["models"]),
        "partners": _joined(each["name"] for each in entry["partners"]),
        "status": status["state"],
        "status_as_at": status["as_at"],
        "status_source": _source(sources[status["source"]]) if status["source"] else None,
        **{
            name: _joined(each["term"] for each in entry[name])
            for name in ("stages", "themes", "workforce", "cohorts")
        },
        "conditions": _joined(map(_condition, entry["conditions"])),
        "outcomes": _joined(_outcome(each) for each in entry["ratings"] if each["outcome"]),
        "evidence_strength": entry["evidence"]["strength"],
        "evidence_direction": entry["evidence"]["direction"],
        **{section: _told(entry, section) for section in STATEMENTS},
        "costs": _joined(
            f"{each['what']}: {each['as_printed'] or 'not reported'}" for each in entry["costs"]
        ),
        "sources": _joined(_source(sources[key]) for key in sources),
    }


def _joined(values: Iterable[str]) -> str:
    return BETWEEN.join(values)


def _condition(row: Data) -> str:
    """Term, as help or obstacle, and whether it was there at the start: `trust (enabler, yes)`."""
    return f"{row['term']} ({row['role']}, {row['present_at_start'] or 'not-known'})"


def _outcome(row: Data) -> str:
    """`entry-to-care (no-effect, strength 4)`; a harm flag is said, as everywhere."""
    harm = ", harm reported" if row["harm_flag"] else ""
    return f"{row['outcome']} ({row['direction']}, strength {row['strength']}{harm})"


def _told(entry: Data, section: str) -> str:
    return " ".join(row["text"] for row in entry["statements"] if row["section"] == section)


def _source(source: Data) -> str:
    year = str(source["year"]) if source["year"] else "undated"
    return ", ".join(filter(None, (source["title"], source["publisher"], year, source["address"])))
