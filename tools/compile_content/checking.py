"""What has to hold before anything is written: every row used once, every statement sourced."""

from __future__ import annotations

from collections import Counter

from .drafts import sources_of
from .library import Library
from .reading import Material, Refused


def check_library(library: Library, material: Material) -> None:
    """Refuse rows used nowhere or twice, statements without a source, addresses that clash."""
    used = Counter(ref for draft in library.entries.values() for ref in draft.made_from)
    used.update(ref for question in library.questions.values() for ref in question.get("made_from", []))
    expected = set(material.refs())
    if idle := sorted(expected - set(used)):
        raise Refused(f"rows in no entry: {idle}")
    if unknown := sorted(set(used) - expected):
        raise Refused(f"made_from names no row: {unknown}")
    if twice := sorted(ref for ref, times in used.items() if times > 1):
        raise Refused(f"rows in two entries: {twice}")
    paths = Counter(draft.path() for draft in library.entries.values())
    if clash := sorted(path for path, times in paths.items() if times > 1):
        raise Refused(f"two entries at one address: {clash}")
    for draft in library.entries.values():
        for row in [*draft.statements, *draft.conditions, *draft.costs, *draft.claims]:
            if not sources_of(row):
                raise Refused(f"{draft.key}: without a source: {row}")
        if draft.type == "case_study" and any(library.entries[m].type != "model" for m in draft.models):
            raise Refused(f"{draft.key}: one of its models is a case study")
        if draft.status.get("state") in ("running", "scaled") and not draft.status.get("as_at"):
            raise Refused(f"{draft.key}: said to run without a date")


def unused_terms(library: Library) -> dict[str, list[str]]:
    """Terms that no entry, finding or question uses and that group no others, by vocabulary."""
    used: dict[str, set[str]] = {name: set() for name in library.vocabularies}
    for draft in library.entries.values():
        used["cohorts"].update(row["term"] for row in draft.cohorts)
        used["conditions"].update(row["term"] for row in draft.conditions)
        used["outcomes"].update(row["outcome"] for row in draft.claims)
        used["stages"].update(draft.stages)
        used["themes"].update(draft.themes)
        used["workforce"].update(draft.workforce)
    for study in library.studies.values():
        used["outcomes"].update(row["outcome"] for row in study.get("findings", []))
    for question in library.questions.values():
        used["outcomes"].update({question["outcome"]} if "outcome" in question else set())
    idle: dict[str, list[str]] = {}
    for name, terms in library.vocabularies.items():
        broader = {term.get("broader") for term in terms}
        idle[name] = [t["name"] for t in terms if t["name"] not in used[name] and t["name"] not in broader]
    return {name: terms for name, terms in idle.items() if terms}
