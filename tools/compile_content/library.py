"""Puts the whole library together: every row into one entry or question, joined as JOINS.md says."""

from __future__ import annotations

from dataclasses import dataclass, field

from .drafts import Draft
from .from_evidence import add_model, add_place, place_summary
from .from_seeds import SeedReader
from .places import SEVERAL, Places
from .questions import compile_questions
from .reading import Material, Refused, Row, read_decision, read_judgements
from .studies import compile_studies
from .terms import Vocabularies
from .titles import slug_of, title_of
from .wording import slugify


@dataclass
class Library:
    """Everything the content folder will hold."""

    entries: dict[str, Draft] = field(default_factory=dict)
    studies: dict[str, Row] = field(default_factory=dict)
    questions: dict[str, Row] = field(default_factory=dict)
    organisations: list[Row] = field(default_factory=list)
    vocabularies: dict[str, list[Row]] = field(default_factory=dict)


class Builder:
    """Builds entries in a fixed order, so that two runs give the same files."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.terms = Vocabularies(material)
        self.places = Places(material)
        self.titles: dict[str, Row] = read_decision("titles") or {}
        self.gists: dict[str, str] = read_decision("gists") or {}
        self.seed_decisions: dict[str, Row] = read_decision("seeds")
        self.seed_summaries: dict[str, str] = read_decision("seed_summaries")
        documents = read_decision("documents")
        self.seeds = SeedReader(documents, read_decision("seed_claims"), self.terms)
        self.entries: dict[str, Draft] = {}
        self.entry_by_ref: dict[str, str] = {}
        self.wanted_models: dict[str, list[str]] = {}
        self._model_refs = {f"model:{name}" for name in material.models}

    def build(self) -> Library:
        """All of it."""
        merged = self._joined()
        for name, row in self.material.models.items():
            if f"model:{name}" not in merged:
                self._model(row)
        for name, row in self.material.implementations.items():
            if f"implementation:{name}" not in merged:
                self._place(row, [], {})
        asked = self._seeds()
        self._models_of_places()
        self._confusions()
        self._links()
        questions = compile_questions(read_decision("questions"), asked, self.terms, self.entry_of)
        studies = compile_studies(self.material, self.terms, self.places, self.entry_of, read_judgements())
        return Library(self.entries, studies, questions, self.places.organisations, self.terms.files())

    def entry_of(self, ref: str) -> str:
        """The entry a row went into."""
        if ref not in self.entry_by_ref:
            raise Refused(f"{ref}: in no entry")
        return self.entry_by_ref[ref]

    def _keep(self, draft: Draft) -> None:
        if draft.key in self.entries:
            raise Refused(f"two entries have the key {draft.key}")
        self.entries[draft.key] = draft
        for ref in draft.made_from:
            self.entry_by_ref[ref] = draft.key

    def _joined(self) -> set[str]:
        """Rows that joins.yaml puts into one case study."""
        merged: set[str] = set()
        for join in read_decision("joins"):
            rows = [self.material.row(ref) for ref in join["with"]]
            self._place(self.material.row(join["main"]), list(zip(join["with"], rows, strict=True)), join)
            merged |= {join["main"], *join["with"]}
        return merged

    def _model(self, row: Row) -> None:
        draft = Draft(row["id"], "model", row["name"], row["summary"], row["kind"].replace(" ", "-"))
        draft.slug = row["id"]
        add_model(draft, row, self.terms)
        self._keep(draft)

    def _place(self, row: Row, others: list[tuple[str, Row]], join: Row) -> None:
        lead = self.places.known(join["lead"]) if "lead" in join else self.places.lead(row)
        place = self.places.names[lead]
        authority = lead in self.places.authorities
        title = join.get("title") or title_of(row, place, self.titles, authority=authority)
        fallback = row["models"][0] if row["models"] else slugify(row["id"].removeprefix("im-"))
        slug = join.get("slug") or slug_of(title, place if authority else "", row, self.titles, fallback)
        key = f"{lead}-{slug}"
        if key in self.entries or f"model:{key}" in self._model_refs:
            key = f"{key}-in-{lead}"
        draft = Draft(key, "case_study", title, lead=lead, slug=slug)
        draft.partners = list(join.get("partners", []))
        draft.summary = join.get("summary", "")
        add_place(draft, row, self.terms, self.places, self.material.sources)
        models = list(row["models"])
        for ref, other in others:
            if ref.startswith("model:"):
                add_model(draft, other, self.terms)
                models = [name for name in models if name != other["id"]]
                draft.summary = other["summary"]
            else:
                add_place(draft, other, self.terms, self.places, self.material.sources)
        if join.get("partners"):
            draft.partners = list(join["partners"])
        summary = self.titles.get(row["id"], {}).get("summary")
        draft.summary = draft.summary or summary or self._place_summary(row, models, draft)
        self._keep(draft)
        self.wanted_models[key] = [f"model:{name}" for name in models]

    def _place_summary(self, row: Row, models: list[str], draft: Draft) -> str:
        own = [gist for start, gist in self.gists.items() if f"{row['id']}-".startswith(f"{start}-")]
        gists = own or [self.gists[name] for name in models if name in self.gists]
        company = self.places.named(draft.partners)
        place = self.places.names[draft.lead]
        if draft.lead not in self.places.authorities and draft.lead != SEVERAL:
            place, company = "several places", [place, *company]
        return place_summary(row, place, gists[0] if gists else "", company)

    def _seeds(self) -> dict[str, str]:
        """Seed records into their entries; returns those that are questions."""
        if lost := set(self.material.seeds) ^ set(self.seed_decisions):
            raise Refused(f"seeds.yaml does not fit the records: {sorted(lost)}")
        asked: dict[str, str] = {}
        for name, decision in self.seed_decisions.items():
            ref, record = f"seed:{name}", self.material.seeds[name]
            if "question" in decision:
                asked[ref] = decision["question"]
            elif "joins" in decision:
                draft = self.entries[self.entry_of(decision["joins"])]
                self.seeds.add(draft, ref, record, decision)
                self.entry_by_ref[ref] = draft.key
            else:
                self._keep(self._alone(ref, record, decision))
        return asked

    def _alone(self, ref: str, record: Row, decision: Row) -> Draft:
        title = str(decision.get("title", record["name"]))
        if record["name"] not in self.seed_summaries:
            raise Refused(f"seed_summaries: {record['name']!r} has none")
        if "model" in decision:
            kind = record["kind"].replace(" ", "-")
            if kind == "local-approach":
                raise Refused(f"{ref}: a local approach is never a practice model")
            draft = Draft(decision["model"], "model", title, kind=kind, slug=decision["model"])
        else:
            lead, _, slug = decision["case"].partition("/")
            self.places.known(lead)
            draft = Draft(f"{lead}-{slug}", "case_study", title, lead=lead, slug=slug)
            draft.partners = list(decision.get("partners", []))
            draft.country = decision.get("country", "England")
            self.wanted_models[draft.key] = [f"model:{name}" for name in decision.get("models", [])]
        draft.country = decision.get("country", draft.country)
        draft.summary = self.seed_summaries[record["name"]]
        draft.start, draft.end = decision.get("start"), decision.get("end")
        draft.status = self._status(record, decision)
        self.seeds.add(draft, ref, record, decision)
        return draft

    def _status(self, record: Row, decision: Row) -> Row:
        as_at = decision.get("as_at") or self.seeds.reported(record)
        state = decision.get("status", "not-known")
        if state in ("running", "scaled", "testing") and not as_at:
            raise Refused(f"{record['name']}: {state} on an undated source")
        status = {"state": state, "as_at": as_at, "source": self.seeds.documents_of(record)[0]}
        status["stop_reason"] = decision.get("stop_reason")
        return {key: value for key, value in status.items() if value}

    def _models_of_places(self) -> None:
        """Places name the entries of their models and take their themes."""
        for key, refs in self.wanted_models.items():
            draft = self.entries[key]
            for model in dict.fromkeys(self.entry_of(ref) for ref in refs):
                if self.entries[model].type == "model":
                    draft.models.append(model)
                    draft.tag([], self.entries[model].themes, [])

    def _confusions(self) -> None:
        for name, row in self.material.models.items():
            draft = self.entries[self.entry_of(f"model:{name}")]
            for other in row["confused_with"]:
                if f"model:{other}" in self.entry_by_ref:
                    key = self.entry_of(f"model:{other}")
                    draft.confused_with.append({"entry": key, "text": self.entries[key].title})
                else:
                    draft.confused_with.append({"text": other})

    def _links(self) -> None:
        for link in read_decision("links"):
            one, other = self.entry_of(link["from"]), self.entry_of(link["to"])
            self._link(one, other, link["relation"], link.get("note"))
            if "back" in link:
                self._link(other, one, link["back"], link.get("note"))

    def _link(self, one: str, other: str, relation: str, note: str | None) -> None:
        draft = self.entries[one]
        if relation == "not-the-same":
            known = [row for row in draft.confused_with if row.get("entry") == other]
            if known:
                known[0]["text"] = note or known[0]["text"]
            else:
                draft.confused_with.append({"entry": other, "text": note or self.entries[other].title})
            return
        row = {"entry": other, "relation": relation} | ({"note": note} if note else {})
        if one != other and row not in draft.related:
            draft.related.append(row)
