"""`/healthz` says that the process lives, `/readyz` whether people may be sent here."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from website.health import registry
from website.outbox.models import Change

ALL = dict(registry._registered)


@pytest.fixture(autouse=True)
def _registered_parts() -> Iterator[None]:
    """Checks registered by a test are forgotten after it. Only this room's own parts take part."""
    own = {name: part for name, part in registry._registered.items() if name in {"database", "outbox"}}
    with patch.object(registry, "_registered", own):
        yield


def test_a_living_process_says_so_without_asking_the_database(client: Client) -> None:
    """No database mark on this test: a query here would fail it."""
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_every_part_is_well(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    body = answer.json()
    assert body["status"] == "ready"
    assert body["checks"].keys() == {"database", "outbox"}
    assert all(part["well"] and part["problem"] == "" for part in body["checks"].values())


@pytest.mark.django_db
def test_the_search_engine_takes_part_and_its_absence_makes_the_site_worse(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    """An empty folder holds no index: search answers from the database meanwhile."""
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_INDEX_DIR = tmp_path
    registry.register_check("search engine", ALL["search engine"].check)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert "uses the database" in answer.json()["checks"]["search engine"]["problem"]
    assert str(tmp_path) not in answer.content.decode()


@pytest.mark.django_db
def test_an_optional_part_that_fails_makes_the_site_worse_but_not_unready(client: Client) -> None:
    """Search answers from the database when its engine is down, so nobody is sent away."""
    registry.register_check("search engine", lambda: "does not answer")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["checks"]["search engine"]["problem"] == "does not answer"


@pytest.mark.django_db
def test_an_essential_part_that_fails_makes_the_site_unready_and_tells_no_secret(client: Client) -> None:
    def refuse() -> None:
        raise ConnectionError("password authentication failed for commons")

    registry.register_check("files", refuse, essential=True)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "unready")
    assert answer.json()["checks"]["files"]["problem"] == "ConnectionError"
    assert b"password" not in answer.content


@pytest.mark.django_db
def test_a_change_that_waits_too_long_is_told(client: Client) -> None:
    change = Change.objects.create(topic="entry", object_uid=uuid.uuid4())
    assert client.get("/readyz").json()["status"] == "ready"
    Change.objects.filter(pk=change.pk).update(recorded_at=timezone.now() - timedelta(minutes=10))
    answer = client.get("/readyz").json()
    assert answer["status"] == "degraded"
    assert "600 seconds" in answer["checks"]["outbox"]["problem"]


def test_a_name_is_registered_once() -> None:
    with pytest.raises(ValueError, match="registered already"):
        registry.register_check("database", lambda: None)
