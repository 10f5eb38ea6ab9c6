"""An entry that gives a family away, a moderator, and every channel through which readers meet an entry."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from website.accounts.models import Role, User

from practice_library.models import Entry
from tests.factories.entries import Written, case_study, practice_model
from tests.factories.people import a_person, give
from tests.integration.search.conftest import site_engine as site_engine

#: Three words that stand nowhere else.
MARKS = ("quadruplets", "lighthouse-keeper", "penrhyndeudraeth")
PASSAGE = "The mother of the quadruplets, a lighthouse-keeper’s daughter, moved here from Penrhyndeudraeth"
#: As a reader copies it: other quotes, other spaces.
COPIED = "The mother of the  quadruplets, a lighthouse-keeper's\ndaughter, moved here from Penrhyndeudraeth"
TOLD = f"It began small. {PASSAGE}. By summer three teams took part."


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def moderator(db: None) -> User:
    person = a_person("Dee Duty")
    give(person, Role.MODERATOR)
    return person


@pytest.fixture
def entry(db: None) -> Written:
    """It says the passage in a statement, a stream, a plain field and a finding; a model quotes it as a place."""
    model = practice_model("Lantern house")
    told = case_study("Lantern house in Northbridge", summary=f"A house for families. {PASSAGE}.").running(
        model
    )
    told.with_statement(TOLD).with_condition("Trust", note=TOLD).with_outcome("Wellbeing", statement=TOLD)
    told.set(status="stopped", stop_reason=TOLD)
    told.set(updates=[("update", {"date": "2026-05-01", "text": TOLD, "source": ""})])
    return told


def seen_in(entry: Entry) -> set[str]:
    """The channels in which one of the marks can be read now."""
    model = entry.models_used.get().model
    own, of_model = (f"/practice/{page.url_path.split('/', 3)[3]}" for page in (entry, model))
    asked = "quadruplets lighthouse"
    channels: dict[str, str] = {
        "page": own,
        "model": of_model,
        "condition": "/conditions/trust/",
        "citation": f"{own}cite.ris",
        "compare": f"/practice/compare/?ids={entry.uid}&ids={model.uid}",
        "api": f"/api/v1/practice/{entry.uid}",
        "kindred": f"/api/v1/practice/{entry.uid}/kindred",
        "search": f"/practice/?q={asked}",
        "search api": f"/api/v1/practice/search?q={asked}",
        "list": "/practice/?type=case_study",
        "suggestions": "/api/v1/practice/suggest?q=quadruple",
        "rss": "/practice/feed.rss",
        "atom": "/practice/feed.atom",
        "csv": "/api/v1/export/practice.csv",
        "xlsx": "/api/v1/export/practice.xlsx",
        "jsonl": "/api/v1/export/practice.jsonl",
    }
    client = Client()
    found = set()
    for name, address in channels.items():
        answer = client.get(address)
        assert answer.status_code in (200, 404), (name, answer.status_code)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        text = _unzipped(body) if name == "xlsx" else body.decode()
        text = text.replace(asked, "").replace("quadruplets+lighthouse", "")
        if any(mark in text.casefold() for mark in MARKS):
            found.add(name)
    return found


def _unzipped(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


@pytest.fixture
def reported(client: Client) -> Callable[..., object]:
    """A visitor reports a passage of an entry."""

    def _report(
        entry: Entry, quoted: str = COPIED, kind: str = "identifies-family", words: str = ""
    ) -> object:
        answer = client.post(f"/report/entry/{entry.uid}/", {"kind": kind, "quoted": quoted, "words": words})
        if answer.status_code == 302:
            assert answer["Location"] == "/report/made/"
        return answer

    return _report
