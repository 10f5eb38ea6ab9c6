"""Orders that make a process fail at one point, wait there, tell a wrong time, or go without one of its guards."""

from __future__ import annotations

import datetime as dt
import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.faults.acting import act


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _wrap(owner: Any, name: str, wrapper: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    setattr(owner, name, wrapper(getattr(owner, name)))


def _engine_class() -> Any:
    from search.current import current_engine

    return type(current_engine())


@act
def die_before_applying() -> None:
    """The change is committed, the index has heard nothing."""
    _wrap(_engine_class(), "apply", lambda apply: lambda engine, changes: _die())


@act
def die_while_writing() -> None:
    """The index has taken documents that it has not committed."""
    from search.engines.embedded import writing

    def dying(written: Callable[..., Any]) -> Callable[..., Any]:
        taken: list[Any] = []

        def count_and_die(document: Any, storage: Any) -> Any:
            taken.append(document)
            if len(taken) == 2:
                _die()
            return written(document, storage)

        return count_and_die

    _wrap(writing, "written", dying)


@act
def die_after_applying() -> None:
    """The index has the change, the outbox does not know it."""

    def dying(apply: Callable[..., Any]) -> Callable[..., Any]:
        def apply_and_die(engine: Any, changes: Iterable[Any]) -> None:
            apply(engine, list(changes))
            _die()

        return apply_and_die

    _wrap(_engine_class(), "apply", dying)


@act
def die_in_a_rebuild() -> None:
    """The new index is filled and not yet in use."""
    from search.building import Building

    Building.switching = lambda self: _die()  # type: ignore[method-assign,assignment,return-value]


@act
def rebuild_in_place() -> None:
    """Without the guard that a new index is built beside the one in use."""
    from search.engines.embedded import writing

    def fill(filled: Callable[..., Any]) -> Callable[..., Any]:
        def empty_and_fill(storage: Any, generation: str, documents: Any) -> Any:
            storage.switch_to(generation)
            return filled(storage, generation, documents)

        return empty_and_fill

    _wrap(writing, "_fill", fill)


@act
def die_while_filling() -> None:
    """The new index has one document that is not committed."""
    from search.engines.embedded import writing

    _wrap(writing, "written", lambda written: lambda document, storage: _die())


@act
def tell_before_applying() -> None:
    """Without the guard that a change counts as told only once the index has it."""
    from django.utils import timezone
    from website.outbox.models import Change

    def hasty(apply: Callable[..., Any]) -> Callable[..., Any]:
        def mark_and_apply(engine: Any, changes: Iterable[Any]) -> Any:
            known = list(changes)
            Change.objects.pending().update(done_at=timezone.now())
            return apply(engine, known)

        return mark_and_apply

    _wrap(_engine_class(), "apply", hasty)


@act
def wait_before_applying(reached: str, until: str) -> None:
    """Say by a file that the batch has been read, and write only once another file is there."""

    def waiting(apply: Callable[..., Any]) -> Callable[..., Any]:
        def wait_and_apply(engine: Any, changes: Iterable[Any]) -> Any:
            known = list(changes)
            Path(reached).touch()
            while not Path(until).exists():
                time.sleep(0.02)
            return apply(engine, known)

        return wait_and_apply

    _wrap(_engine_class(), "apply", waiting)


@act
def note_what_is_told(file: str) -> None:
    """Write the number of every change that this process marks as told to a file, one a line."""
    from website.outbox.models import ChangeQuerySet

    def noting(told: Callable[..., Any]) -> Callable[..., Any]:
        def tell_and_note(rows: Any, pks: Iterable[int]) -> Any:
            numbers = list(pks)
            with Path(file).open("a") as out:
                out.writelines(f"{number}\n" for number in numbers)
            return told(rows, numbers)

        return tell_and_note

    _wrap(ChangeQuerySet, "told", noting)


@act
def without_lease() -> None:
    """Without the guard that one worker writes at a time."""
    from search import leases
    from search.leases import Lease

    Lease.acquire = lambda self: True  # type: ignore[method-assign]
    Lease.draw = lambda self: leases.draw_for_rebuild()  # type: ignore[method-assign]
    Lease.renew = lambda self: True  # type: ignore[method-assign]


@act
def short_lease(seconds: float) -> None:
    """A lease that runs out while its holder sleeps, without waiting half a minute for it."""
    from search import leases

    leases.LEASE = dt.timedelta(seconds=seconds)


@act
def without_versions() -> None:
    """Without the guard that a newer reading is not overwritten by an older one."""
    from search.engines.embedded import writing

    writing.newest_version = lambda searcher, uid: -1  # type: ignore[assignment]


@act
def set_clock(hours: float) -> None:
    """From now on this process tells the time so many hours later (earlier, if negative)."""
    import time_machine

    time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours), tick=True).start()


@act
def without_the_database_deciding() -> None:
    """Without the guard that the database says of every hit whether it may be seen."""
    from search import service
    from search.concealing import Concealed

    service.concealed = lambda: Concealed((), {})  # type: ignore[attr-defined]
    service.readable_uids = lambda uids, user=None: set(uids)  # type: ignore[assignment]


@act
def versions_by_the_clock() -> None:
    """Without the guard that the numbers of batches are counted and not read off a clock."""
    from dataclasses import replace

    from search.leases import Lease

    Lease.draw = lambda self: int(time.time() * 1000)  # type: ignore[method-assign]
    _wrap(_engine_class(), "apply", lambda apply: lambda *known: replace(apply(*known), stale=0))


@act
def leases_only_run_out() -> None:
    """Without the guard that a lease of a time far ahead is nobody's."""
    from django.db.models import Q
    from django.utils import timezone

    from search import leases
    from search.models import IndexLease

    def acquire(lease: Any) -> bool:
        now = timezone.now()
        free = Q(holder="") | Q(expires_at=None) | Q(expires_at__lt=now)
        held = IndexLease.objects.filter(free, pk=1)
        return bool(held.update(holder=lease.holder, expires_at=now + leases.LEASE))

    leases.Lease.acquire = acquire  # type: ignore[method-assign]


@act
def retries_by_the_clock() -> None:
    """Without the guard that a worker waits by itself before it tries again."""
    from django.utils import timezone

    from search import tasks

    def later() -> None:
        tasks.drain_outbox.using(run_after=timezone.now() + dt.timedelta(seconds=5)).enqueue()

    tasks.enqueue_drain = later


@act
def engine_down() -> None:
    """The engine refuses every change."""
    from search.engine import EngineDown

    def refuse(*args: Any) -> None:
        raise EngineDown("no answer")

    _wrap(_engine_class(), "apply", lambda apply: refuse)
