"""The one way to write the audit, called by services in the transaction of what they record."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Protocol

from django.db import models, transaction

from .models import AuditEntry

ACTION = re.compile(r"[a-z_]+(\.[a-z_]+)+")


class HasKey(Protocol):
    """A person, as far as the audit wants to know them. The accounts stand above this room."""

    @property
    def pk(self) -> uuid.UUID: ...


def record(
    action: str,
    obj: models.Model,
    *,
    by: HasKey | None,
    role: str = "",
    organisation: str = "",
    detail: Mapping[str, object] | None = None,
) -> AuditEntry:
    """Record that `by` did `action` to `obj`; `by=None` is the system itself.

    Raises: RuntimeError outside a transaction, since an act recorded apart from it may not have happened;
    ValueError for an action that is not "noun.done".
    """
    if not ACTION.fullmatch(action):
        raise ValueError(f"Name the action noun.done, not {action!r}.")
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Record an act inside the transaction that does it.")
    return AuditEntry.objects.create(
        who=by.pk if by is not None else None,
        role=role,
        organisation=organisation,
        action=action,
        object_type=obj._meta.label_lower,
        object_key=str(obj.pk),
        detail=dict(detail or {}),
    )
