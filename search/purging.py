"""Writes an index anew when words have to be gone from its files too.

An index only marks what was replaced or removed as dead; the words stay in its files until these are merged, which neither
engine does on demand for all of them. So the index is built anew beside the one in use, as in every rebuild, and the one
before is removed at once.
"""

from __future__ import annotations

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from website.passages.stores import Count, PassageStore, Removal

from search.engine import EngineDown, RebuildBusy
from search.indexed import EVERYTHING, LIBRARY, PEOPLE, Indexed
from search.indexing import drain, rebuild
from search.models import IndexPurge

log = structlog.get_logger(__name__)


def ask_for(*kinds: Indexed) -> None:
    """In the transaction that removed the words: their indices are written anew after it, and not forgotten before it
    was done."""
    IndexPurge.objects.bulk_create([IndexPurge(what=what.name) for what in kinds])
    transaction.on_commit(_begin, robust=True)


def _begin() -> None:
    if settings.SEARCH_INDEXING == "worker":
        from search.tasks import enqueue_purge

        enqueue_purge()
        return
    try:
        purge()
    except (EngineDown, RebuildBusy) as error:
        log.warning("search.not_purged", error=str(error))


def purge() -> list[str]:
    """Write anew every index for which that was asked; gives their names. Safe to repeat.

    Raises: EngineDown, RebuildBusy; what was asked for stays asked for.
    """
    done = []
    for what in EVERYTHING:
        asked = IndexPurge.objects.filter(what=what.name, done_at=None)
        covered = list(asked.values_list("pk", flat=True))  # what is asked for later needs a later reading
        if not covered:
            continue
        drain()
        rebuild(what)
        what.engine().forget_former()
        IndexPurge.objects.filter(pk__in=covered).update(done_at=timezone.now())
        done.append(what.name)
    return done


def _remove(removal: Removal) -> Count:
    ask_for(LIBRARY, PEOPLE)
    return {}


INDICES = PassageStore("indices", _remove)
