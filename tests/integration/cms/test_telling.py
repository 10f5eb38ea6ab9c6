"""Whatever changes the public face of an entry is told to the outbox, once, in the transaction that changes it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from website.outbox.models import Change
from website.places.models import Alias, Organisation

from practice_library.models import (
    CaseStudyPage,
    Cohort,
    Entry,
    Outcome,
    OutcomeRating,
    PlaceSection,
    PracticeIndexPage,
    Source,
    Study,
    StudySource,
)
from practice_library.services.telling import tell
from practice_library.signals import page_published
from tests.factories.making import (
    a_case_study,
    a_model,
    a_source,
    with_claim,
    with_cohort,
    with_statement,
    with_trial,
)


def uids(*entries) -> list[str]:
    return sorted(str(entry.uid) for entry in entries)


@pytest.fixture
def model(editor):
    return a_model("Small units")


@pytest.fixture
def place(model):
    return a_case_study("Small units in Wigan", models=(model,))


@pytest.fixture
def other(model):
    return a_case_study("Small units in Leeds", lead="leeds", models=(model,))


def publish(thing) -> None:
    thing.save_revision().publish()


def test_a_draft_tells_nothing(place, edit, told):
    told()
    edit(place).fill(summary="A new summary.").post()
    assert told() == []


def test_a_published_place_tells_itself_and_its_model(place, other, model, edit, told):
    told()
    edit(place).fill(summary="A new summary.").publish()
    assert told() == uids(place, model)


def test_a_published_model_tells_its_places(place, other, model, edit, told):
    told()
    edit(model).fill(title="Smaller units").publish()
    assert told() == uids(place, other, model)


def test_a_model_that_a_place_no_longer_runs_is_told(place, model, edit, told):
    told()
    edit(place).remove("models_used", 0).publish()
    assert told() == uids(place, model)


def test_a_page_that_is_published_first_is_told_once(new_case_study, told):
    told()
    new_case_study().publish()
    assert told() == uids(CaseStudyPage.objects.get(slug="family-centres"))


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_what_goes_is_told(place, model, client, told, action):
    told()
    response = client.post(reverse(f"wagtailadmin_pages:{action}", args=[place.pk]))
    assert response.status_code == 302
    assert told() == uids(place, model)


def test_deleting_a_model_tells_its_places(place, other, model, client, told):
    told()
    model.delete()
    assert told() == uids(place, other, model)


def test_deleting_a_place_rates_the_other_place_of_its_study(place, other, told):
    """A study of two places rates neither; once one is gone it is about one place alone."""
    with_trial(place, other, outcome="Entry to care")
    assert not OutcomeRating.objects.current().filter(entry=other.pk).exclude(outcome=None).exists()
    told()
    place.delete()
    assert OutcomeRating.objects.current().get(entry=other.pk, outcome__name="Entry to care").strength == 4
    assert set(uids(place, other)) <= set(told())


def test_a_restriction_on_a_page_above_tells_everything_below(place, other, model, client, told):
    told()
    section = PlaceSection.objects.parent_of(place).get()
    url = reverse("wagtailadmin_pages:set_privacy", args=[section.pk])
    client.post(url, {"restriction_type": "login"})
    assert PageViewRestriction.objects.count() == 1
    assert told() == uids(place)
    assert place not in Entry.objects.published()
    client.post(url, {"restriction_type": "none"})
    assert told() == uids(place)
    client.post(
        reverse("wagtailadmin_pages:set_privacy", args=[PracticeIndexPage.objects.get().pk]),
        {"restriction_type": "login"},
    )
    assert told() == uids(place, other, model)


def test_a_place_that_turns_to_another_model_tells_both(place, model, edit, told):
    another = a_model("Larger units")
    told()
    edit(place).fill(models_used__0__model=another.pk).publish()
    assert told() == uids(place, model, another)


def test_moving_a_section_tells_what_stands_below(place, other, told):
    told()
    section = PlaceSection.objects.parent_of(place).get()
    section.move(PlaceSection.objects.parent_of(other).get(), pos="left")
    assert told() == uids(place)


def test_a_section_with_a_new_address_tells_what_stands_below(
    place, told, django_capture_on_commit_callbacks
):
    told()
    section = PlaceSection.objects.parent_of(place).get()
    section.slug = "wigan-council"
    with django_capture_on_commit_callbacks(execute=True):
        publish(section)
    assert set(told()) == set(uids(place))


def test_a_study_tells_its_entries_and_the_models_of_its_places(place, other, model, edit, told):
    with_trial(place, outcome="Entry to care")
    study = Study.objects.get()
    StudySource.objects.create(study=study, source=a_source())
    told()
    edit(study).fill(design="qualitative").post()
    assert told() == [], "a draft"
    edit(study).publish()
    assert told() == uids(place, model)
    edit(study).fill(entry_rows__0__entry=other.pk).publish()
    assert told() == uids(place, other, model), "before and after"
    study.refresh_from_db()
    study.delete()
    assert told() == uids(other, model)
    assert not OutcomeRating.objects.current().filter(entry=other.pk).exclude(outcome=None).exists()


def test_a_draft_study_that_is_deleted_tells_nothing(place, told):
    with_trial(place, outcome="Entry to care")
    Study.objects.update(live=False)
    told()
    Study.objects.get().delete()
    assert told() == []


def test_a_renamed_term_tells_the_entries_with_it_and_with_narrower_terms(place, other, edit, told):
    cohort = with_cohort(place, "Adolescents")
    narrower = with_cohort(other, "Teenagers at risk")
    Cohort.objects.filter(pk=narrower.pk).update(broader=cohort)
    told()
    edit(cohort).fill(name="Teenagers").post()
    assert told() == uids(place, other)


def test_a_renamed_outcome_tells_claims_and_studies(place, other, edit, told):
    with_claim(place, "Entry to care")
    with_trial(other, outcome="Entry to care")
    told()
    edit(Outcome.objects.get(name="Entry to care")).fill(name="Entering care").post()
    assert told() == uids(place, other)


def test_a_corrected_source_tells_whoever_names_it(place, other, edit, told):
    source = Source.objects.create(key="src-x", title="Report X")
    statement = with_statement(place, "It worked.")
    statement.source = source
    statement.save()
    trial = with_trial(other, outcome="Entry to care")
    trial.source = source
    trial.save()
    told()
    edit(source).fill(title="Report Y").post()
    assert told() == uids(place, other)


def test_a_renamed_place_tells_its_case_studies_once(place, other, edit, told):
    wigan = Organisation.objects.get(slug="wigan")
    for name in ("Wigan Metropolitan", "Wigan Deal"):
        Alias.objects.create(organisation=wigan, alias=name, source="test")
    told()
    wigan.short_name = "Wigan Council"
    wigan.save()
    for alias in wigan.aliases.all():
        alias.save()
    assert told() == uids(place)


def test_a_change_that_is_rolled_back_is_told_to_nobody(place, told):
    told()
    with transaction.atomic():
        tell([place.pk])
        transaction.set_rollback(True)
    assert told() == []
    tell([place.pk])
    tell([place.pk])
    assert told() == uids(place), "and the next change is told again, once"


def test_what_was_drained_is_told_again_when_it_changes_again(place, told):
    told()
    tell([place.pk])
    Change.objects.update(done_at=timezone.now())
    tell([place.pk])
    assert Change.objects.pending().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_publication_that_breaks_leaves_neither_page_nor_change(place, edit, monkeypatch, client):
    """Page and outbox row stand or fall together, in the CMS and in the scheduler."""
    Change.objects.all().delete()
    before = Entry.objects.get(pk=place.pk).title

    def breaks(*args, **kwargs):
        raise RuntimeError("the disk is full")

    form = edit(place).fill(title="Another title")
    monkeypatch.setattr("practice_library.services.telling.record_changes", breaks)
    client.raise_request_exception = False
    assert form.publish().status_code == 500
    page = CaseStudyPage.objects.get(pk=place.pk)
    assert page.title == before
    assert not Change.objects.exists()
    page.title = "Another title"
    with pytest.raises(RuntimeError, match="the disk is full"):
        page.save_revision().publish()
    assert CaseStudyPage.objects.get(pk=place.pk).title == before


def test_telling_asks_as_many_questions_for_many_places_as_for_few(model, place, other):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            page_published(instance=model)
        Change.objects.all().delete()
        return len(asked)

    few = questions()
    for number in range(10):
        a_case_study(f"Small units again {number}", models=(model,))
    assert questions() <= few <= 20
