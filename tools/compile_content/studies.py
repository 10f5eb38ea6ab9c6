"""Studies with their findings, each finding with what editors judged of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .drafts import cited, full
from .places import Places
from .reading import Material, Refused, Row
from .terms import Vocabularies
from .wording import slugify

_FACTS = (
    "baseline_equivalence",
    "as_allocated",
    "attrition_reported",
    "validated_measures",
    "administrative_outcomes",
    "independent",
    "peer_reviewed",
    "implementation_only",
)
_JUDGED = ("compared", "kind", "for_whom", "harm_looked_for")


def compile_studies(
    material: Material,
    terms: Vocabularies,
    places: Places,
    entry_of: Callable[[str], str],
    judgements: dict[str, Row],
) -> dict[str, Row]:
    """studies/<key>.yaml by key; refuses a judgement of a study or finding that is not there."""
    if unknown := sorted(set(judgements) - set(material.studies)):
        raise Refused(f"decisions/findings: unknown studies {unknown}")
    if unknown := sorted(set(material.findings) - set(material.studies)):
        raise Refused(f"evidence: findings of unknown studies {unknown}")
    return {
        key: _study(row, material, terms, places, entry_of, judgements.get(key, {}))
        for key, row in sorted(material.studies.items())
    }


def _study(
    row: Row,
    material: Material,
    terms: Vocabularies,
    places: Places,
    entry_of: Callable[[str], str],
    judged: Row,
) -> Row:
    refs = [f"model:{name}" for name in row["models"]]
    refs += [f"implementation:{name}" for name in row["implementations"]]
    sources = row["source"] if isinstance(row["source"], list) else [row["source"]]
    authors = row["authors"] if isinstance(row["authors"], list) else [row["authors"]]
    sites = row["sites"]
    study: dict[str, Any] = {
        "key": row["id"],
        "title": row["title"],
        "authors": [name for name in authors if name and name != "not shown"],
        "year": row["year"],
        "sources": list(dict.fromkeys(sources)),
        "design": slugify(row["design"]),
        "country": row["country"],
        "sites": sites if isinstance(sites, int) else None,
        "sites_named": sites if isinstance(sites, str) else None,
        "sites_in_england": _names_england(row, places) or None,
        "sample_baseline": _sample(row["sample_baseline"]),
        "sample_followup": _sample(row["sample_followup"]),
        "allocation": row["allocation"],
    }
    study |= {fact: row[fact] for fact in _FACTS}
    study |= {"note": row["note"], "same_sample_as": judged.get("same_sample_as")}
    study |= {"entries": list(dict.fromkeys(entry_of(ref) for ref in refs))}
    study |= {"findings": _findings(row["id"], material.findings.get(row["id"], []), terms, judged)}
    for other in study["same_sample_as"] if isinstance(study["same_sample_as"], list) else []:
        if other not in material.studies:
            raise Refused(f"decisions/findings: {row['id']} names the unknown study {other}")
    return full(study)


def _sample(sample: Row | None) -> Row:
    return full(sample) if sample else {}


def _names_england(row: Row, places: Places) -> bool:
    """Whether a study of the United Kingdom names a site in England."""
    if row["country"] != "United Kingdom":
        return False
    text = f"{row['title']} {row['sites'] if isinstance(row['sites'], str) else ''}"
    names = {places.names[slug] for slug in places.authorities} | {"England", "London"}
    return bool(row["implementations"]) or any(re.search(rf"\b{re.escape(n)}\b", text) for n in names)


def _findings(study: str, rows: list[Row], terms: Vocabularies, judged: Row) -> list[Row]:
    judgements: dict[int, Row] = {}
    for judgement in judged.get("findings") or []:
        if judgement["n"] in judgements or not 1 <= judgement["n"] <= len(rows):
            raise Refused(
                f"decisions/findings: {study} has no finding {judgement['n']}, or it is judged twice"
            )
        judgements[judgement["n"]] = judgement
    made = []
    for n, row in enumerate(rows, start=1):
        finding: dict[str, Any] = {
            "key": f"{study}-{n}",
            "outcome": terms.name("outcomes", row["outcome_domain"]),
            "measure": row["measure"],
            "statement": row["statement"],
        }
        judgement = judgements.get(n, {})
        finding |= {"kind": judgement.get("kind", "outcome")}
        finding |= {fact: judgement.get(fact) for fact in _JUDGED if fact != "kind"}
        finding |= {"direction": slugify(row["direction"])}
        finding |= {fact: row[fact] for fact in ("effect", "uncertainty", "follow_up_months", "subgroup")}
        finding |= {"powered": row["powered"], "harm": row["harm"] or None, "claimed_by": row["claimed_by"]}
        made.append(full(finding) | cited(row["source"]))
    return made
