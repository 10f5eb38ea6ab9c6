"""Every entry of a search, without pages: what exports read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.engine import DEEPEST_ROW, PracticeQuery, SearchEngine
from tests.search.conftest import NewEngine
from tests.search.corpus import document

QUERIES = [
    PracticeQuery(),
    PracticeQuery("kinship"),
    PracticeQuery("kinship neglect panel"),
    PracticeQuery("kinship", sort="newest"),
    PracticeQuery(sort="tested", filters={"type": ("model",)}),
    PracticeQuery("kinship zzzunknownzzz"),
    PracticeQuery("zzzunknownzzz"),
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: f"{q.text or 'all'} {q.sort} {dict(q.filters)}")
def test_all_uids_are_those_of_all_pages(library: SearchEngine, query: PracticeQuery) -> None:
    paged = library.search(replace(query, size=1_000, facets=(), highlight=False))
    listed = list(library.uids(query))
    assert len(listed) == paged.total
    assert set(listed) == {hit.uid for hit in paged.hits}
    if query.sort != "best":
        assert listed == [hit.uid for hit in paged.hits]


def test_excluded_entries_are_left_out(library: SearchEngine) -> None:
    first = next(iter(library.uids(PracticeQuery("kinship"))))
    assert first not in set(library.uids(PracticeQuery("kinship", exclude=(first,))))


def test_there_is_no_last_page(new_engine: NewEngine) -> None:
    engine = new_engine()
    number = DEEPEST_ROW + 1
    engine.rebuild(document(f"uid-{n}", "Kinship panel") for n in range(number))
    listed = list(engine.uids(PracticeQuery()))
    assert len(listed) == len(set(listed)) == number
