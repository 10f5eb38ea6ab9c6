"""What a seed record adds to an entry: the words of one of the five documents, with chapter or section."""

from __future__ import annotations

from typing import Any

from .drafts import Draft, cited, full
from .reading import Refused, Row
from .terms import Vocabularies
from .wording import for_readers

SAID_PREFIX = "Evidence that the source gives: "


class SeedReader:
    """Knows the documents behind the seeds and the coding of their outcomes."""

    def __init__(self, documents: dict[str, Row], claims: dict[str, list[Row]], terms: Vocabularies) -> None:
        self._documents = documents
        self._claims = claims
        self._terms = terms

    def documents_of(self, record: Row) -> list[str]:
        """Keys of the documents a record cites, its own first."""
        files = [record["source"]["file"], *(source["file"] for source in record["further_sources"])]
        return list(dict.fromkeys(self._documents[name]["key"] for name in files))

    def reported(self, record: Row) -> str | None:
        """When the record's document speaks, if that is known."""
        return self._documents[record["source"]["file"]].get("reported")

    def _at(self, record: Row) -> str | None:
        """Chapters or sections of the record's own document."""
        own = record["source"]["file"]
        places = [record["source"], *(s for s in record["further_sources"] if s["file"] == own)]
        names = list(dict.fromkeys(place["section"] for place in places))
        names = [name for name in names if "no headings" not in name]
        return "; ".join(names)[:120] or None

    def add(self, draft: Draft, ref: str, record: Row, decision: Row) -> None:
        """Add what the record's document says, to an entry of its own or to a joined one."""
        draft.made_from.append(ref)
        sources, at = self.documents_of(record), self._at(record)
        draft.general_sources.extend(sources)
        names = [record["name"], *(alias.split(" (")[0] for alias in record["aliases"])]
        draft.call(*names)
        workforce = [term for term in record["cohorts"] if self._terms.has("workforce", term)]
        cohorts = [term for term in record["cohorts"] if term not in workforce]
        draft.tag(
            self._terms.names("stages", record["stage"]),
            self._terms.names("themes", record["themes"]),
            self._terms.names("workforce", workforce),
        )
        draft.serve(self._terms.names("cohorts", cohorts))
        description = for_readers(record["description"])
        done = draft.type == "case_study" and draft.status.get("state") not in ("proposed", "planned")
        section = "what_was_done" if done and not decision.get("only_said") else "context"
        draft.say(section, description, sources, at=at)
        if record["mechanism"]:
            draft.say("how_it_works", for_readers(record["mechanism"]), sources, at=at, editors_reading=True)
        draft.say("context", SAID_PREFIX + for_readers(record["evidence_as_stated"]), sources, at=at)
        for caution in record["cautions"]:
            draft.say("caution", for_readers(caution), sources, at=at)
        for condition in record["system_conditions"]:
            draft.conditions.append(
                {"term": self._terms.name("conditions", condition["condition"]), "role": condition["role"]}
                | full({"note": for_readers(condition["note"] or "")})
                | cited(sources)
                | full({"at": at})
            )
        for cost in decision.get("costs", []):
            draft.costs.append(cost | cited(sources) | full({"at": at}))
        self._outcomes(draft, record, sources, at)

    def _outcomes(self, draft: Draft, record: Row, sources: list[str], at: str | None) -> None:
        coded = self._claims.get(record["name"], [])
        if [row["measure"] for row in record["outcomes"]] != [row["measure"] for row in coded]:
            raise Refused(f"seed_claims: the outcomes of {record['name']!r} are not coded one by one")
        for code in coded:
            if code.get("as") == "statement":
                draft.say(code["section"], code["text"], sources, at=at)
            elif code.get("as") != "question":
                draft.claims.append(self._claim(code) | cited(sources) | full({"at": at}))

    def _claim(self, code: Row) -> dict[str, Any]:
        claim = {"outcome": self._terms.name("outcomes", code["outcome"]), "measure": code["measure"]}
        claim |= {"statement": code["statement"], "direction": code["direction"]}
        claim |= {"kind": code.get("kind", "outcome"), "for_whom": code["for_whom"]}
        claim |= {
            "claimed_by": code["claimed_by"],
            "effect": code.get("effect"),
            "period": code.get("period"),
        }
        for fact in ("count_or_rate", "first_hand", "forecast"):
            claim[fact] = code.get(fact)
        return full(claim)
