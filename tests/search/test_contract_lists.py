"""Lists: order, deep pages, folding under models, reasons for a match, related entries, suggestions."""

from __future__ import annotations

import re

import pytest

from search.documents.schema import sort_numbers
from search.engine import Change, PracticeQuery, SearchEngine
from search.suggesting import TermIndex, suggest
from search.understanding import PlaceName, SynonymBook
from tests.search import brute_force
from tests.search.corpus import document, fixed_library

LIBRARY = fixed_library()


@pytest.mark.parametrize("sort", ["newest", "tested"])
def test_sorting_is_the_same_on_every_engine(library: SearchEngine, sort: str) -> None:
    expected = sorted(LIBRARY, key=lambda d: -sort_numbers(d)[sort])
    hits = library.search(PracticeQuery(sort=sort, size=50, facets=())).hits
    assert [hit.uid for hit in hits] == [d["uid"] for d in expected[:50]]


def test_sorting_applies_to_what_the_words_find(library: SearchEngine) -> None:
    matching = [d for d in LIBRARY if brute_force.holds_words(d, "kinship")]
    expected = sorted(matching, key=lambda d: -sort_numbers(d)["newest"])
    hits = library.search(PracticeQuery("kinship", sort="newest", facets=())).hits
    assert [hit.uid for hit in hits] == [d["uid"] for d in expected[:20]]


@pytest.mark.parametrize("text", ["", "family care"])
@pytest.mark.parametrize("sort", ["best", "newest"])
def test_pages_show_every_entry_once_down_to_the_last(library: SearchEngine, text: str, sort: str) -> None:
    total = library.search(PracticeQuery(text, facets=())).total
    seen: list[str] = []
    for page in range(1, total // 20 + 2):
        seen += [hit.uid for hit in library.search(PracticeQuery(text, sort=sort, page=page, facets=())).hits]
    assert len(seen) == len(set(seen)) == total
    assert library.search(PracticeQuery(text, page=total // 20 + 2, facets=())).hits == ()
    assert library.search(PracticeQuery(text, page=500, facets=())).total == total


def test_scores_fall_down_the_list(library: SearchEngine) -> None:
    scores = [
        hit.score for hit in library.search(PracticeQuery("kinship neglect panel", size=60, facets=())).hits
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0


def test_a_hit_brings_its_card(library: SearchEngine) -> None:
    hit = library.search(PracticeQuery("entry77", words_mine=True)).hits[0]
    assert hit.uid == "uid-0077"
    assert (hit.fields["number"], hit.fields["page_id"], hit.fields["type"]) == (77, 77, "case_study")
    assert hit.fields["title"].endswith("entry77")


def fold_library(engine: SearchEngine) -> None:
    places = [
        document(
            f"place-{n}",
            f"Family safeguarding in place {n}",
            models=["model"],
            facets={"authority": [f"place-{n}"]},
        )
        for n in range(30)
    ]
    others = [document(f"other-{n}", f"Another family safeguarding idea {n}") for n in range(3)]
    engine.rebuild([*places, *others, document("model", "Family safeguarding", type="model")])


def test_places_of_one_model_stand_under_it(engine: SearchEngine) -> None:
    fold_library(engine)
    result = engine.search(PracticeQuery("family safeguarding", group=True))
    assert (result.total, result.groups) == (34, 4)
    assert result.hits[0].uid == "model"
    assert {hit.uid for hit in result.hits} == {"model", "other-0", "other-1", "other-2"}
    head = result.hits[0]
    assert head.folded_total == 30
    assert 0 < len(head.folded) <= 30
    assert all(member.uid.startswith("place-") for member in head.folded)


def test_a_single_list_folds_nothing(engine: SearchEngine) -> None:
    fold_library(engine)
    result = engine.search(PracticeQuery("family safeguarding", size=50))
    assert (len(result.hits), result.groups) == (34, None)
    assert not any(hit.folded for hit in result.hits)


def test_folded_lists_have_pages_too(engine: SearchEngine) -> None:
    fold_library(engine)
    first = engine.search(PracticeQuery("family safeguarding", group=True, size=2))
    second = engine.search(PracticeQuery("family safeguarding", group=True, size=2, page=2))
    uids = [hit.uid for hit in (*first.hits, *second.hits)]
    assert len(uids) == len(set(uids)) == 4
    assert engine.search(PracticeQuery("family safeguarding", group=True, size=2, page=3)).hits == ()


def test_a_place_that_the_query_names_stands_by_itself(engine: SearchEngine) -> None:
    fold_library(engine)
    book = SynonymBook(places=[PlaceName("place-7", "Sevenham")])
    text = "family safeguarding Sevenham"
    result = engine.search(PracticeQuery(text, expansions=book.understand(text), group=True))
    assert result.hits[0].uid == "place-7"
    assert next(hit for hit in result.hits if hit.uid == "model").folded_total == 29


def test_places_without_their_model_in_the_results_still_fold(engine: SearchEngine) -> None:
    fold_library(engine)
    result = engine.search(PracticeQuery("safeguarding", filters={"type": ("case_study",)}, group=True))
    assert result.groups == 4
    assert sorted(hit.folded_total for hit in result.hits) == [0, 0, 0, 29]


def test_a_match_is_explained_by_the_part_that_matched(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document(
                "a",
                "Hub & <spoke>",
                summary="A <b>panel</b> for kinship carers.",
                body=[
                    "Nothing here.",
                    "x " * 200 + "Social workers & grandparents agree on kinship care." + " y" * 200,
                ],
            )
        ]
    )
    hit = engine.search(PracticeQuery("hubs kinship grandparent")).hits[0]
    why = {part.field: part.html for part in hit.why}
    assert why["title"] == "<mark>Hub</mark> &amp; &lt;spoke&gt;"
    assert why["summary"] == "A &lt;b&gt;panel&lt;/b&gt; for <mark>kinship</mark> carers."
    assert "<mark>grandparents</mark>" in why["body"]
    assert "workers &amp; <mark>" in why["body"]
    assert len(why["body"]) < 500
    assert not re.search(r"<(?!/?mark>)", "".join(why.values()))


def test_browsing_explains_nothing(library: SearchEngine) -> None:
    assert all(hit.why == () for hit in library.search(PracticeQuery()).hits)


def test_related_entries_are_found_when_most_of_the_index_was_removed(engine: SearchEngine) -> None:
    """tantivy's own more-like-this panics here: a word in more removed entries than there are live ones."""
    kept = [document(f"kept-{n}", f"Kinship support {n}", version=5) for n in range(2)]
    gone = [document(f"gone-{n}", f"Kinship support {n}") for n in range(30)]
    engine.apply(Change(d["uid"], d["version"], d) for d in [*kept, *gone])
    engine.apply(Change(d["uid"], 9) for d in gone)
    assert [hit.uid for hit in engine.related("kept-0")] == ["kept-1"]
    assert engine.search(PracticeQuery("kinship")).total == 2


def test_related_entries_share_telling_words(engine: SearchEngine) -> None:
    noise = [
        document(f"n{n}", f"Court process number{n}", summary="Legal planning and delay") for n in range(12)
    ]
    engine.rebuild(
        [
            *noise,
            document("a", "Kinship carers support", summary="Grandparents raising grandchildren"),
            document("b", "Support for kinship", summary="Help for grandparents"),
        ]
    )
    hits = engine.related("a")
    assert hits[0].uid == "b"
    assert "a" not in [hit.uid for hit in hits]
    assert engine.related("no-such-uid") == []
    assert "b" not in [hit.uid for hit in engine.related("a", exclude=["b"])]


def suggest_library(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document("m1", "Family group conferencing", type="model", aliases=["FGC"]),
            document("m2", "Group supervision for families", type="model"),
            document("c1", "Family group conferencing in Wigan", facets={"cohort": ["families"]}),
            document("c2", "Résilience hub", facets={"cohort": ["families"], "authority": ["wigan"]}),
        ]
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("fam", ["m1", "c1", "m2"]),
        ("family gro", ["m1", "c1"]),
        ("fgc", ["m1"]),
        ("resil", ["c2"]),
        ("conferencing wig", ["c1"]),
        ("zzz", []),
        ("   ", []),
    ],
)
def test_suggestions_begin_as_typed(engine: SearchEngine, typed: str, expected: list[str]) -> None:
    suggest_library(engine)
    assert [s.value for s in engine.suggest(typed)] == expected


def test_suggestions_have_types_and_terms_only_with_visible_entries(engine: SearchEngine) -> None:
    suggest_library(engine)
    terms = TermIndex(
        [
            ("Families in need", "cohort", "families"),
            ("Fathers", "cohort", "fathers"),
            ("Wigan", "authority", "wigan"),
        ]
    )
    found = suggest(engine, terms, "fa")
    assert ("Families in need", "cohort", 2) in [(s.text, s.type, s.count) for s in found]
    assert "fathers" not in [s.value for s in found]
    assert {s.type for s in found} == {"cohort", "model", "case_study"}
    assert [(s.type, s.value) for s in suggest(engine, terms, "wig")] == [
        ("authority", "wigan"),
        ("case_study", "c1"),
    ]
    assert suggest(engine, terms, "wig", exclude=["c1", "c2"]) == []
