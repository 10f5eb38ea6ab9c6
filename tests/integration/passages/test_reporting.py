"""A passage that somebody reports is out of sight at once, wherever readers meet it, and comes back as it was."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision
from website.accounts.models import User
from website.audit.models import AuditEntry
from website.outgoing.models import Letter
from website.passages.columns import table_of

from network.choices import ReportState
from network.models import Report
from practice_library.models import Entry, HeldText, Statement, TakenPassage
from practice_library.selectors.passages import shown_cells
from practice_library.services import passages
from search.indexing import drain, rebuild
from tests.factories.entries import Written, case_study
from tests.integration.passages.conftest import COPIED, MARKS, PASSAGE, TOLD, seen_in
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


def told_by(entry: Written) -> list[tuple[str, str, str]]:
    """Every word that readers are shown of an entry, as the database keeps it."""
    return sorted((cell.table.name, str(cell.key), cell.text) for cell in shown_cells([entry.pk]))


def decide(report: Report, act: str, moderator: User) -> None:
    answer = browser_of(moderator).post(f"/moderation/{report.pk}/", {"act": act})
    assert answer.status_code == 302


def test_it_is_out_of_every_channel_at_once_and_comes_back_exactly(
    site_engine: str, entry: Written, reported, moderator: User
) -> None:
    rebuild()
    before = told_by(entry)
    assert seen_in(entry.page) >= {
        "page", "condition", "citation", "compare", "api", "search", "search api", "list", "rss", "atom", "csv", "xlsx",
        "jsonl",
    }, "the control"  # fmt: skip
    reported(entry.page, words="I know them.")
    assert seen_in(entry.page) == set(), "before the index is told of anything"
    assert (
        str(entry.page.uid)
        not in Client().get("/api/v1/practice/search?q=lantern+northbridge").content.decode()
    )
    drain()
    assert seen_in(entry.page) == set()
    found = Client().get("/api/v1/practice/search?q=lantern+northbridge").content.decode()
    assert str(entry.page.uid) in found, "once the index is told, the entry is found by its other words"
    made = Report.objects.get()
    assert f"[Passage {made.taken_id} held" in Client().get(entry.url).content.decode()
    page = browser_of(moderator).get(f"/moderation/{made.pk}/").content.decode()
    assert all(mark in page.casefold() for mark in MARKS)
    assert "It began small." in page, "with the words around it"
    decide(made, "show", moderator)
    assert told_by(entry) == before
    assert not HeldText.objects.exists(), "what is shown again is kept nowhere else"
    drain()
    assert "search" in seen_in(entry.page)


def test_the_search_would_show_it_without_the_guard(
    site_engine: str, entry: Written, reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the first test: entries whose index lags behind are left in."""
    rebuild()
    reported(entry.page)
    monkeypatch.setattr("search.concealing.prepared.unreadable", lambda: [])
    assert {"search", "search api"} <= seen_in(entry.page)


def test_neither_an_older_version_nor_one_that_is_due_brings_it_back(entry: Written, reported) -> None:
    page = entry.page
    before = page.save_revision()
    later = page.save_revision(approved_go_live_at=timezone.now() + dt.timedelta(hours=1))
    reported(page)
    for revision in (before, later):
        revision.refresh_from_db()
        revision.publish()
        assert not any(PASSAGE in text for _, _, text in told_by(entry))
        assert not any(mark in str(told_by(entry)).casefold() for mark in MARKS)
    assert any(mark in str(Revision.objects.get(pk=before.pk).content).casefold() for mark in MARKS), (
        "the control"
    )


def test_what_an_editor_wrote_around_the_stub_stays(entry: Written, reported, moderator: User) -> None:
    reported(entry.page)
    other = "By summer three teams took part"
    reported(entry.page, quoted=other)
    first, second = TakenPassage.objects.order_by("pk")
    row = Statement.objects.get(entry=entry.pk)
    assert row.text == f"It began small. {first.stub}. {second.stub}."
    page = entry.page
    revision = page.save_revision()
    Statement.objects.filter(pk=row.pk).update(text=f"In 2026. {row.text}")
    for report in Report.objects.order_by("made_at"):
        decide(report, "show", moderator)
    row.refresh_from_db()
    assert row.text == f"In 2026. {TOLD}", "in the order of reporting, which is not that of the text's edits"
    assert "held while" not in str(Revision.objects.get(pk=revision.pk).content)


def test_a_name_takes_the_whole_entry_out_of_sight(reported, moderator: User) -> None:
    named = case_study("How the Penrhyndeudraeth quadruplets came home", summary="A house.")
    reported(named.page, quoted="the Penrhyndeudraeth quadruplets came home")
    assert not Entry.objects.published().filter(pk=named.pk).exists()
    assert named.page.title.startswith("How the"), "a name is not cut to pieces"
    decide(Report.objects.get(), "show", moderator)
    assert Entry.objects.published().filter(pk=named.pk).exists()


def test_words_that_are_not_there_are_not_reported_and_not_lost(entry: Written, reported) -> None:
    for quoted, said in (
        ("The mother of seven moved here from elsewhere", "do not stand together"),
        ("mother of the quad", "at least 20"),
        ("mother of            the", "a few more words"),
        ("", "is required"),
    ):
        page = reported(entry.page, quoted=quoted, words="Kept words").content.decode()
        assert said in page, quoted
        assert "Kept words" in page
        assert quoted in page
    assert not Report.objects.exists()


def test_of_a_model_it_is_found_in_what_a_place_tells(entry: Written, reported) -> None:
    model = entry.page.models_used.get().model
    reported(model)
    assert not any(mark in str(told_by(entry)).casefold() for mark in MARKS)


def test_other_classes_wait_for_the_moderator_who_takes_it_out(
    entry: Written, reported, moderator: User
) -> None:
    reported(entry.page, kind="other")
    made = Report.objects.get()
    assert PASSAGE in Statement.objects.get(entry=entry.pk).text
    page = browser_of(moderator).get(f"/moderation/{made.pk}/").content.decode()
    assert "It began small." in page
    decide(made, "hide", moderator)
    assert PASSAGE not in Statement.objects.get(entry=entry.pk).text
    assert Report.objects.get().state == ReportState.UPHELD


def test_the_letter_and_the_audit_say_nothing_of_it(entry: Written, reported, moderator: User) -> None:
    reported(entry.page, words="Markofwords")
    letter = Letter.objects.get(person=moderator)
    told = letter.subject + letter.body + str(list(AuditEntry.objects.values()))
    assert not any(mark in told.casefold() for mark in (*MARKS, "markofwords", "lantern"))


def test_one_visitor_reports_a_few_passages_and_no_more(
    entry: Written, reported, settings, client: Client
) -> None:
    settings.PASSAGE_REPORT_LIMITS = ((1, 600),)
    assert reported(entry.page, quoted="Not a word of it stands here").status_code == 200
    assert reported(entry.page).status_code == 429
    assert PASSAGE in Statement.objects.get(entry=entry.pk).text
    elsewhere = client.post(
        f"/report/entry/{entry.page.uid}/",
        {"kind": "identifies-family", "quoted": COPIED, "words": ""},
        REMOTE_ADDR="203.0.113.9",
    )
    assert elsewhere.status_code == 302, "the control: another address"


def test_drafts_and_hidden_entries_are_not_reported(entry: Written, reported) -> None:
    Entry.objects.filter(pk=entry.pk).update(hidden_at=timezone.now())
    assert reported(entry.page).status_code == 404


def test_every_column_of_text_of_an_entry_is_looked_through(entry: Written) -> None:
    """A field that comes later is found by what it is, so that nothing needs to be added here."""
    columns = {column.name for column in table_of(Entry).columns}
    assert {"summary", "stop_reason", "materials", "updates", "response", "contact_role"} <= columns
    assert columns.isdisjoint({"uid", "origin", "status", "hidden_at"})


def test_finding_nothing_changes_nothing(entry: Written) -> None:
    before = told_by(entry)
    with pytest.raises(passages.PassageNotFound):
        passages.hold(entry=entry.page, text="Not a word of this stands here", kind="other")
    assert told_by(entry) == before
    assert not TakenPassage.objects.exists()
