"""Reads practice models and case studies from content files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import PurePath

from django.utils.text import slugify

from .. import choices
from .drafts import EntryDraft, Fields, LibraryDraft
from .located import Refusal
from .reader import Reader

#: Leads that are no organisation: several places without a lead, and a place that no source names.
UNNAMED_LEADS = ("several-places", "place-not-named")


def read_entry(
    reader: Reader, fingerprint: str, *, library: LibraryDraft, places: set[str], path: PurePath
) -> EntryDraft:
    """One entry with its rows; every term, source and place it names must be known."""
    key = reader.text("key", required=True, longest=150)
    entry_type = reader.choice("type", ("model", "case_study"), required=True)
    folder = {"model": "models", "case_study": "case-studies"}.get(entry_type)
    if folder and path.parts[0] != folder:
        reader.refuse("type", f"A {entry_type} belongs in {folder}/.")
    fields = _common_fields(reader, library)
    lead = ""
    rows = _rows(reader, library)
    if entry_type == "model":
        fields["kind"] = reader.choice("kind", choices.ModelKind.values, required=True)
    else:
        lead = reader.text("lead", required=True)
        if lead and lead not in places and lead not in UNNAMED_LEADS:
            reader.refuse("lead", f"“{lead}” is not a known authority or organisation.")
        fields["extent"] = reader.choice("depth", choices.Extent.values, default=choices.Extent.FULL)
        fields["variant"] = reader.text("variant")
        fields["months_to_set_up"] = reader.number("months_to_set_up")
        fields["months_to_first_result"] = reader.number("months_to_first_result")
        rows["models_used"] = [{"model": model} for model in dict.fromkeys(reader.texts("models"))]
        rows["partners"] = [{"name": name[:250]} for name in dict.fromkeys(reader.texts("partners"))]
    slug = reader.text("slug", longest=200) or path.stem or slugify(str(fields["title"]))
    keywords = reader.texts("keywords")
    reader.close()
    return EntryDraft(
        key, reader.source.file, reader.source.line, fingerprint, fields,
        entry_type=entry_type, slug=slug, lead=lead, rows=rows, keywords=keywords,
    )  # fmt: skip


def _common_fields(reader: Reader, library: LibraryDraft) -> Fields:
    fields: Fields = {
        "title": reader.text("title", required=True, longest=255),
        "summary": reader.text("summary", required=True),
        "other_names": reader.texts("aliases"),
        "made_from": reader.texts("made_from"),
        "start": reader.partial_date("start"),
        "end": reader.partial_date("end"),
        "country": reader.text("country", longest=60),
        "licence": reader.choice("licence", choices.Licence.values),
        "origin": choices.Origin.COMPILED,
    }
    if not fields["made_from"]:
        reader.refuse("made_from", "“made_from” is missing: name the records it was compiled from.")
    status = reader.mapping("status")
    if status is not None:
        fields["status"] = status.choice("state", choices.State.values, default=choices.State.NOT_KNOWN)
        fields["status_as_at"] = status.partial_date("as_at")
        fields["status_source"] = _source(status, library)
        fields["stop_reason"] = status.text("stop_reason")
        status.close()
    return fields


def _source(reader: Reader, library: LibraryDraft) -> str | None:
    source = reader.known("source", library.sources, name="source")
    return source.key if source else None


def _sourced(reader: Reader, library: LibraryDraft) -> Fields:
    several = [source.key for source in reader.all_known("sources", library.sources, name="source")]
    one = _source(reader, library)
    keys = [key for key in dict.fromkeys([one, *several]) if key]
    return {
        "source": keys[0] if keys else None,
        "further_sources": keys[1:],
        "at": reader.text("at", longest=120),
    }


def _rows(reader: Reader, library: LibraryDraft) -> dict[str, list[Fields]]:
    terms = library.terms
    rows: dict[str, list[Fields]] = {
        "entry_sources": [
            {"source": source.key} for source in reader.all_known("sources", library.sources, name="source")
        ],
        "stage_tags": [{"tag": t.key} for t in reader.all_known("stages", terms["stages"], name="stage")],
        "theme_tags": [{"tag": t.key} for t in reader.all_known("themes", terms["themes"], name="theme")],
        "workforce_tags": [
            {"tag": t.key} for t in reader.all_known("workforce", terms["workforce"], name="workforce group")
        ],
        "cohort_rows": [_cohort(row, library) for row in reader.mappings("cohorts")],
        "condition_rows": [_condition(row, library) for row in reader.mappings("conditions")],
        "statements": [_statement(row, library) for row in reader.mappings("statements")],
        "costs": [_cost(row, library) for row in reader.mappings("costs")],
        "claims": [_claim(row, library) for row in reader.mappings("claims")],
        "related_rows": [_related(row, choices.Relation.values) for row in reader.mappings("related")]
        + [_confused(row) for row in reader.mappings("confused_with")],
    }
    if not rows["entry_sources"]:
        reader.refuse("sources", "“sources” is missing: an entry needs at least one source.")
    return rows


def _term(reader: Reader, key: str, library: LibraryDraft, vocabulary: str, name: str) -> str:
    term = reader.known(key, library.terms[vocabulary], required=True, name=name)
    return term.key if term else ""


def _cohort(row: Reader, library: LibraryDraft) -> Fields:
    fields: Fields = {"tag": _term(row, "term", library, "cohorts", "cohort"), **_sourced(row, library)}
    for key, longest in (
        ("ages", 60),
        ("threshold", 300),
        ("exclusions", 300),
        ("number", 120),
        ("defined_by", 120),
    ):
        fields[key] = row.text(key, longest=longest)
    row.close()
    return fields


def _condition(row: Reader, library: LibraryDraft) -> Fields:
    fields: Fields = {
        "tag": _term(row, "term", library, "conditions", "condition"),
        "role": row.choice("role", choices.Role.values, required=True),
        "level": row.choice("level", choices.Level.values),
        "necessity": row.choice("necessity", choices.Necessity.values),
        "present_at_start": row.choice("at_start", choices.Presence.values),
        "present_at_end": row.choice("at_end", choices.Presence.values),
        "power": row.choice("power", choices.Power.values),
        "note": row.text("note"),
        "without_it": row.text("without_it"),
        **_sourced(row, library),
    }
    row.close()
    return fields


def _statement(row: Reader, library: LibraryDraft) -> Fields:
    fields: Fields = {
        "section": row.choice("section", choices.Section.values, required=True),
        "text": row.text("text", required=True),
        "claimed_by": row.choice("claimed_by", choices.ClaimedBy.values),
        "editors_reading": row.flag("editors_reading") or False,
        **_sourced(row, library),
    }
    voice = row.mapping("voice")
    if voice is not None:
        fields["voice_who"] = voice.text("who", longest=120)
        fields["voice_gathered"] = voice.text("gathered", longest=200)
        fields["voice_permission"] = voice.choice("permission", ("given", "already-published"))
        fields["voice_changed"] = voice.choice("changed", ("yes", "no"))
        voice.close()
    row.close()
    return fields


def _cost(row: Reader, library: LibraryDraft) -> Fields:
    pounds = row.number("pounds", whole=False)
    fields: Fields = {
        "what": row.text("what", required=True, longest=300),
        "as_printed": row.text("as_printed", longest=300) or row.text("amount", longest=300),
        "unit": row.text("unit", longest=200),
        "price_year": row.text("price_year", longest=20),
        "payer": row.text("payer", longest=160),
        "cashable": row.flag("cashable"),
        "per": row.choice("per", ("child", "family")),
        "pounds": Decimal(str(pounds)) if pounds is not None else None,
        **_sourced(row, library),
    }
    row.value("amount")
    if fields["pounds"] is not None and not fields["per"]:
        row.refuse("pounds", "“pounds” needs “per”: child or family.")
    row.close()
    return fields


def stated_finding(row: Reader, library: LibraryDraft) -> Fields:
    """What a study's finding and a claim have in common."""
    return {
        "outcome": _term(row, "outcome", library, "outcomes", "outcome"),
        "measure": row.text("measure", longest=400),
        "statement": row.text("statement", required=True),
        "kind": row.choice("kind", choices.FindingKind.values, default=choices.FindingKind.OUTCOME),
        "for_whom": row.choice("for_whom", choices.ForWhom.values),
        "direction": row.choice("direction", choices.Direction.values, default=choices.Direction.NOT_KNOWN),
        "claimed_by": row.choice("claimed_by", choices.ClaimedBy.values, required=True),
        "effect": row.text("effect", longest=600),
        "forecast": row.flag("forecast") or False,
        **_sourced(row, library),
    }


def _claim(row: Reader, library: LibraryDraft) -> Fields:
    fields = stated_finding(row, library)
    fields["period"] = row.text("period", longest=120)
    fields["count_or_rate"] = row.flag("count_or_rate")
    fields["first_hand"] = row.flag("first_hand")
    row.close()
    return fields


def _related(row: Reader, relations: list[str]) -> Fields:
    fields: Fields = {
        "other": row.text("entry", required=True),
        "relation": row.choice("relation", relations, required=True),
        "note": row.text("note", longest=400),
    }
    row.close()
    return fields


def _confused(row: Reader) -> Fields:
    fields: Fields = {
        "other": row.text("entry"),
        "relation": choices.Relation.NOT_THE_SAME,
        "note": row.text("text", longest=400),
    }
    if not fields["other"] and not fields["note"]:
        row.refuse("text", "Say what it is not to be confused with: “entry” or “text”.")
    row.close()
    return fields


def check_references(library: LibraryDraft) -> list[Refusal]:
    """Entries and studies that are named must be there, and addresses must differ."""
    refusals: list[Refusal] = []
    addresses: dict[tuple[str, str], str] = {}
    for entry in library.entries.values():
        for relation, key in (("models_used", "model"), ("related_rows", "other")):
            for row in entry.rows.get(relation, []):
                other = row[key]
                known = library.entries.get(other) if other else None
                if other and known is None:
                    refusals.append(
                        Refusal(entry.file, entry.line, f"“{other}” is not an entry of this library.")
                    )
                elif key == "model" and known is not None and known.entry_type != "model":
                    refusals.append(Refusal(entry.file, entry.line, f"“{other}” is no practice model."))
        address = (entry.lead or "models", entry.slug)
        if address in addresses:
            refusals.append(
                Refusal(
                    entry.file,
                    entry.line,
                    f"The address {'/'.join(address)} is taken by {addresses[address]}.",
                )
            )
        addresses[address] = entry.file
    for study in library.studies.values():
        for row in study.rows["entry_rows"]:
            if row["entry"] not in library.entries:
                refusals.append(
                    Refusal(study.file, study.line, f"“{row['entry']}” is not an entry of this library.")
                )
        for key in study.fields["same_sample_as"] or []:
            if key not in library.studies:
                refusals.append(Refusal(study.file, study.line, f"“{key}” is not a study of this library."))
    for terms in library.terms.values():
        for term in terms.values():
            if term.broader and term.broader not in terms:
                refusals.append(
                    Refusal(term.file, term.line, f"“{term.broader}” is not a term of this vocabulary.")
                )
    return refusals
