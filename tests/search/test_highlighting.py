"""Marks explain the match and nothing else, and no text can break out of them."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import stems
from search.documents.schema import BETWEEN_PIECES
from search.highlighting import Highlighter
from search.matching import Marks

TAG = re.compile(r"</?mark>")


def marks(words: str = "", *phrases: str) -> Marks:
    return Marks(frozenset(stems(words)), tuple(tuple(stems(phrase)) for phrase in phrases), frozenset())


def shown(found: Marks, **parts: str) -> dict[str, str]:
    return {why.field: why.html for why in Highlighter(found).why(parts)}


def test_every_form_of_a_word_is_marked_and_no_longer_word() -> None:
    text = "Families, the family’s policies; familiar, unfamiliar CHILDREN childhood."
    assert shown(marks("family child policy"), body=text)["body"] == (
        "<mark>Families</mark>, the <mark>family</mark>’s <mark>policies</mark>; familiar, unfamiliar "
        "<mark>CHILDREN</mark> childhood."
    )


def test_small_words_are_marked_only_inside_a_phrase() -> None:
    text = "Of all the help, children on the edge of care had most of it."
    assert shown(marks("", "edge of care"), body=text)["body"] == (
        "Of all the help, children on the <mark>edge of care</mark> had most of it."
    )


def test_words_side_by_side_are_one_mark() -> None:
    assert shown(marks("family group conference"), title="Family group conferences in Leeds") == {
        "title": "<mark>Family group conferences</mark> in Leeds"
    }


def test_a_phrase_does_not_run_on_into_the_next_piece() -> None:
    joined = BETWEEN_PIECES.join(["At the edge", "of care"])
    assert shown(marks("", "edge of care"), body=joined) == {}


def test_accents_and_possessives_inside_phrases() -> None:
    assert (
        shown(marks("resilience"), summary="Résilience first")["summary"] == "<mark>Résilience</mark> first"
    )
    text = "A children’s home for one"
    assert shown(marks("", "child home"), summary=text)["summary"] == "A <mark>children’s home</mark> for one"


def test_loose_words_are_marked_only_when_nothing_better_can_be() -> None:
    found = Marks(
        frozenset(stems("fgc")), (tuple(stems("family group conference")),), frozenset(stems("family"))
    )
    assert shown(found, title="An FGC for a family")["title"] == "An <mark>FGC</mark> for a family"
    assert shown(found, title="A family")["title"] == "A <mark>family</mark>"


def test_the_window_shows_the_words_in_a_long_text() -> None:
    text = "Before. " * 80 + "Here kinship carers meet. " + "After. " * 80
    html = shown(marks("kinship carers"), body=text)["body"]
    assert "<mark>kinship carers</mark>" in html
    assert html.startswith("… ")
    assert html.endswith(" …")
    assert len(html) < 400


def test_a_later_part_is_shown_only_for_something_new() -> None:
    parts = {"title": "Kinship", "summary": "Kinship again", "body": "Kinship and carers"}
    assert list(shown(marks("kinship carers"), **parts)) == ["title", "body"]


words = st.sampled_from(
    ["child", "Children", "of", "care", "<b>", "&amp;", "é", "’s", "family", "\u0130", "x" * 90]
)
sentences = st.lists(words, max_size=60).map(" ".join)


@given(text=st.one_of(st.text(max_size=300), sentences))
def test_what_is_shown_is_a_piece_of_the_text_and_nothing_else(text: str) -> None:
    for html in shown(marks("child family care", "child of care"), title=text, body=text).values():
        assert "<" not in TAG.sub("", html)
        plain = unescape(TAG.sub("", html)).removeprefix("… ").removesuffix(" …")
        assert plain in text
        for marked in re.findall("<mark>(.*?)</mark>", html):
            assert set(stems(unescape(marked))) & set(stems("child family care"))
