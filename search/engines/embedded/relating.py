"""Entries near to one another by the telling words of name, summary and terms.

tantivy's own more-like-this panics once a word stands in more removed entries than live ones are left.
"""

from __future__ import annotations

from collections import Counter
from math import log
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.analysis import stems
from search.documents.schema import KEY_PARTS
from search.engine import Hit
from search.engines.embedded.fields import SCHEMA, unpacked
from search.engines.embedded.hits import hit_at
from search.engines.embedded.queries import holding, live
from search.matching import STOP_STEMS

MOST_WORDS = 25


def related_hits(searcher: tantivy.Searcher, uid: str, limit: int, exclude: tuple[str, ...]) -> list[Hit]:
    own = searcher.search(Query.term_query(SCHEMA, "uid", uid), limit=1, count=False).hits
    stored: Any = searcher.doc(own[0][1]) if own else None
    if stored is None or stored.get_first("parts") is None:
        return []
    parts = unpacked(stored.get_first("parts"))
    telling = telling_words(searcher, " ".join(parts[part] for part in KEY_PARTS))
    if not telling:
        return []
    alike = [(Occur.Should, Query.term_query(SCHEMA, "key", word, index_option="freq")) for word in telling]
    wanted = Query.boolean_query(
        [
            (Occur.Must, Query.boolean_query(alike)),
            (Occur.Must, live()),
            (Occur.MustNot, holding("uid", [uid, *exclude])),
        ]
    )
    found = searcher.search(wanted, limit=limit, count=False).hits
    return [hit_at(searcher, address, score, None) for score, address in found]


def telling_words(searcher: tantivy.Searcher, text: str) -> list[str]:
    """The words that occur often here and seldom elsewhere, but in one other entry at least."""
    entries = max(searcher.num_docs, 1)
    weights = {}
    for word, times in Counter(stems(text)).items():
        held_by = searcher.doc_freq("key", word)
        if word not in STOP_STEMS and held_by >= 2:
            weights[word] = times * log(1 + entries / held_by)
    return sorted(weights, key=lambda word: (-weights[word], word))[:MOST_WORDS]
