"""Open questions, written by editors from the seed records that dispute, ask for a test or state a need."""

from __future__ import annotations

from collections.abc import Callable

from .drafts import full
from .reading import Refused, Row
from .terms import Vocabularies

_SIDES = ("for", "against", "who_tests", "who_would_join")


def compile_questions(
    rows: list[Row], seeds: dict[str, str], terms: Vocabularies, entry_of: Callable[[str], str]
) -> dict[str, Row]:
    """questions/<key>.yaml by key; the seed decisions and the questions have to agree."""
    made: dict[str, Row] = {}
    carried: dict[str, str] = {}
    for row in rows:
        if row["key"] in made:
            raise Refused(f"questions: {row['key']} stands twice")
        for side in _SIDES:
            for said in row.get(side, []):
                if not said.get("source"):
                    raise Refused(f"questions: {row['key']}: a statement without a source")
        outcome = terms.name("outcomes", row["outcome"]) if "outcome" in row else None
        question = {"key": row["key"], "title": row["title"], "summary": row["summary"]}
        question |= {"asked_by": row.get("asked_by"), "outcome": outcome, "state": row.get("state", "open")}
        question |= {side: row.get(side) for side in _SIDES}
        question |= {"help_wanted": row.get("help_wanted"), "made_from": row["made_from"]}
        question |= {"about": [entry_of(ref) for ref in row.get("about", [])]}
        made[row["key"]] = full(question)
        carried.update(dict.fromkeys(row["made_from"], row["key"]))
    if carried != seeds:
        differ = sorted(set(carried.items()) ^ set(seeds.items()))
        raise Refused(f"questions and seeds.yaml do not agree: {differ}")
    return made
