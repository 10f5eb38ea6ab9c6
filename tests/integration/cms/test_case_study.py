"""A case study in the CMS: drafts save freely and keep their rows, publishing asks for what readers need."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from practice_library.models import CaseStudyPage, Cohort, ConditionRow, Stage, SystemCondition, Theme
from practice_library.services.tree import section_for
from tests.factories.making import a_case_study, a_model, with_condition, with_statement

from .conftest import errors_of

CONDITIONS = ("Co-location", "Leadership", "Data sharing")


def with_three_conditions(form: Any) -> Any:
    for name in CONDITIONS:
        form.add(
            "condition_rows",
            tag=SystemCondition.objects.get(name=name),
            role="enabler",
            note=f"{name} helped.",
        )
    return form


def names_of_conditions(page: CaseStudyPage) -> list[str]:
    return [row.tag.name for row in page.condition_rows.all()]


def test_a_draft_keeps_its_rows_and_publishing_shows_them(new_case_study, edit):
    assert with_three_conditions(new_case_study()).post().status_code == 302
    page = CaseStudyPage.objects.get(slug="family-centres")
    assert not page.live
    draft = page.get_latest_revision_as_object()
    assert names_of_conditions(draft) == list(CONDITIONS)

    assert edit(page).publish().status_code == 302
    page.refresh_from_db()
    assert page.live
    assert names_of_conditions(CaseStudyPage.objects.get(pk=page.pk)) == list(CONDITIONS)
    assert ConditionRow.objects.filter(content_object=page).count() == 3, "publishing must not double rows"
    assert page.get_url() == "/practice/wigan/family-centres/"


def test_a_draft_needs_a_title_only(new_case_study):
    form = new_case_study().fill(summary="", lead_organisation="")
    form.remove("entry_sources", 0)
    assert form.post().status_code == 302
    assert not CaseStudyPage.objects.get(slug="family-centres").live


def test_publishing_asks_for_summary_source_and_place(new_case_study):
    form = new_case_study().fill(summary="", lead_organisation="", status="running", status_as_at="")
    form.remove("entry_sources", 0)
    html = errors_of(form.publish())
    assert "Name at least one source" in html
    assert "Choose the lead organisation, or say below why there is none." in html
    assert "Say when this was last reported." in html
    assert not CaseStudyPage.objects.exists()


def test_an_edit_of_what_is_live_waits_for_publishing(editor, edit):
    page = a_case_study("Family centres")
    with_condition(page, "Leadership")
    form = edit(page).remove("condition_rows", 0)
    assert with_three_conditions(form).post().status_code == 302
    assert names_of_conditions(CaseStudyPage.objects.get(pk=page.pk)) == ["Leadership"], (
        "the draft must not leak"
    )
    assert edit(page).publish().status_code == 302
    assert names_of_conditions(CaseStudyPage.objects.get(pk=page.pk)) == list(CONDITIONS)


def test_an_older_revision_can_be_restored(new_case_study, edit, form):
    with_three_conditions(new_case_study()).publish()
    page = CaseStudyPage.objects.get(slug="family-centres")
    first = page.latest_revision
    edit(page).remove("condition_rows", 0).remove("condition_rows", 1).publish()
    assert len(names_of_conditions(CaseStudyPage.objects.get(pk=page.pk))) == 1
    opened = form(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk]))
    response = opened.publish()
    assert response.status_code == 302
    assert names_of_conditions(CaseStudyPage.objects.get(pk=page.pk)) == list(CONDITIONS)


def test_what_is_scheduled_goes_live_at_its_time_and_goes_at_its_end(new_case_study):
    start = timezone.now() + dt.timedelta(days=1)
    end = start + dt.timedelta(days=1)
    form = new_case_study().fill(go_live_at=f"{start:%Y-%m-%d %H:%M}", expire_at=f"{end:%Y-%m-%d %H:%M}")
    assert form.publish().status_code == 302
    page = CaseStudyPage.objects.get(slug="family-centres")
    assert not page.live
    call_command("publish_scheduled")
    assert not CaseStudyPage.objects.get(pk=page.pk).live, "not before its time"
    with time_machine.travel(start + dt.timedelta(minutes=2)):
        call_command("publish_scheduled")
        assert CaseStudyPage.objects.get(pk=page.pk).live
    with time_machine.travel(end + dt.timedelta(minutes=2)):
        call_command("publish_scheduled")
        page = CaseStudyPage.objects.get(pk=page.pk)
        assert not page.live
        assert page.expired


def test_a_new_version_can_be_scheduled_without_taking_the_present_one_away(editor, edit):
    """What the loader wrote has no live revision; Wagtail alone would unpublish it until the new version's time."""
    page = a_case_study("Family centres", first_published_at=timezone.now())
    assert page.live
    assert page.live_revision is None
    soon = timezone.now() + dt.timedelta(days=1)
    form = edit(page).fill(summary="A new summary.", go_live_at=f"{soon:%Y-%m-%d %H:%M}")
    assert form.publish().status_code == 302
    page = CaseStudyPage.objects.get(pk=page.pk)
    assert page.live
    assert page.summary != "A new summary."
    with time_machine.travel(soon + dt.timedelta(minutes=2)):
        call_command("publish_scheduled")
        assert CaseStudyPage.objects.get(pk=page.pk).summary == "A new summary."


def test_an_unknown_term_is_an_error_and_never_dropped(new_case_study):
    form = new_case_study().fill(stages=[Stage.objects.get(name="Targeted").pk, 999_999])
    form.add("condition_rows", tag=888_888, role="enabler")
    html = errors_of(form.post())
    assert "This term is not in the list." in html
    assert "Select a valid choice" in html
    assert not CaseStudyPage.objects.exists()


def test_vocabularies_are_closed_to_free_words(new_case_study):
    terms = Theme.objects.count(), Stage.objects.count()
    html = errors_of(new_case_study().fill(themes=["Edge of care, and more"]).post())
    assert "This term is not in the list." in html
    assert (Theme.objects.count(), Stage.objects.count()) == terms


def test_ticked_terms_are_kept_with_their_commas(new_case_study, edit):
    theme = Theme.objects.create(name="Housing, debt and poverty", slug="housing")
    new_case_study().fill(themes=[theme.pk], keywords="kinship, special guardians").publish()
    page = CaseStudyPage.objects.get(slug="family-centres")
    assert [term.name for term in page.themes.all()] == ["Housing, debt and poverty"]
    assert sorted(word.name for word in page.keywords.all()) == ["kinship", "special guardians"]
    assert edit(page).publish().status_code == 302
    assert [term.name for term in CaseStudyPage.objects.get(pk=page.pk).themes.all()] == [theme.name]


def test_the_same_group_twice_is_refused_in_words(new_case_study):
    form = new_case_study()
    cohort = Cohort.objects.get(name="Adolescents")
    html = errors_of(form.add("cohort_rows", tag=cohort).add("cohort_rows", tag=cohort).post())
    assert "duplicate" in html.lower()


@pytest.mark.parametrize(
    ("rows", "values", "words"),
    [
        (
            "partners",
            {"organisation": "", "name": ""},
            "Choose an organisation, or give its name as printed.",
        ),
        (
            "costs",
            {"what": "A family", "pounds": "12"},
            "Say whether this is for one child or for one family.",
        ),
        ("related_rows", {"relation": "see-also"}, "Choose an entry, or say in the note what is meant."),
    ],
)
def test_what_the_database_refuses_is_said_in_words(new_case_study, rows, values, words):
    assert words in errors_of(new_case_study().add(rows, **values).post())


def test_a_case_study_begins_with_the_lead_of_its_section(new_case_study, client):
    form = new_case_study("hackney")
    assert form.data["lead_organisation"] == str(section_for(lead="hackney").organisation_id)


def test_a_new_case_study_is_begun_by_choosing_its_place(form, client):
    opened = form(reverse("library_new_case_study"))
    assert "Choose the lead organisation" in errors_of(opened.post())
    hackney = section_for(lead="wigan").organisation
    response = opened.fill(lead=hackney.pk).post()
    section = section_for(lead="wigan")
    assert response["Location"] == reverse(
        "wagtailadmin_pages:add", args=["practice_library", "casestudypage", section.pk]
    )


def test_another_lead_moves_a_draft_at_once_and_a_live_page_when_published(new_case_study, edit, client):
    hackney = section_for(lead="hackney").organisation
    new_case_study().fill(lead_organisation=hackney.pk).post()
    page = CaseStudyPage.objects.get(slug="family-centres")
    assert page.get_parent().slug == "hackney"
    edit(page).publish()

    leeds = section_for(lead="leeds").organisation
    edit(page).fill(lead_organisation=leeds.pk).post()
    assert Page.objects.get(pk=page.pk).get_parent().slug == "hackney", (
        "a draft does not move what readers see"
    )
    edit(page).publish()
    page = CaseStudyPage.objects.get(pk=page.pk)
    assert page.get_parent().slug == "leeds"
    assert page.get_url() == "/practice/leeds/family-centres/"
    assert page.lead_organisation == leeds


def test_a_place_without_a_name_is_never_guessed(new_case_study):
    new_case_study().fill(lead_organisation="", place_without_lead="place-not-named").publish()
    page = CaseStudyPage.objects.get(slug="family-centres")
    assert page.live
    assert page.lead_organisation is None
    assert page.get_parent().slug == "place-not-named"


def test_a_lead_and_no_lead_contradict_each_other(new_case_study):
    html = errors_of(new_case_study().fill(place_without_lead="several-places").post())
    assert "It has a lead, Wigan." in html


def test_title_and_address_are_a_places_own(editor, new_case_study):
    a_case_study("Family centres", lead="hackney", slug="centres")
    hackney = section_for(lead="hackney").organisation
    form = new_case_study().fill(lead_organisation=hackney.pk, slug="centres")
    html = errors_of(form.post())
    assert "Another case study of this place has this address." in html
    assert "Another case study of this place has this title." in html
    assert new_case_study().fill(slug="centres").post().status_code == 302, "elsewhere both are free"


def test_small_numbers_are_asked_about_after_saving(new_case_study, client):
    form = new_case_study().fill(
        summary="Of the two siblings, three of seven children went home. 24 families took part."
    )
    response = form.post(follow=True)
    page = response.content.decode()
    assert "three of seven children" in page
    assert "24 families" not in page.split("Numbers under ten")[1].split("</li>")[0]


def test_autosave_piles_no_questions_up(new_case_study, edit, client):
    new_case_study().post()
    page = CaseStudyPage.objects.get(slug="family-centres")
    form = edit(page).fill(summary="Three of seven children went home.")
    assert form.post(HTTP_ACCEPT="application/json").json()["success"] is True
    assert "Numbers under ten can point to a family" not in edit(page).html
    assert "Numbers under ten can point to a family" in edit(page).post(follow=True).content.decode()


def test_an_old_address_leads_on_after_a_move(editor, edit, client, django_capture_on_commit_callbacks):
    page = a_case_study("Family centres")
    with django_capture_on_commit_callbacks(execute=True):
        edit(page).fill(lead_organisation=section_for(lead="leeds").organisation_id, slug="centres").publish()
    assert client.get("/practice/leeds/centres/").status_code == 200
    old = client.get("/practice/wigan/family-centres/")
    assert old.status_code == 301
    assert old["Location"].endswith("/practice/leeds/centres/")


def test_nobody_moves_a_case_study_away_from_its_lead(editor, client):
    page = a_case_study("Family centres")
    hackney = section_for(lead="hackney")
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, hackney.pk]))
    assert Page.objects.get(pk=page.pk).get_parent().slug == "wigan"


def test_it_can_be_previewed_before_it_is_published(new_case_study, client):
    form = with_three_conditions(new_case_study())
    form.post()
    page = CaseStudyPage.objects.get(slug="family-centres")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form.data["title"] = "Family centres anew"
    answer = client.post(url, form.data.urlencode(), content_type="application/x-www-form-urlencoded").json()
    assert answer["is_valid"] is True
    html = client.get(url).content.decode()
    assert "Family centres anew" in html
    for name in CONDITIONS:
        assert f"{name} helped." in html
    assert client.get("/practice/wigan/family-centres/").status_code == 404, "readers see nothing of it"


def test_autosave_saves_new_rows_once(new_case_study, edit, client):
    """Autosave answers with the ids of new rows; sent back, they are the same rows."""
    new_case_study().post()
    page = CaseStudyPage.objects.get(slug="family-centres")
    form = with_three_conditions(edit(page))
    answer = form.post(HTTP_ACCEPT="application/json").json()
    assert answer["success"] is True
    for name, value in answer["field_updates"].items():
        form.data[name] = value
    form.data["overwrite_revision_id"] = str(answer["revision_id"])
    answer = form.post(HTTP_ACCEPT="application/json").json()
    assert answer["success"] is True
    assert names_of_conditions(CaseStudyPage.objects.get(pk=page.pk)) == list(CONDITIONS)


def test_a_model_is_edited_like_a_case_study(editor, edit):
    page = a_model("Small units")
    form = edit(page).fill(other_names="Hackney model\nReclaiming social work\n\nHackney model")
    assert form.publish().status_code == 302
    page.refresh_from_db()
    assert page.other_names == ["Hackney model", "Reclaiming social work"]


@pytest.mark.parametrize(("name", "parent"), [("casestudypage", "wigan"), ("practicemodelpage", "models")])
def test_what_was_never_saved_can_be_previewed(form, client, name, parent):
    section_for(lead="wigan")
    at = ["practice_library", name, Page.objects.get(slug=parent, depth=4).pk]
    opened = form(reverse("wagtailadmin_pages:add", args=at)).fill(
        title="Something new", slug="something-new"
    )
    opened.add("condition_rows", tag=SystemCondition.objects.first(), role="barrier", note="It was far away.")
    url = reverse("wagtailadmin_pages:preview_on_add", args=at)
    answer = client.post(
        url, opened.data.urlencode(), content_type="application/x-www-form-urlencoded"
    ).json()
    assert answer["is_valid"] is True
    html = client.get(url).content.decode()
    assert "Something new" in html
    assert "It was far away." in html


def test_the_preview_of_a_live_entry_shows_its_draft(editor, edit, client):
    page = a_case_study("Family centres")
    with_condition(page, "Leadership", note="Old words.")
    edit(page).fill(condition_rows__0__note="New words.").post()
    html = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    assert "New words." in html
    assert "Old words." not in html


def test_publishing_an_entry_as_it_is_changes_nothing_in_it(editor, edit):
    page = a_case_study("Family centres")
    with_condition(page, "Leadership", note="It mattered.", further_sources=["src-other"])
    with_statement(page, "We read it so.", editors_reading=True, section="how_it_works")

    def rows() -> list[dict]:
        entry = CaseStudyPage.objects.get(pk=page.pk)
        return [*entry.condition_rows.values(), *entry.statements.values(), *entry.entry_sources.values()]

    before = rows()
    assert edit(page).publish().status_code == 302
    assert [{**row, "sort_order": 0} for row in rows()] == [{**row, "sort_order": 0} for row in before]
