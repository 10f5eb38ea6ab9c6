"""Elasticsearch away: said at once, as EngineDown, by every method."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from search.engine import Change, EngineDown, PracticeQuery, SearchEngine
from search.engines.elastic import ElasticEngine, writing
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


@pytest.fixture
def rebuilt() -> Iterator[tuple[ElasticEngine, Elasticsearch, str]]:
    """An engine after its first build, a client to look at what it left, and its prefix."""
    prefix = f"contract-{uuid4().hex[:12]}"
    engine = ElasticEngine(elasticsearch_url(), prefix=prefix, patience=10)
    client = Elasticsearch(elasticsearch_url().split(","), request_timeout=30)
    engine.rebuild([document("a", "Kinship care")])
    yield engine, client, prefix
    engine.drop()
    client.close()


def in_use(client: Elasticsearch, prefix: str) -> dict[str, set[str]]:
    return {
        name: set(index["aliases"]) for name, index in client.indices.get(index=f"{prefix}-*").body.items()
    }


@pytest.mark.elasticsearch
def test_the_index_before_stays_until_the_next_rebuild_for_those_who_still_read_it(
    rebuilt: tuple[ElasticEngine, Elasticsearch, str],
) -> None:
    engine, client, prefix = rebuilt
    first = set(in_use(client, prefix))
    reading = iter(engine.uids(PracticeQuery()))
    engine.rebuild([document("b")])
    assert list(reading) == ["b"]  # the scroll opens at the first uid
    reading = iter(engine.uids(PracticeQuery()))
    assert next(reading) == "b"
    second = set(in_use(client, prefix)) - first
    engine.rebuild([document("c")])
    assert list(reading) == []
    indices = in_use(client, prefix)
    assert not first & set(indices)
    assert sorted(indices.values(), key=len) == [set(), {f"{prefix}-read", f"{prefix}-write"}]
    assert indices[second.pop()] == set()


@pytest.mark.elasticsearch
def test_what_a_rebuild_that_died_left_is_swept_and_cannot_come_into_use(
    rebuilt: tuple[ElasticEngine, Elasticsearch, str],
) -> None:
    engine, client, prefix = rebuilt
    left = writing.create(engine._connection, "0")
    engine.rebuild([document("b")])
    assert left not in in_use(client, prefix)
    for late in (
        lambda: writing.switch(engine._connection, left),
        lambda: writing.apply_changes(engine._connection, f"{left}-building", [Change("a", 9)]),
    ):
        with pytest.raises(EngineDown):
            late()
    assert left not in in_use(client, prefix)
    assert [uid for uid, _ in engine.snapshot()] == ["b"]


@pytest.mark.elasticsearch
def test_the_cards_of_a_page_come_from_the_index_that_found_them(
    rebuilt: tuple[ElasticEngine, Elasticsearch, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folded page takes two more requests; a switch between them must not mix two states in one list."""
    engine, _, _ = rebuilt
    read = engine._read

    def after_a_switch(*arguments: object) -> object:
        monkeypatch.undo()
        engine.rebuild([document("a", "Kinship elsewhere", version=2)])
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "_read", after_a_switch)
    grouped = PracticeQuery("kinship", group=True)
    assert [hit.fields["title"] for hit in engine.search(grouped).hits] == ["Kinship care"]
    assert [hit.fields["title"] for hit in engine.search(grouped).hits] == ["Kinship elsewhere"]


@pytest.mark.elasticsearch
def test_an_entry_taken_away_while_its_page_is_read_is_left_out(
    rebuilt: tuple[ElasticEngine, Elasticsearch, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, _, _ = rebuilt
    read = engine._read

    def after_it_went(*arguments: object) -> object:
        engine.apply([Change("a", 9)])
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "_read", after_it_went)
    assert engine.search(PracticeQuery("kinship", group=True)).hits == ()


@pytest.mark.elasticsearch
def test_a_node_that_is_away_does_not_keep_a_reader_waiting() -> None:
    """The control is `test_nobody_listening_is_engine_down_within_a_second`: with that address alone it is down."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nodes = f"http://127.0.0.1:{unused.getsockname()[1]}, {elasticsearch_url()}"
        engine = ElasticEngine(nodes, prefix=f"contract-{uuid4().hex[:12]}", patience=10)
        engine.rebuild([document("a", "Kinship care")])
        for _ in range(4):
            assert engine.search(PracticeQuery("kinship")).total == 1
        engine.drop()


@pytest.mark.elasticsearch
@pytest.mark.parametrize(
    ("replicas", "expected"),
    [("0-1", {"auto_expand_replicas": "0-1"}), ("0", {"number_of_replicas": "0"})],
)
def test_copies_are_as_the_setting_says(replicas: str, expected: dict[str, str]) -> None:
    prefix = f"contract-{uuid4().hex[:12]}"
    engine = ElasticEngine(elasticsearch_url(), prefix=prefix, patience=10, replicas=replicas)
    engine.rebuild([document("a")])
    client = Elasticsearch(elasticsearch_url().split(","), request_timeout=30)
    (index,) = client.indices.get_settings(index=f"{prefix}-read").body.values()
    assert expected.items() <= index["settings"]["index"].items()
    engine.drop()
    client.close()
