"""Publishing, unpublishing and moving as one transaction, so that a change and its outbox row stand or fall together.

Wagtail runs these in several steps of their own; its scheduler and scripts call them outside any transaction.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction


class AtomicPublishing:
    """Mixed in before Wagtail's classes."""

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().publish(*args, **kwargs)  # type: ignore[misc]

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().unpublish(*args, **kwargs)  # type: ignore[misc]


class AtomicPage(AtomicPublishing):
    """The same for pages, which can also move."""

    def move(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().move(*args, **kwargs)  # type: ignore[misc]
