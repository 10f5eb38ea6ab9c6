"""Questions about a property: what is recognised, what is left, and what asks for nothing."""

from __future__ import annotations

import pytest

from search.engine import PracticeQuery, SearchEngine
from search.facets import years_label
from search.properties.recognising import key_of, recognise
from tests.search.corpus import fixed_library


@pytest.mark.parametrize(
    ("text", "subject", "filters"),
    [
        ("randomised trial of family group conferencing", "family group conferencing", {"evidence": ("compared", "compared-twice")}),
        ("what has been properly tested for neglect", "neglect", {"evidence": ("compared", "compared-twice")}),
        ("edge of care compared with a similar group", "edge of care", {"evidence": ("compared", "compared-twice")}),
        ("before and after studies of parenting", "parenting", {"evidence": ("before-and-after",)}),
        ("cheap parenting programmes under £500 a family", "parenting programmes", {"cost": ("under-500",)}),
        ("fostering for less than £2k per child", "fostering", {"cost": ("under-500", "500-1999")}),
        ("mentoring under 2000 per child", "mentoring", {"cost": ("under-500", "500-1999")}),
        ("family hubs in the north-west", "family hubs", {"region": ("north-west",)}),
        ("models running since 2015", "", {"year": ("from-2015",), "status": ("running", "scaled")}),
        ("what has been tried since 2018", "", {"year": ("from-2018",)}),
        ("hubs started before 2018", "hubs", {"year": ("to-2017",)}),
        ("mentoring from 2012 to 2015", "mentoring", {"year": ("2012-2015",)}),
        ("what didn\u2019t work for adolescents", "adolescents", {"direction": ("no-effect", "adverse")}),
        ("stopped because of money", "money", {"status": ("stopped",)}),
        ("which councils run family hubs", "run family hubs", {"type": ("case_study",)}),
        ("how much does multisystemic therapy cost", "multisystemic therapy cost", {"cost": ("under-500", "500-1999", "2000-4999", "5000-9999", "10000-over")}),
    ],
)  # fmt: skip
def test_a_question_about_a_property_is_recognised(
    text: str, subject: str, filters: dict[str, tuple[str, ...]]
) -> None:
    found = recognise(text)
    assert {each.param: each.values for each in found.properties} == filters
    assert found.subject == subject


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Stopping the Cycle",
        "is it cost effective for foster care",
        "children who stopped going to school",
        "industrial trials",
        "pay over 40 hours",
        "500 families",
        "under 5s",
        "under £500 a week",
        "since the pandemic",
        "South West London Fostering",
        '"north west" fostering',
        "abandoned children",
    ],
)
def test_words_that_ask_for_nothing(text: str) -> None:
    assert recognise(text).properties == ()


def test_a_name_asks_for_nothing_and_the_same_words_elsewhere_do() -> None:
    names = {key_of("What Works Centre"), key_of("North West Fostering Alliance")}
    assert recognise("north west fostering alliance", names=names).properties == ()
    assert recognise("What Works Centre reports", names=names).properties == ()
    assert recognise("fostering in the north west", names=names).subject == "fostering"
    title = "Letters that worked in the North West"
    assert recognise("letters that worked", titles=[title]).properties == ()
    assert recognise("letters that worked").properties


@pytest.mark.parametrize(
    ("value", "first", "last"), [("from-2015", 2015, 2100), ("to-2009", 0, 2009), ("2010-2012", 2010, 2012)]
)
def test_years_from_and_to(engine: SearchEngine, value: str, first: int, last: int) -> None:
    """As real entries are: each started in one year at most."""
    documents = [document.copy() for document in fixed_library()]
    for document in documents:
        document["facets"] = {
            **document.get("facets", {}),
            "year": document.get("facets", {}).get("year", [])[:1],
        }
    engine.rebuild(documents)
    wanted = {
        document["uid"]
        for document in documents
        if any(first <= int(year) <= last for year in document.get("facets", {}).get("year", []))
    }
    query = PracticeQuery(filters={"year": (value,)}, size=100)
    assert wanted
    assert engine.count(query) == len(wanted)
    assert set(engine.uids(query)) == wanted
    counted = {each.value: each for each in engine.search(query).facets["year"]}
    assert counted[value].selected
    assert counted[value].count == len(wanted)


def test_years_in_readers_words() -> None:
    said = [years_label(value) for value in ("from-2015", "to-2009", "2010-2012", "2016")]
    assert said == ["2015 or later", "2009 or earlier", "2010 to 2012", "2016"]
