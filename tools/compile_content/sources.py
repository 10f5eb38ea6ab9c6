"""Sources: one list a topic, and the five documents behind the seed records."""

from __future__ import annotations

from .drafts import Draft, full, sources_of
from .reading import Material, Refused, Row

SEED_TOPIC = "seed_documents"


def compile_sources(material: Material, documents: dict[str, Row]) -> dict[str, list[Row]]:
    """sources/<topic>.yaml by topic."""
    files: dict[str, list[Row]] = {}
    for key, row in sorted(material.sources.items()):
        made = {"key": key} | {name: row[name] for name in ("title", "publisher", "year", "address")}
        made |= {"kind": row["kind"], "read": row["read"]}
        files.setdefault(row["topic"], []).append(full(made))
    names = ("key", "title", "publisher", "year", "kind", "read")
    files[SEED_TOPIC] = [full({name: row.get(name) for name in names}) for row in documents.values()]
    return files


def used_by(entries: list[Draft], studies: list[Row], questions: list[Row]) -> dict[str, int]:
    """How many statements, rows and studies rest on each source."""
    count: dict[str, int] = {}
    for draft in entries:
        for row in [*draft.statements, *draft.conditions, *draft.costs, *draft.claims]:
            for name in sources_of(row):
                count[name] = count.get(name, 0) + 1
        for name in draft.sources():
            count.setdefault(name, 0)
    for study in studies:
        for row in [study, *study.get("findings", [])]:
            for name in sources_of(row):
                count[name] = count.get(name, 0) + 1
    for question in questions:
        for side in ("for", "against", "who_tests", "who_would_join"):
            for row in question.get(side, []):
                count[row["source"]] = count.get(row["source"], 0) + 1
    return count


def refuse_unknown(count: dict[str, int], files: dict[str, list[Row]]) -> None:
    """Every source named is known, and every known one is named."""
    known = {row["key"] for rows in files.values() for row in rows}
    if unknown := sorted(set(count) - known):
        raise Refused(f"unknown sources: {unknown}")
    if idle := sorted(known - set(count)):
        raise Refused(f"sources that nothing rests on: {idle}")
