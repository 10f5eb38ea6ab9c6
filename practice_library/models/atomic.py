"""Publishing, unpublishing and moving as one transaction, so that a change and its outbox row stand or fall together.

Wagtail runs these in several steps of their own; its scheduler and scripts call them outside any transaction.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from wagtail.models import Revision


class AtomicPublishing:
    """Mixed in before Wagtail's classes."""

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """What is live stays live until the time that a revision is scheduled for.

        Wagtail knows that something is live by its live revision, and what the library's loader wrote has none:
        without this, scheduling a new version would take the present one off the site.
        """
        with transaction.atomic():
            if self.live and self.live_revision_id is None and self.pk:  # type: ignore[attr-defined]
                self._keep_live_version(before=revision)
            return super().publish(revision, *args, **kwargs)  # type: ignore[misc]

    def _keep_live_version(self, *, before: Revision) -> None:
        """Keep the live version as a revision just older than the one to be published."""
        live = type(self)._default_manager.get(pk=self.pk)  # type: ignore[attr-defined]
        kept = Revision.objects.create(
            content_object=live,
            base_content_type=live.get_base_content_type(),
            content=live.serializable_data(),
            created_at=before.created_at - dt.timedelta(milliseconds=1),
            object_str=str(live),
        )
        type(self)._default_manager.filter(pk=self.pk).update(live_revision=kept)  # type: ignore[attr-defined]
        self.live_revision = kept

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().unpublish(*args, **kwargs)  # type: ignore[misc]


class AtomicPage(AtomicPublishing):
    """The same for pages, which can also move."""

    def move(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().move(*args, **kwargs)  # type: ignore[misc]
