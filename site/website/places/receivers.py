"""A saved organisation or name reaches the recogniser of names and, through the signal, the search index."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from website.places import names
from website.places.models import Alias, Organisation
from website.places.signals import organisations_changed


def connect() -> None:
    """Connect once, when the application starts."""
    for signal in (post_save, post_delete):
        signal.connect(organisation_saved, sender=Organisation, dispatch_uid="places.organisation_saved")
        signal.connect(alias_saved, sender=Alias, dispatch_uid="places.alias_saved")
    organisations_changed.connect(forget_names, dispatch_uid="places.forget_names")


def organisation_saved(instance: Organisation, **kwargs: Any) -> None:
    organisations_changed.send(sender=Organisation, uids=[instance.uid])


def alias_saved(instance: Alias, **kwargs: Any) -> None:
    organisations_changed.send(sender=Organisation, uids=[instance.organisation.uid])


def forget_names(**kwargs: Any) -> None:
    """At once for this transaction, and again after it, when the other threads can see the change."""
    names.forget()
    transaction.on_commit(names.forget, robust=True)
