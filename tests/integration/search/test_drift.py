"""`search_check` finds what is missing, ghost or stale, and `--repair` brings each to 0."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from practice_library.models import Entry
from search.checks import find_drift
from search.current import current_engine, current_people
from search.engine import Change, PracticeQuery
from search.indexing import rebuild
from search.service import find
from tests.factories.making import a_case_study, a_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(site_engine: str) -> list[Entry]:
    entries = [a_model("Lantern house"), a_model("Kite family therapy"), a_case_study("Harbour pods")]
    rebuild()
    return entries


def test_a_fresh_index_has_no_drift(indexed: list[Entry]) -> None:
    drift = find_drift()
    assert (drift.missing, drift.ghost, drift.stale, drift.checked) == ([], [], [], 3)


def test_each_kind_of_drift_is_found_and_repaired(
    indexed: list[Entry], capsys: pytest.CaptureFixture[str]
) -> None:
    missing, stale, ghost = indexed
    current_engine().apply([Change(str(missing.uid), 10**6)])
    Entry.objects.filter(pk=stale.pk).update(title="Comet family therapy")
    Entry.objects.filter(pk=ghost.pk).update(live=False)
    with pytest.raises(CommandError):
        call_command("search_check")
    assert "2 entries checked: 1 missing, 1 ghost, 1 stale" in capsys.readouterr().out


def test_missing_stale_and_ghost_are_mended(indexed: list[Entry]) -> None:
    _, stale, ghost = indexed
    a_model("Never told")
    Entry.objects.filter(pk=stale.pk).update(title="Comet family therapy")
    Entry.objects.filter(pk=ghost.pk).update(live=False)
    drift = find_drift()
    assert [len(kind) for kind in (drift.missing, drift.ghost, drift.stale)] == [1, 1, 1]
    call_command("search_check", repair=True)
    assert not find_drift()
    assert find(PracticeQuery(text="comet")).result.total == 1


def test_a_row_of_a_deleted_entry_is_a_ghost(indexed: list[Entry]) -> None:
    Entry.objects.filter(pk=indexed[2].pk).first().delete()
    assert find_drift().ghost == [str(indexed[2].uid)]
    call_command("search_check", repair=True)
    assert not find_drift()


def test_rebuild_says_what_it_did(indexed: list[Entry], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("search_index", rebuild=True)
    assert "3 entries indexed" in capsys.readouterr().out


def test_an_index_that_is_not_there_yet_is_built(site_engine: str, settings: Any, tmp_path: Path) -> None:
    a_model("Lantern house")
    if site_engine == "elastic":
        current_people().drop()  # type: ignore[attr-defined]
    settings.SEARCH_INDEX_DIR = tmp_path / "elsewhere"
    with pytest.raises(CommandError):
        call_command("search_check")
    call_command("search_check", repair=True)
    assert find(PracticeQuery(text="lantern")).result.total == 1
