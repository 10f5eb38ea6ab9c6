"""Nothing that can be typed takes an engine down or makes it wait."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engine import DEEPEST_ROW, PracticeQuery, SearchEngine
from search.understanding import SynonymBook, SynonymGroup

BOOK = SynonymBook([SynonymGroup(("Family group conference", "FGC"))])
HOSTILE = {
    "ten thousand letters": "a" * 10_000,
    "ten thousand characters of words": "kinship care " * 770,
    "three thousand brackets": "(" * 3_000,
    "null bytes": "kin\x00ship \x00\x00",
    "only null bytes": "\x00" * 50,
    "mixed scripts": "ребёнок 子供 طفل kinship 👪🏽 ที่อยู่",
    "half a surrogate": "kinship \ud83d",
    "query syntax": 'title:(x AND y) OR NOT body:[a TO z] ^5 ~2 *:* /re.*/ +a -b && || ! { } " \\',
    "open quote": '"kinship care',
    "empty quotes": '"" "  " “”',
    "many quotes": '"a" ' * 500,
    "long phrase": '"' + "kinship care " * 200 + '"',
    "json": '{"query": {"match_all": {}}}',
    "markup": "<script>alert(1)</script>",
    "combining marks": "e" + "\u0301" * 2_000,
    "wildcards": "*" * 500 + "?" * 500,
    "apostrophes": "'" * 3_000 + "’s’s’s",
    "one letter words": "a b c d e f g " * 100,
    "all different unknown words": " ".join(
        f"unknownword{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(300)
    ),
    "control characters": "kinship\x01\x02\x1e\x1f\x7f",
    "right to left override": "kinship \u202e care",
    "underscores": "_" * 200 + "a_b_c",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_answered(library: SearchEngine, name: str) -> None:
    text = HOSTILE[name]
    began = time.perf_counter()
    for query in (
        PracticeQuery(text),
        PracticeQuery(text, words_mine=True),
        PracticeQuery(text, expansions=BOOK.understand(text), group=True),
    ):
        result = library.search(query)
        assert result.total >= len(result.hits) >= 0
    assert isinstance(library.suggest(text), list)
    library.did_you_mean(text)
    assert time.perf_counter() - began < 5
    assert library.count() == 320


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=200))
def test_any_text_is_answered(library: SearchEngine, text: str) -> None:
    result = library.search(PracticeQuery(text, expansions=BOOK.understand(text), facets=("cohort",)))
    assert result.total >= len(result.hits)
    assert isinstance(library.suggest(text), list)


@pytest.mark.parametrize("number", [-1, 0, 1, 500, 10**9])
def test_any_page_is_answered(library: SearchEngine, number: int) -> None:
    assert library.search(PracticeQuery(page=number)).total == 320
    assert PracticeQuery(page=number).offset + PracticeQuery(page=number).size <= DEEPEST_ROW


@pytest.mark.parametrize("value", ["a|b", 'x" OR "y', "(" * 50, "", "\x00", "é", "a" * 500])
def test_hostile_filter_values_find_nothing_else(library: SearchEngine, value: str) -> None:
    for param in ("cohort", "evidence", "outcome"):
        result = library.search(PracticeQuery(filters={param: (value,)}))
        assert result.total == (320 if not value else 0)
