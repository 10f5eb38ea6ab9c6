"""However an account is deleted (its own page, the CMS, a shell), the ledger is written and every store forgets."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete

from .models import User
from .services.rights import forget_everywhere


def _before_an_account_goes(sender: type[User], instance: User, **kwargs: Any) -> None:
    forget_everywhere(instance.pk)


def connect() -> None:
    """Listen for deleted accounts, once."""
    pre_delete.connect(_before_an_account_goes, sender=User, dispatch_uid="accounts.erasure")
