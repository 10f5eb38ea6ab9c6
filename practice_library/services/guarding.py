"""Keeps what was taken out of sight from coming back with content files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import TypeVar

from website.passages.cutting import cut
from website.passages.prints import Guard, finder

from ..choices import PassageState
from ..importers.drafts import Draft
from ..models import TakenPassage

AnyDraft = TypeVar("AnyDraft", bound=Draft)
#: What ties a draft to its file and to other drafts.
TIES = frozenset({"key", "file", "line", "fingerprint", "slug", "lead", "entry_type", "about"})


class Guarding:
    """Asked of the database once a load. `met` says, for whoever loads, which files still hold such a passage."""

    def __init__(self) -> None:
        self.met: list[str] = []
        self._removed = TakenPassage.objects.guarding([])
        self._held: dict[int, list[Guard]] = defaultdict(list)
        for taken in TakenPassage.objects.filter(state=PassageState.HELD).prefetch_related("entries"):
            for entry in taken.entries.all():
                self._held[entry.pk].append(Guard(taken.print, taken.words, taken.stub))

    def without_taken(self, draft: AnyDraft, entry_ids: Iterable[int]) -> AnyDraft:
        """The draft with stubs in place of what was removed anywhere, or is held of these entries."""
        guards = [*self._removed, *(guard for pk in entry_ids for guard in self._held.get(pk, ()))]
        if not guards:
            return draft
        find = finder(guards)
        names = [each.name for each in fields(draft) if each.name not in TIES]
        cleaned = {name: cut(getattr(draft, name), find) for name in names}
        if not any(taken for _, taken in cleaned.values()):
            return draft
        self.met.append(
            f"{draft.file}, line {draft.line}: holds a passage that was taken out of sight, and was loaded without it. "
            "Take it out of the file as well"
        )
        return replace(draft, **{name: value for name, (value, _) in cleaned.items()})
