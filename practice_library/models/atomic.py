"""Publishing, unpublishing and moving as one transaction, so that a change and its outbox row stand or fall together.

Wagtail runs these in several steps of their own, and its scheduler calls them outside any transaction. What is saved in
the CMS is one transaction by `website.outbox.middleware`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision
from website.passages.cutting import cut
from website.passages.prints import finder

from .passage import TakenPassage


class AtomicPublishing:
    """Mixed in before Wagtail's classes."""

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Publish or schedule a revision."""
        with transaction.atomic():
            self.keep_live_version(before=revision)
            return super().publish(revision, *args, **kwargs)  # type: ignore[misc]

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Take it off the site."""
        with transaction.atomic():
            return super().unpublish(*args, **kwargs)  # type: ignore[misc]

    def keep_live_version(self, *, before: Revision) -> None:
        """What is live stays live until the time that a revision is scheduled for.

        Wagtail knows that something is live by its live revision, and what the library's loader wrote has none:
        without this, scheduling a new version would take the present one off the site. The live version is kept
        as a revision just older than the one to be published.
        """
        if self.live_revision_id is not None or not self.live or not self.first_published_at:  # type: ignore[attr-defined]
            return
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

    def with_content_json(self, content: Any) -> Any:
        """Which revision is live is a fact of the thing itself, and rows deleted since come back as new ones.

        A row that kept its old id would be refused by its form, so that an older revision could not be restored.
        A passage that was taken out of sight does not come back with an older version.
        """
        guards = TakenPassage.objects.guarding(self.guarded_entries())
        if guards:
            content, _ = cut(content, finder(guards))
        restored = super().with_content_json(content)  # type: ignore[misc]
        restored.live_revision_id = self.live_revision_id  # type: ignore[attr-defined]
        for relation in get_all_child_relations(type(restored)):
            rows = [row for row in getattr(restored, relation.get_accessor_name()).all() if row.pk]
            if rows:
                there = relation.related_model._default_manager.filter(pk__in=[row.pk for row in rows])
                kept = set(there.values_list("pk", flat=True))
                for row in rows:
                    row.pk = row.pk if row.pk in kept else None
        return restored

    def guarded_entries(self) -> list[int]:
        """The entries whose held passages this must not show; what was removed for good it shows in no case."""
        return []


class AtomicPage(AtomicPublishing):
    """The same for pages, which can also move."""

    def move(self, *args: Any, **kwargs: Any) -> Any:
        """Move with all that stands below."""
        with transaction.atomic():
            return super().move(*args, **kwargs)  # type: ignore[misc]
