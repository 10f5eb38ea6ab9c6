"""What was taken out does not come back with a content file, or when an editor pastes it again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from practice_library.models import CaseStudyPage, Entry, Finding, Statement, TakenPassage
from practice_library.services import removed_ledger
from practice_library.services.passages import hold
from practice_library.services.redaction import remove_passage
from tests.factories.entries import Written, case_study
from tests.factories.making import a_case_study, with_statement
from tests.integration.accounts.traces import traces_of
from tests.integration.cms.conftest import edit as edit
from tests.integration.cms.conftest import editor as editor
from tests.integration.cms.conftest import errors_of
from tests.integration.cms.conftest import form as form
from tests.integration.cms.conftest import library as library
from tests.integration.library.test_load_library import content as content
from tests.integration.library.test_load_library import edit as change
from tests.integration.passages.conftest import COPIED, MARKS, PASSAGE, TOLD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("taken_out", [hold, remove_passage], ids=["held", "removed"])
def test_an_editor_cannot_put_it_back(library: None, edit: Any, taken_out: Any) -> None:
    page = a_case_study("Family centres")
    with_statement(page, TOLD)
    by = {"by": None} if taken_out is remove_passage else {}
    taken_out(entry=page, text=COPIED, kind="identifies-family", **by)
    opened = edit(page)
    assert not any(mark in opened.html.casefold() for mark in MARKS), "nor reads it in the form"
    refused = errors_of(opened.fill(summary=f"Once more: {PASSAGE}.").publish())
    assert "was taken out because of a report" in refused
    assert edit(page).fill(summary="Something else.").publish().status_code == 302
    assert TakenPassage.objects.get().stub in Statement.objects.get(entry=page.pk).text


def test_a_content_file_does_not_bring_it_back(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(content, "case-studies/hackney/small-units.yaml", "Hackney tried it.", TOLD)
    change(content, "studies/st-units.yaml", "statement: Fewer.", f'statement: "{TOLD}"')
    call_command("load_library", content)
    place = CaseStudyPage.objects.get(content_key="im-small-units-hackney")
    assert PASSAGE in place.summary, "the control"
    remove_passage(entry=place, text=COPIED, kind="identifies-family", by=None)
    stub = TakenPassage.objects.get().stub
    change(content, "case-studies/hackney/small-units.yaml", "It began small.", "It began with few.")
    change(content, "studies/st-units.yaml", "It began small.", "It began with few.")
    capsys.readouterr()
    call_command("load_library", content)
    place.refresh_from_db()
    assert place.summary == f"It began with few. {stub}. By summer three teams took part."
    assert stub in Finding.objects.get().statement
    said = capsys.readouterr().out
    assert said.count("holds a passage that was taken out of sight") == 2
    assert "small-units.yaml, line" in said
    assert not any(mark in said.casefold() for mark in MARKS)


def test_a_restored_copy_does_not_bring_it_back(
    entry: Written,
    settings: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.REDACTION_LEDGER = tmp_path / "removed.txt"
    other = case_study("How the Penrhyndeudraeth quadruplets came home", summary="A house.")
    with django_capture_on_commit_callbacks(execute=True):
        remove_passage(entry=entry.page, text=COPIED, kind="identifies-family", by=None)
        remove_passage(entry=other.page, text="Penrhyndeudraeth quadruplets came home", kind="other", by=None)
    assert not any(mark in settings.REDACTION_LEDGER.read_text() for mark in MARKS)
    assert removed_ledger.problem() is None
    TakenPassage.objects.all().delete()  # as a copy from before knows nothing of it
    entry.with_statement(TOLD)
    Entry.objects.filter(pk=other.pk).update(
        title="How the Penrhyndeudraeth quadruplets came home", hidden_at=None
    )
    hold(entry=entry.page, text=COPIED, kind="identifies-family")
    with settings.REDACTION_LEDGER.open("a") as file:
        file.write("0123 cut sh")
    assert "2 removed passages came back" in (removed_ledger.problem() or "")
    call_command("replay_redactions")
    assert traces_of(*MARKS) == set()
    assert Entry.objects.get(pk=other.pk).hidden_at is not None
    assert removed_ledger.problem() is None
    assert "held while" not in str(list(Statement.objects.values("text")))
    said = capsys.readouterr().out
    assert "2 passages were looked for" in said
    assert not any(mark in said.casefold() for mark in MARKS)


def test_a_file_of_the_project_that_holds_it_is_named(
    entry: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded = PASSAGE.replace("here from", "here\n  from")
    (tmp_path / "told.yaml").write_text(f"summary: It began small.\n  {folded}.\n")
    (tmp_path / "other.yaml").write_text("summary: The mother of nobody moved here.\n")
    monkeypatch.setattr("practice_library.services.redaction.CONTENT", tmp_path)
    done = remove_passage(entry=entry.page, text=COPIED, kind="identifies-family", by=None)
    assert done.counts["content"] == {"take it out of the file yourself: told.yaml": 1}
