"""What stands on the shelves while every page is looked at: much, little and nothing, the same at each run."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.signal_handlers import disable_reference_index_auto_update
from website.places.indicators import CONTEXT_INDICATORS
from website.places.models import Alias, Judgement, Organisation
from website.places.services.authorities import load_places

from practice_library.choices import Section
from practice_library.models import Finding, OpenQuestion, Outcome, SystemCondition
from practice_library.services.ratings import rate_entries
from practice_library.services.tree import ensure_tree
from search.indexed import PEOPLE
from search.indexing import rebuild
from tests.browser.people import people, people_at_work
from tests.factories.entries import Written, case_study, open_question, practice_model
from tests.factories.places import OrganisationFactory, figure
from tests.factories.studies import SourceFactory
from tests.factories.vocabularies import CohortFactory, condition, outcome

#: A word as long as the longest that a source's address or a German partner brings; it must break, not push the page.
UNBROKEN = "Multiprofessionalsafeguardingpartnershiparrangement"
PLACES = ("camden", "leeds", "kent", "hackney", "leicester", "norfolk", "durham", "devon", "bristol", "essex")


@disable_reference_index_auto_update()  # two thirds of the time, and the CMS alone reads it
def stocked() -> None:
    """Entries, terms, places and questions of which much, little and nothing is known, indexed."""
    load_places()
    ensure_tree()
    _terms_that_nobody_uses()
    pods = _a_model_with_places()
    _a_case_study_told_in_full(pods)
    _what_little_is_known()
    _as_much_as_can_be(pods)
    _many_small_models()
    _hidden()
    _figures_of_wigan()
    people()
    people_at_work(Organisation.objects.get(slug="wigan"), Organisation.objects.get(slug="leeds"))
    rebuild()
    rebuild(PEOPLE)


def bare() -> None:
    """What a fresh database holds: the tree and people, nothing to read."""
    ensure_tree()
    people()
    rebuild()


def real() -> None:
    """The library that ships."""
    call_command("load_library", stdout=io.StringIO())
    rebuild()


def _terms_that_nobody_uses() -> None:
    condition("Nobody's condition")
    outcome("Nobody's outcome")
    OrganisationFactory(name="Quiet charity")


def _a_model_with_places() -> Written:
    pods = (
        practice_model(
            "Harbour pods",
            summary="Family practitioners hold cases in pods led by a social worker, for teenagers on the edge of care.",
            kind="programme",
            other_names=["Pods", "Harbour teams"],
            status="running",
            status_as_at="2026-03",
            start="2014",
            country="England",
        )
        .with_cohort("Children on the edge of care", ages="11 to 17")
        .with_condition("Time for direct work", presence="yes", note="Twelve cases for each pod.")
        .with_condition("High turnover", role="barrier", presence="no")
        .with_statement("A pod meets every week.", section="what_was_done")
        .with_statement("Trust grows because one person stays.", section="how_it_works", editors_reading=True)
        .with_statement("The weekly meeting.", section="must_keep")
        .with_outcome("Entry to care", direction="no-effect")
        .with_claim("Wellbeing")
    )
    for place, fields in {
        "camden": {"status": "running", "status_as_at": "2026-05"},
        "leeds": {"status": "stopped", "status_as_at": "2019", "stop_reason": "The money ended."},
        "kent": {},
    }.items():
        run = case_study(f"Harbour pods in {place.title()}", lead=place, **fields).running(pods)
        run.with_cohort("Children on the edge of care").with_claim("Entry to care", direction="mixed")
    run.with_partner("Leeds", known=True).with_condition("Time for direct work", presence="partly")
    for place, direction, presence in (
        ("norfolk", "favourable", "yes"), ("durham", "favourable", "yes"), ("devon", "favourable", "partly"),
        ("bristol", "no-effect", "no"), ("essex", "adverse", "no"), ("leicester", "no-effect", "no"),
    ):  # fmt: skip
        run = case_study(f"Harbour pods in {place.title()}", lead=place).running(pods)
        run.with_claim("Wellbeing", direction=direction).with_condition("A willing judge", presence=presence)
    return pods


def _a_case_study_told_in_full(pods: Written) -> None:
    told = (
        case_study(
            "Night court",
            lead="wigan",
            summary="A court that sits at night for mothers whose children may be taken into care.",
            status="running",
            status_as_at="2025-11",
            start="2019-04",
            contact_role="Head of court services",
        )
        .running(pods)
        .with_partner("NHS")
        .with_partner("River Trust", known=True)
        .with_cohort("Mothers", ages="18 and over", number="40 a year")
        .at_stage("Edge of care")
        .about("Courts")
        .for_workforce("Social workers")
        .with_statement("Mothers lost children again and again.", section="problem")
        .with_statement("The court sat on Thursday evenings.")
        .with_statement("Hearings clashed with bedtime.", section="what_did_not_work")
        .with_statement("“I was heard.”", section="voice", voice_who="A mother", voice_changed="no")
        .with_condition("A willing judge", presence="yes", necessity="essential", without_it="It stopped.")
        .with_condition("Short funding", role="barrier")
        .with_cost(
            "One year of court staff", as_printed="£120,000", price_year="2019-20", payer="The council"
        )
        .with_outcome("Entry to care", direction="favourable")
        .with_claim("Wellbeing", direction="adverse")
    )
    question = open_question("Do courts at night help?", outcome=Outcome.objects.get(name="Entry to care"))
    question.entries.add(told.page)
    question.save()
    Finding.objects.filter(study__entry_rows__entry=told.pk).update(direction="mixed")
    rate_entries(entry_ids=[told.pk])  # leaves a superseded rating to look at


def _what_little_is_known() -> None:
    practice_model("Lantern house", summary="A house for families. Nothing else is reported.")
    case_study("Tried once", lead="place-not-named", extent="brief", summary="A place tried it once.")
    case_study("Shared by three", lead="several-places", summary="Three places shared one team.")
    OpenQuestion.objects.create(title="What happened next?", slug="what-happened-next")


def _as_much_as_can_be(pods: Written) -> None:
    name = f"A very long name of a practice that nobody could shorten, called {UNBROKEN}"
    long_model = practice_model(name, slug="long-model", summary=_words(60), other_names=[UNBROKEN] * 4)
    told = case_study(
        f"{name} in one place",
        lead="leeds",
        slug="long-case-study",
        summary=_words(80),
        status="stopped",
        status_as_at="2020-01-31",
        stop_reason=_words(50),
        contact_role=UNBROKEN,
        reach=[
            (
                "reach",
                {
                    "group": f"{UNBROKEN} {n}",
                    "eligible": 900,
                    "offered": 400,
                    "started": 200,
                    "finished": 7,
                    "period": "2014 to 2020",
                    "source": UNBROKEN,
                },
            )
            for n in range(3)
        ],
        materials=[
            (
                "material",
                {
                    "title": _words(20),
                    "kind": "protocol",
                    "address": f"https://a.example/{UNBROKEN}",
                    "document": None,
                    "licence": "cc-by-4.0",
                },
            )
        ]
        * 4
        + [
            (
                "material",
                {
                    "title": "A protocol to take away",
                    "kind": "protocol",
                    "address": "",
                    "document": Document.objects.create(
                        title="Protocol", file=ContentFile(b"%PDF-1.4", name="protocol.pdf")
                    ),
                    "licence": "cc-by-4.0",
                },
            )
        ],
        updates=[("update", {"date": dt.date(2020, 5, 1), "text": _words(40), "source": UNBROKEN})] * 3,
        response=_words(80),
        response_on=dt.date(2021, 1, 1),
    ).running(pods)
    for entry in (told, long_model):
        _fill(entry)
    for place in PLACES:
        run = case_study(
            f"{name} in {place.title()}", lead=place, slug=f"long-in-{place}", variant=_words(30)
        )
        run.running(long_model).with_condition(f"Condition {UNBROKEN}", presence="no")
        run.with_outcome(f"Outcome {UNBROKEN}", direction="adverse", harm=_words(20))
        if place == "leeds":
            run.with_partner("Great union of charities", known=True).related_to(told, note=_words(30))
    _long_terms_and_places(long_model, told)


def _fill(entry: Written) -> None:
    """Everything a page of an entry can hold, several times, in words that do not break."""
    for number in range(6):
        source = f"src-long-{number}"
        from_source = {
            "source": SourceFactory(
                key=source, title=_words(30), address=f"https://a.example/{UNBROKEN}/{number}"
            )
        }
        entry.with_source(source)
        for section in Section.values:
            entry.with_statement(_words(25), section=section, claimed_by="provider", **from_source)
        entry.with_cohort(
            f"Children of {UNBROKEN} {number}", ages="0 to 25", exclusions=_words(15), threshold=_words(15)
        )
        facts = {
            "necessity": "essential",
            "level": "system",
            "power": "partners",
            "note": _words(20),
            "without_it": _words(20),
        }
        entry.with_condition(f"Condition {UNBROKEN} {number}", presence="partly", **facts, **from_source)
        entry.with_condition(f"Obstacle {UNBROKEN} {number}", role="barrier", presence="no", **facts)
        entry.with_cost(
            _words(20), as_printed=f"£{'1' * 12},000 {UNBROKEN}", payer=_words(10), pounds=1200, per="child"
        )
        direction = ("favourable", "no-effect", "mixed", "adverse", "inconclusive", "not-known")[number]
        study = {"title": _words(30), "authors": [UNBROKEN, "B Author"]}
        entry.with_outcome(
            f"Outcome {UNBROKEN} {number}", direction=direction, study=study, harm=_words(15), **from_source
        )
        entry.about(f"Theme {UNBROKEN} {number}").at_stage(f"Stage {UNBROKEN} {number}")


def _long_terms_and_places(long_model: Written, told: Written) -> None:
    for term in (SystemCondition, Outcome):
        term.objects.filter(name__contains=UNBROKEN).update(scope_note=_words(80), synonyms=[UNBROKEN] * 3)
    CohortFactory(name="Children on the edge of care").synonyms.append("teenagers on the edge of care")
    union = Organisation.objects.get(slug="great-union-of-charities")
    union.name, union.website = f"The {UNBROKEN} of {_words(20)}"[:200], f"{UNBROKEN.lower()}.example"
    union.save()
    Alias.objects.create(organisation=union, alias=f"The {UNBROKEN}", kind="name")
    long = open_question(
        f"Is it true that {UNBROKEN} helps?",
        slug="long-question",
        summary=_words(80),
        asked_by=UNBROKEN,
        help_wanted=_words(60),
        outcome=Outcome.objects.filter(name__contains=UNBROKEN).first(),
        state="being-tested",
    )
    for number in range(8):
        long.positions.create(
            side=("for", "against", "tests", "join")[number % 4],
            text=_words(40),
            source=SourceFactory(key=f"src-long-{number % 6}"),
        )
    long.entries.add(long_model.page, told.page)
    long.save()


def _many_small_models() -> None:
    for number in range(24):
        practice_model(f"Small step {number + 1}", summary="One of many small steps towards an open door.")


def _hidden() -> None:
    case_study("Nobody may read this", lead="wigan", hidden_at=timezone.now())


def _words(number: int) -> str:
    """Plain words, with one that does not break."""
    said = ["families", "meet", "the", "same", "worker", "each", "week", "and"]
    return " ".join(said[at % len(said)] for at in range(number - 1)).capitalize() + f" {UNBROKEN}."


def _figures_of_wigan() -> None:
    """Six measures of it and its neighbours, one cell not published, one absurd; Leeds and Rutland have none."""
    wigan = Organisation.objects.get(slug="wigan")
    alike = [wigan, *Organisation.objects.neighbours_of(wigan)]
    for number, key in enumerate(CONTEXT_INDICATORS):
        for place, each in enumerate(alike):
            if (number, place) == (1, 3):
                figure(each, "c", key=key, status="suppressed")
            else:
                caution = "far-out" if (number, place) == (2, 4) else ""
                figure(
                    each, f"{9000 if caution else 40 * number + 3 * place + 5}.0", key=key, caution=caution
                )
    Judgement.objects.create(
        organisation=wigan, framework="ILACS", published=dt.date(2026, 1, 28), leaders="good"
    )


WORLDS: dict[str, Callable[[], None]] = {"stocked": stocked, "bare": bare, "real": real}
