"""Words and acronyms that search treats as meeting, from the reference tables and the field's own use."""

from __future__ import annotations

from .reading import Material, Refused, Row, read_decision

HEAD = """\
# Words and acronyms that search treats as meeting. `source` says where a group comes from.
# Licence: acronyms and their expansions are facts, gathered by the founding team from public glossaries, from Ofsted
# reports (Open Government Licence v3.0) and from sector documents; the compilation is under CC BY 4.0.
"""


def compile_synonyms(material: Material) -> list[Row]:
    """vocabularies/synonyms.yaml: chosen acronyms, the groups of the reference table, and editors' own."""
    decision = read_decision("synonyms")
    expansions: dict[str, list[Row]] = {}
    for row in material.acronyms:
        expansions.setdefault(row["acronym"], []).append(row)
    groups = []
    for acronym in decision["acronyms"]:
        if acronym not in expansions:
            raise Refused(f"synonyms: {acronym} is not in acronyms.csv")
        best = max(expansions[acronym], key=lambda row: sum(int(row[k]) for k in _COUNTS))
        expansion = decision["wording"].get(acronym, best["expansion"])
        groups.append({"terms": [expansion, acronym], "relation": "same", "source": _source(best)})
    by_group: dict[tuple[str, str], Row] = {}
    for row in material.synonym_groups:
        relation = row["relation"] if row["relation"] in ("narrower", "broader") else "same"
        first = next(r["term"] for r in material.synonym_groups if r["group"] == row["group"])
        if relation == "broader":
            continue
        group = by_group.setdefault(
            (row["group"], relation),
            {"terms": [first], "relation": relation, "source": _plain(row["source_url"])},
        )
        if row["term"] not in group["terms"]:
            group["terms"].append(row["term"])
    groups += [group for group in by_group.values() if len(group["terms"]) > 1]
    groups += [{**group, "source": "Editors' knowledge of the field"} for group in decision["own"]]
    return _once(groups)


_COUNTS = ("web_sources", "ofsted_reports", "sector_documents")


def _source(row: Row) -> str:
    """The glossary's address, or where the acronym was counted."""
    urls = row["source_url"].split()
    return f"Web glossary: {urls[0]}" if urls else _plain("mined")


def _plain(source: str) -> str:
    if source.startswith("mined"):
        return "Counted in Ofsted reports (Open Government Licence v3.0) and sector documents"
    return source


def _once(groups: list[Row]) -> list[Row]:
    """Leave out a group whose words all stand in an earlier one."""
    kept: list[Row] = []
    for group in groups:
        words = {term.casefold() for term in group["terms"]}
        if any(words <= {term.casefold() for term in other["terms"]} for other in kept):
            continue
        kept.append(group)
    return kept
