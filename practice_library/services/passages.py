"""Takes a passage of an entry out of sight at once, and puts it back exactly as it was.

The stored words themselves are replaced, so whatever reads them (page, print, API, exports, feeds, data for machines,
comparison) follows by itself. Until the indices were told, no search shows the entries at all.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from website.passages.prints import print_of
from website.passages.words import Find, Passage, Span

from ..choices import PassageState
from ..models import Entry, TakenPassage
from ..selectors.passages import shown_cells, standing_of, version_cells
from .telling import models_of, places_of, tell

#: Fewer words could stand anywhere; a stub that is longer than what it replaces fits nowhere.
FEWEST_WORDS, FEWEST_LETTERS, MOST_LETTERS = 3, 20, 1000


class PassageNotFound(ValueError):
    """The passage does not stand in what readers are shown of the entry."""


@transaction.atomic
def hold(*, entry: Entry, text: str, kind: str) -> TakenPassage:
    """Put a stub in place of a passage wherever readers see it on an entry, and keep what stood there.

    Where it stands in a name of the entry, the entry itself is hidden: a stub would be no name. Studies are shared, so
    the passage goes from every entry that a study is about. Raises: PassageNotFound.
    """
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    passage = Passage.of(text)
    standing = standing_of(entry, passage)
    if not standing:
        raise PassageNotFound("No such words stand on this page.")
    taken = TakenPassage.objects.create(
        entry=entry, kind=kind, print=print_of(passage.words), words=len(passage.words)
    )
    taken.entries.set(standing.entries)
    for cell in standing.cells:
        spans = cell.cut(passage.finder(taken.stub), passage.finder(taken.short_stub))
        taken.texts.create(table=cell.table.name, column=cell.column.name, key=str(cell.key), spans=spans)
    if standing.in_name and entry.hidden_at is None:
        taken.hid_entry = True
        taken.save(update_fields=["hid_entry"])
        Entry.objects.filter(pk=entry.pk).update(hidden_at=taken.taken_at)
    tell_changed(standing.entries)
    return taken


@transaction.atomic
def show_again(*, taken: TakenPassage) -> TakenPassage:
    """Put back what was held, as it stood, also where an editor wrote around the stub meanwhile."""
    taken = TakenPassage.objects.select_for_update().get(pk=taken.pk, state=PassageState.HELD)
    kept = {(held.table, held.column, held.key): held.spans for held in taken.texts.all()}
    anything: list[str] = next(iter(kept.values()), [])
    entries = set(taken.entries.values_list("pk", flat=True))
    for cell in [*shown_cells(entries, marks_of(taken)), *version_cells(entries, marks_of(taken))]:
        spans = kept.get((cell.table.name, cell.column.name, str(cell.key)), anything)
        cell.cut(_putting_back(taken, spans))
    if taken.hid_entry:
        Entry.objects.filter(pk=taken.entry_id, hidden_at=taken.taken_at).update(hidden_at=None)
    taken.texts.all().delete()
    taken.state, taken.decided_at = PassageState.SHOWN, timezone.now()
    taken.save(update_fields=["state", "decided_at"])
    tell_changed(entries)
    return taken


def tell_changed(entry_ids: Iterable[int]) -> None:
    """These say something else from now on, and so do the models and places that quote them."""
    ids = set(entry_ids)
    Entry.objects.filter(pk__in=ids, live=True).update(last_published_at=timezone.now())
    tell(ids | models_of(ids) | places_of(ids))


def marks_of(taken: TakenPassage) -> tuple[str, ...]:
    """By what a database finds its stubs."""
    return (f"[passage {taken.pk} held",)


def _putting_back(taken: TakenPassage, spans: list[str]) -> Find:
    """Finds the stubs of one passage; the first is replaced by the first stretch and so on."""
    rest = iter(spans)

    def find(text: str) -> list[Span]:
        found = []
        for start, stub in stubs_in(text, taken):
            found.append(Span(start, start + len(stub), next(rest, spans[-1] if spans else stub)))
        return found

    return find


def stubs_in(text: str, taken: TakenPassage) -> list[tuple[int, str]]:
    """Where the stubs of a held passage stand, in order."""
    found = []
    for stub in (taken.stub, taken.short_stub):
        at = text.find(stub)
        while at >= 0:
            found.append((at, stub))
            at = text.find(stub, at + 1)
    return sorted(found)
