"""What readers may not see now, and its traces in an index that lags behind.

A concealed entry is excluded from every search. The name of a concealed model also stands in the documents of the places
that run it, which are open: until they are indexed anew it is taken out of their cards, reasons and counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from practice_library.models import ModelUsed
from search import prepared
from search.analysis import words
from search.engine import FacetValue, Hit, PracticeQuery, SearchResult, Why

Count = Callable[[PracticeQuery], int]


@dataclass(frozen=True, slots=True)
class Concealed:
    """The uids of all that nobody may read, and of the models among them the names by slug."""

    uids: tuple[str, ...]
    models: Mapping[str, str]


def concealed() -> Concealed:
    """Asked at each search, in one query."""
    rows = prepared.unreadable()
    return Concealed(
        uids=tuple(uid for uid, _, _, _ in rows),
        models={slug: title for _, slug, title, model in rows if model},
    )


def without_traces(result: SearchResult, hidden: Concealed, *, count: Count) -> SearchResult:
    """The result without the names of concealed models. `count` says how many entries a query finds."""
    if not hidden.models:
        return result
    facets = dict(result.facets)
    if "model" in facets:
        facets["model"] = _as_if_unknown(facets["model"], hidden)
    correction = result.did_you_mean
    if correction and _may_come_from(hidden, correction) and not _stands_without(hidden, correction, count):
        correction = None
    return replace(
        result,
        hits=tuple(_hit_without(hit, hidden) for hit in result.hits),
        facets=facets,
        did_you_mean=correction,
    )


def _as_if_unknown(values: tuple[FacetValue, ...], hidden: Concealed) -> tuple[FacetValue, ...]:
    """Chosen all the same it finds nothing, as a slug does that no model ever had."""
    left = [
        replace(each, count=0) if each.value in hidden.models else each
        for each in values
        if each.selected or each.value not in hidden.models
    ]
    return tuple(sorted(left, key=lambda each: (-each.count, each.value)))


def _hit_without(hit: Hit, hidden: Concealed) -> Hit:
    names = {" ".join(words(title)) for title in hidden.models.values()}
    models = [model for model in hit.fields.get("models", ()) if _slug(model) not in hidden.models]
    return replace(
        hit,
        fields={**hit.fields, "models": models},
        why=tuple(why for why in hit.why if not _names(why, names)),
        folded=tuple(_hit_without(place, hidden) for place in hit.folded),
    )


def _slug(model: Mapping[str, Any]) -> str:
    return str(model["url"]).rstrip("/").rsplit("/", 1)[-1]


def _names(why: Why, names: set[str]) -> bool:
    """Terms are shown whole, so the name of a model is a reason of its own."""
    text = why.html.replace("<mark>", "").replace("</mark>", "")
    return why.field == "terms" and " ".join(words(text)) in names


def _may_come_from(hidden: Concealed, correction: str) -> bool:
    named = {word for title in hidden.models.values() for word in words(title)}
    return not named.isdisjoint(words(correction))


def _stands_without(hidden: Concealed, correction: str, count: Count) -> bool:
    """Whether an entry holds these words that does not run a concealed model."""
    places = ModelUsed.objects.filter(model__slug__in=list(hidden.models))
    uids = tuple(str(uid) for uid in places.values_list("case_study__uid", flat=True).distinct())
    return count(PracticeQuery(text=correction, words_mine=True, exclude=(*hidden.uids, *uids))) > 0
