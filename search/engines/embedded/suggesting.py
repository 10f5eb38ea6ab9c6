"""Titles and aliases that begin as typed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.analysis import words
from search.engine import Suggestion
from search.engines.embedded.fields import SCHEMA
from search.engines.embedded.queries import among, holding
from search.suggesting import CANDIDATES, LONGEST_PREFIX_WORDS, in_order_of_promise, typed_words

MOST_ENDINGS = 500


def suggest(searcher: tantivy.Searcher, prefix: str, limit: int, exclude: Sequence[str]) -> list[Suggestion]:
    """Every word typed has to be there; the last one may be unfinished."""
    typed = typed_words(prefix)
    if not typed:
        return []
    finished, last = typed[:-1][:LONGEST_PREFIX_WORDS], typed[-1]
    endings = [term for term, _ in searcher.terms_with_prefix("name_words", last, None, MOST_ENDINGS)]
    if not endings:
        return []
    parts = [
        (Occur.Must, Query.term_query(SCHEMA, "name_words", word, index_option="freq")) for word in finished
    ]
    parts.append((Occur.Must, among("name_words", endings)))
    firsts = [term for term, _ in searcher.terms_with_prefix("name_first", typed[0], None, MOST_ENDINGS)]
    if firsts:
        begins = holding("name_first", firsts)
        parts.append((Occur.Should, Query.const_score_query(begins, 100.0)))
    models = Query.term_query(SCHEMA, "type", "model")
    parts.append((Occur.Should, Query.const_score_query(models, 50.0)))
    if exclude:
        parts.append((Occur.MustNot, holding("uid", list(exclude))))
    found = searcher.search(Query.boolean_query(parts), limit=CANDIDATES, count=False).hits
    entries = []
    for _, address in found:
        stored: Any = searcher.doc(address)
        card = json.loads(stored.get_first("card"))
        uid = stored.get_first("uid")
        entries.append(Suggestion(card["title"], card["type"], uid, url=card.get("url", "")))
    return in_order_of_promise(entries, " ".join(words(prefix)))[:limit]
