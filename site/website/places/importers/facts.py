"""What an official file says about an authority, before it is compared with what is held."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from website.places.importers.rows import Refusal, Row


@dataclass
class AuthorityFacts:
    """One authority as the files give it. `row` says where, for every later refusal."""

    row: Row
    ons_code: str
    dfe_number: str
    name: str
    short_name: str
    official_name: str
    kind: str
    region: str
    start: datetime.date | None = None
    end: datetime.date | None = None
    website: str = ""
    latitude: float | None = None
    longitude: float | None = None
    former_codes: tuple[str, ...] = ()
    predecessor_codes: tuple[str, ...] = ()
    successor_codes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, str, str]:
        return self.name, self.short_name, self.official_name

    def values(self) -> dict[str, Any]:
        """The columns that the file decides; the slug is given once and then kept."""
        kept = "ons_code dfe_number name short_name official_name kind region start end website latitude longitude"
        return {column: getattr(self, column) for column in kept.split()}


@dataclass(frozen=True)
class AliasFact:
    row: Row
    ons_code: str
    alias: str
    source: str


@dataclass(frozen=True)
class HexFact:
    row: Row
    ons_code: str
    name: str
    q: int
    r: int


@dataclass(frozen=True)
class NeighbourFact:
    row: Row
    model_year: int
    ons_code: str
    dfe_number: str
    name: str
    rank: int
    neighbour_ons_code: str
    neighbour_dfe_number: str
    neighbour_name: str
    closeness: str


@dataclass
class AuthorityFiles:
    """Everything read from a folder or from named files."""

    current: list[AuthorityFacts] = field(default_factory=list)
    former: list[AuthorityFacts] = field(default_factory=list)
    aliases: list[AliasFact] = field(default_factory=list)
    hexes: list[HexFact] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class NeighbourFile:
    rows: list[NeighbourFact] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
