"""What an import did or would do, to be read by the person who runs it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from website.places.importers.rows import Refusal


@dataclass
class ImportReport:
    """Nothing is written when anything is refused: half a reorganisation is worse than none."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    committed: bool = False

    @property
    def is_clean(self) -> bool:
        return not self.refusals

    def lines(self) -> Iterator[str]:
        """The report in plain English, the totals last."""
        would = "" if self.committed else "would be "
        yield from (f"note: {note}" for note in self.notes)
        yield from (f"{would}created: {each}" for each in self.created)
        yield from (f"{would}updated: {each}" for each in self.updated)
        yield from (f"refused: {refusal}" for refusal in self.refusals)
        yield (
            f"{len(self.created)} {would}created, {len(self.updated)} {would}updated, "
            f"{self.unchanged} unchanged, {len(self.refusals)} refused."
        )


@dataclass
class ValuesReport(ImportReport):
    """The same for thousands of values: told by indicator, counted by value."""

    seen: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    #: Enough to see what is wrong with a file that is wrong throughout.
    MOST_REFUSALS: ClassVar = 50

    @property
    def totals(self) -> Counter[str]:
        return sum(self.seen.values(), Counter())

    def lines(self) -> Iterator[str]:
        """One line an indicator, the totals last."""
        would = "" if self.committed else "would be "
        yield from (f"note: {note}" for note in self.notes)
        for indicator, seen in sorted(self.seen.items()):
            said = [
                f"{seen['created']} {would}created",
                f"{seen['updated']} {would}updated",
                f"{seen['unchanged']} unchanged",
            ]
            said += [f"{seen[what]} {what}" for what in ("without a number", "with a caution") if seen[what]]
            yield f"{indicator}: {', '.join(said)}"
        yield from (f"refused: {refusal}" for refusal in self.refusals[: self.MOST_REFUSALS])
        if len(self.refusals) > self.MOST_REFUSALS:
            yield f"refused: {len(self.refusals) - self.MOST_REFUSALS} more rows"
        totals = self.totals
        yield (
            f"{totals['created']} {would}created, {totals['updated']} {would}updated, "
            f"{totals['unchanged']} unchanged, {len(self.refusals)} refused."
        )


class PlacesRefused(ValueError):
    """The project's own facts do not hold together."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__("\n".join(str(refusal) for refusal in report.refusals))
        self.report = report
