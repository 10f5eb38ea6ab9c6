"""Entries side by side: what is known of each, what is not, and nothing of what nobody may read."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practice_library.comparing import address, read_chosen
from practice_library.models import Entry, Source
from tests.factories.entries import Written, case_study, practice_model
from tests.integration.pages.conftest import words_of
from tests.integration.pages.test_cost_of_pages import fill
from tests.integration.pages.test_visibility import CANARY, CONCEALED

pytestmark = pytest.mark.django_db

SOURCE = re.compile(r'<span class="pc-quiet pc-compare__note">Source: .*?</span>')
MOST_QUERIES = 10
NOBODY = "00000000-0000-4000-8000-000000000000"


def of(*entries: Written, **more: str) -> str:
    return address([entry.page.uid for entry in entries], **more)


def row(page: str, heading: str) -> list[str]:
    """The words of each cell of the row with this heading, without who says so."""
    cells = SOURCE.sub("", row_html(page, heading)).split("<td ")[1:]
    return [words_of(cell.split(">", 1)[1].split("</td>")[0]) for cell in cells]


def row_html(page: str, heading: str) -> str:
    """The same as it is written."""
    for part in page.split('<tr role="row"')[1:]:
        if heading in words_of(part.split("<td ")[0].split(">", 1)[1]):
            return part
    raise AssertionError(f"no row {heading}")


@pytest.fixture
def pods() -> Written:
    model = practice_model("Harbour pods").with_cohort("Teenagers", ages="11 to 17")
    model.with_condition("Trust", necessity="essential").with_condition("Time", presence="partly")
    model.with_cost("A pod for a year", as_printed="£90,000", price_year="2019-20").with_cost("Training")
    model.for_workforce("Social workers").with_statement("Twelve staff.", section="who_did_it")
    model.with_statement("Referrals dried up.", section="what_did_not_work")
    model.with_outcome(
        "Entry to care", direction="no-effect", powered=True, follow_up_months=12, harm="More crises."
    )
    case_study("Pods in Leeds", lead="leeds", status="stopped", stop_reason="The money ended.").running(model)
    case_study("Pods in Kent", lead="kent", status="running", months_to_first_result=6).running(model)
    return model


@pytest.fixture
def court() -> Written:
    place = case_study("Night court", lead="wigan", status="stopped", status_as_at="2019")
    return (
        place.with_condition("Trust", role="barrier")
        .with_condition("A willing judge")
        .with_claim("Wellbeing", direction="adverse")
    )


class TestWhatIsCompared:
    def test_by_a_chosen_outcome(self, read, pods, court):
        page = read(of(pods, court, outcome="entry-to-care"))
        happened = row(page, "What happened: entry to care")
        assert happened[0].startswith("No difference")
        assert happened[1] == "Not known Not tested yet"
        tested = row(page, "How it was tested")
        assert tested[0].startswith("Compared with a similar group")
        assert "criteria met" in tested[0]
        assert tested[1] == "Not tested yet"
        assert '<option value="entry-to-care" selected>Entry to care (a result in 1 of 2)' in page

    def test_without_an_outcome_the_hardest_tested_results(self, read, pods, court):
        page = read(of(pods, court))
        assert "No difference entry to care" in row(page, "What happened")[0]
        assert "Worse wellbeing" in row(page, "What happened")[1]
        assert row(page, "How it was tested") == [
            "Compared with a similar group",
            "Reported by practitioners",
        ]

    def test_conditions_shared_and_differing_are_marked_in_words(self, read, pods, court):
        page = read(of(pods, court))
        assert row(page, "Trust Shared: named by both, differing in whether it helped") == [
            "As help. Essential",
            "As obstacle",
        ]
        assert row(page, "Conditions that differ") == [
            "Time As help. At the start: partly",
            "A willing judge As help",
        ]

    def test_a_condition_that_one_of_three_leaves_out(self, read, pods, court):
        page = read(of(pods, court, practice_model("Quiet house")))
        assert row(page, "Shared: named by 2 of 3")[2] == "Not named in its sources"
        assert row(page, "Conditions that differ")[2] == "Not reported"

    def test_each_statement_says_who_says_so(self, read, pods):
        page = read(of(pods, outcome="entry-to-care"))
        report = Source.objects.get(key="src-shared")
        Source.objects.filter(pk=report.pk).update(
            publisher="Harbour Trust", year=2021, address="https://h.example/r"
        )
        pods.with_statement("Pods stand empty.", section="what_did_not_work", source=report, at="page 4")
        page = read(of(pods, outcome="entry-to-care"))
        wrong = row_html(page, "What went wrong")
        assert (
            'Source: <a class="govuk-link" href="https://h.example/r">Harbour Trust, 2021</a>, page 4'
            in wrong
        )
        for heading in ("What has to be in place", "Staffing", "What it cost"):
            assert "Source: <a" in row_html(page, heading)

    def test_no_condition_in_common_is_said(self, words, pods):
        assert "No condition is named by more than one of these." in words(of(pods, practice_model()))

    def test_staffing_costs_and_time(self, read, pods, court):
        page = read(of(pods, court))
        assert row(page, "Staffing") == ["Social workers Twelve staff.", "Not reported"]
        assert row(page, "What it cost") == [
            "£90,000: a pod for a year Prices of 2019-20 Amount not reported: training Price year not reported",
            "Not reported",
        ]
        assert row(page, "Time to first result") == [
            "6 months Kent Earliest finding measured after 12 months",
            "Not reported",
        ]

    def test_a_model_is_compared_by_what_its_places_tell_as_well(self, read, court):
        model = practice_model("Quiet house").with_statement("Doors jam.", section="what_did_not_work")
        model.with_statement("Small studies.", section="caution")
        place = case_study("Quiet house in Leeds", lead="leeds").running(model)
        place.with_cost("A room for a year", as_printed="£40,000", price_year="2021-22")
        place.with_statement("Few came.", section="what_did_not_work").with_statement(
            "Kent is far.", section="caution"
        )
        place.with_statement("Two staff.", section="who_did_it")
        several = read(of(model, court))
        assert row(several, "What it cost")[0] == "Leeds: £40,000: a room for a year Prices of 2021-22"
        assert row(several, "Staffing")[0] == "Leeds: Two staff."
        assert row(several, "What went wrong")[0] == "Doors jam. Leeds: Few came. Caution: Small studies."
        assert "Source: <a" in row_html(several, "What it cost")
        CONCEALED["hidden"](place.pk)
        alone = read(of(model, court))
        assert row(alone, "What it cost")[0] == row(alone, "Staffing")[0] == "Not reported"
        assert row(alone, "What went wrong")[0] == "Doors jam. Caution: Small studies."

    def test_more_than_fits_is_read_in_the_case_studies(self, read):
        model = practice_model("Quiet house")
        for number in range(6):
            case_study(lead=f"place-{number}").running(model).with_cost("A room", as_printed="£4")
        costs = row_html(read(of(model)), "What it cost")
        assert (
            '<a class="govuk-link" href="/practice/?model=quiet-house&amp;type=case_study">And 2 more'
            in costs
        )

    def test_what_went_wrong_begins_with_harm(self, read, pods, court):
        assert row(read(of(pods, court)), "What went wrong") == [
            "Harm: Entry to care changed. More crises. Referrals dried up.",
            "Not reported",
        ]

    def test_where_it_stopped_and_why(self, read, pods, court):
        quiet = practice_model("Quiet house")
        assert row(read(of(pods, court, quiet)), "Stopped anywhere") == [
            "1 of 2 case studies Leeds The money ended.",
            "Stopped, as reported in 2019 Reason not reported",
            "No place that ran it is known here",
        ]

    def test_a_model_of_which_no_place_stopped_says_what_is_not_known(self, read):
        model = practice_model()
        case_study(lead="leeds").running(model)
        case_study(lead="kent", status="running").running(model)
        page = read(of(model))
        assert row(page, "Stopped anywhere") == ["None reported in 2 case studies Not known of 1"]

    def test_a_study_of_several_places_says_nothing_about_one(self, read):
        from tests.factories.studies import finding_of, study_of

        model, here, there = practice_model(), case_study(lead="leeds"), case_study(lead="kent")
        study = study_of(model.page, here.page, there.page)
        finding_of(study, "Wellbeing", follow_up_months=9, harm="Some left.")
        page = read(of(model, here))
        assert "9 months" in row(page, "Time to first result")[0]
        assert row(page, "Time to first result")[1] == "Not reported"
        assert row(page, "What went wrong") == ["Harm: Wellbeing changed. Some left.", "Not reported"]

    def test_nothing_is_reported_says_so_everywhere(self, read):
        page = read(of(practice_model(), case_study()))
        for heading in (
            "Who it is for",
            "Staffing",
            "What it cost",
            "Time to first result",
            "What went wrong",
        ):
            assert row(page, heading) == ["Not reported", "Not reported"]

    def test_columns_stand_as_they_were_chosen(self, read, pods, court):
        for chosen in ((pods, court), (court, pods)):
            page = read(of(*chosen))
            names = [entry.page.title for entry in chosen]
            assert f'<h1 class="pc-title pc-title--long">Compare {" and ".join(names)}</h1>' in page
        assert "winner" not in words_of(page).lower()


class TestChoosing:
    def test_an_entry_page_begins_a_comparison(self, read, pods, court):
        for entry in (pods, court):
            assert f'href="{of(entry)}"' in read(entry.url)

    def test_leave_one_out_and_add_one(self, read, pods, court):
        page = read(of(pods, court, outcome="wellbeing"))
        assert f'href="{of(court, outcome="wellbeing").replace("&", "&amp;")}"' in page
        assert f'name="ids" value="{pods.page.uid},{court.page.uid}"' in page
        assert 'action="/practice/"' in page

    def test_four_fit_and_then_none_is_added(self, words, pods, court):
        text = words(of(pods, court, practice_model(), practice_model()))
        assert "Four entries are the most that fit." in text
        assert "Find another to add" not in text

    def test_the_last_one_left_out_leads_to_the_beginning(self, read, pods):
        assert 'href="/practice/compare/"' in read(of(pods))
        assert "Find entries to compare" in read("/practice/compare/")

    def test_nothing_is_kept(self, client, pods, court):
        assert not client.get(of(pods, court)).cookies

    def test_ids_may_be_repeated_parameters(self, words, pods, court):
        assert "Harbour pods" in words(f"/practice/compare/?ids={pods.page.uid}&ids={court.page.uid}")


class TestBadInput:
    def test_five_are_too_many_and_each_can_be_left_out(self, read, pods, court):
        five = [pods, court, *(practice_model(f"Step {n}") for n in range(3))]
        page = read(of(*five), status=400)
        assert "At most 4 entries fit side by side." in page
        assert "<table" not in page
        assert all(f'href="{of(*(e for e in five if e is not out))}"' in page for out in five)

    @pytest.mark.parametrize("given", ["not-an-id", "\x00", "1' or 1=1", "a," * 5000])
    def test_what_is_no_id(self, words, client, pods, given):
        answer = client.get("/practice/compare/", {"ids": [str(pods.page.uid), given]})
        assert answer.status_code == 400
        assert "Part of the address is not the id of an entry." in words_of(answer.content.decode())
        assert client.get("/practice/compare/", {"ids": given}).status_code == 400

    def test_a_repeated_id_is_shown_once(self, words, pods):
        text = words(of(pods, pods))
        assert "An entry that was named twice is shown once." in text

    def test_an_unknown_outcome(self, words, pods):
        assert "There is no outcome of that name here" in words(of(pods, outcome="magic\x00"))

    @pytest.mark.parametrize("how", CONCEALED)
    def test_concealed_and_unknown_are_answered_alike(self, client, pods, how):
        hidden = (
            case_study(CANARY, lead="northbridge").running(pods).with_condition(CANARY).with_outcome(CANARY)
        )
        shown = client.get(of(pods, hidden))
        assert shown.status_code == 200
        assert CANARY in shown.content.decode()
        CONCEALED[how](hidden.pk)
        answer = client.get(of(pods, hidden))
        unknown = client.get(address([pods.page.uid, uuid.UUID(NOBODY)]))
        assert answer.status_code == unknown.status_code == 404
        assert answer.content == unknown.content
        assert "1 entry asked for is not in the library, or no longer." in words_of(answer.content.decode())
        assert CANARY not in answer.content.decode()
        assert str(Entry.objects.get(pk=hidden.pk).uid) not in answer.content.decode()

    def test_of_five_the_concealed_one_is_not_named(self, client, pods):
        hidden = practice_model(CANARY)
        CONCEALED["hidden"](hidden.pk)
        answer = client.get(of(pods, hidden, *(practice_model() for _ in range(3))))
        assert answer.status_code == 400
        assert CANARY not in answer.content.decode()

    def test_only_readers_requests(self, client):
        assert client.post("/practice/compare/").status_code == 405


def test_it_takes_the_same_few_queries_for_any_entries(client):
    def queries(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    def made(number: int) -> Written:
        model = practice_model()
        fill(model, number)
        for n in range(number):
            place = case_study(lead=f"place-{n}").running(model).with_outcome("Wellbeing")
            place.with_cost("A room").with_statement("Few came.", section="what_did_not_work")
        return model

    one, four = [made(1)], [made(6) for _ in range(4)]
    for outcome in ("", "outcome-0"):
        few = queries(of(*one, outcome=outcome))
        assert few == queries(of(*four, outcome=outcome))
        assert few <= MOST_QUERIES


def test_ids_keep_their_order_and_are_counted_once():
    first, second = uuid.uuid4(), uuid.uuid4()
    chosen = read_chosen([f"{second}, {first}", str(second).upper(), "x"])
    assert chosen.ids == (second, first)
    assert (chosen.repeated, chosen.malformed, chosen.too_many) == (True, True, False)
