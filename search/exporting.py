"""Entries of a search as flat rows for reuse, each with its licence, the date of its status and its sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from practice_library.models import EntrySource
from search.current import current_engine
from search.documents.practice import documents_of
from search.documents.schema import PracticeDocument
from search.engine import DEEPEST_ROW, PracticeQuery
from search.service import unreadable_uids
from search.vocabulary import current_vocabulary

Row = dict[str, Any]
BATCH = 100
COLUMNS = (
    "id", "type", "title", "url", "licence", "summary", "kind", "authorities", "country", "status", "status_as_at",
    "start", "cohorts", "stages", "themes", "outcomes", "conditions", "evidence_strength", "evidence_direction",
    "sources", "made_from",
)  # fmt: skip
#: What an entry without a licence gives: enough to find it, not its content.
WITHOUT_LICENCE = frozenset(
    {"id", "type", "title", "url", "licence", "status", "status_as_at", "sources", "made_from"}
)


def exported(query: PracticeQuery, *, user: Any = None, like: str = "") -> Iterator[Row]:
    """Every entry of a search, page after page, so that nothing is loaded whole; at most 10,000.

    Raises: EngineDown before the first row.
    """
    vocabulary = current_vocabulary()
    asked = replace(
        query,
        like=vocabulary.areas_like(like) if like else (),
        expansions=None if query.words_mine else vocabulary.book.understand(query.text),
        exclude=unreadable_uids(),
        facets=(),
        highlight=False,
        group=False,
        size=BATCH,
        page=1,
    )
    first = current_engine().search(asked)
    return _rows(asked, first.total, [hit.uid for hit in first.hits])


def _rows(asked: PracticeQuery, total: int, uids: list[str]) -> Iterator[Row]:
    for page in range(1, min(total, DEEPEST_ROW) // BATCH + 2):
        if page > 1:
            uids = [hit.uid for hit in current_engine().search(replace(asked, page=page)).hits]
        if not uids:
            return
        documents = {document["uid"]: document for document in documents_of(uids, {})}
        sources = _sources([document["page_id"] for document in documents.values()])
        for uid in uids:
            if uid in documents:
                yield _row(documents[uid], sources[documents[uid]["page_id"]])


def _sources(page_ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = (
        EntrySource.objects.filter(entry_id__in=page_ids)
        .select_related("source")
        .order_by("sort_order", "pk")
    )
    for row in rows:
        found[row.entry_id].append(" ".join(part for part in (str(row.source), row.source.address) if part))
    return found


def _row(document: PracticeDocument, sources: list[str]) -> Row:
    card, facets = document["card"], document.get("facets", {})
    rows = document.get("outcome_rows") or []
    headline = card["outcomes"][0] if card["outcomes"] else {"strength": 0, "direction": "not-known"}
    row = {
        "id": document["uid"],
        "type": document["type"],
        "title": document["title"],
        "url": card["url"],
        "licence": card["licence"] or None,
        "summary": document.get("summary", ""),
        "kind": facets.get("kind", []),
        "authorities": card["authorities"],
        "country": facets.get("country", []),
        "status": card["status"]["state"],
        "status_as_at": card["status"]["as_at"] or None,
        "start": card["start"] or None,
        "cohorts": facets.get("cohort", []),
        "stages": facets.get("stage", []),
        "themes": facets.get("theme", []),
        "outcomes": ["|".join(outcome) for outcome in rows if outcome[0]],
        "conditions": ["|".join(condition) for condition in document.get("condition_rows") or []],
        "evidence_strength": headline["strength"],
        "evidence_direction": headline["direction"],
        "sources": sources,
        "made_from": card["made_from"],
    }
    return row if row["licence"] else {key: row[key] if key in WITHOUT_LICENCE else None for key in row}
