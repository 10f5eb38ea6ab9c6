"""What an import did or would do, to be read by the person who runs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

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


class PlacesRefused(ValueError):
    """The project's own facts do not hold together."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__("\n".join(str(refusal) for refusal in report.refusals))
        self.report = report
