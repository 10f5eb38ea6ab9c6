"""Rating an entry: one row per outcome, England first (rules 2, 5 and 7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .clauses import care
from .facts import Country, Direction, FindingFacts, Strength
from .standard import STANDARD_VERSION, OutcomeRating, rate


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome of an entry: England's result, where there is one, and the overall one."""

    outcome: str | None
    england: OutcomeRating | None
    overall: OutcomeRating

    @property
    def differs(self) -> bool:
        """England's result and the overall one are not the same; then readers see both."""
        return self.england is not None and self.england.result != self.overall.result

    @property
    def leading(self) -> OutcomeRating:
        """The rating that stands for the row in lists and facets.

        England's, if it was tested in England or nobody tested it harder elsewhere. A report or a count from
        England does not stand in front of a harder test from abroad.
        """
        england = self.england
        if england is None:
            return self.overall
        tested_here = england.strength >= Strength.BEFORE_AND_AFTER
        return england if tested_here or england.strength == self.overall.strength else self.overall

    @property
    def shown(self) -> tuple[OutcomeRating, ...]:
        """What readers see, in order: England first, then overall where it differs."""
        if self.england is None:
            return (self.overall,)
        return (self.england, self.overall) if self.differs else (self.england,)

    @property
    def strength(self) -> Strength:
        return self.leading.strength

    @property
    def direction(self) -> Direction:
        return self.leading.direction

    @property
    def harm_flag(self) -> bool:
        """Harm found anywhere is never hidden by a better result in England."""
        return self.overall.harm_flag


@dataclass(frozen=True, slots=True)
class EntryRating:
    """All rows of an entry, strongest first."""

    rows: tuple[OutcomeRow, ...]
    put_in_place: tuple[str, ...]
    standard_version: str = STANDARD_VERSION

    @property
    def headline(self) -> OutcomeRow:
        """The strongest row; on a tie the one that calls for most care (rule 7)."""
        return self.rows[0]

    @property
    def contrast(self) -> OutcomeRow | None:
        """The strongest row of another direction, for cards.

        On a tie the one furthest from the headline, so that a card shows both ends, then one with the harm flag.
        """
        others = [row for row in self.rows if row.direction is not self.headline.direction]
        return min(others, key=_contrast_order, default=None)


def rate_entry(findings: Iterable[FindingFacts]) -> EntryRating:
    """One row per outcome that something is known about; without any, one row with no outcome, level 0, not known.

    A finding that names no outcome makes no row. Findings of process and implementation studies are only listed in
    ``put_in_place``, for their label.
    """
    by_id = {finding.id: finding for finding in findings}
    everything = [by_id[key] for key in sorted(by_id)]
    outcomes = sorted({finding.outcome for finding in everything if finding.is_rated and finding.outcome})
    rows = [_row([f for f in everything if f.outcome == outcome]) for outcome in outcomes]
    return EntryRating(
        rows=tuple(sorted(rows, key=_headline_order)) or (_row([]),),
        put_in_place=tuple(f.id for f in everything if f.is_about_how_it_was_put_in_place),
    )


def _row(findings: Sequence[FindingFacts]) -> OutcomeRow:
    england = rate(findings, country=Country.ENGLAND)
    overall = rate(findings)
    return OutcomeRow(overall.outcome, england if england.findings else None, overall)


def _headline_order(row: OutcomeRow) -> tuple[int, int, bool, str]:
    return -row.strength, care(row.direction), not row.harm_flag, row.outcome or ""


def _contrast_order(row: OutcomeRow) -> tuple[int, int, bool, str]:
    return -row.strength, -care(row.direction), not row.harm_flag, row.outcome or ""
