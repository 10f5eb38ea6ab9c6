"""What search by meaning finds, in what order, and when it keeps out of the way; on both engines."""

from __future__ import annotations

import pytest

from practice_library.models import Cohort, Entry
from search.addresses import SearchAddress
from search.current import current_engine
from search.engine import PracticeQuery
from search.exporting import exported
from search.feeds import followed
from search.indexing import drain
from search.meaning.filling import fill
from search.service import find
from search.vocabulary import forget
from tests.factories.making import a_case_study, a_model, with_cohort
from tests.integration.search.meaning.conftest import KINSHIP, PARAPHRASE, titles

pytestmark = pytest.mark.django_db


def test_a_paraphrase_finds_what_no_word_finds(library: dict[str, Entry]) -> None:
    assert KINSHIP not in titles(PARAPHRASE, ranking="words")
    assert set(titles(PARAPHRASE)[:2]) == {KINSHIP, "Aunt to aunt"}


def test_what_is_added_says_why_and_counts_everywhere(library: dict[str, Entry]) -> None:
    found = find(PracticeQuery(text=PARAPHRASE))
    hit = next(hit for hit in found.result.hits if hit.fields["title"] == KINSHIP)
    assert [why.field for why in hit.why] == ["meaning"]
    total = found.result.total
    assert total == len(found.result.hits) == current_engine().count(found.query)
    counts = {each.value: each.count for each in found.result.facets["type"]}
    assert sum(counts.values()) == total
    for kind, count in counts.items():
        narrowed = find(PracticeQuery(text=PARAPHRASE, filters={"type": (kind,)}))
        assert narrowed.result.total == count
        assert {hit.fields["type"] for hit in narrowed.result.hits} == {kind}
        assert {each.value: each.count for each in narrowed.result.facets["type"]} == counts
    grouped = find(PracticeQuery(text=PARAPHRASE, group=True))
    assert grouped.result.total == total


def test_the_order_is_the_same_on_every_page_and_in_an_export(library: dict[str, Entry]) -> None:
    whole = titles(PARAPHRASE)
    pages = [titles(PARAPHRASE, size=1, page=number) for number in range(1, len(whole) + 1)]
    assert [title for page in pages for title in page] == whole
    assert [entry["title"] for entry in exported(PracticeQuery(text=PARAPHRASE))] == whole


def test_a_feed_follows_words_alone(library: dict[str, Entry]) -> None:
    def told(text: str) -> set[str]:
        return {entry.title for entry in followed(SearchAddress(PracticeQuery(text=text))).entries}

    assert KINSHIP not in told(PARAPHRASE)
    assert told("grandparents child") == {KINSHIP}


def test_sorting_by_date_finds_the_same_and_keeps_its_order(library: dict[str, Entry]) -> None:
    by_date = titles(PARAPHRASE, sort="newest")
    assert set(by_date) == set(titles(PARAPHRASE))
    assert by_date == sorted(by_date, key=by_date.index)


def test_a_name_comes_first_whatever_else_is_near(library: dict[str, Entry]) -> None:
    a_model("Grandchildren", summary="A computer system for invoices.").record_change()
    drain()
    fill()
    assert titles("Grandchildren")[0] == "Grandchildren"
    assert titles(KINSHIP)[0] == KINSHIP


def test_a_quoted_phrase_is_never_answered_by_what_is_only_near(library: dict[str, Entry]) -> None:
    assert titles('"child of the family"') == [KINSHIP]
    assert titles('"raise her grandchildren" gran') == []


def test_an_acronym_that_is_known_is_asked_for_by_what_it_means(library: dict[str, Entry]) -> None:
    with_cohort(library["Lantern house"], "Special guardianship")
    Cohort.objects.filter(name="Special guardianship").update(synonyms=["SGO"])
    forget()
    library["Lantern house"].record_change()
    drain()
    fill()
    assert titles("SGO")[0] == "Lantern house"


@pytest.mark.parametrize("text", ["qzxv", "qzxv wbrk", "QZXV"])
def test_a_short_text_that_nobody_knows_finds_nothing(library: dict[str, Entry], text: str) -> None:
    assert titles(text) == []
    assert find(PracticeQuery(text=text)).query.nearness is None


@pytest.mark.parametrize("text", ["qzxv", "wxy", "jkl mnq"])
def test_terms_that_happen_to_be_near_do_not_answer_what_nobody_knows(
    library: dict[str, Entry], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_cohort(library["Lantern house"], "Teenagers")
    forget()
    library["Lantern house"].record_change()
    drain()
    fill()
    monkeypatch.setattr(
        "search.meaning.ranking.LEAST_NEAR", 0.0
    )  # the control: whatever is least far would do
    assert find(PracticeQuery(text="furniture")).query.nearness is not None
    assert find(PracticeQuery(text=text)).result.total == 0


def test_one_unknown_word_beside_a_known_one_does_not_silence_meaning(library: dict[str, Entry]) -> None:
    assert find(PracticeQuery(text="qzxv grandmothers")).query.nearness is not None
    assert titles("qzxv grandmothers")[0] == "Aunt to aunt"


def test_only_my_words_is_only_my_words(library: dict[str, Entry]) -> None:
    assert find(PracticeQuery(text=PARAPHRASE, words_mine=True)).query.nearness is None
    assert titles(PARAPHRASE, words_mine=True) == titles(PARAPHRASE, words_mine=True, ranking="words")


def test_a_place_puts_its_own_entries_first(library: dict[str, Entry]) -> None:
    for place in ("Wigan", "Camden"):
        a_case_study(f"Garden club in {place}", lead=place.lower(), summary="Planting seeds.").record_change()
    drain()
    fill()
    found = titles("help for grandparents in Wigan")
    assert found[:2] == ["Garden club in Wigan", KINSHIP]
    assert "Garden club in Camden" not in found[:3]
