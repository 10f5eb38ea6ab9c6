"""Words, phrases, names, synonyms, places, slips of the finger: what is found and what comes first."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import stems
from search.engine import PracticeQuery, SearchEngine
from search.understanding import PlaceName, SynonymBook, SynonymGroup
from tests.search import brute_force
from tests.search.corpus import WORDS, document, fixed_library

LIBRARY = fixed_library()
GENERATED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SAMPLE = """
Children's families' policies, no-effect; teenagers' résilience & naïve carers. Under_score COVID-19 £1,500 s.47/s17
Œuvre straße Łódź ﬁnance ½ x² IVth 3rd 日本語 ребёнок مدرسة practised practising practise practice practitioners
organisation organization universities university dying lying skis news innings generously communication early earlier
fostering fostered foster-carer adoption adoptive placements reunification reunified safeguarding safeguarded neglected
supervision supervisors systemic systematic relational relationships restorative evaluated evaluation evaluative
"""


BOOK = SynonymBook(
    [
        SynonymGroup(("Family group conference", "FGC")),
        SynonymGroup(("Looked after child", "child in care", "LAC", "CLA"), "cohort", "looked-after"),
        SynonymGroup(("Adverse childhood experience", "ACE")),
        SynonymGroup(("Teenager", "adolescent", "young person"), "cohort", "teenagers"),
        SynonymGroup(("Section 47 enquiry", "s47", "child protection enquiry")),
    ],
    [PlaceName("wigan", "Wigan", ("Wigan Council",)), PlaceName("reading", "Reading")],
    ordinary=["reading", "ace"],
)


def found(engine: SearchEngine, text: str, **values: object) -> list[str]:
    query = PracticeQuery(text, expansions=BOOK.understand(text), **values)  # type: ignore[arg-type]
    return [hit.uid for hit in engine.search(query).hits]


@GENERATED
@given(typed=st.lists(st.sampled_from(WORDS), min_size=1, max_size=7))
def test_totals_are_true_for_any_words(library: SearchEngine, typed: list[str]) -> None:
    text = " ".join(typed)
    expected = [d for d in LIBRARY if brute_force.holds_words(d, text)]
    assert library.search(PracticeQuery(text, words_mine=True, facets=())).total == len(expected)
    assert library.count(PracticeQuery(text, words_mine=True)) == len(expected)


@GENERATED
@given(phrase=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join))
def test_totals_are_true_for_any_phrase(library: SearchEngine, phrase: str) -> None:
    expected = {d["uid"] for d in LIBRARY if brute_force.holds_phrase(d, phrase)}
    result = library.search(PracticeQuery(f'"{phrase}"', facets=(), size=100))
    assert result.total == len(expected)
    assert {hit.uid for hit in result.hits} <= expected


def test_words_of_every_form_and_script_are_found_alike(engine: SearchEngine) -> None:
    """The two engines' own stemmers differ on some of these."""
    entries = [document(f"word-{n}", word) for n, word in enumerate(SAMPLE.split())]
    engine.rebuild(entries)
    for word in SAMPLE.split():
        expected = {d["uid"] for d in entries if brute_force.holds_words(d, word)}
        result = engine.search(PracticeQuery(word, words_mine=True, size=100, facets=()))
        assert {hit.uid for hit in result.hits} == expected, word
        assert bool(expected) == bool(stems(word))


def test_a_quoted_phrase_keeps_its_small_words_and_its_order(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document("exact", body=["Plans for a child in need of help."]),
            document("reversed", body=["What families need, and every child in it."]),
            document("split", body=["A child.", "In need."]),
        ]
    )
    assert found(engine, '"child in need"') == ["exact"]
    assert found(engine, "“children in need”") == ["exact"]
    assert set(found(engine, "child in need")) == {"exact", "reversed", "split"}


def test_plurals_possessives_and_accents_meet(engine: SearchEngine) -> None:
    engine.rebuild([document("a", body=["Children’s homes and women's résilience; the families' policies."])])
    for text in ("child", "children", "childrens", "children's", "woman", "resilience", "family", "policy"):
        assert found(engine, text, words_mine=True) == ["a"], text


@pytest.mark.parametrize("extra", ["", " with a long description of what was done"])
def test_an_entry_of_exactly_that_name_comes_first(engine: SearchEngine, extra: str) -> None:
    noise = [
        document(
            f"noise-{n}", f"Family safeguarding family safeguarding {n}", body=["family safeguarding " * 9]
        )
        for n in range(30)
    ]
    engine.rebuild(
        [*noise, document("named", "Family Safeguarding", aliases=["FS"], body=[f"Other words{extra}."])]
    )
    assert found(engine, "family safeguarding")[0] == "named"
    assert found(engine, "Family  SAFEGUARDING")[0] == "named"
    assert found(engine, "fs")[0] == "named"


def test_an_acronym_finds_what_it_stands_for_and_the_name_comes_first(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document("body", body=["They used a family group conference with each family group conference."]),
            document("model", "Family group conferences", type="model"),
            document("acronym", body=["An FGC was held."]),
            document("other", body=["A group of families met."]),
        ]
    )
    hits = found(engine, "fgc")
    assert hits[0] == "model"
    assert set(hits) == {"body", "model", "acronym"}
    assert set(found(engine, "family group conference")) == {"body", "model", "acronym"}
    assert found(engine, "fgc", words_mine=True) == ["acronym"]


def test_synonyms_count_as_the_same_thing(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document("typed", body=["Homes for teenagers."]),
            document("other", body=["Homes for adolescents."]),
            document("without", body=["Homes for toddlers."]),
        ]
    )
    assert found(engine, "teenagers homes") == ["typed", "other"]
    assert found(engine, "teenagers homes", words_mine=True) == ["typed"]


def test_looked_after_is_not_any_look_at_any_child(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document("lac", body=["Every looked after child has a plan."]),
            document("care", body=["Each child in care has a plan."]),
            document("look", body=["They look at the child and care in other ways."]),
        ]
    )
    assert set(found(engine, "looked after children")) == {"lac", "care"}
    assert set(found(engine, "CLA")) == {"lac", "care"}


def test_a_place_puts_its_own_entries_first_then_mentions_then_the_rest(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document("rest", "Early help hubs", body=["Early help hubs early help hubs."]),
            document("mention", "Early help hubs", body=["Learnt from Wigan."]),
            document("own", "A hub", body=["Early help and hubs."], facets={"authority": ["wigan"]}),
            document("unrelated", "Court work", facets={"authority": ["wigan"]}),
        ]
    )
    assert found(engine, "early help hubs Wigan") == ["own", "mention", "rest"]
    for naming in ("wigan", "Wigan Council"):
        hits = found(engine, naming)
        assert (set(hits[:2]), hits[2:]) == ({"own", "unrelated"}, ["mention"])


def test_a_place_alone_puts_what_is_named_after_it_before_what_it_takes_part_in(engine: SearchEngine) -> None:
    both = {"authority": ["coventry", "wigan"]}
    engine.rebuild(
        [
            document("part", "A hub in Coventry", body=["With Wigan."], facets=both),
            document("led", "A hub in Wigan", facets={"authority": ["wigan"]}),
        ]
    )
    assert found(engine, "wigan") == ["led", "part"]


@pytest.mark.parametrize("text", ["???", '"', '""', "\U0001f600", "(((("])
def test_signs_without_a_word_find_nothing_and_are_not_taken_for_nothing(
    engine: SearchEngine, text: str
) -> None:
    engine.rebuild([document("a", body=["What??? (((("])])
    assert found(engine, text) == []
    assert engine.search(PracticeQuery(text, words_mine=True)).total == 0
    assert found(engine, "  ") == ["a"]  # the control: an empty box lists everything


def test_an_ordinary_word_is_a_place_only_with_a_capital(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document("skill", body=["Help with reading."]),
            document("named", "Early help in Reading"),
            document("town", facets={"authority": ["reading"]}),
        ]
    )
    assert set(found(engine, "reading")) == {"skill", "named"}
    assert found(engine, "Reading") == ["town", "named"]


def test_long_questions_need_not_be_repeated_whole(engine: SearchEngine) -> None:
    engine.rebuild([document("a", body=["Parents with learning disability kept their baby."]), document("b")])
    text = "what helps parents with a learning disability whose baby might be removed"
    result = engine.search(PracticeQuery(text))
    assert (result.total, result.relaxed) == (1, False)


def test_when_no_entry_has_enough_of_the_words_any_will_do_and_it_is_said(engine: SearchEngine) -> None:
    engine.rebuild([document("a", body=["Kinship care."]), document("b", body=["Court work."])])
    result = engine.search(PracticeQuery("kinship zeppelin"))
    assert (result.total, result.relaxed) == (1, True)
    assert engine.search(PracticeQuery("zeppelin")).total == 0
    narrowed = engine.search(PracticeQuery("kinship care", filters={"type": ("model",)}))
    assert (narrowed.total, narrowed.relaxed) == (0, False)


SLIPS = [
    ("kinsip", "kinship"),
    ("reunifcation", "reunification"),
    ("resilence", "resilience"),
    ("adopiton", "adoption"),
    ("safeguarding", "safeguarding"),
    ("safegaurding", "safeguarding"),
    ("negelct", "neglect"),
    ("supervison", "supervision"),
    ("pannel", "panel"),
]


@pytest.mark.parametrize(("typed", "meant"), SLIPS)
def test_a_slip_of_the_finger_still_finds_the_entry(engine: SearchEngine, typed: str, meant: str) -> None:
    noise = [
        document(f"n{n}", f"Entry {n} about other matters", body=["neighbour planned keeping"])
        for n in range(9)
    ]
    engine.rebuild([*noise, document("meant", body=[f"A way of working with {meant} in mind."])])
    result = engine.search(PracticeQuery(typed))
    assert "meant" in [hit.uid for hit in result.hits[:5]]
    assert result.did_you_mean == (meant if typed != meant else None)
    assert engine.did_you_mean(typed) == result.did_you_mean


def test_only_my_words_repairs_nothing(engine: SearchEngine) -> None:
    engine.rebuild([document("a", body=["kinship"])])
    assert engine.search(PracticeQuery("kinsip", words_mine=True)).total == 0
    assert engine.search(PracticeQuery("kinsip")).total == 1


@pytest.mark.parametrize("typed", ["reunif", "supervis", "restor"])
def test_an_unfinished_last_word_finds_the_entry(engine: SearchEngine, typed: str) -> None:
    noise = [document(f"n{n}", body=["relational hubs"]) for n in range(6)]
    engine.rebuild([*noise, document("meant", body=["Restorative supervision before reunification."])])
    assert "meant" in [hit.uid for hit in engine.search(PracticeQuery(f"practice {typed}")).hits[:5]]


def test_did_you_mean_keeps_the_rest_of_the_text(engine: SearchEngine) -> None:
    engine.rebuild([document("a", body=["Family safeguarding in kinship care."])])
    assert engine.did_you_mean("Family safegarding, kinshp care") == "Family safeguarding, kinship care"
    assert engine.did_you_mean("family safeguarding") is None
    assert engine.did_you_mean("qqqqzzzz") is None
