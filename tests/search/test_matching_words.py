"""Near words: the short cut through sorted lists finds what comparing every word would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.matching_words import WordList, corrected, repair, slips_between
from search.understanding import word_by_word

_SOME_WORDS = (
    "kinship safeguarding supervision reunification resilience adoption panel neglect family families"
)
VOCABULARY = {word: count for count, word in enumerate(_SOME_WORDS.split())}
letters = st.sampled_from("abcd")
short_words = st.text(letters, min_size=4, max_size=7)


def test_slips_are_counted_as_typists_make_them() -> None:
    assert slips_between("kinship", "kinship", 2) == 0
    assert slips_between("kinsip", "kinship", 2) == 1
    assert slips_between("kinhsip", "kinship", 2) == 1
    assert slips_between("safegaurdng", "safeguarding", 2) == 2
    assert slips_between("panel", "family", 2) == 3


@given(typed=short_words, vocabulary=st.sets(short_words, max_size=30))
def test_one_slip_is_found_wherever_it_is(typed: str, vocabulary: set[str]) -> None:
    found = {word for word, _, _ in WordList(dict.fromkeys(vocabulary, 1)).near(typed, 1)}
    assert found == {word for word in vocabulary if slips_between(typed, word, 1) == 1}


@given(left=st.text(letters, max_size=8), right=st.text(letters, max_size=8))
def test_slips_are_the_same_in_both_directions(left: str, right: str) -> None:
    assert slips_between(left, right, 2) == slips_between(right, left, 2)


class Known:
    def __init__(self) -> None:
        self.list = WordList(VOCABULARY)
        self.near = self.list.near
        self.starting = self.list.starting

    def unknown(self, typed: list) -> list:
        return [word for word in typed if word.plain not in VOCABULARY]


def test_known_words_are_left_alone_and_short_ones_too() -> None:
    for text in ("kinship panel", "kn", "12345", ""):
        assert repair(word_by_word(text).concepts, Known) == ()


def test_a_correction_replaces_only_the_unknown_word() -> None:
    text = "Kinship, superviison panel"
    repairs = repair(word_by_word(text).concepts, Known)
    assert corrected(text, repairs) == "Kinship, supervision panel"


def test_an_unfinished_word_is_no_mistake() -> None:
    repairs = repair(word_by_word("panel reunifi").concepts, Known)
    assert [candidate.word for candidate in repairs[0].candidates] == ["reunification"]
    assert corrected("panel reunifi", repairs) is None
