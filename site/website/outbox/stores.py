"""The registry of stores: each room says what it holds of a person, and how it forgets what no key of the database reaches.

One service calls them all (website.accounts.services.rights), without this room knowing of people.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import models

Row = dict[str, Any]
#: Fields that are never handed out: what would let somebody sign in, and the text of pages, which is not personal.
NOT_HANDED_OUT = frozenset({"password", "session_key", "data", "key", "hash", "token", "content"})


def _nothing(key: uuid.UUID) -> None:
    return None


def _no_files(key: uuid.UUID) -> Iterable[tuple[str, bytes]]:
    return ()


@dataclass(frozen=True, slots=True)
class Store:
    """What a room holds of a person by their opaque key.

    tables: rows that are theirs, by a name for readers; with their account the database removes these by itself.
    files: name and content. forget: removes what the database does not (files, indices, labels of a log); it runs in the
    transaction of the erasure, before the rows go, and must not fail when run again.
    """

    name: str
    tables: Mapping[str, Callable[[uuid.UUID], models.QuerySet[Any]]] = field(default_factory=dict)
    files: Callable[[uuid.UUID], Iterable[tuple[str, bytes]]] = _no_files
    forget: Callable[[uuid.UUID], None] = _nothing


_stores: dict[str, Store] = {}


def register_store(store: Store) -> None:
    """Add a store. Refuses a second one of the same name."""
    if store.name in _stores:
        raise ValueError(f"The store {store.name!r} is registered already.")
    _stores[store.name] = store


def stores() -> Iterator[Store]:
    """All of them, in the order of the rooms."""
    yield from _stores.values()


def rows_of(found: models.QuerySet[Any]) -> list[Row]:
    """Rows as plain values under the names of their fields. Who else has part in a row is left out: that is theirs."""
    model = found.model
    fields = [each for each in model._meta.concrete_fields if _may_be_told(each)]
    named = [each.name for each in fields if each.is_relation]
    many = [each.name for each in model._meta.many_to_many]
    rows = []
    for row in found.select_related(*named) if named else found:
        told = {each.name: _value(row, each) for each in fields}
        told.update({name: [str(term) for term in getattr(row, name).all()] for name in many})
        rows.append(told)
    return rows


def _may_be_told(each: Any) -> bool:
    of_a_person = each.is_relation and each.related_model._meta.label == settings.AUTH_USER_MODEL
    return each.name not in NOT_HANDED_OUT and not of_a_person and not isinstance(each, models.FileField)


def _value(row: Any, each: Any) -> Any:
    value = getattr(row, each.name)
    if each.choices:
        return getattr(row, f"get_{each.name}_display")()
    if isinstance(value, models.Model):
        named: Callable[[], str] = getattr(value, "name_for_anybody", value.__str__)
        return named()
    return str(value) if isinstance(value, uuid.UUID) else value
