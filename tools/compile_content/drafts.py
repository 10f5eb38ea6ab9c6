"""An entry while it is put together from one or several rows; nothing enters it without a source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .reading import Refused, Row

READING_ORDER = (
    "problem",
    "what_was_done",
    "who_did_it",
    "set_up",
    "made_room",
    "what_changed",
    "what_did_not_work",
    "advice",
    "caution",
    "voice",
    "how_it_works",
    "must_keep",
    "can_adapt",
    "origin",
    "licence_fee",
    "supplier",
    "confusion",
    "context",
)


def cited(sources: str | list[str] | None) -> Row:
    """One source as `source`, several as `sources`."""
    names = [sources] if isinstance(sources, str) else list(dict.fromkeys(sources or []))
    if not names or not all(names):
        raise Refused("a statement without a source")
    return {"source": names[0]} if len(names) == 1 else {"sources": names}


def sources_of(row: Row) -> list[str]:
    """The sources a statement, cost, condition or claim names."""
    if row.get("sources"):
        return list(row["sources"])
    return [row["source"]] if row.get("source") else []


def full(row: Row) -> Row:
    """The row without what is not reported."""
    return {key: value for key, value in row.items() if value not in (None, [], {}, "")}


@dataclass
class Draft:
    """One entry of the library."""

    key: str
    type: str
    title: str
    summary: str = ""
    kind: str = ""
    lead: str = ""
    slug: str = ""
    aliases: list[str] = field(default_factory=list)
    made_from: list[str] = field(default_factory=list)
    general_sources: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    models: list[str] = field(default_factory=list)
    variant: str = ""
    status: Row = field(default_factory=dict)
    start: str | None = None
    end: str | None = None
    country: str | None = None
    stages: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    workforce: list[str] = field(default_factory=list)
    cohorts: list[Row] = field(default_factory=list)
    conditions: list[Row] = field(default_factory=list)
    statements: list[Row] = field(default_factory=list)
    costs: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    confused_with: list[Row] = field(default_factory=list)
    related: list[Row] = field(default_factory=list)

    def say(self, section: str, text: str | None, sources: str | list[str], **more: Any) -> None:
        """Add a statement; the same words under one heading stand once, with the sources of both."""
        if not text:
            return
        text = " ".join(text.split())
        for row in self.statements:
            if row["section"] == section and row["text"] == text:
                merged = cited([*sources_of(row), *([sources] if isinstance(sources, str) else sources)])
                row.pop("source", None)
                row.pop("sources", None)
                row.update(merged)
                return
        if not sources:
            raise Refused(f"{self.key}: a statement without a source: {text}")
        self.statements.append({"section": section, "text": text} | cited(sources) | full(more))

    def tag(self, stages: list[str], themes: list[str], workforce: list[str]) -> None:
        """Add stages, themes and workforce groups that are not there yet."""
        for own, new in ((self.stages, stages), (self.themes, themes), (self.workforce, workforce)):
            own.extend(term for term in new if term not in own)

    def serve(self, terms: list[str]) -> None:
        """Add who it is for; each term once."""
        known = {row["term"] for row in self.cohorts}
        self.cohorts.extend({"term": term} for term in terms if term not in known)

    def call(self, *names: str) -> None:
        """Add other names that are not its title."""
        said = {self.title.casefold(), *(alias.casefold() for alias in self.aliases)}
        for name in names:
            if name and name.casefold() not in said:
                self.aliases.append(name)
                said.add(name.casefold())

    def depth(self) -> str:
        """Full when at least two kinds of facts are known beyond what was done."""
        sections = {row["section"] for row in self.statements}
        kinds = sections & {
            "problem",
            "what_changed",
            "what_did_not_work",
            "voice",
            "caution",
            "how_it_works",
        }
        known = len(kinds) + bool(self.conditions) + bool(self.costs) + bool(self.claims)
        return "full" if known >= 2 else "brief"

    def sources(self) -> list[str]:
        """Every source in order of first use."""
        names: list[str] = []
        for row in [*self.statements, *self.conditions, *self.costs, *self.claims, *self.cohorts]:
            names.extend(sources_of(row))
        if self.status.get("source"):
            names.append(self.status["source"])
        return list(dict.fromkeys([*names, *self.general_sources]))

    def path(self) -> str:
        """Where its file stands in the content folder."""
        folder = "models" if self.type == "model" else f"case-studies/{self.lead}"
        return f"{folder}/{self.slug}.yaml"

    def file(self) -> Row:
        """The entry as its file holds it."""
        if not self.summary:
            raise Refused(f"{self.key}: no summary")
        self.statements.sort(key=lambda row: READING_ORDER.index(row["section"]))
        case_study = self.type == "case_study"
        return full(
            {
                "key": self.key,
                "type": self.type,
                "title": self.title,
                "kind": self.kind if not case_study else None,
                "depth": self.depth() if case_study else None,
                "aliases": self.aliases,
                "summary": self.summary,
                "made_from": self.made_from,
                "sources": self.sources(),
                "lead": self.lead if case_study else None,
                "partners": self.partners,
                "models": self.models,
                "variant": self.variant,
                "status": self.status,
                "start": self.start,
                "end": self.end,
                "country": self.country,
                "licence": "cc-by-4.0",
                "stages": self.stages,
                "themes": self.themes,
                "workforce": self.workforce,
                "cohorts": self.cohorts,
                "conditions": self.conditions,
                "statements": self.statements,
                "costs": self.costs,
                "claims": self.claims,
                "confused_with": self.confused_with,
                "related": self.related,
            }
        )
