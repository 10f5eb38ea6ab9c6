"""The two questions of every search about visibility, their SQL written once a process.

What may be seen stays decided by the querysets of `Entry`: here the time and the uids of each search are put into their SQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from uuid import UUID

from practice_library.models import Entry
from practice_library.selectors.compiled import NOW, CompiledQuery

#: Uids are asked for in lists of 32, 64, 128, so that few queries are kept.
SMALLEST = 32

_unreadable = CompiledQuery(
    lambda: (
        Entry.objects.not_to_be_found(at=NOW)
        .order_by()
        .values_list("uid", "slug", "title", "practicemodelpage")
    ),
    marked=(),
)


@cache
def _readable(most: int) -> CompiledQuery:
    uids = [UUID(int=number) for number in range(most)]
    return CompiledQuery(
        lambda: (
            Entry.objects.readable_by(None, at=NOW).with_uids(uids).order_by().values_list("uid", flat=True)
        ),
        marked=uids,
    )


def unreadable() -> list[tuple[str, str, str, bool]]:
    """uid, slug, title and whether it is a model, of all that nobody may read, or find, now."""
    return [(_uid(uid), slug, title, model is not None) for uid, slug, title, model in _unreadable.rows()]


def readable(uids: Iterable[str]) -> set[str]:
    """Those of the uids that every visitor may read now."""
    wanted = sorted({UUID(uid) for uid in uids})
    if not wanted:
        return set()
    most = max(SMALLEST, 1 << (len(wanted) - 1).bit_length())
    filled = [*wanted, *[wanted[-1]] * (most - len(wanted))]
    return {_uid(uid) for (uid,) in _readable(most).rows(*filled)}


def _uid(value: UUID | str) -> str:
    return str(value if isinstance(value, UUID) else UUID(value))
