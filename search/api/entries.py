"""Entries as data: everything that their pages say, each statement with the keys of its sources.

An empty fact is null, which means that it is not reported. A row without a source of its own rests on those of its study,
else on all sources of its entry, so that none stands without.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from website.places.choices import AUTHORITY_KINDS

from practice_library.choices import Licence
from practice_library.citations import LICENCE_URL
from practice_library.labels import STATUS
from practice_library.models import Source, Study
from search.api.naming import Named
from search.api.reading import Row, Whole, read_whole
from search.documents.practice import LOCAL_APPROACH

Data = dict[str, Any]
NOT_RATED = {"strength": 0, "direction": "not-known"}
STUDY_FACTS = (
    "title", "authors", "year", "design", "country", "sites", "number_of_sites", "sites_in_england", "baseline_unit",
    "baseline_intervention", "baseline_comparison", "followup_unit", "followup_intervention", "followup_comparison",
    "allocation", "baseline_equivalence", "as_allocated", "attrition_reported", "validated_measures",
    "administrative_outcomes", "whole_area", "independent", "peer_reviewed", "implementation_only", "same_sample_as",
    "note",
)  # fmt: skip
SOURCE_COLUMNS = frozenset({"source_id", "further_sources", "outcome_slug"})
SOURCE_FACTS = ("title", "publisher", "year", "address", "kind", "read")


def entry_as_data(uid: uuid.UUID, *, user: Any) -> Data | None:
    """The entry, or None where this person may read none of that id."""
    return next(entries_as_data([uid], user=user), None)


def entries_as_data(uids: Sequence[uuid.UUID | str], *, user: Any) -> Iterator[Data]:
    """Those of the entries that this person may read, in the order asked for, in a fixed number of queries."""
    whole = read_whole(uids, user=user)
    by_uid = {str(row["uid"]): row for row in whole.entries.values()}
    for uid in uids:
        if row := by_uid.get(str(uid)):
            yield EntryData(whole, row).as_data()


def licence_as_data(licence: str) -> Data | None:
    """Under which an entry may be reused; None means that it may be read only."""
    if not licence:
        return None
    return {"value": licence, "label": Licence(licence).label, "url": LICENCE_URL[Licence(licence)]}


def address_of(url_path: str) -> str:
    """The address on the site of a page of the tree."""
    return "/" + url_path.split("/", 2)[2]


def override_as_data(rating: Row) -> Data | None:
    """What a reviewer signed, where their value stands in front of the computed one."""
    value = (rating["strength"], rating["direction"])
    if value == (rating["computed_strength"], rating["computed_direction"]):
        return None
    return {
        "reason": rating["reason"],
        "role": rating["reviewer_role"],
        "organisation": rating["reviewer_organisation"],
        "date": rating["reviewed_on"].isoformat(),
    }


def source_as_data(source: Source) -> Data:
    """Where something was read."""
    return {"key": source.key, **{name: reported(getattr(source, name)) for name in SOURCE_FACTS}}


def reported(value: Any) -> Any:
    """A fact as JSON: null where it is blank."""
    if isinstance(value, Decimal):
        return float(value)
    return None if value == "" else value


class EntryData:
    """Shapes one entry of a batch that was read."""

    def __init__(self, whole: Whole, row: Row) -> None:
        self._whole = whole
        self._row = row
        self._pk: int = row["pk"]
        self._used: dict[int, Source] = {}
        self._own_sources = self._keys(self._names("source"))

    def as_data(self) -> Data:
        """The whole entry. Sources come last: by then all that were named are known."""
        row = self._row
        ratings = [self._rating(rating) for rating in self._whole.ratings[self._pk]]
        headline = next((rating for rating in ratings if rating["headline"]), NOT_RATED)
        return {
            "id": str(row["uid"]),
            "type": "model" if row["kind"] else "case_study",
            "title": row["title"],
            "url": address_of(row["url_path"]),
            "summary": row["summary"],
            "aliases": row["other_names"],
            "made_from": row["made_from"],
            "origin": row["origin"],
            "licence": licence_as_data(row["licence"]),
            "kind": self._kinds(),
            **{
                name: reported(row[name])
                for name in ("extent", "country", "variant", "start", "end", "contact_role")
            },
            **{name: row[name] for name in ("months_to_set_up", "months_to_first_result")},
            "status": self._status(),
            **self._places(),
            "stages": self._terms("stage"),
            "themes": self._terms("theme"),
            "workforce": self._terms("workforce"),
            "keywords": self._terms("keyword"),
            "evidence": {key: headline[key] for key in NOT_RATED},
            "cohorts": [self._sourced(each) for each in self._whole.cohorts[self._pk]],
            "conditions": [self._sourced(each) for each in self._whole.conditions[self._pk]],
            "statements": [self._sourced(each) for each in self._whole.statements[self._pk]],
            "costs": [self._sourced(each) for each in self._whole.costs[self._pk]],
            "claims": [self._stated(each) for each in self._whole.claims[self._pk]],
            "ratings": ratings,
            "studies": [
                self._study(self._whole.studies[named.number or 0]) for named in self._names("study")
            ],
            **self._blocks(),
            "related": [self._related(named) for named in self._names("related")],
            "questions": [
                {"title": named.title, "url": f"/questions/{named.slug}/", "state": named.facts[0]}
                for named in self._names("question")
            ],
            "entry_sources": self._own_sources,
            "sources": [
                source_as_data(source) for source in sorted(self._used.values(), key=lambda s: s.key)
            ],
            "published_at": row["first_published_at"],
            "changed_at": row["last_published_at"],
            "review_by": row["review_by"],
        }

    def _names(self, kind: str) -> list[Named]:
        return self._whole.names(kind, self._pk)

    def _kinds(self) -> list[str]:
        """As the facet has them: the kind of a case study is that of its models."""
        if self._row["kind"]:
            return [self._row["kind"]]
        return list(dict.fromkeys(named.facts[2] for named in self._names("model"))) or [LOCAL_APPROACH]

    def _status(self) -> Data:
        row = self._row
        source = row["status_source_id"]
        return {
            "state": row["status"],
            "label": STATUS[row["status"]],
            "as_at": reported(row["status_as_at"]),
            "source": self._key(source) if source in self._whole.sources else None,
            "stop_reason": reported(row["stop_reason"]),
        }

    def _places(self) -> Data:
        row, partners = self._row, self._names("partner")
        lead = [(row["lead_slug"], row["lead_kind"], row["lead_region"])] if row["lead_slug"] else []
        known = lead + [(each.slug, each.facts[0], each.facts[1]) for each in partners if each.slug]
        authorities = [(slug, region) for slug, kind, region in known if kind in AUTHORITY_KINDS]
        return {
            "lead": {"slug": row["lead_slug"], "name": row["lead_short_name"]} if lead else None,
            "partners": [{"name": each.title, "slug": reported(each.slug)} for each in partners],
            "authorities": list(dict.fromkeys(slug for slug, _ in authorities)),
            "regions": list(dict.fromkeys(region for _, region in authorities if region)),
            "models": [self._entry(named) for named in self._names("model")],
            "places": [self._entry(named) for named in self._names("place")],
        }

    def _terms(self, kind: str) -> list[Data]:
        return [{"term": named.slug, "label": named.title} for named in self._names(kind)]

    def _entry(self, named: Named) -> Data:
        return {"id": str(uuid.UUID(named.facts[0])), "title": named.title, "url": address_of(named.facts[1])}

    def _related(self, named: Named) -> Data:
        """A link that editors made; to something that is no entry here only the note speaks."""
        entry = self._entry(named) if named.facts[0] else {"id": None, "title": None, "url": None}
        return {"relation": named.facts[2], **entry, "note": reported(named.slug)}

    def _rating(self, rating: Row) -> Data:
        detail = rating["detail"]
        return {
            "id": str(rating["uid"]),
            "url": f"/practice/ratings/{rating['uid']}/",
            "outcome": rating["outcome_slug"],
            "label": rating["label"],
            "strength": rating["strength"],
            "direction": rating["direction"],
            "harm_flag": rating["harm_flag"],
            "headline": rating["is_headline"],
            "computed": {"strength": rating["computed_strength"], "direction": rating["computed_direction"]},
            "override": override_as_data(rating),
            "england": detail["england"],
            "overall": detail["overall"],
            "differs": detail["differs"],
            "standard_version": rating["standard_version"],
            "rated_at": rating["rated_at"],
        }

    def _study(self, study: Study) -> Data:
        sources = self._keys(self._whole.names("study source", study.pk))
        return {
            "key": study.key,
            **{name: reported(getattr(study, name)) for name in STUDY_FACTS},
            "about": [self._entry(named) for named in self._whole.names("about", study.pk)],
            "sources": sources,
            "findings": [
                self._stated(finding, otherwise=sources)
                for finding in self._whole.findings_of_study[study.pk]
            ],
        }

    def _stated(self, row: Row, *, otherwise: Sequence[str] = ()) -> Data:
        return {"outcome": row["outcome_slug"], **self._sourced(row, otherwise=otherwise)}

    def _sourced(self, row: Row, *, otherwise: Sequence[str] = ()) -> Data:
        facts = {
            name: reported(row[name]) for name in (*_named_first(row), *row) if name not in SOURCE_COLUMNS
        }
        own = [self._key(row["source_id"])] if row["source_id"] in self._whole.sources else []
        own += [
            self._mark(self._whole.source_by_key[key])
            for key in row["further_sources"]
            if key in self._whole.source_by_key
        ]
        return {**facts, "sources": list(dict.fromkeys(own)) or list(otherwise or self._own_sources)}

    def _keys(self, named: Iterable[Named]) -> list[str]:
        return [self._key(each.number) for each in named if each.number in self._whole.sources]

    def _key(self, source_id: int | None) -> str:
        return self._mark(self._whole.sources[source_id or 0])

    def _mark(self, source: Source) -> str:
        self._used[source.pk] = source
        return source.key

    def _blocks(self) -> Data:
        row = self._row
        return {
            "materials": [
                {
                    **_values(block.value, ("title", "kind", "address")),
                    "address": reported(block.value["address"]) or _document_of(block.value),
                    "licence": licence_as_data(block.value["licence"] or ""),
                }
                for block in row["materials"] or ()
            ],
            "reach": [
                _values(
                    block.value, ("group", "eligible", "offered", "started", "finished", "period", "source")
                )
                for block in row["reach"] or ()
            ],
            "updates": [_values(block.value, ("date", "text", "source")) for block in row["updates"] or ()],
            "response": {"text": row["response"], "on": row["response_on"]} if row["response"] else None,
        }


def _named_first(row: Row) -> Iterable[str]:
    """What a row is about comes before what it says."""
    return (name for name in ("term", "label") if name in row)


def _values(value: Mapping[str, Any], names: Iterable[str]) -> Data:
    return {name: reported(value[name]) for name in names}


def _document_of(material: Mapping[str, Any]) -> str | None:
    return material["document"].url if material["document"] else None
