"""With the engine gone, search answers from the database with a notice, and what is published meanwhile is not lost."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.utils import timezone
from website.outbox.models import Change

from practice_library.models import Entry
from search import vocabulary
from search.checks import find_drift
from search.current import current_engine, forget_engine
from search.engine import EngineDown, PracticeQuery
from search.indexing import drain, rebuild
from search.service import DEGRADED, find, related, suggest
from tests.factories.making import a_model, with_condition, with_trial

pytestmark = pytest.mark.django_db
TOOL = Path(configured.BASE_DIR) / "tools" / "elasticsearch"
PATIENCE = 2.0


@pytest.fixture(autouse=True)
def _own_engine(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_INDEX_PREFIX = f"fault-{uuid4().hex[:12]}"
    settings.ELASTICSEARCH_URL = ""
    vocabulary.forget()
    yield
    forget_engine()


@pytest.fixture
def published() -> Entry:
    entry = a_model("Lantern house")
    with_condition(entry, "Time for direct work", present="no")
    with_trial(entry, outcome="Entry to care", direction="no-effect", powered=True)
    a_model("Kite family therapy")
    return entry


def answered_by_the_database(query: PracticeQuery) -> int:
    began = time.monotonic()
    found = find(query)
    assert found.notice == DEGRADED
    assert time.monotonic() - began < PATIENCE
    return found.result.total


def test_without_its_index_the_embedded_engine_leaves_the_answer_to_the_database(
    published: Entry, settings: Any
) -> None:
    rebuild()
    assert find(PracticeQuery(text="lantern")).notice == ""
    shutil.rmtree(settings.SEARCH_INDEX_DIR)
    assert answered_by_the_database(PracticeQuery(text="lantern")) == 1
    assert suggest("lan") == []
    assert related(str(published.uid)) == []
    rebuild()
    assert find(PracticeQuery(text="lantern")).notice == ""


def test_the_database_keeps_one_row_one_match(published: Entry) -> None:
    filters = {"evidence": ("compared",), "direction": ("no-effect",), "outcome": ("entry-to-care",)}
    assert answered_by_the_database(PracticeQuery(filters=filters)) == 1
    assert answered_by_the_database(PracticeQuery(filters={**filters, "direction": ("favourable",)})) == 0
    row = {"condition": ("time-for-direct-work",), "role": ("enabler",), "presence": ("no",)}
    assert answered_by_the_database(PracticeQuery(filters=row)) == 1
    assert answered_by_the_database(PracticeQuery(filters={**row, "presence": ("yes",)})) == 0


def test_a_server_that_accepts_and_never_answers_is_given_up_on(published: Entry, settings: Any) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(8)
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert answered_by_the_database(PracticeQuery(text="lantern")) == 1
        forget_engine()


def tool(*arguments: str, port: int, run: Path) -> None:
    environment = {**os.environ, "ES_HTTP_PORT": str(port), "ES_RUN_DIR": str(run), "ES_HEAP": "256m"}
    subprocess.run([TOOL, *arguments], env=environment, check=True, capture_output=True, timeout=180)


@pytest.fixture
def own_elasticsearch(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A server of this test's own, so that it may be stopped."""
    port = 19390
    run = Path("/var/tmp") / f"elasticsearch-fault-{uuid4().hex[:8]}"
    tool("start", port=port, run=run)
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{port}"
    try:
        yield lambda *arguments: tool(*arguments, port=port, run=run)
    finally:
        forget_engine()
        tool("stop", port=port, run=run)


def until_it_answers(query: PracticeQuery, seconds: int = 60) -> None:
    for _ in range(seconds * 2):
        if not find(query).notice:
            return
        time.sleep(0.5)
    pytest.fail(f"The engine did not come back within {seconds} seconds.")


@pytest.mark.elasticsearch
def test_elasticsearch_killed_between_publishing_and_indexing(
    published: Entry, own_elasticsearch: Any
) -> None:
    rebuild()
    until_it_answers(PracticeQuery(text="lantern"))
    own_elasticsearch("kill", "1")
    assert answered_by_the_database(PracticeQuery(text="lantern")) == 1
    hasty = a_model("Comet clinic")
    hasty.record_change()
    Change.objects.pending().update(done_at=timezone.now())  # the control: told before the index has it
    meanwhile = a_model("Harbour pods")
    meanwhile.record_change()
    with pytest.raises(EngineDown):
        drain()
    assert Change.objects.pending().exists()
    assert answered_by_the_database(PracticeQuery(text="harbour")) == 1
    own_elasticsearch("revive", "1")
    until_it_answers(PracticeQuery(text="lantern"))
    drain()
    assert current_engine().health().ok
    assert find(PracticeQuery(text="harbour")).result.total == 1
    assert not Change.objects.pending().exists()
    assert find(PracticeQuery(text="comet")).result.total == 0
    assert find_drift().missing == [str(hasty.uid)]
