"""Engines for the contract suite: embedded always, Elasticsearch where a server is named.

No database is touched here. With CI=true a missing server is a failure, elsewhere a skip with a reason.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from search.engine import SearchEngine
from search.engines.embedded import EmbeddedEngine
from tests.search.corpus import fixed_library

ENGINES = ["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)]
NewEngine = Callable[[], SearchEngine]


def elasticsearch_url() -> str:
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url and os.environ.get("CI") == "true":
        pytest.fail("ELASTICSEARCH_URL is not set: in CI the contract suite needs a real Elasticsearch.")
    if not url:
        pytest.skip("ELASTICSEARCH_URL is not set: start one with tools/elasticsearch start")
    return url


def open_engine(name: str, folder: Path, stack: ExitStack) -> SearchEngine:
    if name == "embedded":
        engine: SearchEngine = EmbeddedEngine(folder / uuid4().hex)
        stack.callback(engine.close)
        return engine
    from search.engines.elastic import ElasticEngine

    elastic = ElasticEngine(elasticsearch_url(), prefix=f"contract-{uuid4().hex[:12]}", patience=10)
    stack.callback(elastic.close)
    stack.callback(elastic.drop)
    return elastic


@pytest.fixture(params=ENGINES)
def new_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewEngine]:
    """Makes empty engines that are gone after the test."""
    with ExitStack() as stack:
        yield lambda: open_engine(request.param, tmp_path, stack)


@pytest.fixture
def engine(new_engine: NewEngine) -> SearchEngine:
    made = new_engine()
    made.rebuild([])
    return made


@pytest.fixture(scope="session", params=ENGINES)
def library(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchEngine]:
    """An engine with the fixed library; tests must not change it."""
    with ExitStack() as stack:
        made = open_engine(request.param, tmp_path_factory.mktemp("library"), stack)
        made.rebuild(fixed_library())
        yield made
