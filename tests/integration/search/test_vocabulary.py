"""Synonyms and names edited in the CMS work at the next search, without touching the index."""

from __future__ import annotations

import pytest
from website.places.models import StatisticalNeighbour

from practice_library.models import Cohort, SynonymGroup
from search.engine import PracticeQuery
from search.indexing import rebuild
from search.service import find, suggest
from tests.factories.making import a_case_study, a_model, with_cohort

pytestmark = pytest.mark.django_db


def titles(query: PracticeQuery, **options: str) -> set[str]:
    return {hit.fields["title"] for hit in find(query, **options).result.hits}


def test_a_new_synonym_works_at_once_and_my_words_only_leave_it_out(site_engine: str) -> None:
    with_cohort(a_model("Harbour pods"), "Adolescents")
    rebuild()
    assert titles(PracticeQuery(text="youngsters")) == set()
    cohort = Cohort.objects.get(name="Adolescents")
    cohort.synonyms = ["youngsters"]
    cohort.save()
    found = find(PracticeQuery(text="youngsters"))
    assert {hit.fields["title"] for hit in found.result.hits} == {"Harbour pods"}
    assert [(u.term, u.also) for u in found.query.expansions.understood] == [("youngsters", ("Adolescents",))]
    assert titles(PracticeQuery(text="youngsters", words_mine=True)) == set()


def test_acronyms_meet_their_words_both_ways(site_engine: str) -> None:
    a_model("Harbour pods", summary="Uses the family group conference.")
    a_model("Kite", summary="Uses FGC with teenagers.")
    rebuild()
    assert titles(PracticeQuery(text="FGC")) == {"Kite"}
    group = SynonymGroup.objects.create(terms=["family group conference", "FGC"])
    assert (
        titles(PracticeQuery(text="FGC"))
        == titles(PracticeQuery(text="family group conference"))
        == {
            "Harbour pods",
            "Kite",
        }
    )
    group.delete()
    assert titles(PracticeQuery(text="FGC")) == {"Kite"}


def test_like_means_the_authority_and_its_statistical_neighbours(site_engine: str) -> None:
    a_case_study("Here", lead="wigan")
    neighbour = (
        StatisticalNeighbour.objects.newest_model().filter(organisation__slug="wigan").first().neighbour
    )
    stranger = "city-of-london"
    assert not StatisticalNeighbour.objects.filter(
        organisation__slug="wigan", neighbour__slug=stranger
    ).exists()
    a_case_study("Alike", lead=neighbour.slug)
    a_case_study("Elsewhere", lead=stranger)
    rebuild()
    assert titles(PracticeQuery(), like="wigan") == {"Here", "Alike"}


def test_suggestions_name_their_type(site_engine: str) -> None:
    with_cohort(a_model("Lantern house"), "Late entrants to care")
    rebuild()
    assert {(s.text, s.type) for s in suggest("la")} == {
        ("Lantern house", "model"),
        ("Late entrants to care", "cohort"),
    }
