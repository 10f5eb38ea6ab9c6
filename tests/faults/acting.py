"""One process of a site: does what it is told by lines of JSON, through the product's own services, until it is killed.

`{"act": "publish", "titles": ["Lantern house"]}` gives `{"gave": ...}` or `{"raised": "EngineDown", "said": ...}`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, TextIO

ACTS: dict[str, Callable[..., Any]] = {}


def act(function: Callable[..., Any]) -> Callable[..., Any]:
    """Something a process can be told to do."""
    ACTS[function.__name__] = function
    return function


def serve(orders: TextIO, answers: TextIO) -> None:
    """Answer line by line until there are no more."""
    for order in orders:
        asked = json.loads(order)
        try:
            answer = {"gave": ACTS[asked.pop("act")](**asked)}
        except Exception as error:
            answer = {"raised": type(error).__name__, "said": str(error)}
        answers.write(json.dumps(answer) + "\n")


@act
def publish(titles: Sequence[str], words: str = "") -> None:
    """Models, each saved and published in one transaction as the CMS does it."""
    from django.db import transaction

    from tests.factories.making import a_model

    for title in titles:
        with transaction.atomic():
            page = a_model(title, **({"summary": words} if words else {}))
            page.save_revision().publish()


@act
def rename(title: str, to: str) -> None:
    """Publish an entry under another name."""
    from django.db import transaction

    with transaction.atomic():
        page = _page(title)
        page.title = to
        page.save_revision().publish()


@act
def withdraw(title: str) -> None:
    """Unpublish an entry."""
    from django.db import transaction

    with transaction.atomic():
        _page(title).unpublish()


def _page(title: str) -> Any:
    from practice_library.models import PracticeModelPage

    return PracticeModelPage.objects.get(title=title)


@act
def drain() -> dict[str, Any]:
    """What one drain did."""
    from dataclasses import asdict

    from search.indexing import drain

    return asdict(drain())


@act
def rebuild() -> int:
    """How many documents a rebuild wrote."""
    from search.indexing import rebuild

    return rebuild().documents


@act
def command(name: str, **options: Any) -> str:
    """What a management command printed."""
    from io import StringIO

    from django.core.management import call_command

    out = StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue()


@act
def drain_until(file: str) -> int:
    """Drain again and again until the file is there and nothing is pending; how many changes this process told."""
    import time
    from pathlib import Path

    from website.outbox.models import Change

    from search.indexing import drain

    told = 0
    while not Path(file).exists() or Change.objects.pending().exists():
        told += drain().changes
        time.sleep(0.01)
    return told


@act
def work_once() -> None:
    """Do what the worker was asked for, without waiting before it is asked again."""
    from django_tasks_db.models import DBTaskResult

    from search import tasks

    tasks.RETRY_AFTER = 0.0
    DBTaskResult.objects.all().delete()
    tasks.drain_outbox.call()


@act
def work() -> None:
    """What a worker does that comes now: every task that is due."""
    from django.core.management import call_command

    call_command("db_worker", "--backend=worker", "--queue-name=*", "--batch", "--no-reload", "--verbosity=0")


@act
def changes() -> list[int]:
    """The numbers of all changes that were ever recorded."""
    from website.outbox.models import Change

    return sorted(Change.objects.values_list("pk", flat=True))


@act
def pending() -> int:
    """Changes that the index has not been told."""
    from website.outbox.models import Change

    return Change.objects.pending().count()


@act
def published() -> list[str]:
    """Titles of what readers may see, asked of the database."""
    from practice_library.models import Entry

    return sorted(Entry.objects.published().values_list("title", flat=True))


@act
def expire_lease() -> None:
    """As if half a minute had passed since its holder was last heard of."""
    from django.utils import timezone

    from search.models import IndexLease

    IndexLease.objects.update(expires_at=timezone.now())


@act
def drift() -> dict[str, int]:
    """How many entries are missing, ghost and stale."""
    from search.checks import find_drift

    found = find_drift()
    return {"missing": len(found.missing), "ghost": len(found.ghost), "stale": len(found.stale)}


@act
def search(words: str) -> dict[str, Any]:
    """What a reader sees: status of page, suggestions and API, titles, and whether the page says that the index is away."""
    from django.test import Client
    from django.utils.html import escape

    from search.service import DEGRADED

    client = Client(raise_request_exception=False)
    page = client.get("/practice/", {"q": words})
    suggested = client.get("/api/v1/practice/suggest", {"q": words})
    api = client.get("/api/v1/practice/search", {"q": words})
    found = api.json().get("results", []) if api.status_code == 200 else []
    return {
        "statuses": [page.status_code, suggested.status_code, api.status_code],
        "titles": sorted(each["title"] for each in found),
        "shown": [each["title"] for each in found if escape(each["title"]) in page.content.decode()],
        "degraded": escape(DEGRADED) in page.content.decode(),
    }
