"""What every test shares: servers are needed or skipped with a reason, and transactional tests find their ground."""

from __future__ import annotations

import os
import shutil
import urllib.error
import urllib.request
from functools import cache

import hypothesis
import pytest
from django.conf import settings
from django.db import connection

#: A slow machine is no fault: nothing that is generated is timed.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def missing(reason: str) -> None:
    """A server is not there: a skip at home, a failure in CI, where .ci/run is to start it."""
    if IN_CI:
        pytest.fail(f"CI must have it: {reason}", pytrace=False)
    pytest.skip(reason)


@cache
def elasticsearch_answers(url: str) -> bool:
    """Ask the first node once a run."""
    try:
        with urllib.request.urlopen(f"{url.split(',')[0]}/_cluster/health", timeout=10) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def chromium() -> str | None:
    """The browser's program: CHROMIUM, else Debian's."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


#: What migrations made, as the test database holds it at its start.
_made_by_migrations: list[str] = []


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Remember the ground that transactional tests stand on."""
    _made_by_migrations.extend(filter(None, [getattr(connection, "_test_serialized_contents", None)]))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Refuse or skip a test whose server is missing, before its fixtures try to use it."""
    if _made_by_migrations:  # Playwright's event loop brings a second connection, which knows nothing of it
        connection._test_serialized_contents = _made_by_migrations[0]
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        missing("needs PostgreSQL: set DATABASE_URL (tools/postgres start prints one)")
    if item.get_closest_marker("elasticsearch") and not item.get_closest_marker("cluster"):
        url = settings.ELASTICSEARCH_URL
        if not url:
            missing("needs Elasticsearch: set ELASTICSEARCH_URL (tools/elasticsearch start)")
        if not elasticsearch_answers(url):
            missing(f"ELASTICSEARCH_URL is set, but nothing answers at {url}")
    if item.get_closest_marker("browser") and not chromium():
        missing("needs Chromium (apt-get install chromium, or set CHROMIUM)")


def _is_transactional(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    if mark and (mark.kwargs.get("transaction") or (mark.args and mark.args[0])):
        return True
    return bool({"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give transactional tests what migrations made (locale, root page, site, groups).

    Such a test empties every table at its end; without this the next one would find no root page.
    """
    for item in items:
        if _is_transactional(item):
            mark = item.get_closest_marker("django_db")
            asked = dict(mark.kwargs) if mark else {}
            kept = {"transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**{**asked, **kept}), append=False)


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    """Rate limits and cached pages of one test must not reach the next."""
    from django.core.cache import cache as shared

    shared.clear()


@pytest.fixture(autouse=True)
def _no_ledgers() -> None:
    """Who was erased in one test is missing from the tables of the next, where that would be a fault to tell of."""
    for path in (settings.ERASURE_LEDGER, settings.REDACTION_LEDGER):
        path.unlink(missing_ok=True)
