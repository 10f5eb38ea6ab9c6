"""The filter column and the chips: every value with its true count, in readers' words and in their order."""

from __future__ import annotations

from collections.abc import Sequence

from website.components.shapes import AreaPicker, Chip, FacetGroup, FacetValue, Field, Filters, Option

from search.addresses import SearchAddress
from search.engine import FacetValue as Counted
from search.engine import SearchResult
from search.facets import CONDITION_ROW, FACETS, OUTCOME_ROW, RowGroup
from search.vocabulary import Vocabulary

#: In the order of questions people ask; the rest is behind "More filters".
FIRST = ("cohort", "outcome", "direction", "evidence", "condition", "role", "presence", "status")
MORE = (
    "type", "stage", "theme", "workforce", "kind", "model", "authority", "region", "country", "cost", "year",
)  # fmt: skip
HEADINGS = {param: facet.label for param, facet in FACETS.items()} | {"direction": "Result"}
SEEN_AT_ONCE = 6
#: Beyond this many values a list is read by name, not by count.
BY_NAME_FROM = 20
#: Filters whose values say nothing by themselves ("Yes", "Not known"); their chips say what they are about.
CHIP_PREFIX = {
    "direction": "Result",
    "status": "Status",
    "presence": "In place at the start",
    "cost": "Cost",
    "year": "Started",
    "workforce": "Workforce",
}
TARGET = "#filters-and-results"
ONE_RESULT = "All must be true of one and the same result."
ONE_CONDITION = "All must be true of one and the same condition."
FOR_OUTCOME = "For the outcome chosen above."


def filters_of(result: SearchResult, vocabulary: Vocabulary, address: SearchAddress) -> Filters:
    """The whole column."""
    hints = _hints(address)
    groups = {
        param: _group(param, result.facets.get(param, ()), vocabulary, hints.get(param, ""))
        for param in (*FIRST, *MORE)
        if result.facets.get(param)
    }
    return Filters(
        action=address.without_filters().asking("").url.split("?")[0],
        groups=[groups[param] for param in FIRST if param in groups],
        more_groups=[groups[param] for param in MORE if param in groups],
        more_open=any(address.query.filters.get(param) for param in MORE),
        like=area_picker(vocabulary, address.like),
        hidden=[Field(name, value) for name, value in address.hidden()],
        target=TARGET,
    )


def _group(param: str, counted: Sequence[Counted], vocabulary: Vocabulary, hint: str) -> FacetGroup:
    values = [
        FacetValue(each.value, vocabulary.label(param, each.value), each.count, each.selected)
        for each in counted
    ]
    if param == "evidence":
        values.reverse()  # hardest tested first
    closed = bool(FACETS[param].closed)
    if len(values) > BY_NAME_FROM and param != "year":
        by_name = sorted(values[SEEN_AT_ONCE:], key=lambda value: value.label.casefold())
        values = values[:SEEN_AT_ONCE] + by_name
    limit = len(values) if closed else SEEN_AT_ONCE
    return FacetGroup.of(name=param, label=HEADINGS[param], values=values, limit=limit, hint=hint)


def _hints(address: SearchAddress) -> dict[str, str]:
    """Where filters of one row meet, say so: an entry that matches by two different rows is not listed."""
    hints = {}
    if _chosen(OUTCOME_ROW, address) > 1:
        hints["direction"] = ONE_RESULT
    elif address.query.filters.get("outcome"):
        hints["direction"] = FOR_OUTCOME
    if _chosen(CONDITION_ROW, address) > 1:
        hints["role"] = ONE_CONDITION
    return hints


def _chosen(row: RowGroup, address: SearchAddress) -> int:
    return sum(bool(address.query.filters.get(param)) for param in row.dimensions)


def area_picker(vocabulary: Vocabulary, chosen: str) -> AreaPicker:
    """Authorities that have neighbours to be like, by name."""
    named = sorted(
        (vocabulary.label("authority", slug), slug)
        for slug, like in vocabulary.neighbours.items()
        if len(like) > 1 or slug == chosen
    )
    neighbours = len(vocabulary.areas_like(chosen)) - 1 if chosen else 0
    hint = f"and its {neighbours} statistical neighbours" if neighbours > 0 else ""
    return AreaPicker([Option(slug, name, slug == chosen) for name, slug in named], hint)


def chips_of(vocabulary: Vocabulary, address: SearchAddress) -> list[Chip]:
    """A chip for each chosen value; its link is the search without it."""
    chips = [
        Chip(chip_label(vocabulary, param, value), address.without(param, value).url)
        for param in FACETS
        for value in address.query.filters.get(param, ())
    ]
    if address.like:
        chips.append(Chip(like_label(vocabulary, address.like), address.like_area("").url))
    return chips


def chip_label(vocabulary: Vocabulary, param: str, value: str) -> str:
    """A chosen value in words that stand by themselves."""
    label = vocabulary.label(param, value)
    return f"{CHIP_PREFIX[param]}: {label}" if param in CHIP_PREFIX else label


def like_label(vocabulary: Vocabulary, slug: str) -> str:
    """ "Areas like Wigan"."""
    return f"Areas like {vocabulary.label('authority', slug)}"
