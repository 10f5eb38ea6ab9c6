"""Reads studies with their findings, and open questions, from content files."""

from __future__ import annotations

from .. import choices
from .drafts import Fields, LibraryDraft, QuestionDraft, StudyDraft
from .entries import stated_finding
from .reader import Reader


def read_study(reader: Reader, fingerprint: str, *, library: LibraryDraft) -> StudyDraft:
    """One study; a fact that the file does not hold is not reported."""
    key = reader.text("key", required=True, longest=120)
    fields: Fields = {
        "key": key,
        "title": reader.text("title", required=True, longest=400),
        "authors": reader.texts("authors"),
        "year": reader.number("year"),
        "design": reader.choice("design", choices.Design.values, required=True),
        "country": reader.text("country", longest=80),
        "sites": reader.text("sites_named", longest=400),
        "number_of_sites": reader.number("sites"),
        "allocation": reader.text("allocation", longest=600),
        "note": reader.text("note"),
        "same_sample_as": _same_sample(reader),
    }
    for name in (
        "sites_in_england", "baseline_equivalence", "as_allocated", "attrition_reported", "validated_measures",
        "administrative_outcomes", "whole_area", "independent", "peer_reviewed", "implementation_only",
    ):  # fmt: skip
        fields[name] = reader.flag(name)
    for when in ("baseline", "followup"):
        sample = reader.mapping(f"sample_{when}")
        if sample is not None:
            fields[f"{when}_unit"] = sample.text("unit", longest=400)
            fields[f"{when}_intervention"] = sample.number("intervention")
            fields[f"{when}_comparison"] = sample.number("comparison")
            sample.close()
    rows: dict[str, list[Fields]] = {
        "study_sources": [
            {"source": s.key} for s in reader.all_known("sources", library.sources, name="source")
        ],
        "entry_rows": [{"entry": entry} for entry in dict.fromkeys(reader.texts("entries"))],
        "findings": [_finding(row, library) for row in reader.mappings("findings")],
    }
    if not rows["study_sources"]:
        reader.refuse("sources", "“sources” is missing: a study needs at least one source.")
    if not rows["entry_rows"]:
        reader.refuse("entries", "“entries” is missing: say what the study is about.")
    reader.close()
    return StudyDraft(key, reader.source.file, reader.source.line, fingerprint, fields, rows=rows)


def _same_sample(reader: Reader) -> list[str] | None:
    value = reader.value("same_sample_as")
    if value is None:
        return None
    return [] if value == "none" else reader.texts("same_sample_as")


def _finding(row: Reader, library: LibraryDraft) -> Fields:
    fields = stated_finding(row, library)
    harm = row.value("harm")
    fields |= {
        "key": row.text("key", required=True, longest=130),
        "uncertainty": row.text("uncertainty", longest=600),
        "compared": row.flag("compared"),
        "follow_up_months": row.number("follow_up_months", whole=False),
        "subgroup": row.text("subgroup", longest=400),
        "powered": row.flag("powered"),
        "harm": "Harm was found; see the statement."
        if harm is True
        else ""
        if harm is False
        else row.text("harm"),
        "harm_looked_for": row.flag("harm_looked_for"),
        "whose_definition": row.text("whose_definition", longest=200),
    }
    row.close()
    return fields


def read_question(reader: Reader, fingerprint: str, *, library: LibraryDraft) -> QuestionDraft:
    """One open question."""
    key = reader.text("key", required=True, longest=120)
    outcome = reader.known("outcome", library.terms["outcomes"], name="outcome")
    fields: Fields = {
        "slug": key,
        "title": reader.text("title", required=True, longest=250),
        "summary": reader.text("summary"),
        "asked_by": reader.text("asked_by", longest=250),
        "outcome": outcome.key if outcome else None,
        "help_wanted": reader.text("help_wanted"),
        "state": reader.choice("state", choices.QuestionState.values, default=choices.QuestionState.OPEN),
        "made_from": reader.texts("made_from"),
    }
    positions: list[Fields] = []
    for name, side in (
        ("for", "for"),
        ("against", "against"),
        ("who_tests", "tests"),
        ("who_would_join", "join"),
    ):
        for row in reader.mappings(name):
            source = row.known("source", library.sources, required=True, name="source")
            positions.append(
                {
                    "side": side,
                    "text": row.text("text", required=True),
                    "source": source.key if source else None,
                    "at": row.text("at", longest=120),
                }
            )
            row.close()
    about = list(dict.fromkeys(reader.texts("about")))
    for entry in about:
        if entry not in library.entries:
            reader.refuse("about", f"“{entry}” is not an entry of this library.")
    reader.close()
    return QuestionDraft(
        key, reader.source.file, reader.source.line, fingerprint, fields, positions=positions, about=about
    )
