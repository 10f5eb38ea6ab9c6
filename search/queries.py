"""Request parameters as a `PracticeQuery`, or a plain sentence about what is wrong with them.

Only what is named here gets through: unknown parameters are ignored (links carry all sorts), unknown values of
closed facets and malformed slugs are refused. Slugs of open vocabularies may be unknown: an old link to a term
that was renamed finds nothing, which is true.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from search.documents.schema import SLUG
from search.engine import DEEPEST_ROW, PAGE_SIZE, PracticeQuery
from search.facets import FACET_PARAMS, FACETS, SORTS, is_years

LONGEST_TEXT = 300
MOST_VALUES = 40
LARGEST_PAGE = 100
OTHER_PARAMS = ("q", "like", "sort", "page", "size", "group", "words")
Params = Mapping[str, Sequence[str]]
Neighbours = Callable[[str], Sequence[str] | None]


class BadQuery(ValueError):
    """`problem` is a sentence for the reader, `param` the parameter it is about."""

    def __init__(self, problem: str, param: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.param = param


def parse(
    params: Params,
    *,
    neighbours: Neighbours | None = None,
    facets: tuple[str, ...] = FACET_PARAMS,
    exclude: tuple[str, ...] = (),
    default_group: bool = False,
) -> PracticeQuery:
    """The query. `params` is e.g. `dict(request.GET.lists())`; `neighbours` gives an authority and its like, or
    None for an unknown one. Expansions are left to the caller. Raises BadQuery.
    """
    size = _number(params, "size", PAGE_SIZE, LARGEST_PAGE)
    return PracticeQuery(
        text=_text(params),
        filters=_filters(params),
        like=_like(params, neighbours),
        sort=_one_of(params, "sort", SORTS, "best"),
        page=_number(params, "page", 1, DEEPEST_ROW // size),
        size=size,
        words_mine=_one_of(params, "words", ("mine",), "") == "mine",
        facets=facets,
        group=_one_of(params, "group", ("model", "none"), "model" if default_group else "none") == "model",
        exclude=exclude,
    )


def _last(params: Params, param: str) -> str:
    values = params.get(param) or [""]
    return values[-1].strip()


def _text(params: Params) -> str:
    text = " ".join(_last(params, "q").split())
    if "\x00" in text:
        raise BadQuery("The search text holds characters that cannot be searched for.", "q")
    if len(text) > LONGEST_TEXT:
        raise BadQuery(f"The search text is too long: use at most {LONGEST_TEXT} characters.", "q")
    return text


def _filters(params: Params) -> dict[str, tuple[str, ...]]:
    chosen = {}
    for param in FACET_PARAMS:
        values = tuple(dict.fromkeys(value.strip() for value in params.get(param, ()) if value.strip()))
        if len(values) > MOST_VALUES:
            raise BadQuery(f"Too many values for {param}: choose at most {MOST_VALUES}.", param)
        for value in values:
            _check_value(param, value)
        if values:
            chosen[param] = values
    return chosen


def _check_value(param: str, value: str) -> None:
    closed = FACETS[param].closed
    if closed and value not in closed:
        raise BadQuery(f"{shown(value)} is not a value of {param}. It takes: {', '.join(closed)}.", param)
    if param == "year" and not (is_years(value) or (value.isascii() and value.isdigit() and len(value) == 4)):
        raise BadQuery(
            f"{shown(value)} is not a year of four digits, or years as from-2015, to-2009 or 2012-2015.",
            param,
        )
    if not SLUG.match(value):
        raise BadQuery(f"{shown(value)} is not a value of {param}.", param)


def _like(params: Params, neighbours: Neighbours | None) -> tuple[str, ...]:
    slug = _last(params, "like")
    if not slug:
        return ()
    found = neighbours(slug) if neighbours and SLUG.match(slug) else None
    if found is None:
        raise BadQuery(f"{shown(slug)} is not an authority that areas can be like.", "like")
    return tuple(dict.fromkeys((slug, *found)))


def _one_of(params: Params, param: str, allowed: Sequence[str], default: str) -> str:
    value = _last(params, param)
    if not value:
        return default
    if value not in allowed:
        raise BadQuery(f"{shown(value)} is not a value of {param}. It takes: {', '.join(allowed)}.", param)
    return value


def _number(params: Params, param: str, default: int, largest: int) -> int:
    value = _last(params, param)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and len(value) <= 6) or not 1 <= int(value) <= largest:
        raise BadQuery(f"{shown(value)} is not a {param} number from 1 to {largest}.", param)
    return int(value)


def shown(value: str) -> str:
    """A value as a message may repeat it: short, printable and in quotes."""
    printable = "".join(letter for letter in value if letter.isprintable())
    return f"“{printable[:40]}{'…' if len(printable) > 40 else ''}”"


def to_params(query: PracticeQuery, *, like: str = "") -> dict[str, list[str]]:
    """The parameters that lead to this query, in a stable order: what links, chips and saved searches hold."""
    params: dict[str, list[str]] = {"q": [query.text]} if query.text else {}
    params |= {param: list(query.filters[param]) for param in FACET_PARAMS if query.filters.get(param)}
    if like:
        params["like"] = [like]
    if query.sort != "best":
        params["sort"] = [query.sort]
    if query.words_mine:
        params["words"] = ["mine"]
    if query.page > 1:
        params["page"] = [str(query.page)]
    return params


def query_string(query: PracticeQuery, *, like: str = "") -> str:
    return urlencode(to_params(query, like=like), doseq=True)
