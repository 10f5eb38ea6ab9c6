"""What typed words stand for, without any engine."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import stems
from search.understanding import (
    LONGEST_QUERY_WORDS,
    Offer,
    PlaceName,
    SynonymBook,
    SynonymGroup,
    groups_from_terms,
    word_by_word,
)

BOOK = SynonymBook(
    [
        SynonymGroup(("Family group conference", "FGC", "family group conferencing")),
        SynonymGroup(("Children on the edge of care", "edge of care"), "cohort", "edge-of-care"),
        SynonymGroup(("Adverse childhood experience", "ACE")),
        SynonymGroup(("Information technology", "IT")),
    ],
    [PlaceName("wigan", "Wigan", ("Wigan Metropolitan Borough Council",)), PlaceName("bath", "Bath")],
    ordinary=["bath", "ace"],
)


def concepts(text: str) -> list[str]:
    return [" ".join(word.written for word in concept.words) for concept in BOOK.understand(text).concepts]


def test_an_acronym_is_understood_in_either_case_and_says_so() -> None:
    for typed in ("fgc", "FGC"):
        meaning = BOOK.understand(typed)
        assert [(u.term, u.also) for u in meaning.understood] == [(typed, ("Family group conference",))]
        assert tuple(stems("family group conference")) in meaning.concepts[0].variants
        assert " ".join(stems("family group conference")) in meaning.name_keys


def test_the_longest_run_of_words_wins() -> None:
    assert concepts("teenagers on the edge of care") == ["teenagers", "edge of care"]
    assert BOOK.understand("edge of care").offers == (
        Offer("cohort", "edge-of-care", "Children on the edge of care"),
    )


def test_ordinary_words_need_a_capital() -> None:
    assert BOOK.understand("it helps").understood == ()
    assert BOOK.understand("IT systems").understood[0].also == ("Information technology",)
    assert BOOK.understand("ace parents").understood == ()
    assert BOOK.understand("bath time").places == ()
    assert [place.slug for place in BOOK.understand("hubs in Bath").places] == ["bath"]


def test_a_place_is_known_by_any_of_its_names() -> None:
    for text in ("wigan", "hubs in Wigan", "Wigan Metropolitan Borough Council hubs"):
        assert [place.slug for place in BOOK.understand(text).places] == ["wigan"]


def test_small_words_are_dropped_unless_there_is_nothing_else() -> None:
    assert concepts("what is the role of panels") == ["role", "panels"]
    assert concepts("who are you") == ["who", "are", "you"]
    assert BOOK.understand("   ").concepts == ()


def test_quotes_of_any_kind_make_phrases() -> None:
    for text in ('"child in need" plans', "“child in need” plans"):
        meaning = BOOK.understand(text)
        assert meaning.phrases == (("child", "in", "need"),)
        assert concepts(text) == ["plans"]
    assert BOOK.understand('"open quote').phrases == ()


def test_only_my_words_expands_nothing() -> None:
    meaning = word_by_word("FGC in Wigan")
    assert [concept.variants for concept in meaning.concepts] == [(), ()]
    assert (meaning.places, meaning.understood) == ((), ())


def test_a_new_synonym_works_at_once() -> None:
    terms = [{"param": "cohort", "slug": "teens", "name": "Teenagers", "synonyms": ["adolescents"]}]
    assert SynonymBook(groups_from_terms(terms)).understand("adolescents").understood[0].also == (
        "Teenagers",
    )
    terms[0]["synonyms"] = ["adolescents", "youngsters"]
    assert SynonymBook(groups_from_terms(terms)).understand("youngsters").understood[0].also == (
        "Teenagers",
        "adolescents",
    )


@given(st.text(max_size=400))
def test_any_text_is_understood_within_bounds(text: str) -> None:
    meaning = BOOK.understand(text)
    assert sum(len(concept.words) for concept in meaning.concepts) <= LONGEST_QUERY_WORDS
    assert all(word.stem for concept in meaning.concepts for word in concept.words)
