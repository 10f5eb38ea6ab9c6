"""Three nodes, one of them killed while people search and publish: no search fails, and nothing that was published is lost.

The node is the one that holds the first copy of the index, so that the other copy must take over for readers and writers.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as configured
from website.outbox.models import Change

from practice_library.models import Entry
from search import vocabulary
from search.checks import find_drift
from search.current import current_engine, forget_engine
from search.engine import EngineDown, PracticeQuery
from search.engines.elastic import ElasticEngine
from search.indexing import drain, rebuild
from search.service import find
from tests.conftest import missing
from tests.factories.making import a_model
from tests.side_by_side import Thread, database_for_threads

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.elasticsearch, pytest.mark.cluster]
TOOL = Path(configured.BASE_DIR) / "tools" / "elasticsearch"
PORT = 19410
STEADY = 10
NOT_HERE = 2


class Cluster:
    """Three nodes of this test's own."""

    def __init__(self) -> None:
        self.run = Path("/var/tmp") / f"elasticsearch-cluster-{uuid4().hex[:8]}"
        self.nodes = [f"http://127.0.0.1:{PORT + number}" for number in range(3)]
        self.url = ",".join(self.nodes)

    def tool(self, *arguments: str) -> None:
        environment = {
            **os.environ,
            "ES_HTTP_PORT": str(PORT),
            "ES_RUN_DIR": str(self.run),
            "ES_HEAP": "256m",
            "ES_PATIENCE": "300",
        }
        done = subprocess.run(
            [TOOL, *arguments], env=environment, capture_output=True, text=True, timeout=500
        )
        if done.returncode == NOT_HERE:
            missing(done.stderr.strip())
        assert done.returncode == 0, done.stderr

    def ask(self, path: str) -> Any:
        """The answer of the first node that gives one."""
        for node in self.nodes:
            try:
                with urllib.request.urlopen(f"{node}{path}", timeout=30) as answer:
                    return json.load(answer)
            except OSError:
                continue
        return None

    def is_whole(self) -> bool:
        """Three nodes, and every copy of every index in its place."""
        health = self.ask("/_cluster/health") or {}
        return (health.get("status"), health.get("number_of_nodes")) == ("green", 3)

    def node_of_first_copy(self, prefix: str) -> int:
        shards = self.ask(f"/_cat/shards/{prefix}-read?format=json&h=prirep,node")
        (node,) = [shard["node"] for shard in shards if shard["prirep"] == "p"]
        return int(node.removeprefix("node-"))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    made.tool("fetch")
    try:
        made.tool("start", "3")
        yield made
    finally:
        made.tool("stop")


@pytest.fixture(autouse=True)
def _library(transactional_db: None, cluster: Cluster, settings: Any, tmp_path: Path) -> Iterator[None]:
    """A library that is indexed with a copy on a second node, as the settings of the site have it."""
    settings.ELASTICSEARCH_URL = cluster.url
    settings.ELASTICSEARCH_PATIENCE = 15.0  # three nodes on a machine that may be small and busy
    settings.SEARCH_INDEX_PREFIX = f"cluster-{uuid4().hex[:12]}"
    vocabulary.forget()
    with database_for_threads(tmp_path):
        for number in range(STEADY):
            a_model(f"Lantern house {number}")
        rebuild()
        until(cluster.is_whole)
        yield
        until(cluster.is_whole)
        current_engine().drop()  # type: ignore[attr-defined]
        forget_engine()


def until(holds: Callable[[], bool], seconds: int = 180) -> None:
    for _ in range(seconds * 2):
        if holds():
            return
        time.sleep(0.5)
    pytest.fail(f"{holds} did not hold within {seconds} seconds.")


class Load:
    """Does something again and again in a thread; `done` is how often."""

    def __init__(self, does: Callable[[int], None]) -> None:
        self.done = 0
        self._does, self._stop = does, threading.Event()
        self._thread = Thread(self._again)

    def _again(self) -> None:
        while not self._stop.is_set():
            self._does(self.done)
            self.done += 1

    def goes_on(self, times: int) -> None:
        """Until it has done it so often again."""
        wanted = self.done + times
        until(lambda: self.done >= wanted or not self._thread.is_alive())

    def stop(self) -> None:
        self._stop.set()
        self._thread.result()


def publish(number: int) -> None:
    """In the request itself, with the index told at once, as without a worker."""
    entry = a_model(f"Harbour pods {number}")
    entry.save_revision().publish()
    entry.summary = f"Harbour pods, told again {number}."
    entry.save_revision().publish()


def test_one_of_three_nodes_is_killed_under_load(cluster: Cluster, settings: Any) -> None:
    failed: list[str] = []

    def search(number: int) -> None:
        found = find(PracticeQuery(text="lantern house", group=bool(number % 2), facets=("type",)))
        if found.notice or found.result.total != STEADY:
            failed.append(f"search {number}: {found.notice} {found.result.total}")

    victim = cluster.node_of_first_copy(settings.SEARCH_INDEX_PREFIX)
    readers, writer = [Load(search), Load(search)], Load(publish)
    everybody = [*readers, writer]
    try:
        for load in everybody:
            load.goes_on(3)
        cluster.tool("kill", str(victim))
        for load in everybody:
            load.goes_on(10)
        cluster.tool("revive", str(victim))
        until(cluster.is_whole)
        for load in everybody:
            load.goes_on(3)
    finally:
        for load in everybody:
            load.stop()
    assert failed == []
    drain()
    assert not Change.objects.pending().exists()
    assert not find_drift()
    published = Entry.objects.published().count()
    assert published == STEADY + writer.done
    assert current_engine().count() == published


def test_control_without_a_second_copy_or_with_one_address_searches_fail(
    cluster: Cluster, settings: Any
) -> None:
    settings.ELASTICSEARCH_REPLICAS = "0"
    rebuild()
    victim = cluster.node_of_first_copy(settings.SEARCH_INDEX_PREFIX)
    alone = ElasticEngine(
        cluster.nodes[victim - 1],
        prefix=settings.SEARCH_INDEX_PREFIX,
        patience=settings.ELASTICSEARCH_PATIENCE,
    )
    assert alone.count() == STEADY
    cluster.tool("kill", str(victim))
    try:
        assert find(PracticeQuery(text="lantern house")).notice
        with pytest.raises(EngineDown, match="does not answer"):
            alone.count()
    finally:
        alone.close()
        cluster.tool("revive", str(victim))
    until(cluster.is_whole)
    until(lambda: not find(PracticeQuery(text="lantern house")).notice)
    assert not find_drift()
