"""Reads the data folder and the editors' decisions; everything later works on what is read here."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Row = dict[str, Any]
DECISIONS = Path(__file__).parent / "decisions"
TOPICS = (
    "adolescents_edge_of_care",
    "early_years_and_families",
    "family_led_and_care",
    "frameworks",
    "front_door_and_workforce",
    "harms_and_needs",
    "innovation_programme_places",
)


class Refused(Exception):
    """The material or a decision is not fit to be compiled; the text says where and why."""


@dataclass
class Material:
    """All rows of the data folder, by their identifiers."""

    seeds: dict[str, Row]
    vocabularies: dict[str, list[Row]]
    models: dict[str, Row] = field(default_factory=dict)
    implementations: dict[str, Row] = field(default_factory=dict)
    studies: dict[str, Row] = field(default_factory=dict)
    findings: dict[str, list[Row]] = field(default_factory=dict)
    sources: dict[str, Row] = field(default_factory=dict)
    proposed: list[Row] = field(default_factory=list)
    authorities: list[Row] = field(default_factory=list)
    former: list[Row] = field(default_factory=list)
    acronyms: list[Row] = field(default_factory=list)
    synonym_groups: list[Row] = field(default_factory=list)

    def row(self, ref: str) -> Row:
        """The row that a reference such as model:signs-of-safety names."""
        kind, _, name = ref.partition(":")
        shelf = {"seed": self.seeds, "model": self.models, "implementation": self.implementations}.get(kind)
        if shelf is None or name not in shelf:
            raise Refused(f"{ref}: no such row in the data")
        return shelf[name]

    def refs(self) -> list[str]:
        """Every row that has to end in exactly one entry or question."""
        return (
            [f"seed:{name}" for name in self.seeds]
            + [f"model:{name}" for name in self.models]
            + [f"implementation:{name}" for name in self.implementations]
        )


def _table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_material(data: Path) -> Material:
    """Read seed, evidence and reference files; refuse an identifier that stands twice."""
    seeds = json.loads((data / "seed/practices.json").read_text(encoding="utf-8"))
    material = Material(
        seeds={record["name"]: record for record in seeds},
        vocabularies=json.loads((data / "seed/vocabularies.json").read_text(encoding="utf-8")),
        authorities=_table(data / "reference/authorities.csv"),
        former=_table(data / "reference/authorities_former.csv"),
        acronyms=_table(data / "reference/acronyms.csv"),
        synonym_groups=_table(data / "reference/synonym_groups.csv"),
    )
    if len(material.seeds) != len(seeds):
        raise Refused("practices.json: a name stands twice")
    for topic in TOPICS:
        text = json.loads((data / f"evidence/{topic}.json").read_text(encoding="utf-8"))
        for name in ("models", "implementations", "studies", "sources"):
            shelf: dict[str, Row] = getattr(material, name)
            for row in text[name]:
                if row["id"] in shelf:
                    raise Refused(f"{topic}: {name} {row['id']} stands twice")
                shelf[row["id"]] = {**row, "topic": topic}
        for row in text["findings"]:
            material.findings.setdefault(row["study"], []).append(row)
        material.proposed.extend({**term, "topic": topic} for term in text["proposed_terms"])
    return material


def read_decision(name: str) -> Any:
    """One file of the editors' decisions."""
    return yaml.load((DECISIONS / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def read_judgements() -> dict[str, Row]:
    """What editors judged of each study's findings, from every file that is there."""
    judgements: dict[str, Row] = {}
    for path in sorted((DECISIONS / "findings").glob("*.yaml")):
        for study, row in (
            yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        ).items():
            if study in judgements:
                raise Refused(f"findings/{path.name}: {study} is judged twice")
            judgements[study] = row
    return judgements
