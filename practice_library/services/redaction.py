"""Removes a passage for good from everything that the site keeps, and leaves a dated stub. There is no way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page
from website.accounts.models import Role
from website.audit.recording import record
from website.passages.prints import Guard, finder, print_of
from website.passages.stores import Count, PassageStore, Removal, passage_stores
from website.passages.words import Passage

from ..choices import KindredState, PassageState
from ..models import Entry, HeldText, KindredPair, Study, StudyEntry, TakenPassage
from ..models.passage import WHY
from . import removed_ledger
from .passages import FEWEST_WORDS, PassageNotFound, tell_changed
from .removed_ledger import Line

if TYPE_CHECKING:
    from website.accounts.models import User

CONTENT = Path(__file__).parents[1] / "content"


@dataclass(slots=True)
class Removed:
    """Where it was, by store, and how often."""

    taken: TakenPassage
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """For whoever removes it; not one of its words."""
        for store, counts in self.counts.items():
            for where, number in sorted(counts.items()):
                yield f"{store}: {where}, {number}"
        for name in self.unread:
            yield f"could not be read, look yourself: {name}"


@transaction.atomic
def remove_passage(
    *,
    entry: Entry,
    text: str,
    kind: str,
    by: User | None,
    taken: TakenPassage | None = None,
    dry_run: bool = False,
) -> Removed:
    """Remove a passage of an entry from every store, index and file, wherever else it stands as well.

    What is kept of it is a keyed hash with the number of its words, by which it is known when somebody brings it back.
    Where it stands in a name the entry is hidden, until an editor gave it another. `dry_run` undoes everything and only
    counts. Raises: PassageNotFound where it stands nowhere.
    """
    passage = Passage.of(text)
    if len(passage.words) < FEWEST_WORDS or kind not in WHY:
        raise PassageNotFound("Name a passage of three words or more, and why it goes.")
    known = print_of(passage.words)
    taken = taken or TakenPassage.objects.filter(print=known, state=PassageState.HELD).first()
    taken = taken or TakenPassage.objects.create(
        entry=entry, kind=kind, print=known, words=len(passage.words)
    )
    done = _remove(taken, passage.places_in, passage.marks, by=by)
    if not done.counts:
        raise PassageNotFound("These words stand nowhere.")
    if dry_run:
        transaction.set_rollback(True)
    return done


def replay() -> list[Removed]:
    """After a restore: remove again what the ledger says was removed and the restored database does not know."""
    return [_remove_again(line) for line in removed_ledger.not_in_the_table()]


@transaction.atomic
def _remove_again(line: Line) -> Removed:
    """Without its words: everything is read, and the print of as many words anywhere compared."""
    taken = TakenPassage.objects.filter(print=line.print, state=PassageState.HELD).first()
    taken = taken or TakenPassage.objects.create(kind=line.kind, print=line.print, words=line.words)
    find = finder([Guard(line.print, line.words, "")])
    return _remove(taken, lambda text: [(span.start, span.end) for span in find(text)], (), by=None)


def _remove(taken: TakenPassage, places_in: Any, plain: tuple[str, ...], *, by: User | None) -> Removed:
    """Ask every store, then say what changed. An entry whose name it took is hidden."""
    held = (taken.stub, taken.short_stub)
    HeldText.objects.filter(passage=taken).delete()
    taken.state, taken.decided_at = PassageState.REMOVED, timezone.now()
    removal = Removal(places_in, plain, taken.stub, taken.short_stub, f"removed-{taken.pk}", held)
    done = Removed(taken)
    for store in passage_stores():
        if counts := dict(store.remove(removal)):
            done.counts[store.name] = counts
    done.unread = removal.unread
    named = [key for model, key in removal.changed if model is Page]
    Entry.objects.filter(pk__in=named, hidden_at=None).update(hidden_at=taken.decided_at)
    entries = entries_of(removal.changed) | set(taken.entries.values_list("pk", flat=True))
    taken.entries.add(*entries)
    unread = {"could not be read": dict.fromkeys(done.unread, 1)} if done.unread else {}
    taken.counts = {**done.counts, **unread}
    taken.save()
    tell_changed(entries)
    role = Role.MODERATOR.label if by is not None else ""
    record("passage.removed", taken, by=by, role=role, detail={"kind": taken.kind, "where": taken.counts})
    transaction.on_commit(removed_ledger.write_down, robust=True)
    return done


def entries_of(rows: Iterable[tuple[type[Model], Any]]) -> set[int]:
    """The entries that show these rows: their own, and those of studies."""
    entries, studies = set(), set()
    for model, key in rows:
        if model is Study:
            studies.add(key)
        elif model is Page or issubclass(model, Entry):
            entries.add(key)
        for column in model._meta.local_concrete_fields:
            if column.is_relation and issubclass(column.related_model, Entry | Study):  # type: ignore[arg-type]
                named = model._base_manager.filter(pk=key).values_list(column.attname, flat=True)
                (studies if column.related_model is Study else entries).update(filter(None, named))
    about = StudyEntry.objects.filter(study__in=studies).values_list("entry_id", flat=True)
    return set(Entry.objects.filter(pk__in={*entries, *about}).values_list("pk", flat=True))


def _remove_reasons(removal: Removal) -> Count:
    """Why two entries are kindred is told in pieces of what they say, which may be pieces of the passage."""
    entries = entries_of(removal.changed)
    pairs = KindredPair.objects.filter(left__in=entries) | KindredPair.objects.filter(right__in=entries)
    number = pairs.exclude(reasons={}).count()
    pairs.filter(state=KindredState.DISMISSED).update(reasons={})
    pairs.exclude(state=KindredState.DISMISSED).delete()
    return {"compared anew": number} if number else {}


def _find_in_content(removal: Removal) -> Count:
    """Files that the site was loaded from are part of the project: they are named, for whoever keeps it to mend."""
    found = {}
    for path in sorted(CONTENT.rglob("*.yaml")):
        text = path.read_text()
        plain = text.lower()
        if all(mark in plain for mark in removal.plain) and removal.stands_in(text):
            found[f"take it out of the file yourself: {path.relative_to(CONTENT)}"] = 1
    return found


KINDRED = PassageStore("kindred work", _remove_reasons)
FILES_OF_CONTENT = PassageStore("content", _find_in_content)
