"""The closed vocabularies: terms of the seeds and the proposed ones, with groups, synonyms and levels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .reading import Material, Refused, Row, read_decision
from .wording import slugify

# Vocabulary in the data -> file in the content.
FILES = {
    "cohorts": "cohorts",
    "system_conditions": "conditions",
    "outcome_domains": "outcomes",
    "themes": "themes",
    "intervention_stages": "stages",
    "workforce_groups": "workforce",
}
SEED_SOURCE = "Seed vocabularies of Practice Commons"
EVIDENCE_SOURCE = "Published evidence, proposed by editors"
GROUP_SOURCE = "Grouping by editors"


class Vocabularies:
    """Terms by vocabulary; answers with a term's present name and refuses what it does not know."""

    def __init__(self, material: Material) -> None:
        decisions = {name: read_decision(name) for name in ("cohorts", "outcomes", "conditions")}
        other = read_decision("other_terms")
        for name in ("stages", "themes", "workforce"):
            decisions[name] = {"synonyms": other[name], "scope_notes": other["scope_notes"]}
        self._renamed: dict[str, dict[str, str]] = {}
        self._terms: dict[str, dict[str, Row]] = {}
        self.used: set[tuple[str, str]] = set()
        for vocabulary, name in FILES.items():
            self._renamed[name] = decisions[name].get("rename", {})
            self._terms[name] = {}
            for term in material.vocabularies[vocabulary]:
                self._add(name, term["term"], term["scope_note"], SEED_SOURCE)
            for term in material.proposed:
                if term["vocabulary"] == vocabulary:
                    self._add(name, term["term"], term["scope_note"], EVIDENCE_SOURCE)
            self._decide(name, decisions[name])

    def _add(self, name: str, term: str, scope_note: str, source: str) -> None:
        term = self._renamed[name].get(term, term)
        if term not in self._terms[name]:
            self._terms[name][term] = {"name": term, "scope_note": scope_note, "source": source}

    def _decide(self, name: str, decision: Row) -> None:
        terms = self._terms[name]

        def known(term: str) -> Row:
            if term not in terms:
                raise Refused(f"decisions: {name} has no term {term!r}")
            return terms[term]

        shared_notes = name in ("stages", "themes", "workforce")
        for term, note in decision.get("scope_notes", {}).items():
            if not shared_notes or term in terms:
                known(term)["scope_note"] = note
        for term, words in (decision.get("synonyms") or {}).items():
            known(term)["synonyms"] = words
        for level, members in decision.get("level", {}).items():
            for term in members:
                known(term)["level"] = level
        if "level" in decision and (bare := [t for t, row in terms.items() if "level" not in row]):
            raise Refused(f"decisions: conditions without a level: {bare}")
        for term, broader in decision.get("broader", {}).items():
            known(term)["broader"] = known(broader)["name"]
        grouped: dict[str, Row] = {}
        for group in decision.get("groups", []):
            grouped[group["name"]] = {
                "name": group["name"],
                "scope_note": group["scope_note"],
                "source": GROUP_SOURCE,
            }
            for term in group["terms"]:
                grouped[term] = {**known(term), "broader": group["name"]}
                grouped.update({t: row for t, row in terms.items() if row.get("broader") == term})
        if grouped:
            if lost := set(terms) - set(grouped):
                raise Refused(f"decisions: {name} in no group: {sorted(lost)}")
            self._terms[name] = grouped

    def name(self, vocabulary: str, term: str) -> str:
        """The exact name by which the library knows a term."""
        term = self._renamed[vocabulary].get(term, term)
        if term not in self._terms[vocabulary]:
            raise Refused(f"{vocabulary}: unknown term {term!r}")
        self.used.add((vocabulary, term))
        return term

    def names(self, vocabulary: str, terms: Iterable[str]) -> list[str]:
        """Exact names, each once, in the order given."""
        return list(dict.fromkeys(self.name(vocabulary, term) for term in terms))

    def has(self, vocabulary: str, term: str) -> bool:
        """Whether a vocabulary knows the term."""
        return self._renamed[vocabulary].get(term, term) in self._terms[vocabulary]

    def files(self) -> dict[str, list[Row]]:
        """What goes into vocabularies/*.yaml, broader terms before narrower ones."""
        made: dict[str, list[Row]] = {}
        for name, terms in self._terms.items():
            made[name] = []
            for order, term in enumerate(terms.values()):
                row: dict[str, Any] = {"name": term["name"], "slug": slugify(term["name"])}
                row |= {"scope_note": term["scope_note"], "synonyms": term.get("synonyms", [])}
                row |= {"broader": term.get("broader"), "order": order}
                row |= {"level": term.get("level"), "source": term["source"]}
                made[name].append({key: value for key, value in row.items() if value not in (None, [])})
            slugs = [row["slug"] for row in made[name]]
            if len(set(slugs)) != len(slugs):
                raise Refused(f"{name}: two terms have one slug")
        return made
