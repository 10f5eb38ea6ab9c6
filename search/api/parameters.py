"""Reads the parameters of a request as strictly as a program needs it.

A misspelt parameter or term would silently widen or empty a search, so here, unlike on the page, it is refused with what
was probably meant.
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest
from django.utils.text import slugify

from practice_library.models import Entry, PracticeModelPage
from search.engine import DEEPEST_ROW, PAGE_SIZE, PracticeQuery
from search.facets import FACET_PARAMS
from search.queries import LARGEST_PAGE, LONGEST_TEXT, OTHER_PARAMS, BadQuery, parse, shown
from search.vocabulary import TERM_FACETS, Vocabulary, current_vocabulary

SEARCH = frozenset({*FACET_PARAMS, *OTHER_PARAMS})
PAGING = ("page", "size")
#: Facets whose values are known without asking the database.
LISTED = (*TERM_FACETS, "kind", "region")
UNREADABLE = (
    "The request holds characters that cannot be read: send UTF-8, percent-encoded, without null characters."
)
Params = dict[str, list[str]]


def query_of(request: HttpRequest) -> tuple[PracticeQuery, str]:
    """The query and the slug of the authority that areas are to be like. Raises: BadQuery."""
    params = read(request, SEARCH, repeatable=FACET_PARAMS)
    vocabulary = current_vocabulary()
    query = parse(params, neighbours=lambda slug: vocabulary.areas_like(slug) or None)
    for param, values in query.filters.items():
        for value in values:
            _check_known(param, value, vocabulary, request)
    return query, (params.get("like") or [""])[-1].strip()


def beginning_of(request: HttpRequest) -> str:
    """What was typed so far. Raises: BadQuery."""
    return " ".join(read(request, {"q"}).get("q", [""])[-1].split())


def page_of(params: Params) -> tuple[int, int]:
    """Which page of a list, and how many stand on it. Raises: BadQuery."""
    size = _number(params, "size", PAGE_SIZE, LARGEST_PAGE)
    return _number(params, "page", 1, DEEPEST_ROW // size), size


def _number(params: Params, name: str, usual: int, most: int) -> int:
    text = params.get(name, [""])[-1].strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:9]) <= most:
        raise BadQuery(f"{name} takes a number from 1 to {most:,}.", name)
    return int(text)


def not_known(param: str, value: str, known: Collection[str]) -> BadQuery:
    """What to say of a value that names nothing, with the nearest that does."""
    near = get_close_matches(value[:120], known, n=1, cutoff=0.0)
    nearest = f" The nearest known one is {shown(near[0])}." if near else ""
    return BadQuery(f"{shown(value)} is not a known value of {param}.{nearest}", param)


def read(request: HttpRequest, known: Collection[str], *, repeatable: Collection[str] = ()) -> Params:
    """The parameters by name, if all of them are known, readable and given no more often than they may. Raises: BadQuery."""
    params = dict(request.GET.lists())
    if not _is_text(request.META.get("QUERY_STRING", "")):
        raise BadQuery(
            UNREADABLE, next((name for name in params if "\ufffd" in "".join((name, *params[name]))), "")
        )
    for name, values in params.items():
        if "\x00" in name or any("\x00" in value for value in values):
            raise BadQuery(UNREADABLE, name.replace("\x00", ""))
        if name not in known:
            raise BadQuery(f"{shown(name)} is not a parameter here. {_meant(name, known)}", name[:40])
        if len(values) > 1 and name not in repeatable:
            raise BadQuery(f"Give {name} once: it was given {len(values)} times.", name)
        if name == "q" and len(values[-1]) > LONGEST_TEXT:
            raise BadQuery(f"The text is too long: use at most {LONGEST_TEXT} characters.", name)
    return params


def _is_text(query_string: str) -> bool:
    """Whether the bytes that were sent are UTF-8; Django puts a replacement character where they are not."""
    try:
        unquote_to_bytes(query_string.encode("latin-1", "replace")).decode()
    except UnicodeDecodeError:
        return False
    return True


def _meant(value: str, known: Collection[str]) -> str:
    if not known:
        return "There are none."
    near = get_close_matches(value[:120], sorted(known), n=1, cutoff=0.5)
    return f"Did you mean {shown(near[0])}?" if near else f"It takes: {', '.join(sorted(known))}."


def _check_known(param: str, value: str, vocabulary: Vocabulary, request: HttpRequest) -> None:
    if param in LISTED:
        known: Collection[str] = vocabulary.labels[param]
    elif param == "authority":
        known = vocabulary.neighbours
    elif param == "country":
        known = vocabulary.labels[param]
        if value not in known:
            known = {*known, *_countries(request)}
    elif param == "model":
        models = PracticeModelPage.objects.readable_by(request.user)
        known = {value} if models.filter(slug=value).exists() else set(models.values_list("slug", flat=True))
    else:
        return
    if value not in known:
        raise not_known(param, value, known)


def _countries(request: HttpRequest) -> set[str]:
    """Countries that entries name beyond those with a label of their own."""
    named = Entry.objects.readable_by(request.user).order_by().values_list("country", flat=True).distinct()
    return {slugify(name) for name in named} - {""}
