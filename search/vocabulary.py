"""What search knows of vocabularies and places: labels, synonyms and neighbours, read once and kept until they change.

An editor's new synonym works at the next search: the snapshot is keyed by the newest change that the outbox holds
on vocabularies or places, which is one cheap query, and nothing in the index depends on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from website.outbox.models import Change
from website.places.models import Alias, Organisation, StatisticalNeighbour
from website.places.names import name_rules

from practice_library.labels import FACET_LABELS
from practice_library.models import (
    Cohort,
    Outcome,
    PracticeModelPage,
    Stage,
    SynonymGroup,
    SystemCondition,
    Theme,
    WorkforceGroup,
)
from search import understanding
from search.facets import years_label
from search.properties.recognising import key_of
from search.suggesting import TermIndex
from search.understanding import PlaceName, SynonymBook

#: Facet of each closed vocabulary.
TERM_FACETS: dict[str, type[Any]] = {
    "cohort": Cohort,
    "condition": SystemCondition,
    "outcome": Outcome,
    "theme": Theme,
    "stage": Stage,
    "workforce": WorkforceGroup,
}
#: Outbox topics after which the snapshot is read anew.
TOPICS = ("vocabulary", "place")


@dataclass(frozen=True)
class Vocabulary:
    """One reading of vocabularies and places. `organisations`: slugs by key."""

    version: int
    labels: dict[str, dict[str, str]]
    synonyms: dict[str, dict[str, list[str]]]
    book: SynonymBook
    terms: TermIndex
    neighbours: dict[str, tuple[str, ...]]
    organisations: dict[int, str]

    def label(self, param: str, value: str) -> str:
        """What readers see for a facet value; the slug itself where it is not known."""
        if param == "year":
            return years_label(value)
        return self.labels.get(param, {}).get(value) or value.replace("-", " ")

    @cached_property
    def names(self) -> frozenset[str]:
        """Keys of the names of models, authorities and organisations: words in them ask for no property."""
        return frozenset(
            key_of(name) for param in ("model", "authority") for name in self.labels[param].values()
        )

    def areas_like(self, slug: str) -> tuple[str, ...]:
        """An authority and its statistical neighbours, the closest first; empty for a slug no authority has."""
        return self.neighbours.get(slug, ())


_lock = Lock()
_current: Vocabulary | None = None


def current_vocabulary() -> Vocabulary:
    """The snapshot, read anew when a term, a synonym, a model's name or an organisation has changed."""
    global _current
    version = (
        Change.objects.filter(topic__in=TOPICS).order_by("-pk").values_list("pk", flat=True).first() or 0
    )
    with _lock:
        if _current is None or _current.version != version:
            _current = read_vocabulary(version)
        return _current


def forget() -> None:
    """Read anew at the next use, whatever the outbox says (tests, loads)."""
    global _current
    with _lock:
        _current = None


def read_vocabulary(version: int) -> Vocabulary:
    """Read everything in a handful of queries."""
    labels: dict[str, dict[str, str]] = {param: dict(values) for param, values in FACET_LABELS.items()}
    synonyms: dict[str, dict[str, list[str]]] = defaultdict(dict)
    groups: list[understanding.SynonymGroup] = []
    for param, model in TERM_FACETS.items():
        rows = list(model.objects.values("slug", "name", "synonyms"))
        labels[param] = {row["slug"]: row["name"] for row in rows}
        synonyms[param] = {row["slug"]: list(row["synonyms"]) for row in rows}
        groups += understanding.groups_from_terms({**row, "param": param} for row in rows)
    groups += [
        understanding.SynonymGroup(tuple(terms))
        for terms in SynonymGroup.objects.values_list("terms", flat=True)
    ]
    models = list(PracticeModelPage.objects.published().values("slug", "title", "other_names"))
    labels["model"] = {row["slug"]: row["title"] for row in models}
    groups += [
        understanding.SynonymGroup((row["title"], *row["other_names"]), "model", row["slug"])
        for row in models
        if row["other_names"]
    ]
    organisations = list(Organisation.objects.values_list("pk", "slug", "short_name", "kind"))
    labels["authority"] = {slug: name for _, slug, name, _ in organisations}
    return Vocabulary(
        version=version,
        labels=labels,
        synonyms=dict(synonyms),
        terms=TermIndex(_named_terms(labels, synonyms)),
        book=SynonymBook(groups, _place_names(), ordinary=name_rules()[0]),
        neighbours=_neighbours(),
        organisations={pk: slug for pk, slug, _, _ in organisations},
    )


def _named_terms(
    labels: dict[str, dict[str, str]], synonyms: dict[str, dict[str, list[str]]]
) -> Iterator[tuple[str, str, str]]:
    """What a typed beginning may name besides entries: terms, by any of their words, and places."""
    for param in (*TERM_FACETS, "authority"):
        for slug, name in labels[param].items():
            yield name, param, slug
            for word in synonyms.get(param, {}).get(slug, []):
                yield f"{name} ({word})", param, slug


def _place_names() -> list[PlaceName]:
    aliases: dict[int, list[str]] = defaultdict(list)
    authorities = Organisation.objects.authorities().values_list("pk", "slug", "short_name", "name")
    for pk, alias in Alias.objects.filter(kind="name").values_list("organisation_id", "alias"):
        aliases[pk].append(alias)
    return [
        PlaceName(slug, short, tuple({name, *aliases[pk]} - {short})) for pk, slug, short, name in authorities
    ]


def _neighbours() -> dict[str, tuple[str, ...]]:
    like: dict[str, list[str]] = {
        slug: [slug] for slug in Organisation.objects.authorities().values_list("slug", flat=True)
    }
    rows = StatisticalNeighbour.objects.newest_model().values_list("organisation__slug", "neighbour__slug")
    for slug, neighbour in rows:
        like.setdefault(slug, [slug]).append(neighbour)
    return {slug: tuple(slugs) for slug, slugs in like.items()}
