"""Elasticsearch away: said at once, as EngineDown, by every method."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from search.engine import Change, EngineDown, PracticeQuery, SearchEngine
from search.engines.elastic import ElasticEngine
from tests.search.conftest import elasticsearch_url
from tests.search.corpus import document

ASKED: dict[str, Callable[[SearchEngine], object]] = {
    "search": lambda engine: engine.search(PracticeQuery("kinship")),
    "count": lambda engine: engine.count(),
    "suggest": lambda engine: engine.suggest("kin"),
    "related": lambda engine: engine.related("a"),
    "did_you_mean": lambda engine: engine.did_you_mean("kinsip"),
    "apply": lambda engine: engine.apply([Change("a", 1, document("a"))]),
    "rebuild": lambda engine: engine.rebuild([]),
    "snapshot": lambda engine: list(engine.snapshot()),
}


@pytest.mark.parametrize("name", ASKED)
def test_nobody_listening_is_engine_down_within_a_second(name: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        engine = ElasticEngine(f"http://127.0.0.1:{unused.getsockname()[1]}")
        began = time.monotonic()
        with pytest.raises(EngineDown):
            ASKED[name](engine)
        assert time.monotonic() - began < 1
    assert not engine.health().ok


def test_a_server_that_hangs_is_given_up_within_a_second() -> None:
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        connections = []
        threading.Thread(target=lambda: connections.append(hanging.accept()), daemon=True).start()
        engine = ElasticEngine(f"http://127.0.0.1:{hanging.getsockname()[1]}")
        began = time.monotonic()
        with pytest.raises(EngineDown):
            engine.search(PracticeQuery("kinship"))
        assert time.monotonic() - began < 1


@pytest.mark.elasticsearch
def test_without_an_index_the_engine_is_down_and_a_change_makes_one() -> None:
    engine = ElasticEngine(elasticsearch_url(), prefix=f"contract-{uuid4().hex[:12]}", patience=10)
    with pytest.raises(EngineDown):
        engine.search(PracticeQuery("kinship"))
    assert not engine.health().ok
    engine.apply([Change("a", 1, document("a", "Kinship care"))])
    assert engine.search(PracticeQuery("kinship")).total == 1
    engine.drop()


@pytest.mark.elasticsearch
def test_one_index_is_left_after_rebuilds_and_both_aliases_point_to_it() -> None:
    prefix = f"contract-{uuid4().hex[:12]}"
    engine = ElasticEngine(elasticsearch_url(), prefix=prefix, patience=10)
    client = Elasticsearch(elasticsearch_url(), request_timeout=30)
    for _ in range(3):
        engine.rebuild([document("a")])
    indices = client.indices.get(index=f"{prefix}-*").body
    assert len(indices) == 1
    assert {alias for index in indices.values() for alias in index["aliases"]} == {
        f"{prefix}-read",
        f"{prefix}-write",
    }
    engine.drop()
    client.close()
