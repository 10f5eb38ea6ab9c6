"""A site that stands for many tests: filled once, served by one server, emptied at the end.

The fixture `live_server` fills and empties the database for each test, which costs minutes with hundreds of pages.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer
from website.accounts.models import User
from website.accounts.services.demo import DEMO_PASSWORD

from search import vocabulary
from search.current import forget_engine
from tests.browser.library import MEMBER_EMAIL, PASSWORD, TOTP_SECRET
from tests.browser.states import CAREFUL, EDITOR, HALFWAY, MEMBER, NEWCOMER, VISITOR


@contextmanager
def filled(blocker: Any, fill: Callable[[], None]) -> Iterator[None]:
    """A database and an index that hold what `fill` puts there, until the end of the block."""
    with (
        tempfile.TemporaryDirectory(prefix="practice-commons-index-") as folder,
        override_settings(SEARCH_INDEX_DIR=f"{folder}/index", SEARCH_INDEXING="worker", ELASTICSEARCH_URL=""),
        blocker.unblock(),
    ):
        made_by_migrations = _made_by_migrations()
        _forget()
        try:
            fill()
            yield
        finally:
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
            connection.creation.deserialize_db_from_string(made_by_migrations)
            _forget()


@contextmanager
def served() -> Iterator[str]:
    """The address of a server of the site as it is filled now."""
    server = LiveServer("localhost")
    try:
        yield server.url
    finally:
        server.stop()


def _made_by_migrations() -> str:
    """Locale, root page, site and groups. Where transactional tests emptied every table, they are brought back."""
    kept: str | None = getattr(connection, "_test_serialized_contents", None)
    if kept is None:
        return connection.creation.serialize_db_to_string()
    connection.creation.deserialize_db_from_string(kept)
    return kept


def _forget() -> None:
    cache.clear()
    forget_engine()
    vocabulary.forget()


@contextmanager
def without_index(broken: bool) -> Iterator[None]:
    """The embedded engine without its files, if asked for; they come back at the end."""
    if not broken:
        yield
        return
    folder = Path(settings.SEARCH_INDEX_DIR)
    aside = folder.with_name("aside")
    folder.rename(aside)
    forget_engine()
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        aside.rename(folder)
        forget_engine()


def sign_in(client: Client, reader: str) -> None:
    """Through the front door, so that the session says how and when, as the pages of the account ask."""
    cache.clear()
    if reader == VISITOR:
        return
    if reader == NEWCOMER:
        client.force_login(
            User.objects.get(email="newcomer@example.org"), "django.contrib.auth.backends.ModelBackend"
        )
        return
    email, password = {
        EDITOR: ("edda.editor@demo.example", DEMO_PASSWORD),
        MEMBER: (MEMBER_EMAIL, PASSWORD),
        CAREFUL: ("careful@example.org", PASSWORD),
        HALFWAY: ("careful@example.org", PASSWORD),
    }[reader]
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    assert answer.status_code == 302, f"{reader} cannot sign in"
    if reader == CAREFUL:
        code = format_hotp_value(hotp_value(TOTP_SECRET, next(iter(yield_hotp_counters_from_time()))))
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302, (
            "the code is refused"
        )
