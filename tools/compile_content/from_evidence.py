"""What a model row and a place row of the evidence add to an entry."""

from __future__ import annotations

from typing import Any

from .drafts import Draft, cited, full
from .money import cost_row
from .places import Places
from .reading import Row
from .terms import Vocabularies
from .wording import joined, whole_sentences

# As the data words a state, and as the library does.
STATES = {"unknown": "not-known"}


def add_model(draft: Draft, row: Row, terms: Vocabularies) -> None:
    """A model row: what it is, how it is meant to work, cautions and conditions."""
    draft.made_from.append(f"model:{row['id']}")
    draft.call(row["name"], *row["aliases"])
    draft.general_sources.extend(row["sources"])
    draft.tag(terms.names("stages", row["stage"]), terms.names("themes", row["themes"]), [])
    draft.serve(terms.names("cohorts", row["cohorts"]))
    draft.say("how_it_works", row["theory_of_change"], row["sources"], editors_reading=True)
    for component in row["core_components"]:
        draft.say("must_keep", component, row["sources"], editors_reading=True)
    draft.say("origin", row["origin"], row["sources"])
    for caution in row["cautions"]:
        draft.say("caution", caution["text"], caution["source"])
    _conditions(draft, row, terms)


def add_place(draft: Draft, row: Row, terms: Vocabularies, places: Places, sources: dict[str, Row]) -> None:
    """A place row: the problem, what was done, what changed, what did not work, costs, voices, status."""
    draft.made_from.append(f"implementation:{row['id']}")
    draft.general_sources.extend(row["sources"])
    draft.tag(terms.names("stages", row["stage"]), [], [])
    draft.serve(terms.names("cohorts", row["cohorts"]))
    draft.partners.extend(p for p in places.partners(row["partners"], draft.lead) if p not in draft.partners)
    draft.start = draft.start or row["start"]
    draft.end = draft.end or row["end"]
    if row["variant"] and row["variant"] not in draft.variant:
        draft.variant = f"{draft.variant} {row['variant']}".strip()
    draft.say("problem", row["problem"], row["sources"])
    draft.say("what_was_done", row["what_was_done"], row["sources"])
    for section in ("what_changed", "what_did_not_work"):
        for said in row[section]:
            draft.say(section, said["text"], said["source"])
    for said in row["voice"]:
        draft.say("voice", said["text"], said["source"], voice={"permission": "already-published"})
    _conditions(draft, row, terms)
    for cost in row["costs"]:
        made = cost_row(cost)
        if made not in draft.costs:
            draft.costs.append(made)
    if not draft.status or draft.status["state"] == "not-known":
        draft.status = status_of(row, sources)
    draft.country = draft.country or places.countries.get(row["id"], "England")


def status_of(row: Row, sources: dict[str, Row]) -> Row:
    """The state as at the newest dated source; without a date nothing is said to run."""
    dated = [(sources[name]["year"], name) for name in row["sources"] if sources[name]["year"]]
    state = STATES.get(row["status"], row["status"])
    year, source = max(dated, key=lambda pair: pair[0]) if dated else (None, row["sources"][0])
    if year is None and state in ("running", "scaled", "testing", "planned"):
        state = "not-known"
    as_at = str(year) if year else None
    return full({"state": state, "as_at": as_at, "source": source, "stop_reason": row["stop_reason"]})


def _conditions(draft: Draft, row: Row, terms: Vocabularies) -> None:
    for condition in row["conditions"]:
        made: dict[str, Any] = {
            "term": terms.name("conditions", condition["condition"]),
            "role": condition["role"],
        }
        made |= full({"note": condition["note"]}) | cited(condition["source"])
        if made not in draft.conditions:
            draft.conditions.append(made)


def place_summary(row: Row, place: str, gist: str, company: list[str]) -> str:
    """One sentence for a place: what its model is, where, since when and with whom; else what was done."""
    if not gist:
        return whole_sentences(row["what_was_done"] or row["problem"] or row["variant"], 220)
    start, end = (row["start"] or "")[:4], (row["end"] or "")[:4]
    when = ""
    if start and end:
        when = f", {start} to {end}" if start != end else f", {start}"
    elif start or end:
        when = f" from {start}" if start else f" until {end}"
    named = f", with {joined(company)}" if 0 < len(company) <= 3 else ""
    if len(company) > 3:
        named = f", with {', '.join(company[:2])} and others"
    planned = "planned " if row["status"] == "planned" else ""
    return f"{gist}, {planned}in {place}{when}{named}."
