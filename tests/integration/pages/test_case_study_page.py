"""A case study says what happened before how sure, what failed as large as what worked, and where all that was read."""

from __future__ import annotations

import re

import pytest

from practice_library.models import EntrySource, Source
from tests.factories.entries import case_study, practice_model
from tests.factories.studies import SourceFactory, finding_of, study_of

pytestmark = pytest.mark.django_db


def test_type_place_model_title_and_lead_come_first(words):
    model = practice_model("Lantern House")
    page = case_study("Harbour pods", summary="Pods led by one social worker.").running(model)
    page.with_partner("A charity").with_partner("Kite Trust", known=True)
    said = words(page.url)
    assert said.startswith(
        "Case study. Northbridge with A charity and Kite Trust. Part of Lantern House "
        "Harbour pods Pods led by one social worker."
    )


def test_direction_stands_before_strength_in_the_same_row(read, words):
    page = case_study().with_outcome("Entry to care", direction="no-effect", powered=True)
    assert "No difference Compared with a similar group" in words(page.url)
    markup = read(page.url)
    assert markup.index("pc-direction--no-effect") < markup.index("Compared with a similar group")


def test_a_null_has_the_markup_of_a_success(read):
    shapes = []
    for direction in ("favourable", "no-effect", "adverse"):
        page = case_study(f"Trial {direction}").with_outcome(
            "Entry to care", direction=direction, powered=True
        )
        row = re.search(
            r'<td role="cell" data-label="Result[^>]*>(.*?)<span class="pc-outcome__tested">', read(page.url)
        )
        shapes.append(
            re.sub(r"(favourable|no-effect|adverse|Better|No difference|Worse|<path[^>]*>)", "", row[1])
        )
    assert len(set(shapes)) == 1


def test_every_result_has_a_symbol_and_a_word(read):
    page = case_study().with_outcome("Entry to care", direction="inconclusive")
    assert re.search(
        r'pc-direction--inconclusive"><svg class="pc-direction__symbol".*?</svg>Too little to tell',
        read(page.url),
    )


def test_what_others_say_stands_beside_what_the_evaluation_found(words):
    page = case_study().with_outcome(
        "Cases closed", direction="inconclusive", statement="More closures; it could be chance."
    )
    page.with_claim("Cases closed", statement="Very promising.", claimed_by="provider")
    assert "More closures; it could be chance. [source 2] The provider: Very promising." in words(page.url)


def test_criteria_are_listed_as_met_not_met_and_not_reported(words):
    said = words(case_study().with_outcome("Entry to care").url)
    assert re.search(r"\d+ criteria met, \d+ not met, \d+ not reported", said)
    assert "Met: " in said
    assert re.search(r"Not reported: [^:]*harm was looked for", said)


def test_a_process_finding_is_a_label_and_no_result(words, read):
    page = case_study().with_outcome(
        "Family experience", study={"design": "process"}, statement="Families value one worker."
    )
    said = words(page.url)
    assert "How it was put in place Process study; says nothing about effect" in said
    assert "Families value one worker." in said
    assert 'id="result-family-experience"' not in read(page.url)
    control = case_study("Control").with_outcome("Family experience")
    assert 'id="result-family-experience"' in read(control.url)


def test_an_output_says_how_much_was_done_and_not_what_changed(words):
    page = case_study().with_outcome("Contact", kind="output", statement="Visits tripled.")
    assert "Says how much was done, not what changed" in words(page.url)


def test_harm_is_said_beside_the_result(words):
    page = case_study().with_outcome("Entry to care", harm="More children were injured")
    said = words(page.url)
    assert "Harm or a worse result was found" in said
    assert "Harm: More children were injured" in said


def test_what_did_not_work_is_as_large_as_what_changed(read):
    page = case_study().with_statement("Fewer visits were missed.", section="what_changed")
    page.with_statement("Referrals never came.", section="what_did_not_work")
    markup = read(page.url)
    for heading, text in (
        ("What changed", "Fewer visits were missed."),
        ("What did not work", "Referrals never came."),
    ):
        assert re.search(
            rf'<section class="pc-section" id="[a-z-]+"><h2>{heading}</h2>\s*<p class="pc-prose">{text}',
            markup,
        )
    assert "What went wrong</dt><dd>Referrals never came." in markup


class TestSources:
    def test_each_statement_points_at_its_source_at_the_foot(self, read):
        page = case_study().with_statement(
            "It closed.", source=SourceFactory(key="src-news", title="A news page")
        )
        markup = read(page.url)
        number = re.search(r'It closed\. <a class="pc-source-ref" href="#source-(\d+)">', markup)[1]
        assert re.search(
            rf'<li id="source-{number}"><a class="govuk-link" href="[^"]+" rel="external">A news page</a>',
            markup,
        )

    def test_a_statement_without_one_of_its_own_rests_on_all_of_the_entry(self, words):
        page = (
            case_study().with_source("src-b").with_source("src-c").with_statement("It closed.", source=None)
        )
        assert "It closed. [source 1 to 3]" in words(page.url)

    def test_all_sources_of_a_statement_are_named(self, words):
        SourceFactory(key="src-b")
        page = case_study().with_source("src-b").with_statement("It closed.", further_sources=["src-b"])
        assert "It closed. [source 1] [source 2]" in words(page.url)

    def test_the_place_in_a_source_is_said(self, words):
        page = case_study().with_statement("It closed.", at="chapter 2")
        assert "It closed. [source 1, chapter 2]" in words(page.url)

    def test_the_foot_says_how_much_was_read_and_what_for(self, words):
        Source.objects.create(key="src-part", title="Thin report", read="opening", kind="evaluation report")
        page = case_study()
        page.with_statement("It closed.", section="what_changed", source=Source.objects.get(key="src-part"))
        assert (
            "Thin report. undated. Evaluation report. We read its opening. Used for: What changed."
            in words(page.url)
        )

    def test_every_reference_leads_somewhere(self, read):
        page = (
            case_study()
            .with_statement("A.", source=None)
            .with_outcome("Entry to care")
            .with_condition("Trust")
        )
        page.with_cost("Grant", as_printed="£1").with_statement("Good.", section="voice")
        markup = read(page.url)
        wanted = set(re.findall(r'href="#([^"]+)"', markup)) - {"main"}
        assert wanted
        assert wanted <= set(re.findall(r'id="([^"]+)"', markup))

    def test_an_entry_without_any_source_still_opens(self, read):
        page = case_study().with_statement("It closed.", source=None)
        EntrySource.objects.filter(entry=page.pk).delete()
        assert "It closed." in read(page.url)


class TestWhatIsNotKnown:
    def test_the_six_rows_say_so_one_by_one(self, words):
        said = words(case_study().url)
        for row in ("Who it was for", "What had to be in place", "What went wrong", "What it cost"):
            assert f"{row} Not reported" in said
        assert "What happened Not known Not tested yet" in said

    def test_a_brief_one_is_no_page_of_blanks(self, words):
        page = case_study(extent="brief").with_statement("They tried it.", section="what_was_done")
        said = words(page.url)
        assert "They tried it." in said
        assert "Who to ask" not in said
        assert said.count("Not reported") == 2  # the sentence that lists what is missing, and when it started
        assert (
            "Not reported in the sources we read: who it was for, what happened to those it was for" in said
        )

    def test_a_brief_one_with_a_result_has_its_summary(self, words):
        page = case_study(extent="brief").with_outcome("Entry to care")
        assert "What happened Better entry to care Compared with a similar group" in words(page.url)

    def test_conditions_without_facts_are_a_list_and_say_once_what_is_missing(self, read, words):
        page = (
            case_study().with_condition("Trust", note="Built slowly.").with_condition("Money", role="barrier")
        )
        assert "How much it mattered" not in read(page.url)
        said = words(page.url)
        assert "What helped Trust: Built slowly." in said
        assert "What stood in the way Money" in said
        assert said.count("Not reported: how much each mattered") == 1

    def test_conditions_with_facts_are_a_table(self, words):
        page = case_study().with_condition(
            "Trust", presence="partly", necessity="essential", without_it="Too few referrals."
        )
        assert "Trust [source 1] Essential Partly Not known Not reported Too few referrals." in words(
            page.url
        )


class TestStatus:
    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            (
                {"status": "running", "status_as_at": "2016-03"},
                "Running when last reported (March 2016), not confirmed since.",
            ),
            (
                {"status": "scaled", "status_as_at": "2016"},
                "Running and scaled up when last reported (2016), not confirmed since.",
            ),
            (
                {"status": "not-known", "status_as_at": "2013"},
                "Not known whether it still runs; last reported in 2013.",
            ),
            ({"status": "not-known"}, "Not known whether it still runs."),
            ({"status": "stopped", "status_as_at": "2019-04"}, "Stopped, as reported in April 2019."),
        ],
    )
    def test_an_old_source_makes_no_present_claim(self, words, fields, sentence):
        assert f"Compiled by editors from 1 published source. [source 1] {sentence}" in words(
            case_study(**fields).url
        )

    def test_a_fresh_report_is_a_confirmation(self, words, time_machine_at):
        time_machine_at("2026-11-24")
        assert "Running, confirmed in March 2026." in words(
            case_study(status="running", status_as_at="2026-03").url
        )
        old = case_study("Older", status="running", status_as_at="2024-10")
        assert "not confirmed since" in words(old.url)

    def test_why_it_stopped_is_said(self, words):
        page = case_study(status="stopped", stop_reason="The grant ended.")
        assert words(page.url).count("The grant ended.") == 2  # in the summary, and at the foot


def test_a_study_of_several_places_gives_the_place_no_result(words):
    model = practice_model("Lantern House")
    one = case_study("In one place", lead="northbridge").running(model)
    other = case_study("In another place", lead="kiteham").running(model)
    study = study_of(model.page, one.page, other.page, key="st-two", title="Two places compared")
    finding_of(study, "Entry to care", statement="Fewer children came in.")
    said = words(one.url)
    assert "Part of a study of 2 places" in said
    assert "Fewer children came in." not in said
    assert "Fewer children came in." in words(model.url)


def test_materials_name_their_licence(words):
    material = {"title": "Job description", "kind": "job-description", "address": "https://a.example/jd"}
    page = case_study().set(
        materials=[
            ("material", {**material, "licence": "ogl-3.0"}),
            ("material", {**material, "title": "Contract"}),
        ]
    )
    said = words(page.url)
    assert "Job description. Job description. Open Government Licence v3.0." in said
    assert "Contract. Job description. No licence is given: it can be read, not reused." in said


def test_reach_is_drawn_with_its_table(words, read):
    reach = {
        "group": "Everyone",
        "eligible": 400,
        "offered": 200,
        "started": 150,
        "finished": None,
        "period": "2015",
    }
    page = case_study().set(reach=[("reach", reach)])
    assert "Eligible 400 Offered 200 Started 150 Finished Not reported" in words(page.url)
    assert read(page.url).count('class="pc-reach__bar"') == 3


def test_the_foot_says_licence_citation_and_how_to_report(read, words):
    page = case_study("Harbour pods")
    markup = read(page.url)
    assert 'rel="nofollow">Report something that could identify a family' in markup
    assert 'rel="license">Creative Commons Attribution 4.0' in markup
    assert f"Harbour pods. Practice Commons. http://testserver{page.url}." in words(page.url)
    assert '"license": "https://creativecommons.org/licenses/by/4.0/"' in markup


def test_words_of_authors_cannot_break_out_of_the_page(read):
    page = case_study("</script><b>x</b>").with_statement("<img src=x onerror=alert(1)>")
    markup = read(page.url)
    assert "<b>x</b>" not in markup
    assert "<img src=x" not in markup
