"""Removes a passage for good from everything that the site keeps, and leaves a dated stub. There is no way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from website.accounts.models import Role
from website.audit.recording import record
from website.passages.prints import print_of
from website.passages.stores import Count, PassageStore, Removal, passage_stores
from website.passages.words import Passage

from ..choices import KindredState, PassageState
from ..models import Entry, HeldText, KindredPair, Study, StudyEntry, TakenPassage
from ..models.passage import WHY
from ..selectors.passages import standing_of
from .passages import FEWEST_WORDS, PassageNotFound, tell_changed

if TYPE_CHECKING:
    from website.accounts.models import User

CONTENT = Path(__file__).parents[1] / "content"


@dataclass(slots=True)
class Removed:
    """Where it was, by store, and how often."""

    taken: TakenPassage
    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """For whoever removes it; not one of its words."""
        for store, counts in self.counts.items():
            for where, number in sorted(counts.items()):
                yield f"{store}: {where}, {number}"


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
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    standing = standing_of(entry, passage)
    known = print_of(passage.words)
    taken = taken or TakenPassage.objects.filter(print=known, state=PassageState.HELD).first()
    taken = taken or TakenPassage.objects.create(
        entry=entry, kind=kind, print=known, words=len(passage.words)
    )
    held = (taken.stub, taken.short_stub)
    HeldText.objects.filter(passage=taken).delete()
    if standing.in_name and entry.hidden_at is None:
        Entry.objects.filter(pk=entry.pk).update(hidden_at=timezone.now())
    taken.state, taken.decided_at = PassageState.REMOVED, timezone.now()
    removal = Removal(passage, taken.stub, taken.short_stub, f"removed-{taken.pk}", held)
    done = Removed(taken)
    for store in passage_stores():
        if counts := dict(store.remove(removal)):
            done.counts[store.name] = counts
    if not done.counts:
        raise PassageNotFound("These words stand nowhere.")
    entries = {entry.pk, *standing.entries, *entries_of(removal.changed)}
    taken.entries.add(*entries)
    taken.counts = done.counts
    taken.save()
    tell_changed(entries)
    role = Role.MODERATOR.label if by is not None else ""
    record("passage.removed", taken, by=by, role=role, detail={"kind": kind, "where": done.counts})
    if dry_run:
        transaction.set_rollback(True)
    return done


def entries_of(rows: Iterable[tuple[type[Model], Any]]) -> set[int]:
    """The entries that show these rows: their own, and those of studies."""
    entries, studies = set(), set()
    for model, key in rows:
        if model is Study:
            studies.add(key)
        elif issubclass(model, Entry) or model._meta.label == "wagtailcore.Page":
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
        if (not removal.marks or any(mark in plain for mark in removal.marks)) and removal.stands_in(text):
            found[f"take it out of the file yourself: {path.relative_to(CONTENT)}"] = 1
    return found


KINDRED = PassageStore("kindred work", _remove_reasons)
FILES_OF_CONTENT = PassageStore("content", _find_in_content)
