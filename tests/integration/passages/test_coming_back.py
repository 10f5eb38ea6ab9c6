"""What was taken out does not come back with a content file, or when an editor pastes it again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from practice_library.models import CaseStudyPage, Finding, Statement, TakenPassage
from practice_library.services.passages import hold
from practice_library.services.redaction import remove_passage
from tests.factories.making import a_case_study, with_statement
from tests.integration.cms.conftest import edit as edit
from tests.integration.cms.conftest import editor as editor
from tests.integration.cms.conftest import errors_of
from tests.integration.cms.conftest import form as form
from tests.integration.cms.conftest import library as library
from tests.integration.library.test_load_library import content as content
from tests.integration.library.test_load_library import edit as change

from .conftest import COPIED, MARKS, PASSAGE, TOLD

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
