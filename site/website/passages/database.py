"""Removes a passage from every column of every installed model, and from what a database leaves behind in its files."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Model
from django.db.models.signals import post_save

from .columns import table_of
from .stores import Count, PassageStore, Removal


def _remove(removal: Removal) -> Count:
    counts: Counter[str] = Counter()
    long, short = removal.finder(removal.stub), removal.finder(removal.short)
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for cell in table_of(model).cells(removal.marks):
            if taken := cell.cut(long, short):
                counts[model._meta.verbose_name_plural.lower()] += len(taken)  # type: ignore[union-attr]
                removal.changed.add((model, cell.key))
    for model, key in removal.changed:
        _tell_saved(model, key)
    if connection.vendor == "sqlite":
        _merge_full_text()
        transaction.on_commit(_empty_log, robust=True)
    return counts


def _tell_saved(model: type[Model], key: Any) -> None:
    """Who listens to saves (Wagtail's search, vocabularies, people) hears of a row that was written past the models."""
    row = model._base_manager.filter(pk=key).first()
    if row is not None:
        post_save.send(
            sender=model, instance=row, created=False, raw=False, using=DEFAULT_DB_ALIAS, update_fields=None
        )


def _merge_full_text() -> None:
    """SQLite's full-text tables keep words of deleted rows until their parts are merged."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5%'")
        for (name,) in cursor.fetchall():
            quoted = connection.ops.quote_name(name)
            cursor.execute(f"INSERT INTO {quoted}({quoted}) VALUES ('optimize')")  # noqa: S608


def _empty_log() -> None:
    """The write-ahead log holds pages as they were. Whoever reads just now keeps it until the next checkpoint."""
    if connection.in_atomic_block:  # a test, whose transaction goes on
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


COLUMNS = PassageStore("database", _remove)
