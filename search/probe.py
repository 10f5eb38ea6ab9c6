"""How the search engine and search by meaning are, for `/readyz`."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from search.current import current_engine
from search.meaning.shelf import current_shelf
from search.meaning.weights import installed
from search.models import IndexPurge

PURGE_ALARM = dt.timedelta(hours=1)


def engine_problem() -> str | None:
    """What is wrong in a few words, without the engine's address; None when it answers."""
    health = current_engine().health()
    return None if health.ok else f"{health.engine} does not answer: search uses the database"


def purge_problem() -> str | None:
    """Whether words that were removed may stand in files of an index for longer than a rebuild takes."""
    waits = IndexPurge.objects.filter(done_at=None, asked_at__lt=timezone.now() - PURGE_ALARM).count()
    return f"{waits} wait for the index to be written anew: run search_index --purge" if waits else None


def meaning_problem() -> str | None:
    """Why search goes by words alone, or how far meaning is from whole; None when every entry has its vectors."""
    if not installed():
        return "not installed: search goes by words"
    count = current_shelf().count()
    if count.serves:
        return (
            f"{count.waiting} of {count.kept + count.waiting} texts wait for their vectors"
            if count.waiting
            else None
        )
    return f"{count.kept} of {count.kept + count.waiting} texts have vectors: search goes by words until most have"
