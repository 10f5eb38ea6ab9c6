"""Terms, open questions and what the site says of itself: each number a link, each side shown, each word that of the rule."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest

from practice_library.evidence.criteria import CRITERIA, QUALIFIER_WORDS
from practice_library.labels import DIRECTION, STRENGTH
from practice_library.models import Position
from tests.factories.entries import case_study, open_question, practice_model
from tests.factories.studies import SourceFactory
from tests.factories.vocabularies import condition, outcome

pytestmark = pytest.mark.django_db


class TestCondition:
    @pytest.fixture(autouse=True)
    def _entries(self):
        broad = condition("Workforce", scope_note="All about staff.")
        condition(
            "Stable workforce", scope_note="The same people stay.", synonyms=["turnover"], broader=broad
        )
        case_study("Pods").with_condition("Stable workforce", presence="yes", note="Nobody left.")
        case_study("Hubs").with_condition("Stable workforce", role="barrier", presence="no")
        case_study("Nests").with_condition("Stable workforce")

    def test_it_says_what_it_is_and_where_it_belongs(self, words):
        said = words("/conditions/stable-workforce/")
        assert (
            "What has to be in place Stable workforce The same people stay. Search also finds it by: turnover."
            in said
        )
        assert "Part of Workforce" in said
        assert "Narrower: Stable workforce" in words("/conditions/workforce/")

    def test_a_heading_leads_to_what_its_narrower_terms_find(self, read):
        page = read("/conditions/workforce/")
        assert 'href="/practice/?condition=stable-workforce">Search all of these' in page
        assert "names it yet" not in page

    def test_it_counts_by_role_and_presence_and_links_each_count(self, read, words):
        said = words("/conditions/stable-workforce/")
        assert "As help 2 entries: As help As obstacle 1 entries: As obstacle" in said
        assert "2 entries; there at the start: yes 1, partly 0, no 0, not known 1." in said
        link = "/practice/?condition=stable-workforce&amp;role=enabler&amp;presence=yes"
        assert f'<a class="govuk-link" href="{link}">1</a>' in read("/conditions/stable-workforce/")

    def test_it_names_the_entries_with_what_they_say_of_it(self, words):
        assert "Pods. Case study. Northbridge. Nobody left." in words("/conditions/stable-workforce/")


def test_an_outcome_shows_every_direction_as_large(read, words):
    practice_model("Lantern House").with_outcome("Entry to care", direction="no-effect", powered=True)
    case_study("Pods").with_claim("Entry to care", direction="favourable")
    said = words("/outcomes/entry-to-care/")
    assert "Better 1 entries: Better No difference 1 entries: No difference Mixed 0 Worse 0" in said
    assert "Lantern House. Model. Compared with a similar group." in said
    assert "Pods. Case study. Northbridge. Reported by practitioners." in said
    link = "/practice/?outcome=entry-to-care&amp;direction=no-effect&amp;evidence=compared"
    assert f'<a class="govuk-link" href="{link}">1</a>' in read("/outcomes/entry-to-care/")


def test_a_term_that_nobody_names_says_so(words):
    outcome("Entry to care")
    assert "No entry in the library names it yet." in words("/outcomes/entry-to-care/")


def test_an_outcome_names_the_questions_about_it(read):
    open_question("Does care harm or help?", outcome=outcome("Entry to care"))
    assert 'href="/questions/does-care-harm-or-help/">Does care harm or help?' in read(
        "/outcomes/entry-to-care/"
    )


class TestQuestion:
    def test_what_speaks_for_and_against_stands_with_its_source(self, read, words):
        open_question("Does it last?", asked_by="Two directors")
        said = words("/questions/does-it-last/")
        assert "What speaks for it Something speaks for it. [source 1]" in said
        assert "What speaks against it Something speaks against it. [source 1]" in said
        assert "Used for: What speaks for it; What speaks against it." in said
        assert "Asked by: Two directors." in said

    def test_a_side_without_a_word_still_stands_there(self, words):
        question = open_question("Does it last?")
        Position.objects.filter(question=question, side="against").delete()
        assert "What speaks against it Not reported" in words("/questions/does-it-last/")
        assert "Who tests it Not reported" in words("/questions/does-it-last/")

    def test_the_list_names_every_question_with_its_state(self, words):
        open_question("Does it last?", state="being-tested")
        assert "Does it last? Being tested" in words("/questions/")

    def test_the_list_goes_by_state_and_what_is_tested_first(self, read):
        open_question("Is it open?")
        open_question("Is it tested?", state="being-tested")
        page = read("/questions/")
        order = [
            page.index(word) for word in ('id="being-tested"', "Is it tested?", 'id="open"', "Is it open?")
        ]
        assert order == sorted(order)
        assert 'id="answered"' not in page

    def test_who_tests_and_who_would_join_are_said_with_their_sources(self, words):
        question = open_question("Does it last?")
        for side, text in (("tests", "Northbridge tests it."), ("join", "Kiteham would join.")):
            Position.objects.create(
                question=question, side=side, text=text, source=SourceFactory(key="src-shared"), sort_order=9
            )
        said = words("/questions/does-it-last/")
        assert "Who tests it Northbridge tests it. [source 1]" in said
        assert "Who would join Kiteham would join. [source 1]" in said
        assert "How a council or another organisation joins" in said

    def test_nobody_joins_who_has_not_said_so(self, words):
        open_question("Does it last?", about=(case_study("In Northbridge"),))
        assert "Who would join Not reported How a council" in words("/questions/does-it-last/")

    def test_an_empty_list_says_so(self, words):
        assert "None is listed at present." in words("/questions/")


class TestStandard:
    def test_every_criterion_remark_level_and_direction_is_there_in_the_words_of_the_rule(self, words):
        said = words("/about/evidence-standard/")
        spoken = [each.label.removeprefix("Or: ") for each in CRITERIA.values()] + list(
            QUALIFIER_WORDS.values()
        )
        spoken += [*STRENGTH.values(), *DIRECTION.values()]
        assert [each for each in spoken if each.lower() not in said.lower()] == []

    def test_direction_comes_before_strength(self, words):
        said = words("/about/evidence-standard/")
        assert said.index("What happened") < said.index("How hard it was tested Six levels")


class TestHome:
    def test_the_question_is_the_heading_and_every_number_a_link(self, read, words):
        model = practice_model("Lantern House")
        case_study(status="stopped").running(model).at_stage("Early help").with_outcome("Entry to care")
        markup = read("/")
        assert re.search(r'<h1[^>]*><label for="q">What are you trying to solve\?', markup)
        assert (
            'href="/practice/?status=stopped"><strong>1</strong> practices that stopped, and why</a>'
            in markup
        )
        assert 'href="/practice/?stage=early-help">Early help <span class="pc-quiet">1</span></a>' in markup
        assert "1 practice models 1 case studies 1 of 1 authorities have practice here" in words("/")

    def test_it_opens_before_anything_is_loaded(self, words):
        assert "0 practice models 0 case studies" in words("/")


class TestCrawlers:
    def test_the_sitemap_holds_published_entries_and_no_others(self, read):
        urls = [practice_model("Lantern House").url, case_study("Pods").url]
        listed = [
            loc.text for loc in ElementTree.fromstring(read("/sitemap.xml")).iter() if loc.tag.endswith("loc")
        ]
        entries = [
            url for url in listed if url.startswith("http://testserver/practice/") and url.count("/") == 6
        ]
        entries = [url for url in entries if "/registers/" not in url]
        assert sorted(entries) == sorted(f"http://testserver{url}" for url in urls)

    def test_robots_are_kept_from_the_cms_and_from_filtered_searches(self, client):
        answer = client.get("/robots.txt")
        assert answer["Content-Type"].startswith("text/plain")
        for line in ("Disallow: /cms/", "Disallow: /practice/?", "Sitemap: http://testserver/sitemap.xml"):
            assert line in answer.content.decode().splitlines()

    def test_an_entry_names_its_own_address_whatever_was_asked(self, read):
        model = practice_model("Lantern House")
        canonical = f'<link rel="canonical" href="http://testserver{model.url}">'
        assert canonical in read(model.url, result="favourable", utm="x")


@pytest.mark.parametrize(("url", "said"), [
    ("/accessibility/", "Web Content Accessibility Guidelines"), ("/privacy/", "Report something that could identify a family"),
])  # fmt: skip
def test_pages_about_the_site_open(words, url, said):
    assert said in words(url)


@pytest.mark.parametrize("url", ["/", "/practice/models/", "/authorities/", "/questions/", "/privacy/"])
def test_pages_are_only_read(client, url):
    assert client.head(url).status_code == 200
    assert client.post(url).status_code == 405
