"""What one index of tantivy holds: its schema, and how a document is written into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import tantivy

from search.engine import Change

LIVE = "yes"


@dataclass(frozen=True, slots=True)
class Kind:
    """Every schema has `uid` and `live` as raw texts, `version` as a number and `card` as bytes.

    `written` refuses a document that would make the index lie. `fingerprint` changes with the shape of index or document.
    """

    schema: tantivy.Schema
    fingerprint: Callable[[], str]
    written: Callable[[Any], tantivy.Document]

    def tombstone(self, change: Change) -> tantivy.Document:
        """Without text, facets or the live mark it can match nothing, but its version is remembered."""
        return tantivy.Document.from_dict({"uid": change.uid, "version": change.version}, self.schema)

    def live(self) -> tantivy.Query:
        """Whatever is not a tombstone, without a score."""
        return tantivy.Query.const_score_query(tantivy.Query.term_query(self.schema, "live", LIVE), 0.0)
