"""Looks for words in everything that is kept: each column of each table, sessions, files of the index and of people."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection


def traces_of(*words: str) -> set[str]:
    """Where any of the words is found, whatever the case: tables by name, and files."""
    wanted = [word.lower() for word in words]
    found = {table for table in connection.introspection.table_names() if _in_table(table, wanted)}
    if any(_holds(str(session.get_decoded()), wanted) for session in Session.objects.all()):
        found.add("sessions")
    for folder in (settings.MEDIA_ROOT, settings.SEARCH_INDEX_DIR, settings.SEARCH_MEANING_DIR):
        for path in Path(folder).rglob("*"):
            if path.is_file() and _holds(f"{path.name} {path.read_bytes().decode('latin-1')}", wanted):
                found.add(str(path.relative_to(settings.TEST_DIR)))
    return found


def _in_table(table: str, wanted: list[str]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return any(_holds(str(row), wanted) for row in cursor)


def _holds(text: str, wanted: list[str]) -> bool:
    text = text.lower()
    return any(word in text for word in wanted)
