"""One passage in everything that keeps text, and where it is still found."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.log_actions import log
from wagtail.models import Comment
from website.audit.recording import record
from website.outbox.models import Change
from website.outgoing.posting import post

from network.models import Debrief, Message, Profile, Report
from practice_library.models import (
    Entry,
    Keyword,
    KindredPair,
    OpenQuestion,
    Position,
    Source,
    Study,
)
from search.current import current_engine, current_people
from search.engine import PracticeQuery
from search.indexed import PEOPLE
from search.indexing import rebuild
from search.models import Demand
from tests.factories.entries import Written, case_study
from tests.factories.exchange import accepted
from tests.factories.people import member, profile
from tests.factories.places import AuthorityFactory
from tests.integration.accounts.traces import dead_parts, traces_of
from tests.integration.passages.conftest import MARKS, PASSAGE, TOLD
from tests.integration.passages.uploads import FILES


def plant(entry: Written) -> Entry:
    """The passage in everything that keeps text, uploads in the media folder among it; both indices hold it."""
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
