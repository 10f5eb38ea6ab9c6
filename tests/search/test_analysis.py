"""How text becomes words: the same on both engines, or totals could not be equal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import cleaned, normalise, stem, stems, vocabulary_of, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The children’s home", ["the", "child", "home"]),
        ("families' policies don't", ["families", "policies", "dont"]),
        ("Young people; WOMEN and men", ["young", "person", "woman", "and", "man"]),
        ("Résilience naïve", ["resilience", "naive"]),
        ("s47 / Section-47", ["s47", "section", "47"]),
        ("'quoted' rock'n'roll", ["quoted", "rocknroll"]),
        ("a\x00b\ud83d", ["a", "b"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_plurals_and_singulars_share_a_stem() -> None:
    for one, many in (
        ("child", "children"),
        ("family", "families"),
        ("person", "people"),
        ("crisis", "crises"),
        ("conference", "conferencing"),
    ):
        assert stem(one) == stem(many)
    assert stem("care") != stem("career")


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing_and_each_word_has_one_stem(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert len(words(text)) == len(stems(text))
    assert "'" not in cleaned(text)


def test_the_vocabulary_leaves_out_numbers_and_fragments() -> None:
    assert vocabulary_of(["care in 2016 s47", "care hub"]) == ["care", "hub"]
