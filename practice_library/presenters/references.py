"""Numbers for sources: each statement points at the foot of the page, where every source stands once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from website.components.entry_shapes import SourceItem

if TYPE_CHECKING:
    from ..models import Source
    from ..selectors.entries import EntryFacts

READ = {
    "abstract": "We read the abstract",
    "opening": "We read its opening",
    "summary": "We read the summary",
    "whole": "We read the whole",
}
SHORTEST_RUN = 3
#: A statement that rests on more sources than this rests on the reading as a whole; the foot does not list it.
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Ref:
    """One reference: "3", "3, chapter 2" or, for sources in a row, "1 to 4", with the `last` of them."""

    words: str
    number: int
    last: int = 0


class References:
    """Numbers an entry's sources, in its own order, then those of its studies as they come up."""

    def __init__(self, facts: EntryFacts) -> None:
        self._sources = facts.sources
        self._keys = facts.source_keys
        self._numbers: dict[int, int] = {}
        self._used: dict[int, dict[str, None]] = {}
        self.of_entry = [row.number for row in facts.links.get("source", ()) if row.number in self._sources]
        self._study_sources: dict[int, list[int]] = {}
        for row in facts.links.get("study source", ()):
            self._study_sources.setdefault(row.position, []).append(row.number or 0)
        for pk in self.of_entry:
            self._number(pk or 0)

    def to(
        self,
        source: int | None,
        further: Iterable[str] = (),
        *,
        where: str,
        at: str = "",
        study: int | None = None,
    ) -> tuple[Ref, ...]:
        """References of one statement.

        Without a source of its own it rests on those of its study, else on all of the entry. `where` names the part
        of the page, for the list at the foot; `at` is a place in the source.
        """
        pks = [source] if source in self._sources else []
        pks += [self._keys[key] for key in further or () if key in self._keys]
        if not pks and study:
            pks = self._study_sources.get(study, [])
        chosen = [pk for pk in dict.fromkeys(pks or self.of_entry) if pk in self._sources]
        if len(chosen) <= MOST_NAMED:
            for pk in chosen:
                self._used.setdefault(pk or 0, {})[where] = None
        numbers = sorted(self._number(pk or 0) for pk in chosen)
        if at and len(numbers) == 1:
            return (Ref(f"{numbers[0]}, {at}", numbers[0]),)
        return tuple(_shortened(numbers))

    def at_the_foot(self) -> Sequence[SourceItem]:
        """Every source that the page has numbered, in order, with what it was used for."""
        ordered = sorted(self._numbers.items(), key=lambda item: item[1])
        return [self._item(self._sources[pk], number) for pk, number in ordered]

    def _number(self, pk: int) -> int:
        return self._numbers.setdefault(pk, len(self._numbers) + 1)

    def _item(self, source: Source, number: int) -> SourceItem:
        published = ", ".join(
            filter(None, [source.publisher, str(source.year) if source.year else "undated"])
        )
        details = [published, source.kind.capitalize(), READ.get(source.read, "")]
        used = list(self._used.get(source.pk, ()))
        return SourceItem(
            number=number,
            title=source.title,
            url=source.address,
            detail=". ".join(filter(None, details)) + ".",
            used_for=f"Used for: {'; '.join(used)}." if used else "Used for the page as a whole.",
        )


def _shortened(numbers: list[int]) -> Iterable[Ref]:
    """Three or more in a row become one reference."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        if len(run) >= SHORTEST_RUN:
            yield Ref(f"{run[0]} to {run[-1]}", run[0], run[-1])
        else:
            yield from (Ref(str(number), number) for number in run)
