"""Looks for words in everything that is kept: each column of each table, sessions, files of the index and of people."""

from __future__ import annotations

import json
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
    index = Path(settings.SEARCH_INDEX_DIR)
    people = index.with_name(f"{index.name}-people")
    for folder in (Path(settings.MEDIA_ROOT), index, people, Path(settings.SEARCH_MEANING_DIR)):
        for path in folder.rglob("*"):
            if path.is_file() and _holds(f"{path.name} {path.read_bytes().decode('latin-1')}", wanted):
                found.add(str(path.relative_to(folder.parent)))
    return found


def _in_table(table: str, wanted: list[str]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return any(_holds(str(row), wanted) for row in cursor)


def _holds(text: str, wanted: list[str]) -> bool:
    text = text.lower()
    return any(word in text for word in wanted)


def dead_parts() -> list[str]:
    """Where the files of the embedded indices may keep words that no search finds: rows marked as dead, and older indices.

    Words are packed in these files, so that looking for them in the bytes alone would prove nothing.
    """
    index = Path(settings.SEARCH_INDEX_DIR)
    found = []
    for folder in (index, index.with_name(f"{index.name}-people")):
        generations = [path for path in folder.iterdir() if path.is_dir()] if folder.exists() else []
        if len(generations) > 1:
            found.append(f"{folder.name}: {len(generations)} indices")
        for generation in generations:
            segments = json.loads((generation / "meta.json").read_text())["segments"]
            if any(segment["deletes"] for segment in segments):
                found.append(f"{folder.name}: dead rows")
    return found
