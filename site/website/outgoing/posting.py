"""The one way to write to a person by e-mail. Nothing here talks to a mail server."""

from __future__ import annotations

import uuid
from typing import Protocol

from django.conf import settings
from django.db import transaction

from .models import Letter


class HasKey(Protocol):
    """A person, as far as a letter wants to know them. The accounts stand above this room."""

    @property
    def pk(self) -> uuid.UUID: ...


def post(*, to: HasKey, subject: str, body: str) -> Letter:
    """Leave a letter in the transaction of what it tells; it is carried after the commit, and again until it arrives.

    Raises: RuntimeError outside a transaction, since a letter apart from its cause may tell of what never happened.
    """
    return _post(Letter(person_id=to.pk, subject=subject, body=body))


def post_to_address(*, address: str, subject: str, body: str) -> Letter:
    """The same to an address, whether or not somebody here has it. It is kept until it is sent. Raises: RuntimeError."""
    return _post(Letter(address=address.lower(), subject=subject, body=body))


def _post(letter: Letter) -> Letter:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Post a letter inside the transaction that it tells of.")
    letter.save(force_insert=True)
    transaction.on_commit(_carry, robust=True)
    return letter


def _carry() -> None:
    from . import sending, tasks

    if settings.MAIL_SENDING == "inline":
        sending.send_due()
    else:
        tasks.enqueue_carrying()
