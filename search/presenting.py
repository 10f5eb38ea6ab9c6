"""The search page as plain values: the template only lays them out."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from website.components.shapes import Chip, Filters, Link, Pagination, ResultCard, ZeroResults

from practice_library.comparing import address as compare_address
from search.addresses import SearchAddress
from search.asking import Asked
from search.cards import CardMaker, TableRow, in_sentence
from search.engine import DEEPEST_ROW, PracticeQuery
from search.facets import SORTS
from search.narrowing import chips_of, filters_of
from search.properties.offering import property_offers
from search.service import Found
from search.understanding import Understanding
from search.ways_out import ways_out

QUESTION = "What are you trying to solve?"
MOST_ALSO = 6
MOST_OFFERS = 4
SORT_NAMES = {"best": "best match", "newest": "newest", "tested": "hardest tested"}
TYPE_NAMES = {"model": ("model", "models"), "case_study": ("case study", "case studies")}
EXPORTS = {"csv": "CSV", "xlsx": "Excel", "jsonl": "JSON lines"}
FEEDS = {"rss": ("RSS", "application/rss+xml"), "atom": ("Atom", "application/atom+xml")}
RELAXED = "No entry holds all of these words. These hold some of them."
BY_MEANING, BY_WORDS = ", by words and meaning", ", by words alone"
EACH_PLACE = "each place by itself"
UNDER_MODELS = "places under their model"
NO_INDEX = "No name or summary in the library holds all of that."
BEYOND = "There are no results this far down the list."


@dataclass(frozen=True, slots=True)
class Feed:
    """Where this search can be followed; readers of feeds find it in the head of the page."""

    text: str
    url: str
    media: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything the page shows. `filters` is None where values cannot be counted; then `carried` keeps what was chosen."""

    title: str
    typed: str
    address: SearchAddress
    robots: str
    also: Sequence[str] = ()
    only_url: str = ""
    all_url: str = ""
    problems: Sequence[str] = ()
    without_problems: str = ""
    notices: Sequence[str] = ()
    count: str = ""
    detail: SafeString | str = ""
    chips: Sequence[Chip] = ()
    clear_url: str = ""
    offers: Sequence[Link] = ()
    show_only: Sequence[Link] = ()
    did_you_mean: Link | None = None
    sorts: Sequence[Link] = ()
    views: Sequence[Link] = ()
    filters: Filters | None = None
    carried: Sequence[tuple[str, str]] = ()
    cards: Sequence[ResultCard] = ()
    rows: Sequence[TableRow] = ()
    pages: Pagination | None = None
    first_page: str = ""
    zero: ZeroResults | None = None
    browse: Sequence[Link] = ()
    exports: Sequence[Link] = ()
    feeds: Sequence[Feed] = ()
    comparing: Sequence[Link] = ()
    comparing_words: str = ""


def present_problems(asked: Asked) -> SearchPage:
    """A request that cannot be searched for as it stands: what is wrong, what was typed, and how to go on."""
    address = asked.address
    return SearchPage(
        title=QUESTION,
        typed=asked.typed,
        address=address,
        robots="noindex",
        problems=asked.problems,
        without_problems=address.url if address.query.text or address.narrows else "",
        carried=_carried(address),
        browse=_browse(),
    )


def present(found: Found, asked: Asked, *, today: dt.date) -> SearchPage:
    """What was found, for people."""
    address, result = asked.address, found.result
    listed = result.groups if result.groups is not None else result.total
    empty = result.total == 0
    beyond = not empty and not result.hits
    maker = CardMaker(found.vocabulary, address, today)
    also = _also(found.query.expansions)
    degraded = bool(found.notice)
    count = f"{result.total:,} result{'' if result.total == 1 else 's'}"
    return SearchPage(
        title=_title(address, count),
        typed=asked.typed,
        address=address,
        robots="noindex" if address.params() else "",
        also=also,
        only_url=address.with_my_words_only(True).url if also else "",
        all_url=address.with_my_words_only(False).url if address.query.words_mine else "",
        notices=_notices(found, beyond=beyond),
        count=count,
        detail="" if empty else _order_of_database(address) if degraded else _detail(found, address),
        chips=chips_of(found.vocabulary, address),
        clear_url=address.without_filters().url,
        offers=_offers(found, address),
        show_only=_show_only(found, address),
        did_you_mean=_correction(result.did_you_mean, address),
        sorts=[] if empty or degraded else _sorts(address),
        views=[] if empty else _views(address, degraded=degraded),
        filters=None if degraded else filters_of(result, found.vocabulary, address),
        carried=_carried(address) if degraded else (),
        cards=[] if address.table else [maker.card(hit) for hit in result.hits],
        rows=[maker.row(hit) for hit in result.hits] if address.table else [],
        pages=_pages(address, listed),
        first_page=address.page(1).url if beyond else "",
        zero=_zero(found, address) if empty else None,
        browse=_browse() if empty else (),
        exports=[] if empty or degraded else _exports(address),
        feeds=[Feed(name, address.feed_url(kind), media) for kind, (name, media) in FEEDS.items()],
        comparing=_comparing(address),
        comparing_words=_comparing_words(address),
    )


def _exports(address: SearchAddress) -> list[Link]:
    return [Link(name, address.export_url(kind)) for kind, name in EXPORTS.items()]


def _comparing(address: SearchAddress) -> list[Link]:
    """What can be done with the entries that are chosen to compare."""
    chosen = address.comparing
    if not chosen.ids:
        return []
    return [
        Link("See them side by side", compare_address(chosen.ids)),
        Link("Choose none", address.choosing_none().url),
    ]


def _comparing_words(address: SearchAddress) -> str:
    chosen = address.comparing
    if not chosen.ids:
        return ""
    number = len(chosen.ids)
    words = "1 entry is chosen to compare." if number == 1 else f"{number} entries are chosen to compare."
    return f"{words} No more fit." if chosen.is_full else words


def _title(address: SearchAddress, count: str) -> str:
    asked = f"{address.query.text}: {count}" if address.query.text else f"Find practice: {count}"
    return f"{asked}, page {address.query.page}" if address.query.page > 1 else asked


def _carried(address: SearchAddress) -> list[tuple[str, str]]:
    return [*address.chosen(), *address.hidden()]


def _also(understanding: Understanding | None) -> list[str]:
    """Other wordings that were looked for, each once, without the words typed."""
    if understanding is None:
        return []
    typed = understanding.text.casefold()
    wordings = [in_sentence(wording) for term in understanding.understood for wording in term.also[:2]]
    distinct = {
        wording.casefold(): wording for wording in reversed(wordings) if wording.casefold() not in typed
    }
    return list(reversed(distinct.values()))[:MOST_ALSO]


def _notices(found: Found, *, beyond: bool) -> list[str]:
    notices = [found.notice] if found.notice else []
    if found.result.relaxed:
        notices.append(RELAXED)
    if beyond:
        notices.append(BEYOND)
    return notices


def _detail(found: Found, address: SearchAddress) -> SafeString:
    """ "9 models, 18 case studies. Best match first": each number leads to what it counts."""
    counts = {each.value: each.count for each in found.result.facets.get("type", ())}
    chosen = address.query.filters.get("type") or tuple(TYPE_NAMES)
    links = [
        (address.narrowed_to("type", [kind]).url, f"{counts[kind]:,} {names[counts[kind] != 1]}")
        for kind, names in TYPE_NAMES.items()
        if counts.get(kind) and kind in chosen
    ]
    types = format_html_join(", ", '<a class="govuk-link" href="{}">{}</a>', links)
    sort = _sort_in_use(address.query)
    by = "" if sort != "best" else BY_MEANING if found.query.nearness else BY_WORDS
    order = SORT_NAMES[sort].capitalize()
    return format_html("{}{}{} first{}", types, ". " if links else "", order, by)


def _sort_in_use(query: PracticeQuery) -> str:
    """Without words there is no best match: the hardest tested come first."""
    return "tested" if query.sort == "best" and not query.text else query.sort


def _sorts(address: SearchAddress) -> list[Link]:
    current = _sort_in_use(address.query)
    offered = SORTS if address.query.text else tuple(sort for sort in SORTS if sort != "best")
    return [Link(SORT_NAMES[sort], address.sorted_by(sort).url, sort == current) for sort in offered]


def _views(address: SearchAddress, *, degraded: bool) -> list[Link]:
    views = [
        Link("list", address.as_table(False).url, not address.table),
        Link("table", address.as_table(True).url, address.table),
    ]
    if not degraded:
        grouped = address.query.group
        views.append(Link(EACH_PLACE if grouped else UNDER_MODELS, address.grouped(not grouped).url))
    return views


def _order_of_database(address: SearchAddress) -> str:
    """Without an engine nothing is ranked: say what the order is."""
    return "Newest first" if address.query.sort == "newest" else "In order of name"


def _offers(found: Found, address: SearchAddress) -> list[Link]:
    """Terms and places that the words name and that are filters as well."""
    meaning = found.query.expansions
    if meaning is None or not found.result.hits:
        return []
    counts = {
        (param, each.value): each.count for param, values in found.result.facets.items() for each in values
    }
    named = [("authority", place.slug, place.name) for place in meaning.places]
    named += [(offer.param, offer.value, offer.label) for offer in meaning.offers]
    return [
        Link(label, address.narrowed_to(param, [*address.query.filters.get(param, ()), slug]).url)
        for param, slug, label in named
        if counts.get((param, slug)) and slug not in address.query.filters.get(param, ())
    ][:MOST_OFFERS]


def _show_only(found: Found, address: SearchAddress) -> list[Link]:
    """Properties that the words ask for, each with what it would find."""
    return [
        Link(f"{offer.label} · {offer.count:,}", offer.address_from(address).url)
        for offer in property_offers(found)
    ]


def _correction(text: str | None, address: SearchAddress) -> Link | None:
    return Link(text, address.asking(text).url) if text else None


def _pages(address: SearchAddress, listed: int) -> Pagination | None:
    size = address.query.size
    last = min(math.ceil(listed / size), DEEPEST_ROW // size)
    if last < 2 or address.query.page > last:
        return None
    return Pagination.of(page=address.query.page, last=last, url_for=lambda number: address.page(number).url)


def _zero(found: Found, address: SearchAddress) -> ZeroResults:
    return ZeroResults(sentence=NO_INDEX) if found.notice else ways_out(found, address)


def _browse() -> list[Link]:
    everything = SearchAddress(PracticeQuery(group=True))
    return [
        Link("All practice models", everything.narrowed_to("type", ["model"]).url),
        Link("All case studies", everything.narrowed_to("type", ["case_study"]).url),
        Link("Everything in the library", reverse("practice_search")),
        Link("Practice by authority", "/authorities/"),
    ]
