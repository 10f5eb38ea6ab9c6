"""A passage is its words in order, whatever stands between them."""

from __future__ import annotations

import json

import pytest
from website.passages.cutting import cut
from website.passages.prints import Guard, finder, print_of
from website.passages.words import Passage

SAID = "The mother of three, who'd left Leeds, said so"


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        "THE  mother\nof three – who’d left “Leeds”: said so",
        "<p>The <b>mother</b> of&nbsp;three, who&#8217;d left Leeds, said so</p>",
        "The mo\u00adther of three, who'd left Lee\u200bds, said so",
    ],
)
def test_it_is_found_however_it_is_laid_out(text: str) -> None:
    ((start, end),) = Passage.of(SAID).places_in(text)
    assert text[start:end].casefold().startswith("the")
    assert text[start:end].endswith("so")


@pytest.mark.parametrize(
    "text", ["The mother of three, who'd left York, said so", "other of three", "", "a < b"]
)
def test_other_words_are_not_it(text: str) -> None:
    assert Passage.of(SAID).places_in(text) == []


def test_accents_and_entities_within_a_word_are_one_letter() -> None:
    assert Passage.of("the café in Bronté").words == Passage.of("the caf&eacute; in Bronte\u0301").words


def test_an_address_made_of_it_is_it_too() -> None:
    said = "a lighthouse-keeper’s daughter"
    for written in ("a-lighthouse-keepers-daughter", "A lighthouse keeper&rsquo;s daughter"):
        assert Passage.of(said).places_in(written) == [(0, len(written))]


def test_it_is_cut_out_of_lists_and_of_json_within_json() -> None:
    inner = json.dumps([{"value": {"text": f"Before. {SAID}. After é."}}])
    value = {"a": [SAID, 3, None], "stream": inner, "other": "[not json"}
    left, taken = cut(value, Passage.of(SAID).finder("[STUB]"))
    assert left["a"] == ["[STUB]", 3, None]
    assert json.loads(left["stream"]) == [{"value": {"text": "Before. [STUB]. After é."}}]
    assert left["other"] == "[not json"
    assert taken == [SAID, SAID]
    assert cut(value, Passage.of("nothing of this kind").finder("x")) == (value, [])


def test_it_is_known_again_by_its_print_alone(settings) -> None:
    words = Passage.of(SAID).words
    guard = Guard(print_of(words), len(words), "[GONE]")
    assert cut(f"So: {SAID}!", finder([guard])) == ("So: [GONE]!", [SAID])
    assert cut(f"So: {SAID[:-3]}!", finder([guard]))[1] == [], "not by a part of it"
    settings.SECRET_KEY = "another"
    assert cut(f"So: {SAID}!", finder([guard]))[1] == [], "nobody without the key can try sentences"


def test_a_database_looks_for_its_longest_plain_words() -> None:
    assert Passage.of("Zoë and the Étoile of Aberystwyth").marks == ("aberystwyth", "and", "the")
    assert Passage.of("ö ä ü").marks == ()
