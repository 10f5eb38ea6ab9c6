"""A passage that is removed is nowhere: one is planted in everything that keeps text, and looked for afterwards."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from wagtail.documents.models import Document
from website.accounts.models import User
from website.audit.models import AuditEntry
from website.passages.files import text_of
from website.passages.stores import passage_stores
from website.passages.words import Passage

from network.models import Report
from practice_library.models import (
    Entry,
    Statement,
    TakenPassage,
)
from practice_library.services import redaction
from practice_library.services.passages import PassageNotFound
from practice_library.services.redaction import remove_passage
from search.indexing import drain
from search.models import IndexPurge
from tests.factories.entries import Written, case_study
from tests.integration.accounts.traces import dead_parts, traces_of
from tests.integration.passages.conftest import COPIED, MARKS, PASSAGE, TOLD, seen_in
from tests.integration.passages.planting import everything, plant
from tests.integration.passages.uploads import FILES
from tests.integration.people.conftest import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def planted(entry: Written, site_engine: str, settings: Any, tmp_path: Path) -> Entry:
    """The passage in everything that keeps text."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return plant(entry)


#: Once is enough where the engine makes no difference.
embedded = pytest.mark.parametrize("site_engine", ["embedded"], indirect=True)
PLANTED = {
    "practice_library_entry", "practice_library_statement", "practice_library_finding", "wagtailcore_revision",
    "wagtailcore_comment", "wagtailcore_pagelogentry", "audit_auditentry", "practice_library_openquestion",
    "practice_library_position", "practice_library_source", "practice_library_keyword", "network_message",
    "network_helprequest", "network_debrief", "network_profile", "network_report", "outgoing_letter", "search_demand",
    "outbox_change", "practice_library_kindredpair", "wagtaildocs_document", "sessions", "cache", "search",
}  # fmt: skip


def test_nothing_of_it_is_left_anywhere(
    planted: Entry, reported: Any, moderator: User, django_capture_on_commit_callbacks: Any
) -> None:
    assert everything() >= PLANTED, PLANTED - everything()
    with django_capture_on_commit_callbacks(execute=True):
        reported(planted, words=f"I know: {PASSAGE}")
    made = Report.objects.get(entry=planted)
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser_of(moderator).post(f"/moderation/{made.pk}/", {"act": "hide"})
    assert answer.status_code == 302
    assert everything() == set()
    assert seen_in(Entry.objects.get(pk=planted.pk).specific) == set()
    stub = (
        f"[Passage removed {timezone.localdate().day} {timezone.localdate():%B %Y}: could identify a family]"
    )
    assert (
        Statement.objects.get(entry=planted.pk).text
        == f"It began small. {stub}. By summer three teams took part."
    )
    assert Document.objects.values_list("title", flat=True).get() == stub, (
        "what holds nothing stays, under another name"
    )
    taken = TakenPassage.objects.get()
    assert taken.counts["uploads"] == {f"file removed: documents/{name}": 1 for name in FILES} | {
        "file removed: left/over.txt": 1
    }
    done = AuditEntry.objects.get(action="passage.removed")
    assert done.detail["kind"] == "identifies-family"
    assert browser_of(moderator).get(f"/moderation/{made.pk}/").status_code == 200


@embedded
@pytest.mark.parametrize(
    ("store", "left"),
    [
        ("database", "network_message"),
        ("sessions", "sessions"),
        ("uploads", "media/documents/notes.txt"),
        ("kindred work", "practice_library_kindredpair"),
        ("cache", "cache"),
        ("indices", "index: 2 indices"),
    ],
)
def test_it_is_found_where_one_store_does_nothing(
    planted: Entry,
    store: str,
    left: str,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """The control of the search in the test above."""
    others = [each for each in passage_stores() if each.name != store]
    monkeypatch.setattr(redaction, "passage_stores", lambda: iter(others))
    with django_capture_on_commit_callbacks(execute=True):
        remove_passage(entry=planted, text=COPIED, kind="identifies-family", by=None)
    assert left in everything()


@embedded
def test_a_dry_run_says_where_it_stands_and_changes_nothing(
    planted: Entry, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    before, out = everything(), io.StringIO()
    file = tmp_path / "passage.txt"
    file.write_text(COPIED)
    options = {"passage_file": str(file), "reason": "identifies-family", "stdout": out}
    call_command("redact_passage", str(planted.uid), dry_run=True, **options)
    assert everything() == before
    assert not TakenPassage.objects.exists()
    said = out.getvalue()
    assert "uploads: file removed: documents/notes.txt, 1" in said
    assert "Nothing was changed." in said
    assert not any(mark in said.casefold() for mark in MARKS)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("redact_passage", str(planted.uid), **options)
    assert PASSAGE not in Statement.objects.get(entry=planted.pk).text
    with pytest.raises(CommandError, match="stand nowhere"):
        call_command("redact_passage", str(planted.uid), **options)


def test_a_name_gets_a_stub_and_its_address_another_one(db: None) -> None:
    named = case_study("How the Penrhyndeudraeth quadruplets came home", summary="A house.")
    named.page.save_revision()
    remove_passage(
        entry=named.page, text="the Penrhyndeudraeth quadruplets came home", kind="identifies-family", by=None
    )
    page = named.page
    assert page.title.startswith("How [Passage removed")
    assert page.slug == f"how-removed-{TakenPassage.objects.get().pk}"
    assert page.url_path.endswith(f"/{page.slug}/")
    assert page.hidden_at is not None, "until an editor gave it a name"
    assert traces_of(*MARKS) == set()


def test_what_stands_nowhere_is_refused(entry: Written, settings: Any, tmp_path: Path) -> None:
    """Also where there is a file that nobody can read."""
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("torn.pdf", ContentFile(b"%PDF"))
    with pytest.raises(PassageNotFound):
        remove_passage(entry=entry.page, text="Not a word of this stands here", kind="other", by=None)
    assert not TakenPassage.objects.exists()


@embedded
def test_an_index_that_does_not_answer_is_written_anew_later(
    planted: Entry, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    from search import purging
    from search.engine import EngineDown

    def down(what: Any) -> None:
        raise EngineDown("not now")

    with monkeypatch.context() as without, django_capture_on_commit_callbacks(execute=True):
        without.setattr(purging, "rebuild", down)
        remove_passage(entry=planted, text=COPIED, kind="identifies-family", by=None)
    assert IndexPurge.objects.filter(done_at=None).count() == 2
    assert purging.purge() == ["entries", "people"]
    assert not IndexPurge.objects.filter(done_at=None).exists()
    assert dead_parts() == []
    drain()


def test_pages_of_the_database_file_are_overwritten(tmp_path: Path) -> None:
    """SQLite frees the place of old words without wiping it, unless it is told to."""
    for wiped in (True, False):
        file = tmp_path / f"{wiped}.sqlite3"
        other = connections["default"].copy("other") if connections["default"].vendor == "sqlite" else None
        if other is None:
            pytest.skip("of SQLite only")
        other.settings_dict = {**other.settings_dict, "NAME": str(file)}
        with other.cursor() as cursor:
            if not wiped:
                cursor.execute("PRAGMA secure_delete = OFF")
            cursor.execute("CREATE TABLE said (words text)")
            cursor.execute("INSERT INTO said VALUES (%s)", [TOLD * 200])
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("UPDATE said SET words = 'gone'")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other.close()
        assert (b"quadruplets" in file.read_bytes()) is not wiped


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_by_what_it_is(name: str) -> None:
    assert Passage.of(PASSAGE).places_in(text_of(FILES[name](PASSAGE)) or "")


def test_what_cannot_be_read_is_named(entry: Written, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("old.doc", ContentFile(b"\xd0\xcf\x11\xe0" + bytes(600)))
    done = remove_passage(entry=entry.page, text=COPIED, kind="identifies-family", by=None)
    assert "could not be read, look yourself: old.doc" in list(done.lines())


def test_other_reports_of_it_are_decided_with_it(entry: Written, reported: Any, moderator: User) -> None:
    reported(entry.page, kind="other")
    reported(entry.page, kind="safeguarding")
    first, second = Report.objects.order_by("made_at")
    browser_of(moderator).post(f"/moderation/{first.pk}/", {"act": "hide"})
    second.refresh_from_db()
    assert second.state == "upheld"
    assert Client().get(entry.url).status_code == 200
