"""A passage that is removed is nowhere: one is planted in everything that keeps text, and looked for afterwards."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.log_actions import log
from wagtail.models import Comment
from website.accounts.models import User
from website.audit.models import AuditEntry
from website.audit.recording import record
from website.outbox.models import Change
from website.outgoing.posting import post
from website.passages.files import text_of
from website.passages.stores import passage_stores

from network.models import Debrief, Message, Profile, Report
from practice_library.models import (
    Entry,
    Keyword,
    KindredPair,
    OpenQuestion,
    Position,
    Source,
    Statement,
    Study,
    TakenPassage,
)
from practice_library.services import redaction
from practice_library.services.passages import PassageNotFound
from practice_library.services.redaction import remove_passage
from search.current import current_engine, current_people
from search.engine import PracticeQuery
from search.indexed import PEOPLE
from search.indexing import drain, rebuild
from search.models import Demand, IndexPurge
from tests.factories.entries import Written, case_study
from tests.factories.exchange import accepted
from tests.factories.people import member, profile
from tests.factories.places import AuthorityFactory
from tests.integration.accounts.traces import dead_parts, traces_of
from tests.integration.people.conftest import browser_of

from .conftest import COPIED, MARKS, PASSAGE, TOLD, seen_in

pytestmark = pytest.mark.django_db


def a_pdf(text: str) -> bytes:
    """The least that is a PDF with one line of text."""
    line = text.replace("’", "'")
    drawn = f"BT /F1 8 Tf 20 100 Td ({line}) Tj ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(out),
        )
    )


def a_docx(text: str) -> bytes:
    """A word is cut by a run, as word processors do where somebody corrected it."""
    cut = text.replace("quadruplets", "quadru</w:t></w:r><w:r><w:t>plets")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:p><w:r><w:t>{cut}</w:t></w:r></w:p><w:p>More</w:p>")
    return file.getvalue()


FILES: dict[str, Callable[[str], bytes]] = {
    "notes.txt": lambda text: f"Notes. {text}.".encode(),
    "notes.csv": lambda text: f'a,"{text}"\n'.encode("utf-16"),
    "page.html": lambda text: f"<p>{text.replace('mother', '<b>mother</b>')}</p>".encode(),
    "notes.docx": a_docx,
    "notes.pdf": a_pdf,
}


@pytest.fixture
def planted(entry: Written, site_engine: str, settings: Any, tmp_path: Path) -> Entry:
    """The passage in everything that keeps text."""
    settings.MEDIA_ROOT = tmp_path / "media"
    page = entry.page
    documents = [
        Document.objects.create(title=f"Notes {name}", file=ContentFile(made(PASSAGE), name=name))
        for name, made in FILES.items()
    ]
    Document.objects.create(title=PASSAGE, file=ContentFile(b"Nothing in it", name="kept.txt"))
    default_storage.save("left/over.txt", ContentFile(TOLD.encode()))
    material = {"title": "Notes", "kind": "other", "address": "", "document": documents[0].pk, "licence": ""}
    page.materials = json.dumps([{"type": "material", "value": material}])
    page.save()
    _in_the_cms(page)
    _between_people()
    other = case_study("Elsewhere", lead="elsewhere", summary=f"{PASSAGE}, they said elsewhere.")
    left, right = sorted((page.pk, other.pk))
    KindredPair.objects.create(
        left_id=left, right_id=right, relation="same-idea", score=1, found_at=timezone.now(),
        reasons={"phrases": ["quadruplets", "from Penrhyndeudraeth"], "terms": []},
    )  # fmt: skip
    Demand.objects.create(week="2026-11-23", query=PASSAGE, times=1)
    Change.objects.create(topic="vocabulary", last_error=PASSAGE, done_at=timezone.now())
    cache.set("kept:something", TOLD)
    session = SessionStore()
    session["_messages"] = json.dumps([["__json_message", 0, 20, TOLD]])
    session.save()
    rebuild()
    rebuild(PEOPLE)
    return entry.page


def _in_the_cms(page: Any) -> None:
    editor = member("Ed Itor", of=AuthorityFactory(name="East"))
    for number in range(3):
        page.summary = f"Version {number}. {TOLD}"
        page.save_revision(user=editor)
    Study.objects.get(entry_rows__entry=page.pk).save_revision()
    Comment.objects.create(page=page, user=editor, text=TOLD, contentpath="summary")
    log(instance=page, action="wagtail.edit", user=editor, data={"reason": TOLD})
    record("entry.hidden", page, by=editor, detail={"reason": TOLD})
    question = OpenQuestion.objects.create(title="What then?", slug="what-then", summary=TOLD)
    Position.objects.create(question=question, side="for", text=TOLD)
    Source.objects.create(key="src-told", title=PASSAGE)
    Keyword.objects.create(name=PASSAGE)


def _between_people() -> None:
    north = AuthorityFactory(name="North", region="north-west")
    ann, bo = member("Ann Asker", of=north), member("Bo Helper", of=AuthorityFactory(name="South"))
    for person in (ann, bo):
        profile(person, about=TOLD)
    ask = accepted(by=ann, of=bo, problem=TOLD, must_not_include=TOLD)
    Message.objects.create(thread=ask.thread, by=ann, text=TOLD)
    Debrief.objects.create(ask=ask, by=ann, what_helped=TOLD)
    post(to=bo, subject="For you", body=TOLD)
    Report.objects.create(by=ann, profile=Profile.objects.get(person=bo), kind="other", words=TOLD)


def everything() -> set[str]:
    """Every place that still holds one of the words."""
    found = traces_of(*MARKS) | set(dead_parts())
    if any(mark in str(cache.get("kept:something")).casefold() for mark in MARKS):
        found.add("cache")
    for word in ("quadruplets", "penrhyndeudraeth"):
        if current_engine().search(PracticeQuery(text=word, words_mine=True)).total:
            found.add("search")
    if current_engine().name == "elastic":
        for engine in (current_engine(), current_people()):
            found |= _in_elasticsearch(engine._connection)  # type: ignore[attr-defined]
    return found


def _in_elasticsearch(connection: Any) -> set[str]:
    """Every index of ours, in use or not: what is kept of each document, what is searched, and rows marked as dead."""
    client, found = connection.patient, set()
    for index in client.indices.get(index=f"{connection.prefix}-*", expand_wildcards="all").body:
        client.indices.refresh(index=index)
        kept = client.search(index=index, size=1000, query={"match_all": {}}).body
        if any(mark in str(kept).casefold() for mark in MARKS):
            found.add(f"{index}: kept")
        words = {"query": "quadruplet* penrhyndeudraeth*", "default_field": "*", "lenient": True}
        if client.search(index=index, size=1, query={"query_string": words}).body["hits"]["hits"]:
            found.add(f"{index}: searched")
        if client.indices.stats(index=index, metric="docs").body["_all"]["primaries"]["docs"]["deleted"]:
            found.add(f"{index}: dead rows")
    return found


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
    from website.passages.words import Passage

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
