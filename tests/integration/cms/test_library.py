"""Vocabularies, sources and studies in the CMS."""

from __future__ import annotations

import pytest
from django.urls import reverse

from practice_library.models import (
    Cohort,
    OpenQuestion,
    Outcome,
    OutcomeRating,
    Source,
    Study,
    StudySource,
    SynonymGroup,
    SystemCondition,
    Theme,
)
from tests.factories.making import a_case_study, a_model, a_source, with_cohort, with_trial

from .conftest import errors_of


def add_url(model) -> str:
    return reverse(model.snippet_viewset.get_url_name("add"))


def list_url(model) -> str:
    return reverse(model.snippet_viewset.get_url_name("list"))


def test_words_are_typed_one_a_line(form):
    opened = form(add_url(Cohort)).fill(
        name="Care leavers",
        slug="care-leavers",
        synonyms="leaving care\n\n  former   relevant children\nleaving care",
    )
    assert opened.post().status_code == 302
    term = Cohort.objects.get(name="Care leavers")
    assert term.synonyms == ["leaving care", "former relevant children"]
    shown = form(reverse(Cohort.snippet_viewset.get_url_name("edit"), args=[term.pk]))
    assert shown.data["synonyms"] == "leaving care\nformer relevant children"


def test_a_term_is_never_broader_than_itself(editor, edit):
    wide = Theme.objects.get(name="Early help")
    narrow = Theme.objects.create(name="Family hubs", slug="family-hubs", broader=wide)
    assert "A term cannot be broader than itself." in errors_of(edit(wide).fill(broader=narrow.pk).post())


def test_a_group_of_synonyms_needs_two_words(form):
    opened = form(add_url(SynonymGroup)).fill(terms="MASH\nmash", relation="same")
    assert "at least two different words" in errors_of(opened.post())
    assert opened.fill(terms="multi-agency safeguarding hub\nMASH").post().status_code == 302


def test_a_term_in_use_stays_and_its_uses_are_counted(editor, client):
    entry = a_case_study("Family centres")
    cohort = with_cohort(entry, "Adolescents")
    listed = client.get(list_url(Cohort)).content.decode()
    assert "Adolescents" in listed
    delete = reverse(Cohort.snippet_viewset.get_url_name("delete"), args=[cohort.pk])
    page = client.post(delete, follow=True).content.decode()
    assert "“Adolescents” cannot be deleted: it is used 1 time." in page
    assert Cohort.objects.filter(pk=cohort.pk).exists()

    unused = Cohort.objects.get(name="Unaccompanied children")
    client.post(reverse(Cohort.snippet_viewset.get_url_name("delete"), args=[unused.pk]))
    assert not Cohort.objects.filter(pk=unused.pk).exists(), "the control: what is not used can go"


@pytest.mark.parametrize(
    "model", [Cohort, SystemCondition, Outcome, Theme, Source, Study, SynonymGroup, OpenQuestion]
)
def test_a_list_asks_as_many_questions_for_many_as_for_few(
    editor, client, django_assert_max_num_queries, model
):
    for number in range(30):
        {
            SynonymGroup: lambda n: SynonymGroup.objects.create(terms=[f"word {n}", f"other {n}"]),
            Source: lambda n: a_source(f"src-{n}"),
            Study: lambda n: Study.objects.create(key=f"st-{n}", title=f"Study {n}", design="process"),
            OpenQuestion: lambda n: OpenQuestion.objects.create(slug=f"q-{n}", title=f"Question {n}"),
        }.get(model, lambda n: model.objects.create(name=f"Term {n}", slug=f"term-{n}"))(number)
    with django_assert_max_num_queries(30):
        response = client.get(list_url(model))
    assert response.status_code == 200


def test_lists_are_searched_by_title_and_narrowed(editor, client):
    Study.objects.create(key="st-a", title="Trial of small units", design="randomised-trial")
    Study.objects.create(key="st-b", title="Interviews about hubs", design="qualitative", live=False)
    found = client.get(list_url(Study), {"q": "small units"}).content.decode()
    assert "Trial of small units" in found
    assert "Interviews about hubs" not in found
    found = client.get(list_url(Study), {"design": "qualitative"}).content.decode()
    assert "Interviews about hubs" in found
    assert "Trial of small units" not in found


def test_a_source_is_chosen_by_words_or_added_without_leaving_the_form(editor, client):
    a_source("src-a", title="Hubs in Leeds", publisher="The Council")
    a_source("src-b", title="Trials", publisher="A University")
    chooser = "wagtailsnippetchoosers_practice_library_source"
    found = client.get(reverse(f"{chooser}:choose_results"), {"q": "council hubs"}).content.decode()
    assert "Hubs in Leeds" in found
    assert "Trials" not in found
    shown = client.get(reverse(f"{chooser}:choose")).json()
    assert "New source" in shown["html"]
    data = {
        "title": "A new report",
        "publisher": "DfE",
        "year": "2025",
        "address": "https://example.org/report",
    }
    answer = client.post(reverse(f"{chooser}:create"), data).json()
    assert answer["step"] == "chosen"
    source = Source.objects.get(title="A new report")
    assert source.key == "src-a-new-report-2025"
    assert answer["result"]["id"] == str(source.pk)


def test_an_organisation_is_chosen_by_searching_for_its_name(editor, client):
    found = client.get(
        reverse("wagtailsnippetchoosers_places_organisation:choose_results"), {"q": "cheshire west"}
    ).content.decode()
    assert "Cheshire West and Chester" in found
    assert "Cheshire East" not in found


def a_study_about(form, entry, **values):
    """The form that “add a study about this entry” opens, filled in."""
    opened = form(f"{add_url(Study)}?entry={entry.pk}")
    assert opened.data["entry_rows-0-entry"] == str(entry.pk)
    opened.fill(
        title="Evaluation of family centres",
        year="2024",
        design="randomised-trial",
        implementation_only="false",
    )
    opened.fill(same_sample_as_answer="none")
    opened.add("study_sources", source=Source.objects.get(key="src-report")).fill(**values)
    for outcome, direction in (("Entry to care", "favourable"), ("School attendance", "no-effect")):
        opened.add(
            "findings",
            outcome=Outcome.objects.get(name=outcome),
            statement=f"{outcome} was compared.",
            direction=direction,
            claimed_by="evaluator",
            kind="outcome",
            compared="true",
            powered="unknown",
            harm_looked_for="unknown",
        )
    return opened


def levels(entry) -> dict[str, int]:
    ratings = OutcomeRating.objects.current().filter(entry=entry.pk).exclude(outcome=None)
    return {rating.outcome.name: rating.strength for rating in ratings}


def test_one_study_with_two_findings_is_rated_when_it_is_published(form, edit):
    entry = a_case_study("Family centres")
    response = a_study_about(form, entry).post()
    assert response.status_code == 302
    study = Study.objects.get()
    assert study.key == "st-evaluation-of-family-centres-2024"
    assert not study.live
    assert study.entry_rows.count() == 1, "the entry that was filled in must not double"
    assert levels(entry) == {}, "a draft does not count"

    assert edit(study).publish().status_code == 302
    assert levels(entry) == {"Entry to care": 4, "School attendance": 4}
    assert Study.objects.get().findings.count() == 2


def test_one_changed_fact_changes_the_rating_and_unpublishing_takes_it_away(editor, edit, client):
    entry = a_case_study("Family centres")
    with_trial(entry, outcome="Entry to care")
    study = Study.objects.get()
    StudySource.objects.create(study=study, source=a_source())
    assert levels(entry) == {"Entry to care": 4}
    assert edit(study).fill(design="qualitative").post().status_code == 302
    assert levels(entry) == {"Entry to care": 4}, "a draft of a published study does not count"
    assert edit(study).publish().status_code == 302
    assert levels(entry)["Entry to care"] < 4
    client.post(reverse(Study.snippet_viewset.get_url_name("unpublish"), args=[study.pk]))
    assert levels(entry) == {}


def test_an_entry_that_a_study_leaves_loses_its_result(editor, edit):
    model, place = a_model("Small units"), a_case_study("Small units in Wigan")
    with_trial(model, place, outcome="Entry to care")
    study = Study.objects.get()
    StudySource.objects.create(study=study, source=a_source())
    assert levels(place) == {"Entry to care": 4}
    assert edit(study).remove("entry_rows", 1).publish().status_code == 302
    assert levels(place) == {}
    assert levels(model) == {"Entry to care": 4}


def test_publishing_a_study_asks_for_its_design_source_and_entry(form, editor):
    opened = form(add_url(Study)).fill(title="A study")
    html = errors_of(opened.publish())
    assert "This field is required" in html
    assert "Name at least one entry that it is about" in html
    assert "Say where it was read" in html
    assert not Study.objects.exists()
    assert opened.post().status_code == 302, "a draft needs its title only"


def test_an_entry_is_named_once_in_a_study(form, editor):
    entry = a_case_study("Family centres")
    html = errors_of(a_study_about(form, entry).add("entry_rows", entry=entry).post())
    assert "duplicate" in html.lower()


@pytest.mark.parametrize(
    ("answer", "studies", "stored"),
    [("not-reported", [], None), ("none", [], []), ("chosen", ["st-other"], ["st-other"])],
)
def test_same_people_not_reported_nobody_and_chosen_differ(form, edit, answer, studies, stored):
    Study.objects.create(key="st-other", title="Other study", design="process")
    entry = a_case_study("Family centres")
    opened = a_study_about(form, entry, same_sample_as_answer=answer, same_sample_as_studies=studies)
    assert opened.publish().status_code == 302
    study = Study.objects.get(key__startswith="st-evaluation")
    assert study.same_sample_as == stored
    shown = edit(study)
    assert shown.data["same_sample_as_answer"] == answer
    assert shown.data.getlist("same_sample_as_studies") == studies
    assert shown.publish().status_code == 302
    assert Study.objects.get(pk=study.pk).same_sample_as == stored, (
        "showing and saving it again changes nothing"
    )


@pytest.mark.parametrize(
    ("answer", "studies", "words"),
    [
        ("chosen", [], "Mark at least one study"),
        ("none", ["st-other"], "You marked studies"),
        ("chosen", ["st-nowhere"], "“st-nowhere” is not the key of a study."),
    ],
)
def test_same_people_must_make_sense(form, answer, studies, words):
    Study.objects.create(key="st-other", title="Other study", design="process")
    entry = a_case_study("Family centres")
    opened = a_study_about(form, entry, same_sample_as_answer=answer, same_sample_as_studies=studies)
    assert words in errors_of(opened.post())


def test_the_key_of_a_study_is_never_changed(editor, edit):
    study = Study.objects.create(key="st-one", title="One", design="process")
    edit(study).fill(key="st-two", title="Two").post()
    edit(study).publish()
    study.refresh_from_db()
    assert study.key == "st-one"


def test_an_entrys_page_lists_its_studies_and_leads_to_a_new_one(editor, edit):
    entry = a_case_study("Family centres")
    with_trial(entry, outcome="Entry to care", key="st-trial")
    html = edit(entry).html
    assert "Trial st-trial" in html
    assert f"{add_url(Study)}?entry={entry.pk}" in html
    assert "Entry to care</strong>: Better" in html


def test_an_open_question_with_what_is_known(form):
    a_case_study("Other entry in the library")
    opened = form(add_url(OpenQuestion)).fill(title="Do hubs help?", slug="do-hubs-help", state="open")
    opened.add("positions", side="for", text="Referrals fell.", source=a_source())
    entry = a_case_study("Family centres")
    opened.add("entry_rows", entry=entry.pk)
    assert "Other entry in the library" not in opened.html, "entries are chosen in a dialog, not listed"
    assert opened.post().status_code == 302
    assert [page.pk for page in OpenQuestion.objects.get().entries.all()] == [entry.pk]
    assert [str(row) for row in OpenQuestion.objects.get().positions.all()] == ["For: Referrals fell."]
