"""The evidence map: each number opens exactly what it counts, an empty cell leads to who does it, and nothing hidden counts."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from practice_library.models import Cohort, Outcome, Study
from search import vocabulary
from search.current import current_engine, forget_engine
from search.indexing import rebuild
from tests.factories.entries import case_study, practice_model
from tests.factories.studies import finding_of, study_of
from tests.factories.vocabularies import CohortFactory, outcome

pytestmark = pytest.mark.django_db

MAP = "/practice/gaps/"
CSV = "/practice/gaps/evidence-map.csv"
TEENS = f"{MAP}?cohort=teenagers"
LINK = re.compile(r'<a class="govuk-link[^"]*" href="([^"]+)">(.*?)</a>', re.DOTALL)


@pytest.fixture
def library(settings: Any, tmp_path: Path, db: None) -> Iterator[None]:
    """Two groups each way, three studies, and places that do what nobody has tested; indexed."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.ELASTICSEARCH_URL = ""
    vocabulary.forget()
    ages, homes = CohortFactory(name="By age"), CohortFactory(name="By home")
    CohortFactory(name="Teenagers", broader=ages)
    CohortFactory(name="Babies", broader=ages)
    CohortFactory(name="Foster carers", broader=homes)
    care, lives = outcome("Care"), outcome("Lives")
    outcome("Entry to care", broader=care)
    outcome("Repeat removals", broader=care)
    outcome("Wellbeing", broader=lives)
    pods = practice_model("Pods").with_cohort("Teenagers").with_cohort("Babies")
    both = study_of(pods.page, key="st-both", title="Both outcomes")
    finding_of(both, "Entry to care", direction="favourable")
    finding_of(both, "Repeat removals", direction="adverse")
    abroad = study_of(pods.page, key="st-abroad", title="Abroad", country="Norway", design="before-and-after")
    finding_of(abroad, "Entry to care", direction="no-effect", compared=None)
    hoped = study_of(pods.page, key="st-hoped", title="Hoped for")
    finding_of(hoped, "Entry to care", direction="favourable", forecast=True)
    case_study("Nest", lead="kent", status="running").with_cohort("Foster carers").with_claim("Wellbeing")
    case_study("Den", lead="devon", status="stopped").with_cohort("Foster carers").with_claim("Wellbeing")
    case_study("Lair", lead="essex", status="stopped").with_cohort("Babies").with_claim("Wellbeing")
    current_engine().rebuild([])
    rebuild()
    yield
    forget_engine()
    vocabulary.forget()


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def studies_on(page: str) -> list[str]:
    """The titles of a list of studies."""
    return re.findall(r'<h2 class="pc-card__title">([^<]*)</h2>', page)


@pytest.mark.parametrize(
    "start",
    [
        MAP,
        f"{MAP}?open=by-age&open=by-home&within=care",
        f"{MAP}?country=england&evidence=compared&forecasts=without",
        TEENS,
    ],
)
def test_every_link_leads_to_what_its_number_counts(library, read, client, start):
    numbers = 0
    for href, inner in LINK.findall(main_of(read(start))):
        url = html.unescape(href).partition("#")[0]
        answer = client.get(url)
        assert answer.status_code == 200, url
        said = re.match(r"([\d,]+) (.*)", re.sub(r"<[^>]+>", "", inner))
        if said is None:
            continue
        numbers += 1
        page = answer.content.decode()
        if url.startswith(MAP):
            assert len(studies_on(page)) == int(said[1]), url
        else:
            counted = re.sub(r"<[^>]+>", " ", page[page.index("pc-results-head") :])
            assert re.search(r"(\d+) (?:entr|result|case)", counted)[1] == said[1], url
    assert numbers or start == TEENS


def test_a_study_counts_once_in_a_group_and_once_for_each_result(library, words):
    said = words(MAP)
    found = "1 better 1 no difference 1 worse 1 not known Compared with a similar group"
    assert f"By age Show 2 within By age 3 studies: By age, Care {found}" in said


def test_a_number_opens_exactly_its_studies(library, read):
    assert sorted(studies_on(read(f"{TEENS}&outcome=care"))) == ["Abroad", "Both outcomes", "Hoped for"]
    assert studies_on(read(f"{TEENS}&outcome=care&direction=adverse")) == ["Both outcomes"]
    assert studies_on(read(f"{TEENS}&outcome=entry-to-care&direction=adverse")) == []
    assert studies_on(read(f"{MAP}?outcome=repeat-removals")) == ["Both outcomes"]


def test_country_comparison_and_forecasts_choose_what_counts(library, read, words):
    assert sorted(studies_on(read(f"{TEENS}&country=england"))) == ["Both outcomes", "Hoped for"]
    assert studies_on(read(f"{TEENS}&evidence=compared")) == ["Both outcomes"]
    assert sorted(studies_on(read(f"{TEENS}&forecasts=without"))) == ["Abroad", "Both outcomes"]
    assert "No study of this kind: 1 place is doing it" in words(MAP, evidence="compared")


def test_an_empty_cell_says_who_does_it_and_who_has_tried(library, words):
    said = words(MAP)
    assert "Nobody has tested this: 1 place is doing it" in said
    assert "Nobody has tested this: 1 place has tried it" in said


def test_the_tint_is_that_of_the_hardest_test_and_said_in_words(library, read, words):
    page = read(MAP, open="by-age", within="care")
    assert "pc-gaps__tested--4" in page
    assert "1 study: Teenagers, Repeat removals 1 worse Compared with a similar group" in words(
        MAP, open="by-age", within="care"
    )


class TestNothingHiddenCounts:
    def test_the_control_a_published_study_of_a_readable_entry_counts(self, library, read):
        assert len(studies_on(read(TEENS))) == 3

    @pytest.mark.parametrize("fields", [{"hidden_at": True}, {"withdrawn_at": True}, {"live": False}])
    def test_studies_of_an_entry_that_may_not_be_read(self, library, read, words, fields):
        from practice_library.models import Entry

        when = {name: timezone.now() if value is True else value for name, value in fields.items()}
        Entry.objects.filter(slug__in=["pods", "nest"]).update(**when)
        assert studies_on(read(TEENS)) == []
        assert "studies:" not in words(MAP)
        assert "1 place is doing it" not in words(MAP)
        assert "Pods" not in read(f"{MAP}?direction=favourable")

    def test_a_study_that_is_not_published(self, library, read, client):
        Study.objects.filter(key="st-both").update(live=False)
        assert sorted(studies_on(read(TEENS))) == ["Abroad", "Hoped for"]
        assert "Both outcomes" not in b"".join(client.get(f"{CSV}?cohort=teenagers")).decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("cohort=nobody", "No group of children or families is called “nobody”."),
        ("outcome=%00", "No outcome is called “”."),
        ("direction=sideways", "“sideways” is not a value of direction."),
        ("country=wales", "“wales” is not a value of country. It takes: england."),
        ("cohort=teenagers&cohort=babies", "Choose one cohort: 2 were given."),
        ("open=nobody", "No group of children or families is called “nobody”."),
        ("within=wellbeing", "Wellbeing is a single outcome: nothing stands within it."),
    ],
)
def test_what_makes_no_sense_is_said_plainly(library, read, client, query, said):
    assert said in html.unescape(read(f"{MAP}?{query}", status=400))
    answer = client.get(f"{CSV}?{query}")
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_the_number_of_queries_is_small_and_the_same_at_any_size(library, client):
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    before = [queries(MAP), queries(TEENS), queries(CSV)]
    for number in range(6):
        entry = (
            case_study(f"More {number}", lead="kent").with_cohort("Teenagers").with_cohort("Foster carers")
        )
        entry.with_outcome("Entry to care", direction="mixed").with_outcome(f"Outcome {number}")
    assert [queries(MAP), queries(TEENS), queries(CSV)] == before
    assert max(before) <= 7


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_the_map_as_csv_holds_every_pair_and_the_gaps(library, client):
    rows = rows_of(client.get(CSV))
    assert len(rows) == Cohort.objects.count() * Outcome.objects.count()
    cells = {(row["cohort"], row["outcome"]): row for row in rows}
    tested = cells["Teenagers", "Repeat removals"]
    assert (tested["cohort_group"], tested["studies"], tested["adverse"]) == ("By age", "1", "1")
    gap = cells["Foster carers", "Wellbeing"]
    assert (gap["studies"], gap["places"], gap["places_are"]) == ("0", "1", "1 place is doing it")


def test_studies_as_csv_are_those_of_the_page_and_no_formula(library, client):
    Study.objects.filter(key="st-both").update(title="=1+1")
    rows = rows_of(client.get(f"{CSV}?cohort=teenagers&outcome=care&direction=adverse"))
    assert [(row["study"], row["title"], row["direction"]) for row in rows] == [("st-both", "'=1+1", "Worse")]


def test_the_table_says_what_heads_what(library, read):
    page = read(MAP)
    assert page.count('<th scope="col"') == 3
    assert page.count('<th scope="row"') == 2
    assert '<a href="/practice/gaps/" aria-current="page">Evidence map</a>' in page
    assert MAP in main_of(read("/"))


def test_every_term_of_the_library_that_ships_stands_in_a_group():
    import yaml
    from django.apps import apps

    folder = Path(apps.get_app_config("practice_library").path) / "content" / "vocabularies"
    for name in ("cohorts", "outcomes"):
        terms = yaml.safe_load((folder / f"{name}.yaml").read_text())
        broader = {term["broader"] for term in terms if "broader" in term}
        assert broader <= {term["name"] for term in terms}
        assert [term["name"] for term in terms if "broader" not in term and term["name"] not in broader] == []
