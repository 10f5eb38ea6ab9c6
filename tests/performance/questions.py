"""The eight kinds of query that are timed, in words that occur in the corpus."""

from __future__ import annotations

from search.engine import PracticeQuery

QUERIES: dict[str, PracticeQuery] = {
    "one term": PracticeQuery(text="supervision"),
    "three terms": PracticeQuery(text="leaders children assessment"),
    "phrase": PracticeQuery(text='"social workers"'),
    "typo": PracticeQuery(text="superviison"),
    "terms and filters": PracticeQuery(
        text="children families",
        filters={"status": ("running", "scaled", "stopped"), "direction": ("favourable", "mixed")},
    ),
    "one row, one match": PracticeQuery(
        text="children", filters={"evidence": ("compared", "reported"), "direction": ("favourable",)}
    ),
    "browse": PracticeQuery(),
    "deep page": PracticeQuery(text="children", page=30),
}


def as_params(query: PracticeQuery) -> dict[str, object]:
    """The same as parameters of page and API."""
    params: dict[str, object] = {
        "q": query.text,
        **{name: list(values) for name, values in query.filters.items()},
    }
    if query.page > 1:
        params["page"] = query.page
    return params
