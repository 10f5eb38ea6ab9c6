"""A person takes everything away, or has it erased. Each room's store is asked; see website.outbox.stores."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from website.audit.recording import record
from website.outbox.stores import Row, rows_of, stores
from website.spreadsheets import csv_lines

from ..models import Erasure, User
from . import ledger

Tables = dict[str, list[Row]]


def data_of(person: User) -> dict[str, Tables]:
    """Everything held of a person: by room, by table, as rows."""
    return {
        store.name: {name: rows_of(find(person.pk)) for name, find in store.tables.items()}
        for store in stores()
        if store.tables
    }


def as_json(person: User) -> bytes:
    """The data for a program."""
    return json.dumps(data_of(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()


def as_archive(person: User) -> bytes:
    """The same for people: one CSV a table, the JSON, and the files."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("my-data.json", as_json(person))
        for room, tables in data_of(person).items():
            for name, rows in tables.items():
                file.writestr(f"{room}/{name}.csv", _csv(rows))
        for store in stores():
            for name, content in store.files(person.pk):
                file.writestr(f"{store.name}/{name}", content)
    return archive.getvalue()


def _csv(rows: list[Row]) -> str:
    if not rows:
        return ""
    return "".join(csv_lines([list(rows[0]), *([_plain(value) for value in row.values()] for row in rows)]))


def _plain(value: Any) -> str:
    if isinstance(value, (list, dict)):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return "" if value is None else str(value)


@transaction.atomic
def erase_person(*, person: User, by: User | None) -> None:
    """Leave nothing of a person but the opaque key in the audit and in the ledger. There is no way back.

    What they published belongs to its organisation and names nobody. docs/data-protection.md lists what is kept.
    """
    record("person.erased", person, by=by)
    person.delete()


def forget_everywhere(key: uuid.UUID) -> None:
    """Before the rows of a person go, however they are deleted: the ledger is written and each store forgets."""
    Erasure.objects.get_or_create(key=key)
    for store in stores():
        store.forget(key)
    transaction.on_commit(ledger.write_down, robust=True)


def replay_erasures() -> int:
    """After a restore: erase again whoever is in the ledger, on either side. How many came back and are gone again."""
    erased = ledger.keys_in_file() | set(Erasure.objects.values_list("key", flat=True))
    came_back = User.objects.filter(pk__in=erased)
    number = 0
    for person in list(came_back):
        erase_person(person=person, by=None)
        number += 1
    for key in erased:
        with transaction.atomic():
            forget_everywhere(key)
    return number
